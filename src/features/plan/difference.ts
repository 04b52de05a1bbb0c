import { type CivilDate, lastDayOfMonth } from '../../base/dates.ts'
import { fold } from '../../base/text.ts'
import type { MilestoneCell, PlanFile, ProjectRow } from './plan-file.ts'

/** The plan as it is kept, as far as a file can differ from it. */
export interface StoredPlan {
  readonly workstreams: readonly StoredWorkstream[]
  readonly projects: readonly StoredProject[]
}

export interface StoredWorkstream {
  readonly ref: string
  readonly title: string
  /** Names as written. Left out: not compared. */
  readonly sponsors?: readonly string[]
  readonly leads?: readonly string[]
}

/**
 * Give state and commentary as the last import left them, not as chat changed them since:
 * a sheet that still says the same has nothing new to say, and must not undo what a lead said.
 */
export interface StoredProject {
  readonly ref: string
  readonly title: string
  readonly state: string
  readonly commentary: string
  readonly leads?: readonly string[]
  readonly milestones: readonly StoredMilestone[]
}

export interface StoredMilestone {
  readonly number: number
  readonly about: string
  readonly raw: string
  /** As the last import left it. What chat moved since is not compared, so no sheet undoes it by standing still. */
  readonly due: CivilDate | null
}

/** What a file would change. What is missing from the file is listed for a person and never deleted. */
export interface Difference {
  readonly added: readonly Added[]
  readonly changed: readonly Changed[]
  readonly missing: readonly Missing[]
  /** Workstreams, projects and milestones that are the same in both. */
  readonly unchanged: number
}

/** `ref` of a milestone is its project's. */
export type Added =
  | { readonly what: 'workstream' | 'project'; readonly ref: string; readonly title: string }
  | {
      readonly what: 'milestone'
      readonly ref: string
      readonly title: string
      readonly milestone: MilestoneCell
    }

export type Changed = ChangedField | ChangedDue

interface ChangedField extends Change {
  readonly what: 'workstream' | 'project'
  readonly field: 'title' | 'state' | 'commentary' | 'sponsors' | 'leads'
}

interface ChangedDue extends Change {
  readonly what: 'milestone'
  readonly field: 'due'
  readonly title: string
  /** The stored milestone's number within its project. */
  readonly number: number
  readonly milestone: MilestoneCell
}

interface Change {
  readonly ref: string
  /** null: no day. */
  readonly from: string | null
  readonly to: string | null
}

export type Missing =
  | { readonly what: 'workstream' | 'project'; readonly ref: string; readonly title: string }
  | {
      readonly what: 'milestone'
      readonly ref: string
      readonly title: string
      readonly number: number
    }

/** Compares a file with the plan as kept. The same file twice gives no added, changed or missing. */
export function differenceBetween(stored: StoredPlan, file: PlanFile): Difference {
  const known = new Map(stored.projects.map((project) => [project.ref, project]))
  return combine([
    compareAll('workstream', stored.workstreams, file.workstreams, (before, after) => {
      return changesOf('workstream', before.ref, [
        ['title', before.title, after.title],
        ['sponsors', ...names(before.sponsors, after.sponsors)],
        ['leads', ...names(before.leads, after.leads)],
      ])
    }),
    compareAll('project', stored.projects, file.projects, (before, after) => {
      return changesOf('project', before.ref, [
        ['title', before.title, after.title],
        ['state', before.state, after.state],
        ['commentary', before.commentary, after.commentary],
        ['leads', ...names(before.leads, after.leads)],
      ])
    }),
    ...file.projects.map((project) => {
      return compareMilestones(project, known.get(project.ref)?.milestones ?? [])
    }),
  ])
}

interface Named {
  readonly ref: string
  readonly title: string
}

function compareAll<Before extends Named, After extends Named>(
  what: 'workstream' | 'project',
  stored: readonly Before[],
  file: readonly After[],
  compare: (before: Before, after: After) => Changed[],
): Difference {
  const known = new Map(stored.map((row) => [row.ref, row]))
  const told = new Set(file.map(({ ref }) => ref))
  const listed = ({ ref, title }: Named) => ({ what, ref, title })
  const both = file.flatMap((after) => {
    const before = known.get(after.ref)
    return before ? [compare(before, after)] : []
  })
  return {
    added: file.filter(({ ref }) => !known.has(ref)).map(listed),
    changed: both.flat(),
    missing: stored.filter(({ ref }) => !told.has(ref)).map(listed),
    unchanged: both.filter((changes) => changes.length === 0).length,
  }
}

