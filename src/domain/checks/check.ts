import { createHash } from 'node:crypto'
import type { CivilDate } from '../../base/dates.ts'
import { fold } from '../../base/text.ts'
import type { Measure } from '../measures/measure.ts'
import type { Project, ProjectRef, StatusUpdate } from '../plan/plan.ts'
import type { Criterion } from '../scheme/criteria.ts'
import { isOnScale, type State } from '../scheme/schemes.ts'
import { type RatingContext, ratingOf } from '../status/rating.ts'
import type { NameAllowlist } from './personal-data-detector.ts'

/** What a check looks at besides the project. */
export interface CheckInputs {
  readonly measures: readonly Measure[]
  /** The days that the last rounds served, before the plan's: newest first, at least three where there were so many. */
  readonly rounds: readonly CivilDate[]
  /** Of the people of the programme. */
  readonly names: NameAllowlist
}

export interface CheckContext extends CheckInputs, RatingContext {
  readonly programmeId: string
  readonly criteria: readonly Criterion[]
}

/** A project with the state that counts, and the update that says it, where one does. */
export interface ProjectStatus {
  readonly project: Project
  readonly update: StatusUpdate | undefined
  readonly state: State
}

/** As much of a project's history as shows, without loading it, whether a check may trip. */
export interface CheckFacts {
  readonly overdueMilestones: number
  /** Whether any of its measures has a reading. */
  readonly hasReadings: boolean
  /** Whether a measure that it is to move was ever named. */
  readonly hasBenefits: boolean
  /** Whether any of its updates came with ticked criteria. */
  readonly hasTicks: boolean
  /** The last reason of each of the last days before today on which it was updated, newest first. */
  readonly recentReasons: readonly (string | null)[]
}

export interface CheckFinding {
  /** All that tripped the check, each as a token: what an answer is about. At least one. */
  readonly fingerprints: readonly string[]
  /** In words, for the author of the update and the programme office. */
  readonly question: string
}

/** One thing that a board would ask about. Each has a file of its own, and a row in registry.ts. */
export interface Check {
  /** What people type for it: "answer 2.1 overdue because …". Stored with each answer. */
  readonly key: string
  /** What it is about, for the button that answers it: 'the overdue milestones'. */
  readonly title: string
  /** An answer settles the same words wherever in the programme they stand, not in one project alone. */
  readonly isProgrammeWide?: boolean
  /** Whether a project rated like this may trip it: only then are its inputs loaded and is `find` called. */
  readonly appliesTo: (
    rating: Omit<ProjectStatus, 'project'>,
    context: Pick<CheckContext, 'asAt' | 'scheme'>,
  ) => boolean
  /** Whether an update that is about to be saved may trip it. Absent: it may always, and the history is loaded. */
  readonly mayTrip?: (update: StatusUpdate, facts: CheckFacts) => boolean
  /** What `find` looks at besides the project; absent: nothing. */
  readonly inputs?: (project: Project) => readonly (keyof CheckInputs)[]
  /**
   * Whether it may trip, as far as the updates show that were read: only then all that was ever said of the project is
   * read for `find`. Absent: it looks at nothing older than what counts.
   */
  readonly needsHistory?: (status: ProjectStatus, context: CheckContext) => boolean
  readonly find: (status: ProjectStatus, context: CheckContext) => CheckFinding | undefined
}

export function projectStatusOf(project: Project, context: RatingContext): ProjectStatus {
  const { state, update } = ratingOf(project, context)
  return { project, state, update: update ?? undefined }
}

export const isOnCourse = (state: State) => isOnScale(state) && state.good

/** A check that tripped: a question, never a verdict. */
export interface RaisedCheck extends CheckFinding, Pick<Check, 'isProgrammeWide'> {
  /** Key of the check. */
  readonly check: string
  readonly programmeId: string
  /** Null where it concerns the whole programme: the words of a headline, what a workstream costs. */
  readonly project: ProjectRef | null
  /** What it is about where that is no project, "Workstream 2 Homes". Absent: the register. */
  readonly subject?: string
}

/** "Yes, because …": stored with its fingerprints, so that the same is not asked again and something new is. */
export interface CheckAnswer {
  readonly check: string
  readonly projectId: string | null
  readonly fingerprints: readonly string[]
  readonly answer: string
  readonly byId: string | null
  readonly onDay: CivilDate
}

/** Whether everything that tripped a check was answered for, be it at several times. */
export function isCheckAnswered(raised: RaisedCheck, answers: readonly CheckAnswer[]): boolean {
  const related = answers.filter(
    ({ check, projectId }) =>
      check === raised.check &&
      (raised.isProgrammeWide || projectId === (raised.project?.id ?? null)),
  )
  const settled = new Set(related.flatMap(({ fingerprints }) => fingerprints))
  return raised.fingerprints.every((token) => settled.has(token))
}

/**
 * A short name for what a text says: case, spaces and punctuation do not count. The text itself is not in it, so that
 * an answer about words that should not have been written stores none of them.
 */
export function fingerprint(text: string): string {
  const letters = fold(text).replace(/[^\p{L}\p{N}]/gu, '')
  return createHash('sha256').update(letters).digest('hex').slice(0, 16)
}
