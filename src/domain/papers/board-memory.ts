import type { CivilDate } from '../../base/dates.ts'
import type { SetAside } from '../plan/life.ts'
import {
  deliveryState,
  type Milestone,
  milestoneText,
  type Plan,
  type Project,
  type ProjectRef,
} from '../plan/plan.ts'
import type { SetAsideProject } from '../plan/set-aside.ts'
import { closingAsAt } from '../register/as-at.ts'
import type { Closing, Decision, Entry } from '../register/entry.ts'
import { registerAsAt } from '../register/rules.ts'
import { schemeOf } from '../scheme/schemes.ts'
import { ratingContextOf, ratingOf } from '../status/rating.ts'

/**
 * What a board was promised at its last meeting, and what became of it: the plan and the register as they stood then,
 * held against those of now. A later day changes no earlier answer, so the plan as at the day of an issued paper says
 * what that paper said.
 */

export interface KnownThen {
  readonly plan: Plan
  readonly register: readonly Entry[]
  /** The projects that are not live: a closed one is no project that was forgotten. */
  readonly setAside?: { readonly projects: readonly SetAsideProject[] }
}

/** What became of something that was promised by a day. `ahead`: its day is still to come. */
export type Became = 'done' | 'moved' | 'not done' | 'ahead' | 'gone'

export interface PromisedMilestone {
  readonly project: ProjectRef
  readonly what: string
  /** The day as it was promised. */
  readonly due: CivilDate
  readonly became: Became
  /** As it stands now; null where it is not in the plan any more. */
  readonly now: Milestone | null
  /** How its project was set aside since; null where it is live, or was taken out of the plan. */
  readonly life: SetAside | null
}

/** A project that was to be back on track by a day; `state`: the key of its state now, null where it is gone. */
export interface PromisedState {
  readonly project: ProjectRef
  readonly by: CivilDate
  readonly state: string | null
  /** How it was set aside since; null where it is live, or was taken out of the plan. */
  readonly life: SetAside | null
}

/** An action or a decision that was open; `closing`: how it ended, null while it is open. */
export interface OpenThen<Kind> {
  readonly entry: Kind
  readonly closing: Closing | null
}

export interface BoardMemory {
  /** Milestones that were to be done between the two meetings. */
  readonly promised: readonly PromisedMilestone[]
  /** Projects that were to be back on track between the two meetings. */
  readonly backBy: readonly PromisedState[]
  /** Actions that were to be done between the two meetings. */
  readonly actions: readonly OpenThen<Extract<Entry, { kind: 'action' }>>[]
  /** Decisions that were asked for at the last meeting. */
  readonly decisions: readonly OpenThen<Decision>[]
  /** Milestones of later days whose day is another one by now. */
  readonly moved: readonly PromisedMilestone[]
  /** Milestones that were promised for any day, and are not in the plan any more. */
  readonly gone: readonly PromisedMilestone[]
}

/** @param until the day of this meeting */
export function boardMemoryOf(then: KnownThen, now: KnownThen, until: CivilDate): BoardMemory {
  const since = then.plan.asAt
  const isBetween = (day: CivilDate | null) => day !== null && day > since && day <= until
  const milestones = then.plan.projects.flatMap((project) => milestonesThen(project, then, now))
  const open = registerAsAt(then.register, since, schemeOf(then.plan.programme.settings))
  const ended = <Kind extends Entry>(entry: Kind): OpenThen<Kind> => {
    const known = now.register.find(({ id }) => id === entry.id)
    return { entry, closing: known ? closingAsAt(known, now.plan.asAt) : null }
  }
  return {
    promised: milestones.filter(({ due }) => isBetween(due)),
    backBy: statesThen(then, now).filter(({ by }) => isBetween(by)),
    actions: open.actions.filter(({ neededBy }) => isBetween(neededBy)).map(ended),
    decisions: open.decisions.map(ended),
    moved: milestones.filter(({ due, became }) => became === 'moved' && due > until),
    gone: milestones.filter(({ due, became }) => became === 'gone' && due > until),
  }
}

/** The milestones of a project that were open then and had a day. */
function milestonesThen(project: Project, then: KnownThen, now: KnownThen): PromisedMilestone[] {
  const { id, ref, title } = project
  const kept = now.plan.projects.find((one) => one.id === id)
  return project.milestones.flatMap((milestone) => {
    const { due } = milestone
    if (due === null || deliveryState(milestone, then.plan.asAt) === 'completed') return []
    const present = kept?.milestones.find((one) => one.id === milestone.id) ?? null
    const promised = { project: { id, ref, title }, what: milestoneText(milestone), due }
    return [
      {
        ...promised,
        became: became(due, present, now.plan.asAt),
        now: present,
        life: lifeOf(id, now),
      },
    ]
  })
}

const lifeOf = (projectId: string, { setAside }: KnownThen): SetAside | null =>
  setAside?.projects.find(({ id }) => id === projectId)?.life ?? null

function became(due: CivilDate, now: Milestone | null, asAt: CivilDate): Became {
  if (now === null) return 'gone'
  if (deliveryState(now, asAt) === 'completed') return 'done'
  if (now.due !== due) return 'moved'
  return due < asAt ? 'not done' : 'ahead'
}

function statesThen(then: KnownThen, now: KnownThen): PromisedState[] {
  const [contextThen, contextNow] = [ratingContextOf(then.plan), ratingContextOf(now.plan)]
  return then.plan.projects.flatMap((project) => {
    const { id, ref, title } = project
    const by = ratingOf(project, contextThen).update?.greenBy ?? null
    if (by === null) return []
    const present = now.plan.projects.find((one) => one.id === id)
    const state = present ? ratingOf(present, contextNow).state.key : null
    return [{ project: { id, ref, title }, by, state, life: lifeOf(id, now) }]
  })
}
