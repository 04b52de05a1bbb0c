import { expect, test } from '@jest/globals'
import { readWeeks } from './digest-weeks/weeks.ts'

/**
 * `SEED=123 npm test -- test/simulation/digest-weeks.test.ts` reads the same weeks again, and `WEEKS=10000` as many
 * other ones.
 */
const { SEED, WEEKS = '400' } = process.env
const first = SEED ? Number(SEED) : 1 + Math.floor(Math.random() * 1_000_000)
const weeksOfProgramme = 12

test('no sentence of a digest is untrue, whatever happens in a programme', () => {
  let read = 0
  let seed = first
  for (; SEED ? seed === first : read < Number(WEEKS); seed += 1) {
    for (const { findings, told } of readWeeks(seed, weeksOfProgramme)) {
      read += 1
      if (findings.length === 0) continue
      const faults = findings.map(({ sentence, because }) => `${sentence}\n  ${because}`)
      throw new Error(`SEED=${seed}\n${[...told, ...faults].join('\n')}`)
    }
  }
  process.stdout.write(`${read} digests were read, by SEED=${first} to ${seed - 1}\n`)
  expect(read).toBeGreaterThan(0)
}, 600_000)
