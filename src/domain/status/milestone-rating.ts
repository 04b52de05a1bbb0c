import { addDays, type CivilDate } from '../../base/dates.ts'
import type { Milestone } from '../plan/plan.ts'
import {
  goalOf,
  isComplete,
  needsReason,
  type Scheme,
  type State,
  stateByKey,
} from '../scheme/schemes.ts'

/**
 * How a plan that rates milestones (W20) rates one at the end of a day. What happened last counts: done is complete; a
 * due day that passes after the milestone was rated makes it the worst state (rule 4 of the domain, "Missed deadline"),
 * and its owner's flag at least the one next to that. A rating that was given after that day was given knowing it, and
 * what the plan calls complete is not late. Undefined where nobody rated it and nothing happened.
 */
export function milestoneStateAt(
  milestone: Milestone,
  day: CivilDate,
  scheme: Scheme,
): State | undefined {
  if (milestone.addedOn > day) return undefined
  if (milestone.doneOn && milestone.doneOn <= day) return completeStateOf(scheme)
  const rating = milestone.ratings.find(({ onDay }) => onDay <= day)
  const rated = rating && stateByKey(scheme, rating.state)
  if (rated && isComplete(rated)) return rated
  const due = dueAt(milestone, day)
  const [worst] = scheme.states
  if (due && due < day && !(rating && rating.onDay > due)) return worst
  const { flag } = milestone
  if (!rating || !rated || !flag || flag.onDay > day || flag.onDay < rating.onDay) return rated
  const atRisk = atRiskStateOf(scheme)
  return atRisk && atRisk.severity > rated.severity ? atRisk : rated
}

/** The days on which that state may change, in no order. */
export function milestoneEventDays(milestone: Milestone): CivilDate[] {
  const { ratings, moves, baselineDue, doneOn, flag, addedOn } = milestone
  const dues = [baselineDue, ...moves.map(({ to }) => to)].flatMap((due) => due ?? [])
  return [
    addedOn,
    ...[...ratings, ...moves, ...(flag ? [flag] : [])].map(({ onDay }) => onDay),
    ...dues.map((due) => addDays(due, 1)),
    ...(doneOn ? [doneOn] : []),
  ]
}

function dueAt({ moves, baselineDue }: Milestone, day: CivilDate): CivilDate | null {
  const last = moves.findLast(({ onDay }) => onDay <= day)
  return last ? last.to : baselineDue
}

const completeStateOf = (scheme: Scheme): State => scheme.states.find(isComplete) ?? goalOf(scheme)

/** Amber, "Possibility of missing deadlines": the one next to the worst that asks for a reason. */
function atRiskStateOf({ states }: Scheme): State | undefined {
  const [worst, next = worst] = states.filter(needsReason)
  return next
}