function changesOf(
  what: 'workstream' | 'project',
  ref: string,
  fields: readonly [field: ChangedField['field'], from: string, to: string][],
): Changed[] {
  return fields
    .filter(([, from, to]) => tidy(from) !== tidy(to))
    .map(([field, from, to]) => ({ what, ref, field, from, to }))
}

/** Owners to compare: a file without names for them says nothing about them, and neither does a plan not asked. */
function names(before: readonly string[] | undefined, after: readonly string[]): [string, string] {
  return before && after.length > 0 ? [before.join('; '), after.join('; ')] : ['', '']
}

function compareMilestones(project: ProjectRow, stored: readonly StoredMilestone[]): Difference {
  const pairs = pairMilestones(stored, project.milestones)
  const moved = pairs.filter(([before, after]) => hasMoved(before, after))
  const matchedBefore = new Set(pairs.map(([before]) => before))
  const matchedAfter = new Set(pairs.map(([, after]) => after))
  const { ref } = project
  return {
    added: project.milestones
      .filter((milestone) => !matchedAfter.has(milestone))
      .map((milestone) => ({ what: 'milestone', ref, title: titleOf(milestone), milestone })),
    changed: moved.map(([{ number, due }, milestone]): Changed => {
      const change = { ref, field: 'due' as const, from: due, to: milestone.due }
      return { what: 'milestone', ...change, title: titleOf(milestone), number, milestone }
    }),
    missing: stored
      .filter((milestone) => !matchedBefore.has(milestone))
      .map((milestone) => {
        return { what: 'milestone', ref, title: titleOf(milestone), number: milestone.number }
      }),
    unchanged: pairs.length - moved.length,
  }
}

/**
 * Another day, except where the text is the same and only the year is not: "31 Mar" of an unchanged sheet is read as
 * the nearest to a later as-at date, and must not slip by a year on its own.
 */
function hasMoved(before: StoredMilestone, after: MilestoneCell): boolean {
  if (before.due === after.due) return false
  const sameText = fold(before.raw) === fold(after.raw)
  return !(sameText && before.due && after.due && sameDayOfYear(before.due, after.due))
}

function sameDayOfYear(a: CivilDate, b: CivilDate): boolean {
  const endsOfMonth = a === lastDayOfMonth(a) && b === lastDayOfMonth(b)
  return a.slice(5) === b.slice(5) || (endsOfMonth && a.slice(5, 7) === b.slice(5, 7))
}

/**
 * Which milestone is which: first those that are the same word for word, then those about the same thing, so that a
 * changed date is a move and not a milestone less and another more. Equal texts are taken in their order.
 */
function pairMilestones(
  stored: readonly StoredMilestone[],
  file: readonly MilestoneCell[],
): [StoredMilestone, MilestoneCell][] {
  const pairs = new Map<MilestoneCell, StoredMilestone>()
  for (const key of ['raw', 'about'] as const) {
    const taken = new Set(pairs.values())
    const free = stored.filter((milestone) => !taken.has(milestone))
    const waiting = Map.groupBy(free, (milestone) => fold(milestone[key]))
    for (const milestone of file.filter((one) => !pairs.has(one))) {
      const match = waiting.get(fold(milestone[key]))?.shift()
      if (match) pairs.set(milestone, match)
    }
  }
  return [...pairs].map(([after, before]) => [before, after])
}

function titleOf({ about, raw }: { readonly about: string; readonly raw: string }): string {
  return about === '' ? raw.trim() : about
}

function tidy(text: string): string {
  return text.normalize('NFC').replace(/\s+/g, ' ').trim()
}

function combine(parts: readonly Difference[]): Difference {
  return {
    added: parts.flatMap(({ added }) => added),
    changed: parts.flatMap(({ changed }) => changed),
    missing: parts.flatMap(({ missing }) => missing),
    unchanged: parts.reduce((sum, { unchanged }) => sum + unchanged, 0),
  }
}
