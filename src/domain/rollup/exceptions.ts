import { type CivilDate, daysBetween } from '../../base/dates.ts'
import {
  deliveryState,
  type Milestone,
  milestoneText,
  type Project,
  type ProjectRef,
  unconfirmedUpdate,
} from '../plan/plan.ts'
import { formatSlippage } from '../plan/slippage.ts'
import { needsReason, type Scheme, schemeOf, stateByKey } from '../scheme/schemes.ts'
import { derivedMismatch } from '../status/mismatches.ts'
import { type Rating, ratingContextOf, ratingOf } from '../status/rating.ts'
import { personName } from './format.ts'
import type { RollUpResult } from './rules.ts'
import type { RollUpSnapshot } from './store.ts'

/** A project as a status names it. */
export type ProjectName = Pick<ProjectRef, 'ref' | 'title'>

export interface ProjectConcern extends ProjectName {
  readonly state: string
  readonly reason: string | null
  readonly path: string | null
  readonly greenBy: CivilDate | null
  /** The day it was said, or came of its milestones. */
  readonly onDay: CivilDate
  /** Nobody said it: its milestones are rated so. */
  readonly isByMilestones: boolean
}

export interface OverdueMilestone extends ProjectName {
  readonly number: number
  readonly about: string
  readonly due: CivilDate
  readonly daysLate: number
  readonly slippage: string | null
}

export interface CriteriaMismatch extends ProjectName {
  readonly declared: string
  readonly derived: string
  readonly why: string | null
}

export interface PendingConfirmation {
  readonly what: 'override' | 'improvement' | 'done'
  /** "workstream 3", "the programme", "2.1". */
  readonly ref: string
  readonly says: string
  readonly by: string
  readonly onDay: CivilDate
}

/** What a programme office looks at first. States by their labels; worst first where several are listed. */
export interface Exceptions {
  /** In the worst state of the scheme. */
  readonly reds: readonly ProjectConcern[]
  /** In another state that needs a reason, with neither a path nor a day to be back by. */
  readonly ambersWithoutPath: readonly ProjectConcern[]
  readonly missed: readonly OverdueMilestone[]
  readonly notRated: readonly ProjectName[]
  /** The criteria come to another state than the declared one. */
  readonly mismatches: readonly CriteriaMismatch[]
  readonly awaitingConfirmation: readonly PendingConfirmation[]
}

export function findExceptions(loaded: RollUpSnapshot): Exceptions {
  const { plan } = loaded
  const scheme = schemeOf(plan.programme.settings)
  const context = ratingContextOf(plan)
  const worst = scheme.states[0]?.key
  const rated = plan.projects.map((project) => ({ project, rating: ratingOf(project, context) }))
  const [reds, others] = partition(rated, ({ rating }) => rating.state.key === worst)
  return {
    reds: reds.flatMap(concernsOf),
    ambersWithoutPath: others
      .flatMap(concernsOf)
      .filter(({ path, greenBy, isByMilestones }) => !path && !greenBy && !isByMilestones),
    missed: plan.projects.flatMap((project) => overdueMilestonesOf(project, plan.asAt)),
    notRated: rated
      .filter(({ rating }) => rating.state.key === scheme.blank.key)
      .map(({ project: { ref, title } }) => ({ ref, title })),
    mismatches: rated.flatMap((one) => criteriaMismatchesOf(one, scheme)),
    awaitingConfirmation: pendingConfirmations(loaded, scheme),
  }
}

function partition<Item>(
  items: readonly Item[],
  isFirst: (item: Item) => boolean,
): [Item[], Item[]] {
  return [items.filter(isFirst), items.filter((item) => !isFirst(item))]
}

interface RatedProject {
  readonly project: Project
  readonly rating: Rating
}

function concernsOf({ project, rating: { state, update, since } }: RatedProject): ProjectConcern[] {
  const onDay = update?.onDay ?? since
  if (!needsReason(state) || !onDay) return []
  const { ref, title } = project
  const { reason = null, path = null, greenBy = null } = update ?? {}
  const isByMilestones = update === null
  return [{ ref, title, state: state.label, reason, path, greenBy, onDay, isByMilestones }]
}

function overdueMilestonesOf(
  { ref, title, milestones }: Project,
  asAt: CivilDate,
): OverdueMilestone[] {
  return milestones.flatMap((milestone) => {
    const { number, due } = milestone
    if (deliveryState(milestone, asAt) !== 'missed' || !due) return []
    const about = milestoneText(milestone)
    const daysLate = daysBetween(due, asAt)
    return [{ ref, title, number, about, due, daysLate, slippage: formatSlippage(milestone) }]
  })
}

function criteriaMismatchesOf(
  { project, rating: { update } }: RatedProject,
  scheme: Scheme,
): CriteriaMismatch[] {
  if (!update) return []
  const declared = stateByKey(scheme, update.state)
  const derived = derivedMismatch(declared, update, scheme)
  if (!derived) return []
  const { ref, title } = project
  const why = update.divergenceReason ?? update.reason
  return [{ ref, title, declared: declared.label, derived: derived.label, why }]
}

function pendingConfirmations(
  { plan, rollUp }: RollUpSnapshot,
  scheme: Scheme,
): PendingConfirmation[] {
  const { people } = plan
  const ofOverride = (ref: string, { awaiting }: RollUpResult): PendingConfirmation[] => {
    if (!awaiting) return []
    const { state, reason, byId, onDay } = awaiting
    const says = `${stateByKey(scheme, state).label}: ${reason}`
    return [{ what: 'override', ref, says, by: personName(byId, people), onDay }]
  }
  const ofProject = (project: Project): PendingConfirmation[] => {
    const update = unconfirmedUpdate(project)
    const { ref } = project
    if (!update) return []
    const says = stateByKey(scheme, update.state).label
    const { byId, onDay } = update
    return [{ what: 'improvement', ref, says, by: personName(byId, people), onDay }]
  }
  const ofMilestone = (ref: string, milestone: Milestone): PendingConfirmation[] => {
    const { completion, number } = milestone
    if (!completion?.awaitsConfirmation) return []
    const says = `${number}. ${milestoneText(milestone)}`
    const { byId, onDay } = completion
    return [{ what: 'done', ref, says, by: personName(byId, people), onDay }]
  }
  return [
    ...ofOverride('the programme', rollUp.programme),
    ...rollUp.workstreams.flatMap(({ workstream, standing }) =>
      ofOverride(`workstream ${workstream.ref}`, standing),
    ),
    ...plan.projects.flatMap((project) => [
      ...ofProject(project),
      ...project.milestones.flatMap((milestone) => ofMilestone(project.ref, milestone)),
    ]),
  ]
}
