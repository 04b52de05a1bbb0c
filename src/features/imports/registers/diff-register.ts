import { type CivilDate, fullDate } from '../../../base/dates.ts'
import type { SheetNote } from '../../../base/sheets/read-sheet.ts'
import { collapseWhitespace, fold, listOf, quoted, shorten } from '../../../base/text.ts'
import { reviewedFieldsOf } from '../../../domain/register/as-at.ts'
import type { ReviewedFields } from '../../../domain/register/entry.ts'
import { entryName } from '../../../domain/register/format.ts'
import type { SheetEntry } from '../../../domain/register/imported-entries.ts'
import { stateOfScore } from '../../../domain/register/risk-score.ts'
import { type Scheme, stateByKey } from '../../../domain/scheme/schemes.ts'
import {
  type EntryChange,
  type EntryField,
  isOfRegister,
  type PlanChange,
  type PlanDiff,
} from '../diff-types.ts'
import type { EntryRow } from '../parsed-plan.ts'
import { endOf } from './entry-end.ts'
import { entryNote } from './entry-note.ts'
import { fixedFieldNotes } from './fixed-fields.ts'
import { matchEntries, numberOf, wordingOf } from './match-entries.ts'

/** What a sheet changes of the register, and what of it a person should know. */
export interface RegisterDiff {
  readonly added: readonly EntryRow[]
  readonly words: readonly EntryWord[]
  /** For people: what is new, changed and missing. */
  readonly difference: PlanDiff
  readonly corrections: readonly SheetNote[]
  readonly notes: readonly SheetNote[]
  readonly problems: readonly SheetNote[]
}

/** What the sheet says anew of one entry of the register. */
export interface EntryWord {
  readonly row: EntryRow
  readonly stored: SheetEntry
  /** The fields that change; whose it is, by name. */
  readonly fields: Partial<Omit<ReviewedFields, 'ownerId'>> & { readonly owner?: string }
  readonly closing: { readonly outcome: string | null; readonly onDay: CivilDate } | null
  readonly isReopened: boolean
  readonly sheetRef: string | null
}

export interface RegisterDiffContext {
  readonly asOf: CivilDate
  readonly scheme: Scheme
  /** Names of the owners, by id. */
  readonly names: ReadonlyMap<string, string>
  /** The name of who holds each post (folded). */
  readonly posts: ReadonlyMap<string, string>
  /** Of the plan and of the sheet. */
  readonly projects: readonly { readonly ref: string; readonly title: string }[]
}

/** Compares the rows of registers with the register as at the day of the sheet. */
export function diffRegister(
  rows: readonly EntryRow[],
  stored: readonly SheetEntry[],
  context: RegisterDiffContext,
): RegisterDiff {
  const { kept, problems } = withoutRepeats(rows)
  const matched = matchEntries(kept, stored)
  const added = kept.filter((row) => !matched.has(row))
  const verdicts = [...matched].map(([row, entry]) => compareEntry(row, entry, context))
  const words = verdicts.flatMap(({ word }) => word ?? [])
  const found = new Set(matched.values())
  const kinds = new Set(kept.map(({ kind }) => kind))
  const missing = stored.filter(
    (one) =>
      !found.has(one) && one.ofSheet !== null && isOpen(one) && [...kinds].includes(kindOf(one)),
  )
  return {
    ...{ added, words },
    difference: {
      added: added.map(({ kind, ref, text }) => ({ what: kind, ref, title: text })),
      changed: verdicts.flatMap(({ changes }) => changes),
      missing: missing.map(({ entry, sheetRef }) => ({
        what: kindOf({ entry }),
        ref: sheetRef ?? String(entry.number),
        title: entry.text,
      })),
      unchanged: verdicts.filter(({ changes }) => changes.length === 0).length,
    },
    corrections: verdicts.flatMap(({ corrections }) => corrections),
    notes: [...verdicts.flatMap(({ notes }) => notes), ...numberNotes(added, stored)],
    problems: [...problems, ...verdicts.flatMap((verdict) => verdict.problems)],
  }
}

const isOpen = ({ entry }: Pick<SheetEntry, 'entry'>) => entry.closing === null
const kindOf = ({ entry }: Pick<SheetEntry, 'entry'>) => entry.kind as EntryRow['kind']

