import { type CivilDate, daysBetween } from '../../base/dates.ts'
import {
  deliveryState,
  effectiveUpdate,
  type Milestone,
  milestoneText,
  type Project,
  type ProjectRef,
  stateOf,
  unconfirmedUpdate,
} from '../plan/plan.ts'
import { formatSlippage } from '../plan/slippage.ts'
import { needsReason, type Scheme, schemeOf, stateByKey } from '../scheme/schemes.ts'
import { derivedMismatch } from '../status/mismatches.ts'
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
  readonly onDay: CivilDate
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
  const worst = scheme.states[0]?.key
  const [reds, ambers] = partition(plan.projects, (project) => stateOf(project) === worst)
  return {
    reds: reds.flatMap((project) => concernsOf(project, scheme)),
    ambersWithoutPath: ambers
      .flatMap((project) => concernsOf(project, scheme))
      .filter(({ path, greenBy }) => !path && !greenBy),
    missed: plan.projects.flatMap((project) => overdueMilestonesOf(project, plan.asAt)),
    notRated: plan.projects
      .filter((project) => stateByKey(scheme, stateOf(project)).key === scheme.blank.key)
      .map(({ ref, title }) => ({ ref, title })),
    mismatches: plan.projects.flatMap((project) => criteriaMismatchesOf(project, scheme)),
    awaitingConfirmation: pendingConfirmations(loaded, scheme),
  }
}

function partition<Item>(
  items: readonly Item[],
  isFirst: (item: Item) => boolean,
): [Item[], Item[]] {
  return [items.filter(isFirst), items.filter((item) => !isFirst(item))]
}

function concernsOf(project: Project, scheme: Scheme): ProjectConcern[] {
  const update = effectiveUpdate(project)
  const state = stateByKey(scheme, stateOf(project))
  if (!update || !needsReason(state)) return []
  const { ref, title } = project
  const { reason, path, greenBy, onDay } = update
  return [{ ref, title, state: state.label, reason, path, greenBy, onDay }]
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

function criteriaMismatchesOf(project: Project, scheme: Scheme): CriteriaMismatch[] {
  const update = effectiveUpdate(project)
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
