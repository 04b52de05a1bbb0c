import { type CivilDate, lastDayOfMonth } from '../../base/dates.ts'
import { fold } from '../../base/text.ts'
import type { MilestoneChange, PlanDiff } from './diff-types.ts'
import type { MilestoneCell, ProjectRow } from './parsed-plan.ts'

export interface StoredMilestone {
  readonly number: number
  readonly about: string
  readonly raw: string
  /** As the last import left it. What chat moved since is not compared, so no sheet undoes it by standing still. */
  readonly due: CivilDate | null
  /** For our own export: every day it ever had. None of them is new. */
  readonly dueHistory?: readonly (CivilDate | null)[]
  /** Of its own rating, as the last import left it. */
  readonly state?: string | null
  readonly doneOn?: CivilDate | null
}

/** The milestones of one project, in a file and as they are kept. */
export function diffMilestones(project: ProjectRow, stored: readonly StoredMilestone[]): PlanDiff {
  const pairs = pairMilestones(stored, project.milestones)
  const changes = pairs.map(([before, after]) => changesOf(project.ref, before, after))
  const matchedBefore = new Set(pairs.map(([before]) => before))
  const matchedAfter = new Set(pairs.map(([, after]) => after))
  const { ref } = project
  return {
    added: project.milestones
      .filter((milestone) => !matchedAfter.has(milestone))
      .map((milestone) => ({
        what: 'milestone',
        ref,
        title: milestoneTitle(milestone),
        milestone,
      })),
    changed: changes.flat(),
    missing: stored
      .filter((milestone) => !matchedBefore.has(milestone))
      .map((milestone) => {
        return {
          what: 'milestone',
          ref,
          title: milestoneTitle(milestone),
          number: milestone.number,
        }
      }),
    unchanged: changes.filter((ofOne) => ofOne.length === 0).length,
  }
}

function changesOf(ref: string, before: StoredMilestone, after: MilestoneCell): MilestoneChange[] {
  const about = { what: 'milestone', ref, title: milestoneTitle(after) } as const
  const { number } = before
  const change = (field: MilestoneChange['field'], from: string | null, to: string | null) => {
    return { ...about, field, from, to, number, milestone: after }
  }
  return [
    ...(hasMoved(before, after) ? [change('due', before.due, after.due)] : []),
    ...(after.state !== undefined && (before.state ?? 'blank') !== after.state
      ? [change('state', before.state ?? null, after.state)]
      : []),
    ...(after.doneOn && !before.doneOn ? [change('done', null, after.doneOn)] : []),
  ]
}

/**
 * Another day, except where the text is the same and only the year is not: "31 Mar" of an unchanged sheet is read as
 * the nearest to a later as-at date, and must not slip by a year on its own.
 */
function hasMoved(before: StoredMilestone, after: MilestoneCell): boolean {
  if (before.due === after.due || before.dueHistory?.includes(after.due)) return false
  const sameText = fold(before.raw) === fold(after.raw)
  // Our own export says the day beside the text.
  const readFromText = before.dueHistory === undefined
  return !(
    readFromText &&
    sameText &&
    before.due &&
    after.due &&
    isSameDayOfYear(before.due, after.due)
  )
}

function isSameDayOfYear(a: CivilDate, b: CivilDate): boolean {
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

function milestoneTitle({ about, raw }: { readonly about: string; readonly raw: string }): string {
  return about === '' ? raw.trim() : about
}