/** Of rows with one number, the first is read. */
function withoutRepeats(rows: readonly EntryRow[]) {
  const numbered = rows.filter(({ ref }) => ref !== '')
  const groups = Map.groupBy(numbered, ({ kind, ref }) => `${kind} ${fold(ref)}`)
  const repeats = [...groups.values()].filter(({ length }) => length > 1)
  const leftOut = new Set(repeats.flatMap(([, ...others]) => others))
  const problems = repeats.flatMap(([first, ...others]): SheetNote[] => {
    if (!first) return []
    const places = [first, ...others].map(({ row }) => String(row))
    const message = `${first.ref} stands in rows ${listOf(places)}, but a number may come once. Give each row its own, or accept that only row ${first.row} is imported.`
    return [entryNote(others[0] ?? first, message)]
  })
  return { kept: rows.filter((row) => !leftOut.has(row)), problems }
}

/** "R7 becomes risk 12": its number is another entry's. */
function numberNotes(added: readonly EntryRow[], stored: readonly SheetEntry[]): SheetNote[] {
  return added.flatMap((row) => {
    const number = numberOf(row)
    const taken = stored.find(({ entry }) => entry.kind === row.kind && entry.number === number)
    if (!taken) return []
    const message = `${entryName(taken.entry)} of the register is another one (${quoted(shorten(taken.entry.text, 60))}), so ${row.ref} gets the next free number there.`
    return [entryNote(row, message)]
  })
}

interface Verdict {
  readonly word: EntryWord | undefined
  readonly changes: readonly EntryChange[]
  readonly corrections: readonly SheetNote[]
  readonly notes: readonly SheetNote[]
  readonly problems: readonly SheetNote[]
}

function compareEntry(row: EntryRow, stored: SheetEntry, context: RegisterDiffContext): Verdict {
  const { entry } = stored
  const proposals = proposalsOf(row, stored, context)
  const judged = proposals.map((proposal) => ({ proposal, fate: fateOf(proposal, row, stored) }))
  const taken = judged.flatMap(({ proposal, fate }) => (fate === 'taken' ? proposal : []))
  const end = endOf(row, stored, context.asOf)
  const number = String(entry.number)
  const title = shorten(entry.text, 60)
  const change = (field: EntryField, from: string | null, to: string | null): EntryChange => ({
    ...{ what: row.kind, ref: number, field, title, from, to },
  })
  const isNumbered =
    row.number === null && row.ref !== '' && fold(row.ref) !== fold(stored.sheetRef ?? '')
  const changes = [
    ...taken.map(({ field, from, to }) => change(field, from, to)),
    ...(end.change ? [change('end', end.change.from, end.change.to)] : []),
    ...(isNumbered ? [change('number in the sheet', stored.sheetRef, row.ref)] : []),
  ]
  const word: EntryWord = {
    ...{ row, stored },
    fields: Object.assign({}, ...taken.map(({ value }) => value)),
    closing: end.closing,
    isReopened: end.isReopened,
    sheetRef: isNumbered ? row.ref : null,
  }
  const note = (message: string): SheetNote => entryNote(row, message)
  return {
    word: changes.length > 0 ? word : undefined,
    changes,
    corrections: wordingOf(row, stored) === 'reworded' ? [note(rewordedText(row, stored))] : [],
    notes: [
      ...judged.flatMap(({ proposal, fate }) =>
        fate === 'kept' ? [note(keptText(proposal, stored))] : [],
      ),
      ...(end.note ? [note(end.note)] : []),
      ...blankNotes(row, stored, context).map(note),
      ...fixedFieldNotes(row, entry, context.projects).map(note),
    ],
    problems:
      wordingOf(row, stored) === 'something else' ? [note(otherThingText(row, stored))] : [],
  }
}

/** One field of which the sheet says something else than the register. */
interface Proposal {
  readonly field: EntryField
  readonly from: string | null
  readonly to: string | null
  readonly value: EntryWord['fields']
  /** What the last sheet said of it, and what was ever said of it, as `to` is written. */
  readonly ofSheet: string | null | undefined
  readonly history: readonly (string | null)[]
}

function proposalsOf(
  row: EntryRow,
  { entry, ofSheet, history }: SheetEntry,
  context: RegisterDiffContext,
): Proposal[] {
  const before = textsOf(reviewedFieldsOf(entry), context)
  const sheet = ofSheet === null ? undefined : textsOf(ofSheet, context)
  const earlier = history.map((fields) => textsOf(fields, context))
  return valuesOf(row, context).flatMap(({ field, to, value }) => {
    const from = before[field]
    if (from === undefined || isSame(from, to)) return []
    const ever = earlier.map((texts) => texts[field] ?? null)
    return [{ field, from, to, value, ofSheet: sheet?.[field], history: ever }]
  })
}

const isSame = (one: string | null | undefined, other: string | null): boolean =>
  collapseWhitespace(fold(one ?? '')) === collapseWhitespace(fold(other ?? ''))

type ReviewedField = Exclude<EntryField, 'end' | 'number in the sheet'>
type FieldTexts = Partial<Record<ReviewedField, string | null>>

