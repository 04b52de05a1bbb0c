import { fullDate, monthOf } from '../../base/dates.ts'
import { listOf, plural, quoted } from '../../base/text.ts'
import { shortMilestoneText } from '../plan/format.ts'
import {
  deliveryState,
  effectiveUpdate,
  type Milestone,
  type Plan,
  type Project,
  type StatusUpdate,
} from '../plan/plan.ts'
import { type Criterion, criteriaOf, derivedState, statesAgree } from '../scheme/criteria.ts'
import { percentagesOf, type Tally } from '../scheme/roll-up.ts'
import {
  formatState,
  goalOf,
  isComplete,
  needsReason,
  type State,
  stateByKey,
} from '../scheme/schemes.ts'
import { derivedMismatch } from '../status/mismatches.ts'
import { type RatingContext, ratingContextOf, ratingOf } from '../status/rating.ts'
import { findMissingCriteria } from './commentary-scan.ts'
import type { RollUp } from './rules.ts'

export type ContradictionKind =
  | 'ticks'
  | 'ticks and commentary'
  | 'commentary and colour'
  | 'no commentary'
  | 'green with commentary'
  | 'green with missed milestones'
  | 'complete with open milestones'
  | 'month'
  | 'percentages'
  | 'published total'
  | 'published count'

/** Two things in a plan that contradict each other. Reported, never corrected by force (rule 6 of the domain). */
export interface Contradiction {
  readonly kind: ContradictionKind
  /** Where: "5.5", "workstream 3", "the programme". */
  readonly ref: string
  readonly says: string
  /** What it should say, or what would settle it. */
  readonly should: string
  /** False where it was read from commentary: only a question to the lead. */
  readonly certain: boolean
}

/** The contradictions within a plan, in its order. */
export function findContradictions(plan: Plan, rollUp: RollUp): Contradiction[] {
  const frame = consistencyContextOf(plan)
  return [
    ...plan.projects.flatMap((project) => [
      ...statusContradictions(project, frame),
      ...milestoneContradictions(project, frame),
    ]),
    ...percentageContradictions('the programme', rollUp.projects),
    ...rollUp.workstreams.flatMap(({ workstream, standing }) =>
      percentageContradictions(`workstream ${workstream.ref}`, standing.parts),
    ),
  ]
}

interface ConsistencyContext extends RatingContext {
  /** Empty where the programme asks for none. */
  readonly criteria: readonly Criterion[]
}

function consistencyContextOf(plan: Plan): ConsistencyContext {
  return { ...ratingContextOf(plan), criteria: criteriaOf(plan.programme.settings) }
}

function statusContradictions(project: Project, frame: ConsistencyContext): Contradiction[] {
  const { ref } = project
  const last = effectiveUpdate(project)
  if (!last) return []
  const state = stateByKey(frame.scheme, last.state)
  const found: Omit<Contradiction, 'ref'>[] = []
  if (needsReason(state) && !last.reason) {
    const should = `${state.label} needs a reason and a path to ${goalOf(frame.scheme).label}.`
    found.push({
      kind: 'no commentary',
      says: `${formatState(state)} with no reason.`,
      should,
      certain: true,
    })
  }
  // A comment beside a Green is welcome in chat; in a sheet a Green has none (rule 3).
  if (state.good && last.reason && last.source === 'import' && frame.criteria.length > 0) {
    found.push({
      kind: 'green with commentary',
      says: `${formatState(state)}, and yet the sheet has commentary: ${quoted(last.reason)}.`,
      should: `Either the commentary belongs elsewhere, or it is not ${state.label}.`,
      certain: true,
    })
  }
  found.push(
    ...(last.derived
      ? tickContradictions(state, last, frame)
      : commentaryContradictions(state, last, frame)),
  )
  return found.map((one) => ({ ref, ...one }))
}

function tickContradictions(
  state: State,
  last: StatusUpdate,
  frame: ConsistencyContext,
): Omit<Contradiction, 'ref'>[] {
  const derived = derivedMismatch(state, last, frame.scheme)
  const why = last.divergenceReason ?? last.reason
  const missing = findMissingCriteria(last.reason ?? '').filter(({ criterion }) =>
    last.criteria.includes(criterion),
  )
  return [
    ...(derived
      ? [
          {
            kind: 'ticks' as const,
            says: `Declared ${formatState(state)}; the criteria come to ${formatState(derived)}.`,
            should: `The same, or a reason why not. ${why ? `Given: ${quoted(why)}.` : 'None is given.'}`,
            certain: true,
          },
        ]
      : []),
    ...(missing.length === 0
      ? []
      : [
          {
            kind: 'ticks and commentary' as const,
            says: `Ticked as there; the commentary reads as if it were missing: ${formatMissingCriteria(missing)}.`,
            should: 'One of the two. Please ask the lead.',
            certain: false,
          },
        ]),
  ]
}

