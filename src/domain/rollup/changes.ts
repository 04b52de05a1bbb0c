import type { CivilDate } from '../../base/dates.ts'
import { milestoneText, type Plan, type Project } from '../plan/plan.ts'
import { policyOn } from '../scheme/roll-up.ts'
import { isOnScale, type Scheme, type State, schemeOf, stateByKey } from '../scheme/schemes.ts'
import { type Movement, movementOf, projectRule } from '../status/movement.ts'
import { ratingContextOf, ratingOf, wasRatedBefore } from '../status/rating.ts'
import {
  comparableColours,
  movementOfColour,
  type RatedPart,
  statesSetByHand,
} from './comparison.ts'
import type { ProjectName } from './exceptions.ts'
import { personName } from './format.ts'
import type { OverrideRow } from './overrides.ts'
import { type RollUpResult, rollUpRule } from './rules.ts'
import type { RollUpSnapshot } from './store.ts'

export interface StateChange extends ProjectName {
  readonly from: string
  readonly to: string
  readonly movement: Movement
}

export interface ColourChange {
  /** "workstream 3", "the programme". */
  readonly ref: string
  readonly from: string | null
  readonly to: string | null
  readonly movement: Movement
}

interface MilestoneRef extends ProjectName {
  readonly number: number
  readonly about: string
}

export interface OverrideChange {
  readonly ref: string
  readonly what: 'set' | 'confirmed' | 'ended'
  /** Null where one was ended. */
  readonly state: string | null
  readonly reason: string
  readonly by: string
  readonly onDay: CivilDate
}

/** What changed since the end of `since`. States by their labels. */
export interface StatusChanges {
  readonly since: CivilDate
  readonly states: readonly StateChange[]
  readonly colours: readonly ColourChange[]
  readonly moves: readonly (MilestoneRef & {
    readonly from: CivilDate | null
    readonly to: CivilDate | null
    readonly reason: string
    readonly onDay: CivilDate
  })[]
  readonly completions: readonly (MilestoneRef & {
    readonly doneOn: CivilDate
    readonly isDayUnknown: boolean
  })[]
  readonly added: { readonly projects: readonly ProjectName[]; readonly milestones: number }
  readonly overrides: readonly OverrideChange[]
}

/** Compares the status of a programme on two days; what happened on the first day itself is no change. */
export function changesBetween(then: RollUpSnapshot, now: RollUpSnapshot): StatusChanges {
  const scheme = schemeOf(now.plan.programme.settings)
  const known = new Map(then.plan.projects.map((project) => [project.id, project]))
  return {
    since: then.plan.asAt,
    states: now.plan.projects.flatMap((project) =>
      stateChange([known.get(project.id), then.plan], [project, now.plan]),
    ),
    colours: colourChanges(then, now),
    ...milestoneChanges(then.plan, now.plan),
    overrides: overrideChanges(then.plan.asAt, now, scheme),
  }
}

function stateChange(
  [then, planThen]: readonly [Project | undefined, Plan],
  [project, planNow]: readonly [Project, Plan],
): StateChange[] {
  if (!then) return []
  const before = ratedState(then, planThen)
  const after = ratedState(project, planNow)
  if (before.state.key === after.state.key) return []
  const { ref, title } = project
  const [from, to] = [before.state.label, after.state.label]
  const wasRated = () => wasRatedBefore(project, ratingContextOf(planNow))
  const movement = movementOf(before, after, wasRated)
  return [{ ref, title, from, to, movement }]
}

function ratedState(project: Project, plan: Plan) {
  const rating = ratingOf(project, ratingContextOf(plan))
  const rule = projectRule(rating, policyOn(plan.programme.settings, plan.asAt))
  return { state: rating.state, rule }
}