/** The fields as texts to compare and to show. */
function textsOf(fields: ReviewedFields, { scheme, names }: RegisterDiffContext): FieldTexts {
  const { mitigation, state, score, proximity, ownerId, reviewOn, neededBy } = fields
  return {
    ...{ mitigation, proximity, reviewOn, neededBy },
    state: state === null ? null : stateByKey(scheme, state).label,
    score: score && `${score.likelihood} × ${score.impact}`,
    owner: ownerId === null ? null : (names.get(ownerId) ?? null),
  }
}

/** What a row says, field by field; nothing of what it leaves empty. */
function valuesOf(row: EntryRow, { scheme, posts }: RegisterDiffContext) {
  const { kind, mitigation, proximity, score, reviewOn, neededBy } = row
  const state = row.state ?? (score ? stateOfScore(score, scheme).key : null)
  const owner = row.owner === null ? null : (posts.get(fold(row.owner)) ?? row.owner)
  const isRated = kind === 'risk' || kind === 'issue'
  const values: { field: ReviewedField; to: string | null; value: EntryWord['fields'] }[] = []
  const say = (field: ReviewedField, to: string | null, value: EntryWord['fields']) => {
    if (to !== null) values.push({ field, to, value })
  }
  if (isRated) {
    say('state', state && stateByKey(scheme, state).label, { state })
    say('mitigation', mitigation, { mitigation })
    say('reviewOn', reviewOn, { reviewOn })
  }
  if (kind === 'risk') {
    say('score', score && `${score.likelihood} × ${score.impact}`, { score })
    say('proximity', proximity, { proximity })
  }
  if (kind === 'action' || kind === 'decision') say('neededBy', neededBy, { neededBy })
  if ((isRated || kind === 'action') && owner !== null) say('owner', owner, { owner })
  return values
}

/**
 * A sheet that repeats itself says nothing new, and our own export repeats what was ever said; what was said in chat since
 * the last sheet stays.
 */
function fateOf(
  { from, to, ofSheet, history }: Proposal,
  { number }: EntryRow,
  { saidOn }: SheetEntry,
): 'taken' | 'kept' | 'repeated' {
  if (number !== null) return history.some((one) => isSame(one, to)) ? 'repeated' : 'taken'
  if (ofSheet !== undefined && isSame(ofSheet, to)) return 'repeated'
  const isSaidSince = saidOn !== null && !(ofSheet !== undefined && isSame(ofSheet, from))
  return isSaidSince ? 'kept' : 'taken'
}

export const entryFieldTitles: Readonly<Record<EntryField, string>> = {
  mitigation: 'what is done about it',
  state: 'the rating',
  score: 'likelihood × impact',
  proximity: 'when it may come',
  owner: 'the owner',
  reviewOn: 'the day of its review',
  neededBy: 'the day by which it is needed',
  end: 'it',
  'number in the sheet': 'its number in the sheet',
}

export const isEntryChange = (change: PlanChange): change is EntryChange => isOfRegister(change)

function keptText({ field, from, to }: Proposal, { entry, saidOn }: SheetEntry): string {
  const since = saidOn === null ? '' : `, as was said on ${fullDate(saidOn)}, since the last sheet`
  return `${entryName(entry)}: ${entryFieldTitles[field]} stays ${quoted(from ?? 'none')}${since}. If ${quoted(to ?? '')} in the sheet is right, say it: review ${entry.kind} ${entry.number} ….`
}

/** A rating is not lost with its cell, nor with a word that is not understood. */
function blankNotes(
  row: EntryRow,
  { entry }: SheetEntry,
  { scheme }: RegisterDiffContext,
): string[] {
  const { state } = reviewedFieldsOf(entry)
  const isRated = state !== null && state !== 'blank'
  if (!isRated || row.state !== null || row.score !== null || entry.closing) return []
  const why = row.rawState.trim() === '' ? 'is empty' : 'was not understood'
  return [
    `${entryName(entry)} stays ${stateByKey(scheme, state).label}: the rating in the sheet ${why}.`,
  ]
}

const rewordedText = ({ ref, text }: EntryRow, { entry }: SheetEntry): string =>
  `${quoted(shorten(ref ? `${ref} ${text}` : text, 80))} was taken for ${entryName(entry).toLowerCase()}, ${quoted(shorten(entry.text, 80))}; its first wording stays.`

const otherThingText = ({ ref, text }: EntryRow, { entry }: SheetEntry): string =>
  `${ref || entryName(entry)} is ${quoted(shorten(entry.text, 80))} in the register, and ${quoted(shorten(text, 80))} here. Give a new one a number of its own, or accept that it is the same.`
