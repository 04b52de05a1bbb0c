import type { SheetNote } from '../../base/sheets/read-sheet.ts'
import { fold, quoted, shorten } from '../../base/text.ts'
import { assign } from './assignment.ts'
import type { StoredPlan } from './diff.ts'
import type { FieldChange } from './diff-types.ts'
import type { PlanContents } from './parsed-plan.ts'
import { allocateRef, groupByWords, isAlike, type KnownTitles, titlesOf } from './resolve-refs.ts'
import { allAlike } from './same-text.ts'

/**
 * Rows of a sheet that numbers its rows anew: one was put in or taken out, and those below it moved up or down. A number
 * means the row that has it while its text is nearly the same; a row that stands elsewhere by its text keeps its
 * identity, with its history, and gets its new number.
 */
export interface Renumbering {
  readonly what: 'workstream' | 'project'
  readonly from: string
  readonly to: string
  readonly title: string
  /** Of the file; null: the file does not have it, and another has its number now. */
  readonly row: number | null
}

/** What an import added that was taken back comes again by its number alone: its text is no sign of another number. */
interface StoredItem extends KnownTitles {
  readonly isTakenBack?: boolean
}

interface Row {
  readonly ref: string
  readonly title: string
  readonly row: number
}

/** `newRows`: of which a person says that their number decides. Pure. */
export function findRenumbered(
  file: Pick<PlanContents, 'workstreams' | 'projects'>,
  stored: StoredPlan,
  newRows: readonly number[],
): readonly Renumbering[] {
  return [
    ...renumberingsOf('workstream', file.workstreams, stored.workstreams, newRows),
    ...renumberingsOf('project', file.projects, stored.projects, newRows),
  ]
}

function renumberingsOf(
  what: Renumbering['what'],
  rows: readonly Row[],
  stored: readonly StoredItem[],
  newRows: readonly number[],
): Renumbering[] {
  const byRef = new Map(stored.map((one) => [one.ref, one]))
  const isSettled = (row: Row) => {
    const known = byRef.get(row.ref)
    return known !== undefined && isAlike(row.title, known)
  }
  const settled = new Set(rows.filter(isSettled).map(({ ref }) => ref))
  const open = rows.filter(({ ref, row }) => !settled.has(ref) && !newRows.includes(row))
  const pairs = pairByText(
    open,
    stored.filter(({ ref, isTakenBack }) => !settled.has(ref) && !isTakenBack),
    rows,
  )
  const moved = [...pairs].map(([{ row, ref: to, title }, { ref: from }]) => {
    return { what, from, to, title, row }
  })
  return [...moved, ...displaced(what, moved, rows, stored)]
}

const maxComparisons = 100_000

interface TextClaim {
  readonly row: Row
  readonly item: KnownTitles
}

/**
 * By the same words, of now or of before, where these are of one row and one item alone: where they are of several they
 * tell none of them, and their numbers do. What has no words in common so is paired by nearly the same, the most alike
 * first.
 */
function pairByText(
  open: readonly Row[],
  free: readonly KnownTitles[],
  rows: readonly Row[],
): Map<Row, KnownTitles> {
  const rowsByTitle = Map.groupBy(rows, ({ title }) => fold(title))
  const claims = claimsByWords(open, free)
  const claimsOfRow = Map.groupBy(claims, ({ row }) => row)
  const claimsOnItem = Map.groupBy(claims, ({ item }) => item)
  const isClear = ({ row, item }: TextClaim) =>
    [claimsOfRow.get(row), claimsOnItem.get(item), rowsByTitle.get(fold(row.title))].every(
      (one) => one?.length === 1,
    )
  const left = {
    rows: open.filter((row) => !claimsOfRow.has(row)),
    items: free.filter((item) => !claimsOnItem.has(item)),
  }
  // Of a sheet that is another one altogether, numbers tell as much as words.
  const isSmall = left.rows.length * left.items.length <= maxComparisons
  const near = isSmall ? nearestFirst(left.rows, left.items) : []
  const pairs = assign([...claims.filter(isClear), ...near])
  return new Map([...pairs].map(([row, { item }]) => [row, item]))
}

