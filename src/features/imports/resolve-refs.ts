import { fold, quoted } from '../../base/text.ts'
import type { Draft } from './formats/sheet-format.ts'
import { firstFreeNumber } from './free-number.ts'
import type { ProjectRow, WorkstreamRow } from './parsed-plan.ts'
import { mostAlike } from './same-text.ts'

/** The part of the saved plan that is needed to recognise its rows. */
export interface StoredRefs {
  readonly workstreams: readonly KnownTitles[]
  readonly projects: readonly KnownTitles[]
}

export interface KnownTitles extends RefWithTitle {
  /** By field, what it was before. */
  readonly known?: Readonly<Record<string, readonly string[]>>
}

/** The title of now, and those of before: a sheet may still have one of these. */
export const titlesOf = ({ title, known }: KnownTitles): string[] => [
  title,
  ...(known?.title ?? []),
]

/** Whether it says the words of now or of before. */
export const hasWordsOf = (title: string, known: KnownTitles): boolean =>
  titlesOf(known).some((text) => fold(text) === fold(title))

/** The same, or nearly so. */
export const isAlike = (title: string, known: KnownTitles): boolean =>
  hasWordsOf(title, known) ||
  mostAlike(title, titlesOf(known), (text) => text, 'title') !== undefined

/** Numbers that we generated for workstreams give way where the sheet has them for its own rows: 1 becomes W1. */
export function yieldToGivenRefs(draft: Draft): void {
  const given = new Set(draft.projects.map(({ ref }) => ref))
  const taken = new Set([...given, ...draft.workstreams.map(({ ref }) => ref)])
  const { ofWorkstreams } = draft.generatedRefs
  if (![...ofWorkstreams].some((ref) => given.has(ref))) return
  const refs = new Map([...ofWorkstreams].map((ref) => [ref, allocateRef(`W${ref}`, taken)]))
  const renamed = (ref: string) => refs.get(ref) ?? ref
  mapInPlace(draft.workstreams, (one) => ({ ...one, ref: renamed(one.ref) }))
  mapInPlace(draft.projects, (one) => ({ ...one, workstreamRef: renamed(one.workstreamRef) }))
  mapInPlace(draft.measures, (one) => ({
    ...one,
    workstreamRef: one.workstreamRef && renamed(one.workstreamRef),
  }))
}

/**
 * Matches the numbers that we generated against the saved plan: a row with the same or nearly the same words keeps its
 * number, wherever it is now; a new row gets the next free one. Sheets with numbers of their own keep them. `newRows`: of
 * which a person says that they are none of those, whatever their words.
 */
export function resolveRefs(
  draft: Draft,
  known: StoredRefs,
  newRows: readonly number[] = [],
): void {
  if (draft.generatedRefs.workstreams) resolveWorkstreamRefs(draft, known)
  if (draft.generatedRefs.projects) resolveProjectRefs(draft, known, newRows)
}

/**
 * A table of measures names projects by number or by title. One that is neither in the file nor in the plan is a
 * problem; the measure is kept without it.
 */
export function resolveProjectLinks(draft: Draft, known: StoredRefs, column: string): void {
  const projects = [...draft.projects, ...known.projects]
  const refs = new Map(projects.flatMap(({ ref, title }) => [[fold(title), ref]]))
  for (const { ref } of projects) refs.set(fold(ref), ref)
  mapInPlace(draft.measures, (one) => {
    const unknown = one.projects.filter((name) => !refs.has(fold(name)))
    for (const name of unknown) {
      const message = `There is no project ${quoted(name)} in the plan. Put its number right, or accept that the measure is not linked to it.`
      draft.problems.push({ row: one.row, column, message })
    }
    // A project may be named twice, by its number and by its title.
    return {
      ...one,
      projects: [...new Set(one.projects.flatMap((name) => refs.get(fold(name)) ?? []))],
    }
  })
}

