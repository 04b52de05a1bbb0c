import { expect, jest, test } from '@jest/globals'
import { useDatabase } from '../support/database.ts'
import { emptyTally, runCrashScenario } from './crash-scenario.ts'

// Allows for a loaded machine.
jest.setTimeout(120_000)

const database = useDatabase()

const scenarios = 60

test('dispatchers that crash or freeze at any step lose nothing, duplicate nothing and keep the order', async () => {
  const tally = emptyTally()
  const first = 1 + Math.floor(Math.random() * 1_000_000)
  for (let seed = first; seed < first + scenarios; seed += 1) {
    await runCrashScenario(database.db, seed, tally)
  }
  expect(tally.faults).toEqual([])
  expect(tally.crashes).toBeGreaterThan(scenarios)
  expect(tally.posted + tally.dead + tally.uncertain - tally.uncertainAndPosted).toBe(
    tally.messages,
  )
})
