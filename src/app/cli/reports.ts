import { type Command, InvalidArgumentError, Option } from 'commander'
import { systemClock } from '../../base/clock.ts'
import { type CivilDate, dateIn, fullDate } from '../../base/dates.ts'
import { plural } from '../../base/text.ts'
import { programmeByKey } from '../../domain/plan/store.ts'
import { type Audience, audiences } from '../../domain/programme/settings.ts'
import { type Report, reportSummary } from '../../features/reports/summary/report.ts'
import { writeBytes } from './files.ts'
import { withStore } from './store.ts'

interface Asked {
  readonly programme: string
  readonly out: string
  readonly asOf?: CivilDate
  readonly digest?: number
  readonly audience: Audience
  readonly format: 'text' | 'json'
}

/** The options that other commands have as well. */
interface Shared {
  readonly programme: Option
  readonly format: Option
  readonly day: (text: string) => CivilDate
}

/** `report`: what goes onto paper. */
export function addReports(program: Command, { programme, format, day }: Shared): void {
  const report = program.command('report').description('write a report into a file')

  report
    .command('summary')
    .description('the summary sheet (.xlsx or .csv): each project with its rating and two months')
    .addOption(programme)
    .requiredOption('--out <file>', 'the file to write')
    .option('--as-of <day>', 'the day it speaks for; today if left out', day)
    .option('--digest <number>', 'as this digest told it, as at its day', wholeNumber)
    .addOption(
      new Option('--audience <audience>', 'who will read it: nothing meant for fewer is in it')
        .choices(audiences)
        .default('board'),
    )
    .addOption(format)
    .action(async (asked: Asked) => {
      const { out: file, asOf: asAt, digest, audience: reader } = asked
      const { bytes, ...told } = await withStore(program, async (tx) => {
        const found = await programmeByKey(tx, asked.programme)
        const today = dateIn(found.zone, systemClock.now())
        return reportSummary(tx, { programme: found, today, asAt, digest, reader, file })
      })
      await writeBytes(file, bytes)
      const result = { file, ...told }
      console.log(asked.format === 'json' ? JSON.stringify(result, null, 2) : inWords(result))
    })
}

function inWords({
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

function wholeNumber(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError('Write its number, such as 12.')
  return Number(text)
}
