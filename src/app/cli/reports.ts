import { type Command, InvalidArgumentError, Option } from 'commander'
import { systemClock } from '../../base/clock.ts'
import { type CivilDate, dateIn, fullDate } from '../../base/dates.ts'
import { plural } from '../../base/text.ts'
import { programmeByKey } from '../../domain/plan/store.ts'
import { type Audience, audiences } from '../../domain/programme/audience.ts'
import { type Report, reportSummary } from '../../features/reports/summary/report.ts'
import { writeFileAtomically } from './files.ts'
import { formatOption, type SharedOptions } from './options.ts'
import { withStore } from './store.ts'

interface ReportSummaryOptions {
  readonly programme: string
  readonly out: string
  readonly asOf?: CivilDate
  readonly digest?: number
  readonly audience: Audience
  readonly format: 'text' | 'json'
}

/** `report`: writes reports into files. */
export function addReportCommands(
  program: Command,
  { programmeOption, parseDay }: SharedOptions,
): void {
  const report = program.command('report').description('write a report into a file')

  report
    .command('summary')
    .description('the summary sheet (.xlsx or .csv): each project with its rating and two months')
    .addOption(programmeOption)
    .requiredOption('--out <file>', 'the file to write')
    .option('--as-of <day>', 'the day it speaks for; today if left out', parseDay)
    .option('--digest <number>', 'as this digest told it, as at its day', parseWholeNumber)
    .addOption(
      new Option('--audience <audience>', 'who will read it: nothing meant for fewer is in it')
        .choices(audiences)
        .default('board'),
    )
    .addOption(formatOption)
    .action(async (asked: ReportSummaryOptions) => {
      const { out: file, asOf: asAt, digest, audience: reader } = asked
      const { bytes, ...report } = await withStore(program, async (tx) => {
        const found = await programmeByKey(tx, asked.programme)
        const today = dateIn(found.zone, systemClock.now())
        return reportSummary(tx, { programme: found, today, asAt, digest, reader, file })
      })
      await writeFileAtomically(file, bytes)
      const result = { file, ...report }
      console.log(
        asked.format === 'json' ? JSON.stringify(result, null, 2) : formatReportResult(result),
      )
    })
}

function formatReportResult({
  file,
  asAt,
  projects,
  counts,
  notes,
}: Omit<Report, 'bytes'> & { file: string }) {
  const figures = Object.entries(counts).map(([label, count]) => `${label} ${count}`)
  const first = `Wrote ${file}: ${plural(projects, 'project')} as at ${fullDate(asAt)}, ${figures.join(', ')}.`
  return [first, ...notes].join('\n')
}

function parseWholeNumber(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError('Write its number, such as 12.')
  return Number(text)
}
