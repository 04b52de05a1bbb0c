import type { CivilDate } from '../../../base/dates.ts'
import type { Measure } from '../../measures/measure.ts'
import type { Plan } from '../../plan/plan.ts'
import type { SetAsideProjects } from '../../plan/set-aside.ts'
import type { Audience } from '../../programme/audience.ts'
import type { Entry } from '../../register/entry.ts'
import type { OverrideRow } from '../../rollup/overrides.ts'
import type { UpdateRound } from '../../rounds/rules.ts'
import type { Boards } from '../../schedule/boards.ts'
import type { RatingsByProject } from '../../status/dimensions.ts'
import type { DigestContent } from './content.ts'

/** What a digest is made of. */
export interface DigestInput {
  /** Who reads it: commentary for fewer people becomes a code. Left out: the board. */
  readonly audience?: Audience
  /** The boards among them, as decisions are asked of them. Left out: not said. */
  readonly boards?: Boards | undefined
  /** As at the day that the digest speaks for. */
  readonly plan: Plan
  /** Every entry of the programme's register. */
  readonly register: readonly Entry[]
  /** As at the plan's day. Left out: none, or not for these readers. */
  readonly measures?: readonly Measure[] | undefined
  /** As at the plan's day, where the programme keeps them. Left out: none, or not for these readers. */
  readonly dimensions?: RatingsByProject | undefined
  /** The whole history of overrides of the programme's colours. */
  readonly overrides?: readonly OverrideRow[]
  /** Other remarks about projects, by their ids; each line is shown unchanged. */
  readonly projectRemarks?: ReadonlyMap<string, readonly string[]>
  /** The projects that are not live: counted, and in no other count. Left out: none. */
  readonly setAside?: SetAsideProjects
  /** The digest before it; null for the first one. */
  readonly previous: DigestContent | null
  /** How the digest before it was corrected since, in words for the same readers. */
  readonly corrections?: readonly string[] | undefined
  /** The day since which an update was due. */
  readonly since: CivilDate
  /** The update round before it, or the one that is open; without one, what was said since that day counts. */
  readonly round?: UpdateRound | undefined
}
