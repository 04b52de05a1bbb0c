import type { SheetNote } from '../../base/sheets/read-sheet.ts'
import { fold, listOf, quoted, shorten } from '../../base/text.ts'
import { assign } from './assignment.ts'
import { hasWordsOf, isAlike, type KnownTitles } from './resolve-refs.ts'

/**
 * Rows of a sheet that have numbers which something in the plan had before. No two rows of one sheet may ever mean one
 * project or workstream: where several could, their words, their place and their milestones tell which it is, and a
 * person is asked where these tell nothing.
 */

export interface NumberedRow extends Described {
  readonly row: number
}

/** A row or an item of the plan, as far as it tells one from another. */
interface Described extends KnownTitles {
  readonly workstreamRef?: string | undefined
  readonly milestones?: readonly { readonly about: string }[]
}

export interface EarlierNumber {
  readonly earlier: string
  readonly present: string
}

export interface EarlierNumberMatches {
  /** Numbers of today by those of the sheet, folded. No two rows have the same. */
  readonly refs: ReadonlyMap<string, string>
  readonly notes: readonly SheetNote[]
  readonly questions: readonly SheetNote[]
}

interface Claim {
  readonly row: NumberedRow
  readonly item: Described
  /** What speaks for it: words first, then its place, then its milestones. */
  readonly evidence: readonly number[]
  /** How many numbers were given since; 0: the newest. */
  readonly age: number
}

/**
 * `earlier`: newest first. `newRows`: of which a person says that they are new. An item of which the file has today's
 * number is that row, and an earlier number of it means something new. Pure.
 */
export function matchEarlierNumbers(
  rows: readonly NumberedRow[],
  items: readonly Described[],
  earlier: readonly EarlierNumber[],
  newRows: readonly number[] = [],
): EarlierNumberMatches {
  const claims = claimsOf(rows, items, earlier).toSorted(strongestFirst)
  const byItem = Map.groupBy(claims, ({ item }) => item)
  const isContested = ({ item }: Claim) => (byItem.get(item)?.length ?? 0) > 1
  const open = claims.filter((one) => !isContested(one) || !newRows.includes(one.row.row))
  const chosen = assign(open)
  const contests = [...chosen.values()].map((winner) => ({
    winner,
    others: open.filter(({ item, row }) => item === winner.item && !chosen.has(row)),
  }))
  const decided = contests.filter(({ others }) => others.length > 0)
  const isClear = ({ winner, others }: Contest) =>
    others.every((one) => compareEvidence(winner, one) < 0)
  return {
    refs: new Map([...chosen.values()].map(({ row, item }) => [fold(row.ref), item.ref])),
    notes: decided.filter(isClear).map(noteOf),
    questions: decided.filter((one) => !isClear(one)).map(questionOf),
  }
}

/** The claims that no text speaks against: a row that has another's words, or whose item another row names, has none. */
function claimsOf(
  rows: readonly NumberedRow[],
  items: readonly Described[],
  earlier: readonly EarlierNumber[],
): Claim[] {
  if (earlier.length === 0) return []
  const byRef = new Map(items.map((item) => [item.ref, item]))
  const inFile = new Set(rows.map(({ ref }) => fold(ref)))
  const standing = rows.filter((row) => likeness(row, byRef.get(row.ref)) > 0)
  const settled = new Set(standing.map(({ ref }) => ref))
  const openRows = rows.filter((row) => !standing.includes(row))
  const openItems = items.filter(({ ref }) => !settled.has(ref))
  const isElsewhere = (row: NumberedRow, item: Described) =>
    openRows.some((one) => one !== row && hasWordsOf(one.title, item)) ||
    openItems.some((one) => one !== item && hasWordsOf(row.title, one))
  const byNumber = Map.groupBy(
    earlier.map((one, age) => ({ ...one, age })),
    (one) => fold(one.earlier),
  )
  return rows.flatMap((row) =>
    (byNumber.get(fold(row.ref)) ?? []).flatMap(({ present, age }) => {
      const item = byRef.get(present)
      if (!item || inFile.has(fold(present))) return []
      if (likeness(row, item) === 0 && isElsewhere(row, item)) return []
      return [{ row, item, evidence: evidenceOf(row, item), age }]
    }),
  )
}

/** 2: the same words; 1: nearly; 0: others. */
function likeness({ title }: NumberedRow, item: Described | undefined): number {
  if (!item) return 0
  if (hasWordsOf(title, item)) return 2
  return isAlike(title, item) ? 1 : 0
}

function evidenceOf(row: NumberedRow, item: Described): number[] {
  const isThere = row.workstreamRef !== undefined && row.workstreamRef === item.workstreamRef
  const known = item.milestones?.map(({ about }) => fold(about)) ?? []
  const common = row.milestones?.filter(({ about }) => known.includes(fold(about))) ?? []
  return [likeness(row, item), Number(isThere), common.length]
}

/** Below 0: the first has more. */
function compareEvidence(one: Claim, other: Claim): number {
  for (const [at, weight] of one.evidence.entries()) {
    const difference = (other.evidence[at] ?? 0) - weight
    if (difference !== 0) return difference
  }
  return 0
}

const strongestFirst = (one: Claim, other: Claim): number =>
  compareEvidence(one, other) || one.age - other.age || one.row.row - other.row.row

interface Contest {
  readonly winner: Claim
  readonly others: readonly Claim[]
}

function contestText({ winner, others }: Contest): string {
  const rows = [winner, ...others].map(({ row }) => row).toSorted((a, b) => a.row - b.row)
  const { ref, title } = winner.item
  const numbers = listOf(rows.map((row) => row.ref))
  return `${numbers} (rows ${listOf(rows.map(({ row }) => String(row)))}) are numbers that ${ref} ${quoted(shorten(title, 60))} had before`
}

function noteOf(contest: Contest): SheetNote {
  const { row, item } = contest.winner
  const message = `${contestText(contest)}. Row ${row.row} is taken for it, by its words, its place and its milestones; what else has one of them is new. If it is another row, write ${item.ref} there.`
  return { row: row.row, message }
}

function questionOf(contest: Contest): SheetNote {
  const { row, item } = contest.winner
  const message = `${contestText(contest)}, and nothing else tells which row it is. Write its number of today, ${item.ref}, in its row, or accept that row ${row.row}, with the number it had last, is it and what else has one of them is new.`
  return { row: row.row, message }
}
