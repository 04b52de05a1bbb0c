import { type CivilDate, daysBetween } from '../../base/dates.ts'
import {
  awaitedUpdate,
  countingUpdate,
  deliveryState,
  type Milestone,
  type Project,
  stateOf,
  textOf,
} from '../plan/plan.ts'
import { slippage } from '../plan/slippage.ts'
import { agrees } from '../scheme/criteria.ts'
import { needsReason, type Scheme, schemeOf, stateByKey } from '../scheme/schemes.ts'
import { nameOf } from './format.ts'
import type { Standing } from './rules.ts'
import type { Loaded } from './store.ts'

interface Named {
  readonly ref: string
  readonly title: string
}

export interface Statement extends Named {
  readonly state: string
  readonly reason: string | null
  readonly path: string | null
  readonly greenBy: CivilDate | null
  readonly onDay: CivilDate
}

export interface Missed extends Named {
  readonly number: number
  readonly about: string
  readonly due: CivilDate
  readonly daysLate: number
  readonly slippage: string | null
}

export interface Mismatch extends Named {
  readonly declared: string
  readonly derived: string
  readonly why: string | null
}

export interface Awaiting {
  readonly what: 'override' | 'improvement' | 'done'
  /** "workstream 3", "the programme", "2.1". */
  readonly ref: string
  readonly says: string
  readonly by: string
  readonly onDay: CivilDate
}

/** What a programme office looks at first. States by their labels, worst first where several are listed. */
export interface Exceptions {
  /** In the worst state of the scheme. */
  readonly reds: readonly Statement[]
  /** In another state that needs a reason, with neither a path nor a day to be back by. */
  readonly ambersWithoutPath: readonly Statement[]
  readonly missed: readonly Missed[]
  readonly notRated: readonly Named[]
  /** The criteria come to another state than the declared one. */
  readonly mismatches: readonly Mismatch[]
  readonly awaitingConfirmation: readonly Awaiting[]
}

export function exceptionsIn(loaded: Loaded): Exceptions {
  const { plan } = loaded
  const scheme = schemeOf(plan.programme.settings)
  const stated = plan.projects.flatMap((project) => statement(project, scheme))
  const worst = scheme.states[0]?.label
  return {
    reds: stated.filter(({ state }) => state === worst),
    ambersWithoutPath: stated.filter(
      ({ state, path, greenBy }) => state !== worst && !path && !greenBy,
    ),
    missed: plan.projects.flatMap((project) => missedOf(project, plan.asAt)),
    notRated: plan.projects
      .filter((project) => stateByKey(scheme, stateOf(project)).key === scheme.blank.key)
      .map(({ ref, title }) => ({ ref, title })),
    mismatches: plan.projects.flatMap((project) => mismatch(project, scheme)),
    awaitingConfirmation: awaitingIn(loaded, scheme),
  }
}

function statement(project: Project, scheme: Scheme): Statement[] {
  const last = countingUpdate(project)
  const state = stateByKey(scheme, stateOf(project))
  if (!last || !needsReason(state)) return []
  const { ref, title } = project
  const { reason, path, greenBy, onDay } = last
  return [{ ref, title, state: state.label, reason, path, greenBy, onDay }]
}

function missedOf({ ref, title, milestones }: Project, asAt: CivilDate): Missed[] {
  return milestones.flatMap((milestone) => {
    const { number, due } = milestone
    if (deliveryState(milestone, asAt) !== 'missed' || !due) return []
    const about = textOf(milestone)
    const daysLate = daysBetween(due, asAt)
    return [{ ref, title, number, about, due, daysLate, slippage: slippage(milestone) }]
  })
}

function mismatch(project: Project, scheme: Scheme): Mismatch[] {
  const last = countingUpdate(project)
  if (!last?.derived) return []
  const declared = stateByKey(scheme, last.state)
  const derived = stateByKey(scheme, last.derived)
  if (agrees(declared, derived)) return []
  const { ref, title } = project
  const why = last.differs ?? last.reason
  return [{ ref, title, declared: declared.label, derived: derived.label, why }]
}

function awaitingIn({ plan, rollUp }: Loaded, scheme: Scheme): Awaiting[] {
  const { people } = plan
  const ofOverride = (ref: string, { awaiting }: Standing): Awaiting[] => {
    if (!awaiting) return []
    const { state, reason, byId, onDay } = awaiting
    const says = `${stateByKey(scheme, state).label}: ${reason}`
    return [{ what: 'override', ref, says, by: nameOf(byId, people), onDay }]
  }
  const ofProject = (project: Project): Awaiting[] => {
    const update = awaitedUpdate(project)
    const { ref } = project
    if (!update) return []
    const says = stateByKey(scheme, update.state).label
    const { byId, onDay } = update
    return [{ what: 'improvement', ref, says, by: nameOf(byId, people), onDay }]
  }
  const ofMilestone = (ref: string, milestone: Milestone): Awaiting[] => {
    const { completion, number } = milestone
    if (!completion?.awaitsConfirmation) return []
    const says = `${number}. ${textOf(milestone)}`
    const { byId, onDay } = completion
    return [{ what: 'done', ref, says, by: nameOf(byId, people), onDay }]
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
