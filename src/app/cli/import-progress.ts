import type { Clock } from '../../base/clock.ts'
import type { ImportResult, ImportStep } from '../../features/imports/result.ts'

/** A smaller sheet is done before anybody reads a line. */
const leastRows = 1_000

export interface Progress {
  readonly onStep: (step: ImportStep) => void
  /** Says how long all of it took. */
  end(result: Pick<ImportResult, 'stored'>): void
}

/** Lines that say how far the import of a large sheet has come. The clock starts with the call. */
export function createProgress(clock: Clock, print: (line: string) => void): Progress {
  const startedAt = clock.now().getTime()
  const seconds = () => (clock.now().getTime() - startedAt) / 1000
  let rows = 0
  const say = (line: string) => {
    if (rows >= leastRows) print(line)
  }
  return {
    onStep(step) {
      if (step.step === 'read') {
        rows = step.rows
        say(`Read ${count(rows)} rows; comparing them with the plan …`)
      } else {
        say(`Compared: ${count(step.differences)} differences.`)
      }
    },
    end({ stored }) {
      const took = Math.max(seconds(), 0.1)
      const rate = count(Math.round(rows / took))
      say(
        `${stored ? 'Saved' : 'Looked at'} ${count(rows)} rows in ${took.toFixed(1)} s, ${rate} a second.`,
      )
    },
  }
}

const count = (number: number): string => number.toLocaleString('en-GB')
