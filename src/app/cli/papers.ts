import { basename } from 'node:path'
import { type Command, Option } from 'commander'
import { systemClock } from '../../base/clock.ts'
import { type CivilDate, dateIn, fullDate } from '../../base/dates.ts'
import { Refusal } from '../../base/errors.ts'
import type { Paper } from '../../base/papers/paper.ts'
import { readTemplate } from '../../base/papers/read-template.ts'
import { plural } from '../../base/text.ts'
import { paperTemplateAt } from '../../domain/papers/template-store.ts'
import { programmeByKey } from '../../domain/plan/store.ts'
import { type Audience, audiences } from '../../domain/programme/audience.ts'
import {
  putIntoTemplate,
  type WrittenFile,
  writeInHouseStyle,
} from '../../features/reports/papers/house-style.ts'
import { composePaper } from '../../features/reports/papers/layout.ts'
import { layoutByKey, paperLayouts } from '../../features/reports/papers/layouts/registry.ts'
import { loadPaperSnapshot } from '../../features/reports/papers/snapshot.ts'
import { type PaperFormat, paperFormatOf } from '../../features/reports/papers/write-paper.ts'
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
  readonly plain?: boolean
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
    .option(
      '--template <file>',
      'a Word file of your own (.docx), in place of the one that is kept',
    )
    .addOption(new Option('--plain', 'not in the Word file that is kept').conflicts('template'))
    .option('--about <what>', 'the project, workstream or recommendation that it is about')
    .addOption(
      new Option('--audience <audience>', 'who will read it: nothing meant for fewer is in it')
        .choices(audiences)
        .default('board'),
    )
    .action(async (key: string, asked: PaperOptions) => {
      const { out, programme: programmeKey, asOf, audience: reader, about } = asked
      const layout = layoutByKey(key)
      const format = paperFormatOf(basename(out))
      const now = systemClock.now()
      const { snapshot, kept } = await withStore(program, async (tx) => {
        const programme = await programmeByKey(tx, programmeKey)
        const today = dateIn(programme.zone, now)
        const day = { programme, today, asAt: asOf ?? today }
        const isKeptUsed = format === 'docx' && !asked.plain && !asked.template
        return {
          snapshot: await loadPaperSnapshot(tx, { ...day, reader, layout }),
          kept: isKeptUsed ? await paperTemplateAt(tx, programme.id, layout.key, now) : undefined,
        }
      })
      const { length: projects } = snapshot.plan.projects
      if (projects >= manyProjects)
        console.error(`Read ${plural(projects, 'project')}; writing the paper …`)
      const composed = composePaper(layout, snapshot, about)
      const written = asked.template
        ? await fillOwn(composed, format, asked.template)
        : await writeInHouseStyle(composed, { format, at: now, template: kept })
      await writeFileAtomically(out, written.bytes)
      const day = fullDate(snapshot.plan.asAt)
      const told = [`Wrote ${out}: ${layout.title} of ${programmeKey} as at ${day}.`]
      console.log([...told, ...written.remarks].join(' '))
    })
}

/** A paper of fewer is written before anybody reads a line. */
const manyProjects = 200

async function fillOwn(composed: Paper, format: PaperFormat, file: string): Promise<WrittenFile> {
  if (format !== 'docx') {
    throw new Refusal(
      'A template is a Word file: give --out the ending .docx. Nothing was written.',
    )
  }
  const fileName = basename(file)
  const bytes = readTemplate(await readBytes(file), fileName)
  return putIntoTemplate(composed, { fileName, bytes })
}
