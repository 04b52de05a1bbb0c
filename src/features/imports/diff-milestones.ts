import { type CivilDate, lastDayOfMonth } from '../../base/dates.ts'
import { fold } from '../../base/text.ts'
import { type MilestoneChange, type PlanDiff, takenBackField } from './diff-types.ts'
import type { MilestoneCell, ProjectRow } from './parsed-plan.ts'
import { mostAlike } from './same-text.ts'

export interface StoredMilestone {
  readonly number: number
  readonly about: string
  readonly raw: string
  /** It was taken out in chat: a file that lacks it does not miss it. */
  readonly isRemoved?: boolean
  /** An import added it and was taken back: a file that has it puts it back. */
  readonly isTakenBack?: boolean
  /** As the last import left it. Moves made in chat are not compared: an unchanged sheet must not undo them. */
  readonly due: CivilDate | null
  /** Only for our own export: every due day it ever had. None of them counts as a change. */
  readonly dueHistory?: readonly (CivilDate | null)[]
  /** The milestone's own rating, as the last import left it. */
  readonly state?: string | null
  /** Only for our own export: every rating that it has. None of them counts as a change. */
  readonly stateHistory?: readonly string[]
  readonly doneOn?: CivilDate | null
  readonly isDoneDayUnknown?: boolean
}

/** Compares the milestones of one project in a file with those in the plan. */
export function diffMilestones(
  project: ProjectRow,
  stored: readonly StoredMilestone[],
  newRows: readonly number[] = [],
): PlanDiff {
  const pairs = pairMilestones(stored, project.milestones, newRows)
  const changes = pairs.map(([before, after, isReworded]) =>
    changesOf(project.ref, before, after, isReworded),
  )
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
      .filter((milestone) => !matchedBefore.has(milestone) && !milestone.isRemoved)
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

function changesOf(
  ref: string,
  before: StoredMilestone,
  after: MilestoneCell,
  isReworded: boolean,
): MilestoneChange[] {
  const about = { what: 'milestone', ref, title: milestoneTitle(after) } as const
  const { number } = before
  const change = (field: MilestoneChange['field'], from: string | null, to: string | null) => {
    return { ...about, field, from, to, number, milestone: after }
  }
  return [
    ...(before.isTakenBack ? [change(takenBackField, 'taken back', 'in the plan')] : []),
    ...(isReworded ? [change('about', before.about, after.about)] : []),
    ...(hasMoved(before, after) ? [change('due', before.due, after.due)] : []),
    ...(after.state !== undefined && isRatedAnew(before, after.state)
      ? [change('state', before.state ?? null, after.state)]
      : []),
    ...doneChange(before, after).map(([from, to]) => change('done', from, to)),
  ]
}

const unknownDay = 'a day that the sheet does not say'

/** That it is done; or the day of that, where it was not known. */
function doneChange(
  before: StoredMilestone,
  after: MilestoneCell,
): [from: string | null, to: string][] {
  if (!after.doneOn) return []
  if (!before.doneOn) return [[null, after.isDoneDayUnknown ? unknownDay : after.doneOn]]
  const isSaidNow = before.isDoneDayUnknown && !after.isDoneDayUnknown
  return isSaidNow ? [[unknownDay, after.doneOn]] : []
}

function isRatedAnew({ state, stateHistory }: StoredMilestone, after: string): boolean {
  return (state ?? 'blank') !== after && !stateHistory?.includes(after)
}

/**
 * Whether the due day differs, unless the text is the same and only the year differs: "31 Mar" in an unchanged sheet is
 * read as the date nearest to a later as-at day, and must not slip by a year because of that.
 */
function hasMoved(before: StoredMilestone, after: MilestoneCell): boolean {
  if (before.due === after.due || before.dueHistory?.includes(after.due)) return false
  const sameText = fold(before.raw) === fold(after.raw)
  // Our own export has the day in a column of its own.
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
 * Pairs milestones: first those with the same text, then those about the same thing, so that a changed date is a move
 * and not a missing milestone and a new one. Equal texts are paired in order. Last, those in nearly the same words: a
 * hyphen makes no new milestone.
 */
function pairMilestones(
  stored: readonly StoredMilestone[],
  file: readonly MilestoneCell[],
  newRows: readonly number[],
): [StoredMilestone, MilestoneCell, isReworded: boolean][] {
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
  const reworded = new Set<MilestoneCell>()
  for (const milestone of file) {
    const isOther = pairs.has(milestone) || newRows.includes(milestone.row)
    const taken = new Set(pairs.values())
    const free = isOther ? [] : stored.filter((one) => !taken.has(one) && !one.isRemoved)
    const match = mostAlike(milestone.about, free, ({ about }) => about, 'milestone')
    if (!match) continue
    pairs.set(milestone, match)
    reworded.add(milestone)
  }
  return [...pairs].map(([after, before]) => [before, after, reworded.has(after)])
}

function milestoneTitle({ about, raw }: { readonly about: string; readonly raw: string }): string {
  return about === '' ? raw.trim() : about
}