function claimsByWords(rows: readonly Row[], items: readonly KnownTitles[]): TextClaim[] {
  const byWords = groupByWords(items, titlesOf)
  return rows.flatMap((row) => (byWords.get(fold(row.title)) ?? []).map((item) => ({ row, item })))
}

function nearestFirst(rows: readonly Row[], items: readonly KnownTitles[]): TextClaim[] {
  return rows
    .flatMap((row) =>
      allAlike(row.title, items, ({ title }) => title, 'title').map(({ one: item, share }) => {
        return { row, item, share }
      }),
    )
    .toSorted((one, other) => other.share - one.share)
}

/** What the file lacks, and whose number another row has now, gets the next free one. */
function displaced(
  what: Renumbering['what'],
  moved: readonly Renumbering[],
  rows: readonly Row[],
  stored: readonly KnownTitles[],
): Renumbering[] {
  const left = new Set(moved.map(({ from }) => from))
  const wanted = new Set(moved.map(({ to }) => to))
  const taken = new Set([...rows, ...stored].map(({ ref }) => ref))
  return stored
    .filter(({ ref }) => wanted.has(ref) && !left.has(ref))
    .map(({ ref, title }) => ({ what, from: ref, to: allocateRef(ref, taken), title, row: null }))
}

/** The saved plan as if it had the new numbers already. */
export function withNewNumbers(stored: StoredPlan, renumbered: readonly Renumbering[]): StoredPlan {
  if (renumbered.length === 0) return stored
  const [workstream, project] = [refsOf(renumbered, 'workstream'), refsOf(renumbered, 'project')]
  return {
    ...stored,
    workstreams: stored.workstreams.map((one) => ({ ...one, ref: workstream(one.ref) })),
    projects: stored.projects.map((one) => ({
      ...one,
      ref: project(one.ref),
      ...(one.workstreamRef ? { workstreamRef: workstream(one.workstreamRef) } : {}),
      known: withNewRefs(one.known, 'workstream', workstream),
    })),
    ...(stored.measures && {
      measures: stored.measures.map((one) => ({
        ...one,
        workstreamRef: one.workstreamRef && workstream(one.workstreamRef),
        projects: one.projects.map(project),
        known: withNewRefs(
          withNewRefs(one.known, 'workstreamRef', workstream),
          'projects',
          project,
        ),
      })),
    }),
  }
}

/** Known values of which those of one field are numbers, in lists joined by "; ". */
function withNewRefs(
  known: KnownTitles['known'],
  field: string,
  refOf: (ref: string) => string,
): NonNullable<KnownTitles['known']> {
  const values = (known?.[field] ?? []).map((list) => list.split('; ').map(refOf).join('; '))
  return { ...known, [field]: values }
}

/** The new number of each; its own where it keeps that. */
export function refsOf(
  renumbered: readonly Renumbering[],
  what: Renumbering['what'],
): (ref: string) => string {
  const refs = new Map(
    renumbered.flatMap((one) => (one.what === what ? [[one.from, one.to] as const] : [])),
  )
  return (ref) => refs.get(ref) ?? ref
}

/** What changes of the plan. */
export const renumberingChanges = (renumbered: readonly Renumbering[]): FieldChange[] =>
  renumbered.map(({ what, from, to, title }) => ({
    ...{ what, ref: to, field: 'number', from, to, title },
  }))

/** For a person, who can say that it is another one. */
export function renumberingNotes(renumbered: readonly Renumbering[]): SheetNote[] {
  return renumbered.map(({ from, to, title, row }) => {
    const what = `${from} ${quoted(shorten(title, 80))} is now ${to}`
    const why =
      row === null
        ? 'the sheet lacks it, and gives its number to another.'
        : 'its text is the same. If it is another one, choose so (--new-row, or the form about headings).'
    return { row: row ?? 0, message: `${what}: ${why}` }
  })
}
