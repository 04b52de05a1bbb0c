import { fullDate } from '../../../base/dates.ts'
import type { CommandResult, QueryContext } from '../../../chat/commands.ts'
import {
  type NoticeButton,
  savedResult,
  unchangedResult,
  undoButton,
} from '../../../chat/notice.ts'
import { authorName, namesOf } from '../../../domain/people/names.ts'
import type { PlanField } from '../../../domain/plan/fields.ts'
import { latestRevisionOf } from '../../../domain/revisions/revision-store.ts'
import type { Revision } from '../../../domain/revisions/revisions.ts'

/** What came of one field of a form. */
export interface SavedField {
  readonly label: string
  readonly lines: readonly string[]
  /** What the Undo button names; undefined where nothing was written, or it cannot be taken back by a button. */
  readonly undo: Readonly<Record<string, string>> | undefined
}

/** The answer to a form of several fields, each with a button that takes it back. */
export function savedFieldsResult(
  heading: string,
  saved: readonly SavedField[],
  remarks: readonly string[],
): CommandResult {
  const lines = saved.flatMap((one) => one.lines)
  if (lines.length === 0) return unchangedResult([heading, ...remarks])
  const note = `${heading}: ${saved.map(({ label }) => label.toLowerCase()).join(', ')} changed.`
  return savedResult([heading, ...lines, ...remarks], note, undoButtons(saved))
}

function undoButtons(saved: readonly SavedField[]): NoticeButton[] {
  const undoable = saved.flatMap(({ label, undo }) => (undo ? [{ label, undo }] : []))
  return undoable.map(({ label, undo }) => ({
    ...undoButton(undo),
    ...(undoable.length > 1 && { title: `Undo: ${label.toLowerCase()}` }),
  }))
}

/** "Ben Okoro, Fri 24 Feb 2017" or "import, …": who changed a field of the plan last, if anybody did. */
export async function formatLastRevision(
  context: QueryContext,
  field: PlanField,
  itemId: string,
): Promise<string | undefined> {
  const revision = await latestRevisionOf(context.tx, field, itemId)
  return revision && formatChangeAuthor(context, revision)
}

export async function formatChangeAuthor(
  { tx }: QueryContext,
  { byId, onDay }: Pick<Revision, 'byId' | 'onDay'>,
): Promise<string> {
  const who = byId === null ? 'import of a sheet' : authorName(await namesOf(tx, [byId]), byId)
  return `${who}, ${fullDate(onDay)}`
}
