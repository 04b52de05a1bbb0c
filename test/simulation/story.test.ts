import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'
import { freshUrl } from '../support/database.ts'
import { onCopy, prepareStories } from './story/prepare.ts'
import { type Prepared, tellStory } from './story/story.ts'

// Allows for a loaded machine.
jest.setTimeout(300_000)

let database: Awaited<ReturnType<typeof freshUrl>>
let prepared: Prepared
beforeAll(async () => {
  database = await freshUrl()
  prepared = await prepareStories(database.url)
})
afterAll(() => database.drop())

const tell = (seed: number) => onCopy(database.url, (db) => tellStory(db, prepared, seed))

/** `SEED=123 npm test -- test/simulation/story.test.ts` tells one story again, and prints it. */
const { SEED } = process.env
const stories = 8

test('of a day on which network, database, clocks and processes fail, nothing is lost or doubled', async () => {
  const first = SEED ? Number(SEED) : 1 + Math.floor(Math.random() * 1_000_000)
  for (let seed = first; seed < first + (SEED ? 1 : stories); seed += 1) {
    const { faults, lines } = await tell(seed)
    if (SEED) console.log(lines.join('\n'))
    expect({ seed, faults, story: faults.length > 0 ? lines : [] }).toEqual({
      ...{ seed, faults: [], story: [] },
    })
  }
})

test('the same seed tells the same story', async () => {
  const [first, second] = [await tell(7), await tell(7)]
  expect(second.lines).toEqual(first.lines)
})
