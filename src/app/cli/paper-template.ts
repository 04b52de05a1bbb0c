import { basename } from 'node:path'
import { type Command, Option } from 'commander'
import { systemClock } from '../../base/clock.ts'
import { dateIn } from '../../base/dates.ts'
import { Refusal } from '../../base/errors.ts'
import { listOf } from '../../base/text.ts'
import {
  loadPaperTemplates,
  ownTemplateAt,
  setPaperTemplate,
  type TemplateFile,
} from '../../domain/papers/template-store.ts'
import { programmeByKey } from '../../domain/plan/store.ts'
import type { Programme } from '../../domain/programme/programme.ts'
import { layoutByKey, paperLayouts } from '../../features/reports/papers/layouts/registry.ts'
import { checkTemplate } from '../../features/reports/papers/template/check-template.ts'
import { keptLine } from '../../features/reports/papers/template/template-commands.ts'
import type { Tx } from '../../infra/db.ts'
import { readBytes, writeFileAtomically } from './files.ts'
import type { SharedOptions } from './options.ts'
import { withStore } from './store.ts'

interface TemplateOptions {
  readonly programme: string
  readonly layout?: string
  readonly keep?: string
  readonly out?: string
  readonly remove?: boolean
}

/** `paper-template`: the office's own Word file for papers. */
export function addPaperTemplateCommand(
  program: Command,
  { programmeOption }: Pick<SharedOptions, 'programmeOption'>,
): void {
  program
    .command('paper-template')
    .description('the Word file of your own that papers are put into: which is kept')
    .addOption(programmeOption)
    .addOption(
      new Option('--layout <layout>', 'the one of this kind of paper; left out: of all').choices(
        paperLayouts.map(({ key }) => key),
      ),
    )
    .addOption(
      new Option('--keep <file>', 'keep this Word file (.docx)').conflicts(['out', 'remove']),
    )
    .addOption(new Option('--out <file>', 'write the one that is kept').conflicts('remove'))
    .option('--remove', 'put papers into it no more')
    .action(async (asked: TemplateOptions) => {
      const { programme: key, keep, out, remove } = asked
      const sent = keep && { fileName: basename(keep), bytes: await readBytes(keep) }
      const now = systemClock.now()
      const told = await withStore(program, async (tx) => {
        const programme = await programmeByKey(tx, key)
        if (sent) return keepTemplate(tx, programme, asked.layout, sent, now)
        const layout = asked.layout ?? null
        if (!out && !remove) return listTemplates(tx, programme)
        const kept = await ownTemplateAt(tx, programme.id, layout, now)
        if (!kept) throw new Refusal(`${key} keeps no such Word file. Nothing was changed.`)
        if (out) return { ...kept, out }
        const change = { programmeId: programme.id, layout, byId: null, source: 'terminal', now }
        await setPaperTemplate(tx, change, null)
        return `Papers of ${key} are not put into ${kept.fileName} any more.`
      })
      if (typeof told !== 'string') await writeFileAtomically(told.out, told.bytes)
      console.log(typeof told === 'string' ? told : `Wrote ${told.out}: ${told.fileName}.`)
    })
}

async function keepTemplate(
  tx: Tx,
  programme: Programme,
  layoutKey: string | undefined,
  sent: TemplateFile,
  now: Date,
): Promise<string> {
  const layout = layoutKey === undefined ? null : layoutByKey(layoutKey)
  const today = dateIn(programme.zone, now)
  const checked = await checkTemplate(tx, { programme, layout, today }, sent)
  const by = { byId: null, source: 'terminal', now }
  const change = { programmeId: programme.id, layout: layoutKey ?? null, ...by }
  await setPaperTemplate(tx, change, checked)
  const leftOut = checked.trial?.leftOut ?? []
  const without =
    leftOut.length > 0 ? ` It has no place for, and leaves out: ${listOf(leftOut)}.` : ''
  return `Papers of ${programme.key} are put into ${sent.fileName} from now on.${without}`
}

async function listTemplates(tx: Tx, programme: Programme): Promise<string> {
  const kept = await loadPaperTemplates(tx, programme.id)
  const lines = kept.map((one) => keptLine(one, programme))
  return lines.length > 0 ? lines.join('\n') : `${programme.key} keeps no Word file for its papers.`
}
