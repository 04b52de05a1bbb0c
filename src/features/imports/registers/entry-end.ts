import { type CivilDate, fullDate } from '../../../base/dates.ts'
import { shorten } from '../../../base/text.ts'
import { entryName } from '../../../domain/register/format.ts'
import type { SheetEntry } from '../../../domain/register/imported-entries.ts'
import type { EntryRow } from '../parsed-plan.ts'

/** What a sheet changes of whether an entry goes on. */
export interface EntryEnd {
  readonly closing: { readonly outcome: string | null; readonly onDay: CivilDate } | null
  readonly isReopened: boolean
  readonly change: { readonly from: string; readonly to: string } | null
  /** Why it stays as it is, where the sheet says otherwise. */
  readonly note: string | null
}

const unchanged: EntryEnd = { closing: null, isReopened: false, change: null, note: null }

/** A sheet closes what is open and opens what a sheet had closed; what a person closed or opened again stays so. */
export function endOf(
  { isClosed, closedOn, outcome, number }: EntryRow,
  { entry, isClosedBySheet, isReopenedInChat }: SheetEntry,
  asOf: CivilDate,
): EntryEnd {
  const { closing } = entry
  const name = entryName(entry)
  if (isClosed === true && closing === null) {
    if (isReopenedInChat && number === null) {
      return { ...unchanged, note: `${name} stays open: it was opened again in chat.` }
    }
    const onDay = closedOn ?? asOf
    const to = outcome === null ? 'closed' : `closed: ${shorten(outcome, 80)}`
    return { ...unchanged, closing: { outcome, onDay }, change: { from: 'open', to } }
  }
  if (isClosed !== false || closing === null) return unchanged
  if (isClosedBySheet) {
    return { ...unchanged, isReopened: true, change: { from: 'closed', to: 'open again' } }
  }
  const note = `${name} stays closed, as was said on ${fullDate(closing.onDay)}. To open it again: reopen ${entry.kind} ${entry.number} because ….`
  return { ...unchanged, note }
}
