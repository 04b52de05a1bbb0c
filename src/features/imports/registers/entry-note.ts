import type { SheetNote } from '../../../base/sheets/read-sheet.ts'

/** A remark about a row of a register; of one in another sheet than the plan, with the name of that sheet. */
export function entryNote(
  { row, sheet }: { readonly row: number; readonly sheet?: string | undefined },
  message: string,
): SheetNote {
  return sheet === undefined ? { row, message } : placedIn(sheet, { row, message })
}

/** A row of another sheet is none of the plan's rows. */
export const placedIn = (sheet: string, note: SheetNote): SheetNote => ({ ...note, sheet })