/** Where nobody ticked the criteria, the commentary is compared with the colour. */
function commentaryContradictions(
  state: State,
  last: StatusUpdate,
  frame: ConsistencyContext,
): Omit<Contradiction, 'ref'>[] {
  const keys = frame.criteria.map(({ key }) => key)
  const missing = findMissingCriteria(last.reason ?? '').filter(({ criterion }) =>
    keys.includes(criterion),
  )
  if (missing.length === 0) return []
  const wanting = missing.map(({ criterion }): string => criterion)
  const met = keys.filter((key) => !wanting.includes(key))
  const derived = derivedState(frame.scheme, met, frame.criteria)
  if (statesAgree(state, derived)) return []
  return [
    {
      kind: 'commentary and colour',
      says: `Declared ${formatState(state)}; the commentary reads as if this were missing: ${formatMissingCriteria(missing)}.`,
      should: `By the criteria that is ${formatState(derived)}. Ticking the criteria would settle it.`,
      certain: false,
    },
  ]
}

const formatMissingCriteria = (missing: readonly { readonly word: string }[]) =>
  listOf(missing.map(({ word }) => word))

function milestoneContradictions(project: Project, frame: ConsistencyContext): Contradiction[] {
  const { ref, milestones } = project
  const { state } = ratingOf(project, frame)
  const overdue = milestones.filter((one) => deliveryState(one, frame.asAt) === 'missed')
  const open = milestones.filter(({ doneOn }) => doneOn === null)
  const certain = true
  const found: Contradiction[] = milestones.flatMap((one) => monthContradictions(ref, one))
  if (isComplete(state) && open.length > 0) {
    const says = `${formatState(state)} with ${plural(open.length, 'milestone')} not done: ${formatMilestoneList(open)}.`
    const should = 'Nothing left to do where it is complete.'
    found.push({ kind: 'complete with open milestones', ref, says, should, certain })
  } else if (state.good && overdue.length > 0) {
    const says = `${formatState(state)} with ${plural(overdue.length, 'overdue milestone')}: ${formatMilestoneList(overdue)}.`
    const should = `Done, moved with a reason, or not ${state.label}.`
    found.push({ kind: 'green with missed milestones', ref, says, should, certain })
  }
  return found
}

const formatMilestoneList = (milestones: readonly Milestone[]) =>
  listOf(milestones.map(shortMilestoneText))

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** The month of a heading such as "March" or "Apr 17", 1 to 12; undefined where it names none or several. */
function monthOfHeading(heading: string): number | undefined {
  const words = heading.toLowerCase().match(/[a-z]+/g) ?? []
  const [only, second] = words.flatMap((word) => {
    const at = word.length >= 3 ? months.indexOf(word.slice(0, 3)) : -1
    return at >= 0 ? [at + 1] : []
  })
  return second === undefined ? only : undefined
}

/** Compares the month of its column with the day a milestone had when it entered the plan, not with later moves. */
function monthContradictions(ref: string, milestone: Milestone): Contradiction[] {
  const { heading, baselineDue, precision } = milestone
  const named = heading === null ? undefined : monthOfHeading(heading)
  const ofOneMonth = precision === 'day' || precision === 'month'
  if (!named || !baselineDue || !ofOneMonth || monthOf(baselineDue) === named) return []
  return [
    {
      kind: 'month',
      ref,
      says: `Under ${quoted(heading ?? '')} stands ${quoted(shortMilestoneText(milestone))}, of ${fullDate(baselineDue)}.`,
      should: 'The month of its column, or another day.',
      certain: true,
    },
  ]
}

function percentageContradictions(ref: string, tally: Tally): Contradiction[] {
  const shares = percentagesOf(tally)
  const sum = shares.reduce((total, share) => total + share, 0)
  if (tally.rated === 0 || sum === 100) return []
  const each = tally.counts.map(({ state }, at) => `${state.label} ${shares[at]}%`)
  return [
    {
      kind: 'percentages',
      ref,
      says: `${listOf(each)} add up to ${sum}%.`,
      should: 'They would to 100% if each were not rounded on its own; the counts are right.',
      certain: true,
    },
  ]
}
