import { type CivilDate, toDbDate } from '../../base/dates.ts'
import { newId } from '../../base/ids.ts'
import type { ReadTx, Tx } from '../../infra/db.ts'
import type { Provenance } from '../revisions/provenance.ts'
import { entryAsAt, reviewedFieldsOf } from './as-at.ts'
import type { Entry, EntryDetails, ReviewedFields } from './entry.ts'
import { findEntries } from './load-entries.ts'
import {
  type AppendedBy,
  appendClosing,
  appendReopening,
  appendReview,
  detailColumns,
  nextNumber,
} from './store.ts'

/** What sheets say of the register, and taking an import of one back. */

const importSource = 'import'

/** An entry, and what sheets said of it. */
export interface SheetEntry {
  /** As at the day of the sheet. */
  readonly entry: Entry
  /** The number by which a sheet knows it. */
  readonly sheetRef: string | null
  /** Its fields as the last sheet left them; null where none has said anything. */
  readonly ofSheet: ReviewedFields | null
  /** Every value that its fields ever had. */
  readonly history: readonly ReviewedFields[]
  /** The day on which somebody last said something of its fields, or of its end, in chat; null where a sheet spoke last. */
  readonly saidOn: CivilDate | null
  /** Whether it was closed by a sheet. */
  readonly isClosedBySheet: boolean
  /** Whether it was last opened again by a person. */
  readonly isReopenedInChat: boolean
}

/** The register as at the day of a sheet, with what earlier sheets said of it. */
export async function loadSheetEntries(
  tx: ReadTx,
  programmeId: string,
  asAt: CivilDate,
): Promise<SheetEntry[]> {
  const rows = await tx.registerEntry.findMany({
    where: { programmeId },
    select: {
      ...{ id: true, sheetRef: true, closing: { select: { source: true } } },
      reviews: { select: { id: true, source: true } },
      reopenings: { select: { source: true }, orderBy: { at: 'desc' }, take: 1 },
    },
  })
  const more = new Map(rows.map((row) => [row.id, row]))
  const found = await findEntries(tx, { programmeId })
  return found.map(({ entry }) => {
    const { sheetRef = null, closing, reviews = [], reopenings = [] } = more.get(entry.id) ?? {}
    const ofSheets = new Set(
      reviews.flatMap(({ id, source }) => (source === importSource ? [id] : [])),
    )
    return {
      ...{ entry: entryAsAt(entry, asAt), sheetRef, ...wordsOf(entry, ofSheets) },
      isClosedBySheet: closing?.source === importSource,
      isReopenedInChat: reopenings.some(({ source }) => source !== importSource),
    }
  })
}

function wordsOf(entry: Entry, ofSheets: ReadonlySet<string>) {
  const standing = entry.reviews.filter(({ withdrawnOn }) => withdrawnOn === null)
  const first = reviewedFieldsOf(entry)
  const ofSheet = standing.findLast(({ id }) => ofSheets.has(id))
  const last = standing.at(-1)
  const isSheets = entry.source === importSource
  const bySheetLast = last ? ofSheets.has(last.id) : isSheets
  return {
    ofSheet: ofSheet ?? (isSheets ? first : null),
    history: [first, ...standing],
    saidOn: bySheetLast ? null : (last?.onDay ?? entry.onDay),
  }
}

export interface ImportedEntry {
  readonly details: EntryDetails
  readonly sheetRef: string | null
  /** Milepost's number for it, where that is free; null: the next one. */
  readonly number: number | null
  readonly projectId: string | null
  /** The day it was raised. */
  readonly onDay: CivilDate
}

/** Adds an entry of a sheet and gives its id. One that was taken back with its import comes back under its number. */
export async function addImportedEntry(
  tx: Tx,
  { programmeId, importId }: { readonly programmeId: string; readonly importId: string },
  { details, sheetRef, number, projectId, onDay }: ImportedEntry,
  { byId, at }: Provenance,
): Promise<string> {
  const next = await nextNumber(tx, programmeId, details.kind)
  const { kind, text } = details
  const same = { programmeId, kind, text, sheetRef }
  const data = {
    ...{ ...detailColumns(details), importId, projectId, withdrawnOn: null },
    ...{ byId, source: importSource, onDay: toDbDate(onDay), at },
  }
  const former = await tx.registerEntry.findFirst({
    where: { ...same, withdrawnOn: { not: null } },
    select: { id: true },
  })
  if (former) {
    await tx.registerEntry.update({ where: { id: former.id }, data })
    return former.id
  }
  const isFree =
    number !== null &&
    (await tx.registerEntry.count({ where: { programmeId, kind, number } })) === 0
  const id = newId()
  const given = { id, programmeId, sheetRef, number: isFree ? number : next }
  await tx.registerEntry.create({ data: { ...data, ...given } })
  return id
}

