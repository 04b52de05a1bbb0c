import { describe, expect, test } from '@jest/globals'
import { askOnce } from './ask.ts'
import { namesIn } from './judge.ts'
import { insiders, outsiders, type Role } from './roles.ts'
import { useStage } from './stage.ts'

/** The button that shows a message again as it was: whoever may not see the message is shown nothing of it. */

const stage = useStage()

/** Who is shown something of the message by that button. */
async function shownTo(which: 'digest' | 'asked'): Promise<Role[]> {
  const { db, cast } = stage.current
  const { things } = cast.north
  const question = {
    input: { by: 'button', verb: 'back', args: {} },
    at: { message: things[which], place: things[which].place },
  } as const
  const shown: Role[] = []
  for (const role of [...outsiders, ...insiders]) {
    const { reply } = await askOnce(db, cast.askers[role], question)
    if (namesIn(JSON.stringify(reply), things, question).length > 0) shown.push(role)
  }
  return shown
}

describe('“Back”', () => {
  test('shows a question to the lead to whom it was sent, and to nobody else', async () => {
    expect(await shownTo('asked')).toEqual(['lead'])
  })

  test('shows a digest of the programme to its members alone', async () => {
    expect(await shownTo('digest')).toEqual(insiders)
  })
})
