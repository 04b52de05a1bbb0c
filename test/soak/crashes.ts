import { join } from 'node:path'
import { closeDatabase, openDatabase } from '../../src/infra/db.ts'
import { migrate } from '../../src/infra/migrate.ts'
import { startBreakablePostgres } from './breakable-postgres.ts'
import { emptyTally, runCrashScenario } from './crash-scenario.ts'
import type { Part, Soak } from './part.ts'
import type { PartResult } from './report.ts'

/** Dispatchers that crash or freeze before and after every statement and call, on a fake clock and a real database. */
export const crashes: Part = { name: 'crashes', title: 'injected crashes', share: 0.2, run }

async function run({ folder, seed, amounts, isOver }: Soak): Promise<PartResult> {
  const postgres = await startBreakablePostgres(join(folder, 'database'))
  await migrate(postgres.url)
  const db = await openDatabase(postgres.url, { maxConnections: 5 })
  const tally = emptyTally()
  for (let scenario = seed * 10_000; tally.crashes < amounts.crashes && !isOver(); scenario += 1) {
    await runCrashScenario(db, scenario, tally)
  }
  await closeDatabase(db)
  await postgres.close()
  const { messages, posted, dead, uncertain, uncertainAndPosted, faults } = tally
  return {
    done: `${tally.crashes.toLocaleString('en-GB')} dispatchers crashed and ${tally.freezes.toLocaleString('en-GB')} froze in ${tally.scenarios.toLocaleString('en-GB')} stories`,
    messages: {
      ...{ enqueued: messages, posted, givenUp: dead, possiblySent: uncertain },
      lost: messages - posted - dead - (uncertain - uncertainAndPosted),
      doubled: faults.filter((fault) => /was posted \d+ times/.test(fault)).length,
    },
    faults,
  }
}