/** What a sheet says now of an entry that the register has. */
export interface SheetWord {
  readonly entryId: string
  readonly fields: ReviewedFields | null
  /** How it ended, and when; null where it goes on. */
  readonly closing: { readonly outcome: string | null; readonly onDay: CivilDate } | null
  readonly isReopened: boolean
  /** Its number in the sheet, where no sheet had given it one. */
  readonly sheetRef: string | null
  /** The name of the sheet's file. */
  readonly fileName: string
}

export async function appendSheetWord(
  tx: Tx,
  { entryId, fields, closing, isReopened, sheetRef, fileName }: SheetWord,
  provenance: Provenance,
): Promise<void> {
  const said = appendedByImport(provenance)
  if (isReopened) await appendReopening(tx, entryId, `${fileName} has it open again`, said)
  if (fields) await appendReview(tx, entryId, fields, `${fileName} says so`, said)
  if (closing) {
    const onDay = toDbDate(closing.onDay)
    await appendClosing(tx, entryId, closing.outcome, { ...said, onDay })
  }
  if (sheetRef !== null) {
    await tx.registerEntry.update({ where: { id: entryId }, data: { sheetRef } })
  }
}

const appendedByImport = ({ byId, onDay, at }: Provenance): AppendedBy => ({
  ...{ byId, source: importSource, onDay: toDbDate(onDay), at },
})

interface ImportedSince {
  readonly importId: string
  readonly programmeId: string
  /** The moment of the import. */
  readonly at: Date
  readonly onDay: CivilDate
}

/** Takes back what an import said of the register: its entries are in it no more, and others as they were before it. */
export async function withdrawImportedEntries(
  tx: Tx,
  { importId, programmeId, at, onDay }: ImportedSince,
): Promise<void> {
  const withdrawnOn = toDbDate(onDay)
  const ofImport = { source: importSource, at: { gte: at } }
  const entry = { programmeId }
  await tx.registerReview.updateMany({
    where: { ...ofImport, entry, withdrawnOn: null },
    data: { withdrawnOn },
  })
  await tx.registerClosing.deleteMany({ where: { ...ofImport, entry } })
  const reopened = await tx.registerReopening.findMany({ where: { ...ofImport, entry } })
  for (const { id, entryId, outcome, closedById, closedSource, closedOn, closedAt } of reopened) {
    const closing = { byId: closedById, source: closedSource, onDay: closedOn, at: closedAt }
    await appendClosing(tx, entryId, outcome, closing)
    await tx.registerReopening.delete({ where: { id } })
  }
  await tx.registerEntry.updateMany({
    where: { importId, withdrawnOn: null },
    data: { withdrawnOn },
  })
}

/** What people said in chat of entries that an import added or closed: 'Risk 3: reviewed'. */
export async function saidSinceImport(
  tx: ReadTx,
  { importId, programmeId, at }: Omit<ImportedSince, 'onDay'>,
): Promise<
  readonly {
    readonly kind: Entry['kind']
    readonly number: number
    readonly what: string
    readonly byId: string | null
    readonly onDay: Date
  }[]
> {
  const bySheet = { source: importSource, at: { gte: at } }
  const of = {
    ...{ programmeId, withdrawnOn: null },
    OR: [{ importId }, { reviews: { some: bySheet } }, { reopenings: { some: bySheet } }],
  }
  const where = { entry: of, at: { gt: at }, source: { not: importSource } }
  const include = { entry: { select: { kind: true, number: true } } }
  const reviews = await tx.registerReview.findMany({
    where: { ...where, withdrawnOn: null },
    include,
  })
  const closings = await tx.registerClosing.findMany({ where, include })
  const reopenings = await tx.registerReopening.findMany({ where, include })
  return [
    ...reviews.map((row) => ({ ...row, what: 'reviewed' })),
    ...closings.map((row) => ({ ...row, what: 'closed' })),
    ...reopenings.map((row) => ({ ...row, what: 'opened again' })),
  ].map(({ entry, what, byId, onDay }) => ({ ...entry, what, byId, onDay }))
}
