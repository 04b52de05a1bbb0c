import { expect, jest, test } from '@jest/globals'
import { useDatabase } from '../support/database.ts'
import { crashStory, emptyTally } from './crash-story.ts'

// A loaded machine is slow, not wrong.
jest.setTimeout(120_000)

const fresh = useDatabase()

const stories = 60

test('dispatchers that die or freeze at any step lose nothing, double nothing and keep the order', async () => {
  const tally = emptyTally()
  const first = 1 + Math.floor(Math.random() * 1_000_000)
  for (let seed = first; seed < first + stories; seed += 1) {
    await crashStory(fresh.db, seed, tally)
  }
  expect(tally.faults).toEqual([])
  expect(tally.crashes).toBeGreaterThan(stories)
  expect(tally.posted + tally.dead + tally.uncertain - tally.uncertainAndThere).toBe(
    tally.deliveries,
  )
})
