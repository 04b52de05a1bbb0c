import { basename } from 'node:path'
import type { Command } from 'commander'
import { systemClock } from '../../base/clock.ts'
import { type CivilDate, dateIn, fullDate } from '../../base/dates.ts'
import { readPaperRows } from '../../base/papers/read-paper-rows.ts'
import { comparePaper } from '../../domain/papers/compare-paper.ts'
import { programmeByKey } from '../../domain/plan/store.ts'
import { comparisonLines } from '../../features/reports/papers/compare-command.ts'
import { loadReportedPlan } from '../../features/reports/reported-plan.ts'
import { readBytes } from './files.ts'
import type { SharedOptions } from './options.ts'
import { withStore } from './store.ts'

interface CompareOptions {
  readonly programme: string
  readonly asOf?: CivilDate
}

/** `compare-paper`: an old paper held against the plan. */
export function addComparePaperCommand(
  program: Command,
  { programmeOption, parseDay }: SharedOptions,
): void {
  program
    .command('compare-paper')
    .description('hold a paper that somebody wrote (.docx, .pdf, .xlsx or .csv) against the plan')
    .argument('<file>', 'the paper')
    .addOption(programmeOption)
    .option('--as-of <day>', 'the day that the paper speaks for; today if left out', parseDay)
    .action(async (file: string, { programme, asOf }: CompareOptions) => {
      const rows = await readPaperRows(await readBytes(file), basename(file))
      const now = systemClock.now()
      const plan = await withStore(program, async (tx) => {
        const found = await programmeByKey(tx, programme)
        const today = dateIn(found.zone, now)
        return loadReportedPlan(tx, { programme: found, today, asAt: asOf ?? today })
      })
      const compared = comparePaper(rows, plan, plan.asAt)
      console.log(`${basename(file)} and ${programme} as at ${fullDate(plan.asAt)}`)
      console.log(comparisonLines(compared).join('\n'))
    })
}
