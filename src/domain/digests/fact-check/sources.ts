import type { CivilDate } from '../../../base/dates.ts'
import type { Measure } from '../../measures/measure.ts'
import type { Plan } from '../../plan/plan.ts'
import type { SetAsideProjects } from '../../plan/set-aside.ts'
import type { Audience } from '../../programme/audience.ts'
import type { Entry } from '../../register/entry.ts'
import type { OverrideRow } from '../../rollup/overrides.ts'
import type { UpdateRound } from '../../rounds/rules.ts'
import type { Scheme } from '../../scheme/schemes.ts'
import type { RatingsByProject } from '../../status/dimensions.ts'
import type { DigestContent } from '../content/content.ts'

/** What a digest is held against: the plan of its readers, the digest before it, and what is asked of them. */
export interface FactSources {
  /** As at the digest's day, and only the part that it is about. */
  readonly plan: Plan
  /** Who reads it. */
  readonly audience: Audience
  /** What of the register its readers may know. */
  readonly register: readonly Entry[]
  /** The boards among its readers, by name; none where nobody said it. */
  readonly boards: readonly string[]
  readonly measures: readonly Measure[]
  /** As at the digest's day, as far as its readers may know them. */
  readonly dimensions: RatingsByProject
  readonly overrides: readonly OverrideRow[]
  /** Ids of projects that are in the pipeline, on hold or closed on that day. */
  readonly setAside: ReadonlySet<string>
  /** Those of them that its readers may know by name. */
  readonly resting: SetAsideProjects['projects']
  /** The last reopening of projects, by their ids. */
  readonly reopened: SetAsideProjects['reopenings']
  readonly previous: DigestContent | null
  /** The day since which a first digest looks back. */
  readonly since: CivilDate
  /** The update round that it counts, where there is one. */
  readonly round: UpdateRound | undefined
  /** The last day that it calls due soon. */
  readonly dueUntil: CivilDate
}

/** The same states in the same order: only then can one be called worse than another of an earlier day. */
export function isSameScale(previous: DigestContent | null, scheme: Scheme): boolean {
  if (!previous) return true
  const now = [...scheme.states, ...scheme.specials].map(({ key }) => key)
  const then = previous.scheme.states.map(({ key }) => key)
  return then.length === now.length && then.every((key, at) => key === now[at])
}
