import type { Sheet } from '../../../base/sheets/read-sheet.ts'
import type { CommandContext } from '../../../chat/commands.ts'
import type { NoticeButton } from '../../../chat/notice.ts'
import type { Programme } from '../../../domain/programme/programme.ts'
import type { ImportDraft } from '../drafts/draft.ts'
import type { SheetPreview } from '../preview/sheet-preview.ts'

/** A draft whose programme is known. */
export interface PlacedDraft extends ImportDraft {
  readonly programme: Programme
}

/** Which rows are imported: all as the preview describes, or all but those with problems. */
export const importParts = ['all', 'rest'] as const
export type ImportPart = (typeof importParts)[number]

/** What was saved, in sentences, and what can be done next. */
export interface SavedSheet {
  readonly lines: readonly string[]
  readonly buttons: readonly NoticeButton[]
}

/** A kind of sheet that people send in chat: a plan, or a people file. */
export interface SheetKind {
  readonly key: string
  /** What it changes, as a sentence begins: "The plan". */
  readonly subject: string
  recognises(sheet: Sheet): boolean
  /** Saves nothing. */
  preview(context: CommandContext, draft: PlacedDraft): Promise<SheetPreview>
  /** Saves what the preview showed, in the caller's transaction. @throws Refusal */
  save(context: CommandContext, draft: PlacedDraft, part: ImportPart): Promise<SavedSheet>
}
