import { describe, expect, test } from '@jest/globals'
import { askOnce } from './ask.ts'
import { expectations } from './expectations.ts'
import { type Forgery, forgeriesOf } from './forgeries.ts'
import { isOf, namesIn } from './judge.ts'
import type { Insider } from './roles.ts'
import { type Stage, useStage } from './stage.ts'

const stage = useStage()

const forgers: readonly Insider[] = ['viewer', 'lead', 'office']

/** What another programme lost or told, as sentences. */
async function problemsOf(
  { db, cast, changes }: Stage,
  forger: Insider,
  forgery: Forgery,
): Promise<string[]> {
  const { reply } = await askOnce(db, cast.askers[forger], forgery)
  const changed = await changes.undo()
  const told = namesIn(JSON.stringify(reply), cast.south.things, forgery)
  const written = changed.filter((change) => isOf(change, cast.south))
  const by = `${forgery.way}, ${forgery.forged} forged by ${forger}`
  return [
    ...(told.length > 0 ? [`${by}: the answer tells of ${told[0]}: ${JSON.stringify(reply)}`] : []),
    ...written.map(({ table }) => `${by}: a row of ${table} changed that belongs elsewhere`),
  ]
}

describe('a reference to another programme, put among one’s own, tells and changes nothing there', () => {
  test.each(expectations.map(({ name }) => [name]))('%s', async (name) => {
    const { north, south } = stage.current.cast
    const problems: string[] = []
    for (const forgery of forgeriesOf(name, north.things, south.things)) {
      for (const forger of forgers)
        problems.push(...(await problemsOf(stage.current, forger, forgery)))
    }
    expect(problems).toEqual([])
  })
})