function resolveWorkstreamRefs(draft: Draft, { workstreams }: StoredRefs): void {
  const refs = matchRefs(draft.workstreams, workstreams)
  const taken = new Set(workstreams.map(({ ref }) => ref))
  for (const { ref } of draft.workstreams) {
    if (!refs.has(ref)) refs.set(ref, allocateRef(ref, taken))
  }
  const renamed = (ref: string) => refs.get(ref) ?? ref
  mapInPlace(draft.workstreams, (one: WorkstreamRow) => ({ ...one, ref: renamed(one.ref) }))
  const projects = new Map<string, string>()
  mapInPlace(draft.projects, (one: ProjectRow) => {
    const workstreamRef = renamed(one.workstreamRef)
    const ref = draft.generatedRefs.projects
      ? one.ref.replace(`${one.workstreamRef}.`, `${workstreamRef}.`)
      : one.ref
    projects.set(one.ref, ref)
    return { ...one, ref, workstreamRef }
  })
  mapInPlace(draft.measures, (one) => ({
    ...one,
    workstreamRef: one.workstreamRef && renamed(one.workstreamRef),
    projects: one.projects.map((ref) => projects.get(ref) ?? ref),
  }))
}

function resolveProjectRefs(draft: Draft, known: StoredRefs, newRows: readonly number[]): void {
  const refs = new Map<string, string>()
  for (const { ref } of draft.workstreams) {
    const inIt = draft.projects.filter((project) => project.workstreamRef === ref)
    const kept = known.projects.filter((project) => project.ref.startsWith(`${ref}.`))
    const found = matchRefs(inIt, kept, ({ row }) => newRows.includes(row))
    const taken = new Set(kept.map((project) => project.ref))
    for (const project of inIt) {
      refs.set(project.ref, found.get(project.ref) ?? allocateRef(project.ref, taken))
    }
  }
  mapInPlace(draft.projects, (one) => ({ ...one, ref: refs.get(one.ref) ?? one.ref }))
  mapInPlace(draft.measures, (one) => ({
    ...one,
    projects: one.projects.map((ref) => refs.get(ref) ?? ref),
  }))
}

export interface RefWithTitle {
  readonly ref: string
  readonly title: string
}

/**
 * The saved ref of each row: first by equal words, those of now before those of earlier, then by most common words. Equal
 * rows are matched in order.
 */
function matchRefs<Row extends RefWithTitle>(
  rows: readonly Row[],
  kept: readonly KnownTitles[],
  isNew: (row: Row) => boolean = () => false,
): Map<string, string> {
  const refs = new Map<string, string>()
  const free = new Set(kept)
  const take = (row: RefWithTitle, one: KnownTitles | undefined) => {
    if (!one) return
    refs.set(row.ref, one.ref)
    free.delete(one)
  }
  for (const wordsOf of [({ title }: KnownTitles) => [title], titlesOf]) {
    const byWords = groupByWords([...free], wordsOf)
    for (const row of rows) {
      if (refs.has(row.ref)) continue
      const same = byWords.get(fold(row.title)) ?? []
      let one = same.shift()
      while (one && !free.has(one)) one = same.shift()
      take(row, one)
    }
  }
  for (const row of rows) {
    if (refs.has(row.ref)) continue
    if (isNew(row)) continue
    take(
      row,
      mostAlike(row.title, [...free], ({ title }) => title, 'title'),
    )
  }
  return refs
}

/** By each of the words that `wordsOf` gives of them, folded. */
export function groupByWords(
  kept: readonly KnownTitles[],
  wordsOf: (one: KnownTitles) => readonly string[],
): ReadonlyMap<string, KnownTitles[]> {
  const found = new Map<string, KnownTitles[]>()
  for (const one of kept) {
    for (const words of new Set(wordsOf(one).map(fold))) {
      const same = found.get(words)
      if (same) same.push(one)
      else found.set(words, [one])
    }
  }
  return found
}

/** The ref itself, or the next free one after it. Adds it to `taken`. */
export function allocateRef(ref: string, taken: Set<string>): string {
  const [, stem = '', last = '1'] = /^(.*?)(\d+)$/.exec(ref) ?? []
  const number = firstFreeNumber(Number(last), (one) => taken.has(`${stem}${one}`))
  const allocated = `${stem}${number}`
  taken.add(allocated)
  return allocated
}

function mapInPlace<T>(list: T[], change: (one: T) => T): void {
  for (const [at, one] of list.entries()) list[at] = change(one)
}