function colourChanges(then: RollUpSnapshot, now: RollUpSnapshot): ColourChange[] {
  const known = new Map(coloursOf(then).map((part) => [part.workstreamId, part]))
  const { settings } = now.plan.programme
  const compared = comparableColours(ratedParts(then.plan), ratedParts(now.plan), {
    scheme: schemeOf(settings),
    policy: policyOn(settings, now.plan.asAt),
    setByHand: statesSetByHand(now.rollUp),
  })
  return coloursOf(now).flatMap((part) => {
    const before = known.get(part.workstreamId)
    if (before?.state.key === part.state.key) return []
    const label = (state: State | undefined) => (state && isOnScale(state) ? state.label : null)
    const movement = movementOfColour(before, part, compared.get(part.workstreamId))
    return [{ ref: part.ref, from: label(before?.state), to: label(part.state), movement }]
  })
}

function ratedParts(plan: Plan): RatedPart[] {
  return plan.projects.map((project) => {
    const { id, workstreamId } = project
    return { id, workstreamId, state: ratedState(project, plan).state.key }
  })
}

/** Of the programme and of each workstream: `workstreamId` is null for the programme. */
function coloursOf({ rollUp, plan }: RollUpSnapshot) {
  const { blank } = schemeOf(plan.programme.settings)
  const parts = rollUp.workstreams.map(({ standing }) => standing)
  const colour = (own: RollUpResult, of: readonly RollUpResult[] = []) => ({
    state: own.state ?? blank,
    rule: own.state && rollUpRule(own, of),
  })
  return [
    { workstreamId: null, ref: 'the programme', ...colour(rollUp.programme, parts) },
    ...rollUp.workstreams.map(({ workstream: { id, ref }, standing }) => ({
      workstreamId: id,
      ref: `workstream ${ref}`,
      ...colour(standing),
    })),
  ]
}

function milestoneChanges(
  then: Plan,
  now: Plan,
): Pick<StatusChanges, 'moves' | 'completions' | 'added'> {
  const known = new Map(milestonesOf(then).map(({ milestone }) => [milestone.id, milestone]))
  const projects = new Set(then.projects.map(({ id }) => id))
  const all = milestonesOf(now)
  return {
    moves: all.flatMap(({ named, milestone }) =>
      milestone.moves
        .filter(({ onDay }) => onDay > then.asAt)
        .map(({ from, to, reason, onDay }) => ({ ...named, from, to, reason, onDay })),
    ),
    completions: all.flatMap(({ named, milestone: { id, doneOn, completion } }) => {
      const isDayUnknown = completion?.isDayUnknown ?? false
      const before = known.get(id)
      // What was done when it entered the plan is no news, where nobody said that it was done since.
      const isOld = before === undefined && isDayUnknown
      return doneOn && !before?.doneOn && !isOld ? [{ ...named, doneOn, isDayUnknown }] : []
    }),
    added: {
      projects: now.projects
        .filter(({ id }) => !projects.has(id))
        .map(({ ref, title }) => ({ ref, title })),
      milestones: all.filter(({ milestone }) => !known.has(milestone.id)).length,
    },
  }
}

function milestonesOf({ projects }: Plan) {
  return projects.flatMap(({ ref, title, milestones }) =>
    milestones.map((milestone) => {
      const { number } = milestone
      return { milestone, named: { ref, title, number, about: milestoneText(milestone) } }
    }),
  )
}

function overrideChanges(since: CivilDate, { plan, overrides }: RollUpSnapshot, scheme: Scheme) {
  const isNew = (day: CivilDate) => day > since && day <= plan.asAt
  const refs = new Map(plan.workstreams.map(({ id, ref }) => [id, `workstream ${ref}`]))
  return overrides.flatMap((row: OverrideRow): OverrideChange[] => {
    const ref = row.workstreamId === null ? 'the programme' : (refs.get(row.workstreamId) ?? '')
    const { reason, onDay, confirmation } = row
    const state = row.state === null ? null : stateByKey(scheme, row.state).label
    const what = state === null ? 'ended' : 'set'
    const by = personName(row.byId, plan.people)
    const told = { ref, state, reason }
    return [
      ...(isNew(onDay) ? [{ ...told, what, by, onDay } as const] : []),
      ...(confirmation && isNew(confirmation.onDay)
        ? [
            {
              ...told,
              what: 'confirmed',
              by: personName(confirmation.byId, plan.people),
              onDay: confirmation.onDay,
            } as const,
          ]
        : []),
    ]
  })
}
