import { expect, test } from '@jest/globals'
import type { Claim } from '../../src/domain/digests/fact-check/claims.ts'
import { readWeeks } from './digest-weeks/weeks.ts'

/**
 * `SEED=123 npm test -- test/simulation/digest-weeks.test.ts` reads the same weeks again, and `WEEKS=10000` as many
 * other ones.
 */
const { SEED, WEEKS = '300' } = process.env
const first = SEED ? Number(SEED) : 1 + Math.floor(Math.random() * 1_000_000)
const weeksOfProgramme = 12
/** Of a busy machine. */
const timeoutMs = 60_000 + 120 * Number(WEEKS)

/** A reader who understands none of these any more finds nothing wrong with them either. */
const understood = [
  ...['in state', 'coverage', 'rounds', 'weekday', 'first digest', 'reason', 'was rated'],
  ...['worse', 'better', 'first rated', 'rated again', 'no longer rated', 'new'],
  ...['set aside', 'back in the plan', 'life', 'newly overdue', 'finished', 'moved', 'decisions'],
  ...['decisions of others', 'register', 'due later', 'without a date'],
  ...['dimension', 'worse in a dimension'],
]

test(
  'no sentence of a digest is untrue, whatever happens in a programme',
  () => {
    const kinds = new Set<string>()
    let read = 0
    let seed = first
    for (; SEED ? seed === first : read < Number(WEEKS); seed += 1) {
      for (const { claims, findings, told } of readWeeks(seed, weeksOfProgramme)) {
        read += 1
        for (const claim of claims) kinds.add(kindOf(claim))
        if (findings.length === 0) continue
        const faults = findings.map(({ sentence, because }) => `${sentence}\n  ${because}`)
        throw new Error(`SEED=${seed}\n${[...told, ...faults].join('\n')}`)
      }
    }
    process.stdout.write(`${read} digests were read, by SEED=${first} to ${seed - 1}\n`)
    if (!SEED) expect([...kinds]).toEqual(expect.arrayContaining(understood))
  },
  timeoutMs,
)

const kindOf = (claim: Claim) => (claim.says === 'count' ? claim.of : claim.says)
