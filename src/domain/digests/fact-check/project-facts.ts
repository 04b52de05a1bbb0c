import type { CivilDate } from '../../../base/dates.ts'
import type { Project } from '../../plan/plan.ts'
import type { RollUpPolicy } from '../../scheme/roll-up-settings.ts'
import type { Scheme } from '../../scheme/schemes.ts'
import type { Movement } from '../../status/movement.ts'
import type { DigestContent } from '../content/content.ts'
import { type FactSources, isSameScale } from './sources.ts'
import {
  type EarlierRating,
  isRated,
  knownState,
  lastEndOfRating,
  policyOfDay,
  type Standing,
  standingOn,
} from './standing.ts'

/** A project on the digest's day, and in the digest before it. */
export interface ProjectFact {
  readonly project: Project
  readonly standing: Standing
  readonly before: ProjectBefore | undefined
  /** When its last rating ended, where it has been without one since or was until lately. */
  readonly lastRated: () => EarlierRating | undefined
  /** Whether it may be said that it moved so. More than one may be. */
  readonly isTrue: (movement: Movement) => boolean
  /** The day for which somebody last said something of it; undefined where nobody did. */
  readonly saidOn: CivilDate | undefined
}

type ProjectBefore = DigestContent['snapshot']['projects'][number]

export function projectFacts(sources: FactSources, scheme: Scheme): ProjectFact[] {
  const { plan, previous } = sources
  const { settings } = plan.programme
  const context = { scheme, settings }
  const compared = {
    isFirst: previous === null,
    isSameScale: isSameScale(previous, scheme),
    policy: policyOfDay(settings, plan.asAt),
    wasSetAside: new Set(previous?.snapshot.setAside.map(({ id }) => id)),
    scheme,
  }
  return plan.projects.map((project) => {
    const before = previous?.snapshot.projects.find(({ id }) => id === project.id)
    const standing = standingOn(project, plan.asAt, context)
    const lastRated = () => lastEndOfRating(project, plan.asAt, context)
    const holds = movementTruth({ project, standing, before, lastRated }, compared)
    const days = project.updates.map(({ onDay }) => onDay).toSorted()
    const isTrue = (movement: Movement) => holds[movement]()
    return { project, standing, before, lastRated, isTrue, saidOn: days[days.length - 1] }
  })
}

interface Comparison {
  readonly isFirst: boolean
  readonly isSameScale: boolean
  /** The policy of the day. */
  readonly policy: RollUpPolicy
  /** Ids of projects that were set aside in the digest before. */
  readonly wasSetAside: ReadonlySet<string>
  readonly scheme: Scheme
}

type MovedProject = Pick<ProjectFact, 'project' | 'standing' | 'before' | 'lastRated'>

/** For each movement, the condition under which it may be said. */
function movementTruth(moved: MovedProject, compared: Comparison): Record<Movement, () => boolean> {
  const { project, standing, before, lastRated } = moved
  const { scheme, isFirst, wasSetAside } = compared
  const now = standing.state
  const then = before && knownState(scheme, before.state)
  const isComparable = then !== undefined && compared.isSameScale
  const isBothRated = isComparable && isRated(then) && isRated(now)
  const isOtherRule = before !== undefined && hasOtherRule(before, standing, compared)
  const becameRated = isComparable && !isRated(then) && isRated(now)
  const differsBy = then ? now.severity - then.severity : 0
  const wasRated = () => wasRatedBefore(before, scheme) || lastRated() !== undefined
  return {
    worse: () => isBothRated && !isOtherRule && differsBy > 0,
    better: () => isBothRated && !isOtherRule && differsBy < 0,
    same: () => isComparable && then.key === now.key,
    'still not rated': () => isComparable && ![now, then].some(isRated) && then.key !== now.key,
    'first rated': () => becameRated && !wasRated(),
    'rated again': () => becameRated && wasRated(),
    'no longer rated': () => isComparable && isRated(then) && !isRated(now),
    new: () => before === undefined && (isFirst || !wasSetAside.has(project.id)),
    'back in the plan': () => before === undefined && wasSetAside.has(project.id),
    'other projects': () => false,
    'set by hand': () => false,
    'no longer set by hand': () => false,
    'another rule': () => isBothRated && isOtherRule && then.key !== now.key,
    'another scale': () => before !== undefined && !compared.isSameScale,
  }
}

/** It is rated by its lead now and was by its milestones, or the reverse; or its milestones by another policy. */
function hasOtherRule(
  { rule }: ProjectBefore,
  { by }: Standing,
  { policy }: Pick<Comparison, 'policy'>,
): boolean {
  if (!rule || by === null) return false
  return rule.by !== by || (by === 'milestones' && rule.policy !== policyName(policy))
}

/** As a frozen digest calls a policy. */
export const policyName = ({ policy, redShare }: RollUpPolicy): string =>
  policy === 'proportion' ? `proportion ${redShare}` : policy

/** Whether a digest before has told a rating of it. */
function wasRatedBefore(before: ProjectBefore | undefined, scheme: Scheme): boolean {
  if (!before) return false
  return before.wasRated || before.earlier.some((key) => isRated(knownState(scheme, key)))
}
