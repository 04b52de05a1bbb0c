import { dateIn } from '../../../base/dates.ts'
import { Refusal } from '../../../base/errors.ts'
import { readSheet, type Sheet } from '../../../base/sheets/read-sheet.ts'
import { listOf, plural } from '../../../base/text.ts'
import type { CommandContext, CommandResult } from '../../../chat/commands.ts'
import type { ReceivedFile } from '../../../chat/received-file.ts'
import { requirePersonId } from '../../../domain/plan/lookup.ts'
import type { Programme } from '../../../domain/programme/programme.ts'
import { addDraft } from '../drafts/draft-store.ts'
import { officeProgrammes, requireDraft } from './find-draft.ts'
import type { SheetKind } from './sheet-kind.ts'
import { showDraft } from './show-preview.ts'

/**
 * Keeps the sheets that a person sent, and shows the first; each of the others is shown once the one before it was
 * imported or cancelled. @throws Refusal where none of them is a sheet
 */
export async function receiveFiles(
  context: CommandContext,
  kinds: readonly SheetKind[],
  files: readonly ReceivedFile[],
): Promise<CommandResult> {
  const office = await officeProgrammes(context)
  const ids: string[] = []
  const refused: string[] = []
  for (const [place, file] of files.entries()) {
    try {
      // The first is the newest, so that it is the one that is meant where nobody says which.
      const at = new Date(context.now.getTime() - place)
      ids.push(await keepSheet({ ...context, now: at }, kinds, office, file))
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      refused.push(error.message)
    }
  }
  const [first, ...others] = ids
  if (first === undefined) {
    throw new Refusal([...refused, ...wordFileHint(files, context.prefix)].join('\n'))
  }
  const draft = await requireDraft(context, first)
  const later =
    others.length > 0 ? [`You sent ${ids.length} sheets. ${await nextText(context, others)}`] : []
  return showDraft(context, kinds, draft, { remarks: [...refused, ...later] })
}

/** A Word file is no plan, and may be for the papers. */
function wordFileHint(files: readonly ReceivedFile[], prefix: string): string[] {
  if (!files.some(({ name }) => /\.docx$/i.test(name))) return []
  return [
    `Is it a Word file that your papers are to be put into? Send it with this line beside it: ${prefix} paper template. An old paper to compare: ${prefix} paper compare.`,
  ]
}

async function nextText(context: CommandContext, ids: readonly string[]): Promise<string> {
  const names: string[] = []
  for (const id of ids) names.push((await requireDraft(context, id)).fileName)
  return `This is the first; then ${names.length === 1 ? 'comes' : 'come'} ${listOf(names)}.`
}

/** A request has to be answered in seconds; published plans have a few hundred rows. */
const maxRows = 2_000

/** @throws Refusal for a sheet that is too long to be read while somebody waits */
function assertShortEnough({ fileName, rows }: Sheet): void {
  if (rows.length <= maxRows) return
  throw new Refusal(
    `${fileName} has ${plural(rows.length, 'row')}, and I read ${maxRows.toLocaleString('en-GB')} in chat at most. Nothing was saved. Send the plan in parts, or have whoever runs Milepost import it in the terminal.`,
  )
}

async function keepSheet(
  { tx, actor, now }: CommandContext,
  kinds: readonly SheetKind[],
  office: readonly Programme[],
  file: ReceivedFile,
): Promise<string> {
  const bytes = await file.read()
  const sheet = await readSheet(bytes, file.name)
  assertShortEnough(sheet)
  const kind = kinds.find((one) => one.recognises(sheet))
  if (!kind) throw new Error('No kind of sheet takes what is no people file')
  const [only, another] = office
  const programme = another === undefined ? only : undefined
  const draft = {
    ...{ personId: requirePersonId(actor), kind: kind.key, fileName: file.name, bytes },
    programmeId: programme?.id ?? null,
    asOf: dateIn(programme?.zone ?? actor.zone, now),
  }
  return addDraft(tx, draft, now)
}
