import { beforeAll, describe, expect, test } from '@jest/globals'
import { toDbDate } from '../../../src/base/dates.ts'
import { day } from '../../support/programme.ts'
import { askOnce, questionsOf } from './ask.ts'
import { expectations } from './expectations.ts'
import { isOf, isWrite } from './judge.ts'
import { askings } from './requests.ts'
import { useStage } from './stage.ts'

/** What the office asks of a programme that was archived. */

const stage = useStage()
beforeAll(async () => {
  const { db, cast, changes } = stage.current
  const archivedAt = toDbDate(day('2017-02-28'))
  await db.programme.update({ where: { id: cast.north.things.programme }, data: { archivedAt } })
  await changes.take()
})

/** What somebody says of themselves, or of what they want to hear, they may say at any time; and it can be restored. */
const kept = [
  ...['away', 'away (with a deputy)', 'back', 'days', 'quiet', 'quiet-off', 'language', 'zone'],
  ...['mute', 'unmute', 'snooze', 'snooze (milestone)', 'snooze (measure)', 'follow', 'unfollow'],
  ...['programmes-restore', 'ledger-drop'],
]
const rows = expectations.filter(({ of, name }) => of.office === '✓' && !kept.includes(name))

describe('nothing of an archived programme is changed by its office', () => {
  test.each(rows.map((row) => [row.name, row] as const))('%s', async (name) => {
    const { db, cast, changes } = stage.current
    const { north, askers } = cast
    const changed: string[] = []
    for (const question of questionsOf(askings[name]?.(north.things) ?? { line: '' })) {
      const { ended } = await askOnce(db, askers.office, question)
      const found = (await changes.undo()).filter((change) => isOf(change, north))
      changed.push(...found.map(({ table }) => `${question.way}: a row of ${table}`))
      if (isWrite(question) && ended === 'answered' && found.length > 0) changed.push('answered')
    }
    expect(changed).toEqual([])
  })
})

test('it is read, with a word that it is archived', async () => {
  const { db, cast } = stage.current
  for (const name of ['status', 'register', 'programmes']) {
    const [question] = questionsOf(askings[name]?.(cast.north.things) ?? { line: '' })
    if (!question) throw new Error(`Nothing asks ${name}`)
    const { ended, reply } = await askOnce(db, cast.askers.lead, question)
    expect({ name, ended, says: JSON.stringify(reply).includes('(archived)') }).toEqual({
      ...{ name, ended: 'answered', says: true },
    })
  }
})
