import { fold } from '../../../base/text.ts'
import type { SheetEntry } from '../../../domain/register/imported-entries.ts'
import type { EntryRow } from '../parsed-plan.ts'
import { titleSimilarity, wordSimilarity } from '../same-text.ts'

/** The entry of the register that each row of a sheet is; rows that are none are new. */
export function matchEntries(
  rows: readonly EntryRow[],
  stored: readonly SheetEntry[],
): Map<EntryRow, SheetEntry> {
  const matched = new Map<EntryRow, SheetEntry>()
  const free = new Set(stored)
  const take = (row: EntryRow, found: SheetEntry | undefined) => {
    if (!found) return
    matched.set(row, found)
    free.delete(found)
  }
  for (const find of finders) {
    for (const row of rows) {
      if (matched.has(row)) continue
      const ofKind = [...free].filter(({ entry }) => entry.kind === row.kind)
      take(row, find(row, ofKind))
    }
  }
  return matched
}

type Finder = (row: EntryRow, entries: readonly SheetEntry[]) => SheetEntry | undefined

/** Surest first: our own number, the sheet's, the sheet's where people type it as ours, the same words. */
const finders: readonly Finder[] = [
  ({ number }, entries) => entries.find(({ entry }) => entry.number === number),
  ({ ref }, entries) =>
    entries.find(({ sheetRef }) => ref !== '' && fold(sheetRef ?? '') === fold(ref)),
  (row, entries) =>
    entries.find(
      ({ entry, sheetRef }) =>
        sheetRef === null && entry.number === numberOf(row) && isNear(row, entry),
    ),
  (row, entries) => entries.find(({ entry }) => fold(entryText(entry)) === fold(rowText(row))),
  (row, entries) =>
    entries
      .filter(({ entry, sheetRef }) => (row.ref === '' || sheetRef === null) && isNear(row, entry))
      .toSorted((one, other) => likeness(row, other.entry) - likeness(row, one.entry))[0],
]

/** 7 of "R-07"; null where the sheet gives no number. */
export function numberOf({ ref, number }: Pick<EntryRow, 'ref' | 'number'>): number | null {
  const digits = /(\d{1,6})$/.exec(ref.trim())?.[1]
  return number ?? (digits && Number(digits) > 0 ? Number(digits) : null)
}

/** What a dependency says may stand in either of its texts. */
const entryText = (entry: SheetEntry['entry']): string =>
  entry.kind === 'dependency' ? `${entry.text} ${entry.dependsOn}`.trim() : entry.text

const rowText = ({ kind, text, dependsOn }: EntryRow): string =>
  kind === 'dependency' && dependsOn !== null ? `${text} ${dependsOn}`.trim() : text

const likeness = (row: EntryRow, entry: SheetEntry['entry']): number =>
  wordSimilarity(entryText(entry), rowText(row))

const isNear = (row: EntryRow, entry: SheetEntry['entry']): boolean =>
  likeness(row, entry) >= titleSimilarity

/** Below this share of common words, one number stands for two things. */
const otherThing = 0.2

/** How a row's words are those of its entry: the same, others, or of something else. */
export function wordingOf(
  row: EntryRow,
  { entry }: SheetEntry,
): 'same' | 'reworded' | 'something else' {
  if (fold(entryText(entry)) === fold(rowText(row))) return 'same'
  return likeness(row, entry) < otherThing ? 'something else' : 'reworded'
}
