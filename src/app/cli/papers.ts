import { basename } from 'node:path'
import { type Command, Option } from 'commander'
import { systemClock } from '../../base/clock.ts'
import { type CivilDate, dateIn, fullDate } from '../../base/dates.ts'
import { programmeByKey } from '../../domain/plan/store.ts'
import { type Audience, audiences } from '../../domain/programme/audience.ts'
import { composePaper } from '../../features/reports/papers/layout.ts'
import { layoutByKey, paperLayouts } from '../../features/reports/papers/layouts/registry.ts'
import { loadPaperSnapshot } from '../../features/reports/papers/snapshot.ts'
import { paperFormatOf, writePaper } from '../../features/reports/papers/write-paper.ts'
import { writeFileAtomically } from './files.ts'
import { withStore } from './store.ts'

interface PaperOptions {
  readonly programme: string
  readonly out: string
  readonly asOf?: CivilDate
  readonly audience: Audience
  readonly about?: string
}

/** The options shared with other commands. */
interface SharedOptions {
  readonly programmeOption: Option
  readonly parseDay: (text: string) => CivilDate
}

/** `paper`: a paper for a board, as a Word file, a PDF or a workbook. */
export function addPaperCommand(
  program: Command,
  { programmeOption, parseDay }: SharedOptions,
): void {
  const layouts = paperLayouts.map(({ key, about }) => `${key}: ${about}`)
  program
    .command('paper')
    .description('write a paper for a board (.docx, .pdf or .xlsx)')
    .argument('<layout>', layouts.join('; '))
    .addOption(programmeOption)
    .requiredOption('--out <file>', 'the file to write')
    .option('--as-of <day>', 'the day it speaks for; today if left out', parseDay)
    .option('--about <what>', 'the project, workstream or recommendation that it is about')
    .addOption(
      new Option('--audience <audience>', 'who will read it: nothing meant for fewer is in it')
        .choices(audiences)
        .default('board'),
    )
    .action(async (key: string, asked: PaperOptions) => {
      const { out, programme, asOf, audience: reader, about } = asked
      const layout = layoutByKey(key)
      const format = paperFormatOf(basename(out))
      const now = systemClock.now()
      const snapshot = await withStore(program, async (tx) => {
        const found = await programmeByKey(tx, programme)
        const today = dateIn(found.zone, now)
        return loadPaperSnapshot(tx, { programme: found, today, asAt: asOf ?? today, reader })
      })
      const composed = composePaper(layout, snapshot, about)
      await writeFileAtomically(out, await writePaper(composed, format, now))
      const { title, asAt } = { ...layout, asAt: fullDate(snapshot.plan.asAt) }
      console.log(`Wrote ${out}: ${title} of ${programme} as at ${asAt}.`)
    })
}
