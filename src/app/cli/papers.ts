import { basename } from 'node:path'
import { type Command, Option } from 'commander'
import { systemClock } from '../../base/clock.ts'
import { type CivilDate, dateIn, fullDate } from '../../base/dates.ts'
import { Refusal } from '../../base/errors.ts'
import { type FilledTemplate, fillTemplate } from '../../base/papers/fill-template.ts'
import type { Paper } from '../../base/papers/paper.ts'
import { listOf, plural } from '../../base/text.ts'
import { programmeByKey } from '../../domain/plan/store.ts'
import { type Audience, audiences } from '../../domain/programme/audience.ts'
import { composePaper } from '../../features/reports/papers/layout.ts'
import { layoutByKey, paperLayouts } from '../../features/reports/papers/layouts/registry.ts'
import { loadPaperSnapshot } from '../../features/reports/papers/snapshot.ts'
import {
  drawPaper,
  type PaperFormat,
  paperFormatOf,
  writePaper,
} from '../../features/reports/papers/write-paper.ts'
import { readBytes, writeFileAtomically } from './files.ts'
import type { SharedOptions } from './options.ts'
import { withStore } from './store.ts'

interface PaperOptions {
  readonly programme: string
  readonly out: string
  readonly asOf?: CivilDate
  readonly audience: Audience
  readonly about?: string
  readonly template?: string
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
    .option('--template <file>', 'a Word file of your own (.docx) that it is put into')
    .option('--about <what>', 'the project, workstream or recommendation that it is about')
    .addOption(
      new Option('--audience <audience>', 'who will read it: nothing meant for fewer is in it')
        .choices(audiences)
        .default('board'),
    )
    .action(async (key: string, asked: PaperOptions) => {
      const { out, programme, asOf, audience: reader, about, template } = asked
      const layout = layoutByKey(key)
      const format = paperFormatOf(basename(out))
      const now = systemClock.now()
      const snapshot = await withStore(program, async (tx) => {
        const found = await programmeByKey(tx, programme)
        const today = dateIn(found.zone, now)
        return loadPaperSnapshot(tx, {
          programme: found,
          today,
          asAt: asOf ?? today,
          reader,
          layout,
        })
      })
      const { length: projects } = snapshot.plan.projects
      if (projects >= manyProjects)
        console.error(`Read ${plural(projects, 'project')}; writing the paper …`)
      const composed = composePaper(layout, snapshot, about)
      const written = template
        ? await fillOwn(composed, format, template)
        : { bytes: await writePaper(composed, format, now), leftOut: [] }
      await writeFileAtomically(out, written.bytes)
      const { title, asAt } = { ...layout, asAt: fullDate(snapshot.plan.asAt) }
      const without =
        written.leftOut.length > 0
          ? ` Not in the template, and left out: ${listOf(written.leftOut)}.`
          : ''
      console.log(`Wrote ${out}: ${title} of ${programme} as at ${asAt}.${without}`)
    })
}

/** A paper of fewer is written before anybody reads a line. */
const manyProjects = 200

async function fillOwn(
  composed: Paper,
  format: PaperFormat,
  template: string,
): Promise<FilledTemplate> {
  if (format !== 'docx') {
    throw new Refusal(
      'A template is a Word file: give --out the ending .docx. Nothing was written.',
    )
  }
  return fillTemplate(await drawPaper(composed), await readBytes(template))
}
