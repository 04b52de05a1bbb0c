import type { CivilDate } from '../../base/dates.ts'
import type { Precision } from '../deadlines/precision.ts'
import type { Person } from '../people/person.ts'
import type { Audience } from '../programme/audience.ts'
import type { Programme } from '../programme/programme.ts'
import type { AttributeValues } from './attributes/attribute.ts'
import type { Life } from './life.ts'

/**
 * A programme's plan as at a day: plain data, worked out from the history up to and including that day.
 * Rules take it as a whole; it knows no database and no platform.
 */
export interface Plan {
  readonly programme: Programme
  readonly asAt: CivilDate
  readonly workstreams: readonly Workstream[]
  /** The live ones, in the order of the plan: nobody is asked about the others, and they do not count. */
  readonly projects: readonly Project[]
  readonly people: ReadonlyMap<string, Person>
  /** Ids of people in the programme office. */
  readonly programmeOffice: readonly string[]
  /** Ids of those who may only read: nothing is asked of them, whatever the plan has them lead. */
  readonly viewers: ReadonlySet<string>
}

export interface Workstream {
  readonly id: string
  readonly ref: string
  readonly title: string
  readonly leads: readonly string[]
  readonly sponsors: readonly string[]
}

/** What identifies a project in a sentence or a link. */
export interface ProjectRef {
  readonly id: string
  readonly ref: string
  readonly title: string
}

export interface Project extends ProjectRef {
  readonly workstreamId: string
  /** What it belongs to besides its workstream: "Ofsted". */
  readonly tags: readonly string[]
  readonly leads: readonly string[]
  /** Null: live. */
  readonly life: Life
  /** Values of plan attributes as saved, such as its start day: domain/plan/attributes. */
  readonly attributes: AttributeValues
  readonly milestones: readonly Milestone[]
  /**
   * Newest first: what counted at the end of a day, and all that was said from its day on. Empty: never rated, which is
   * never Green.
   */
  readonly updates: readonly StatusUpdate[]
  /** What is known of the time before `updates`; left out where these are all that was ever said. */
  readonly past?: PastUpdates | undefined
}

/** With all that was ever said of it: what rules take that ask how often, since when, or whether ever. */
export interface ProjectWithHistory extends Project {
  readonly past?: undefined
}

/** A plan that was read with all of its history. */
export interface PlanWithHistory extends Plan {
  readonly projects: readonly ProjectWithHistory[]
}

/** As much of what was said before a project's `updates` as rules look at, however old it is. */
export interface PastUpdates {
  /** All that was said from this day on is among `updates`. */
  readonly from: CivilDate
  /**
   * The project's own state around the last time without a rating, each from its day on, newest first: enough to tell
   * whether and how it was rated before. Empty where a rating of it never ended.
   */
  readonly states: readonly Pick<StatusUpdate, 'state' | 'onDay'>[]
  /** The latest update that came with ticked criteria; it may be among `updates`. */
  readonly ticks: StatusUpdate | null
}

export interface StatusUpdate {
  readonly id: string
  /** Key of a state of the scheme: 'red', 'amber', 'green', or 'blank'. */
  readonly state: string
  readonly reason: string | null
  readonly greenBy: CivilDate | null
  readonly path: string | null
  readonly criteria: readonly string[]
  /** What the criteria come to; null where they were not asked. */
  readonly derived: string | null
  /** Why the declared state differs from the derived one. */
  readonly divergenceReason: string | null
  /** An improvement that a second person must confirm, and has not yet: it is shown, and does not count. */
  readonly awaitsConfirmation: boolean
  readonly confirmedById: string | null
  readonly byId: string | null
  /** The lead for whom a deputy said it; null where it was said in one's own name. */
  readonly onBehalfOfId: string | null
  readonly source: string
  /** "No change": the update whose words it says again, on its own day. Null for words of its own. */
  readonly attestsId: string | null
  /** For whom its words are. */
  readonly audience: Audience
  /** The day it speaks for. */
  readonly onDay: CivilDate
  /** The moment it was said, UTC. */
  readonly at: Date
}

export interface Milestone {
  readonly id: string
  /** Counts from 1 within its project. */
  readonly number: number
  readonly about: string
  readonly raw: string
  /** The heading of the sheet's column it came from, if any: "March". */
  readonly heading: string | null
  readonly earliest: CivilDate | null
  /** The due day when it entered the plan. */
  readonly baselineDue: CivilDate | null
  /** The latest day it can mean, or where it was moved since; null: undated. */
  readonly due: CivilDate | null
  readonly precision: Precision
  /** The states that the plan itself gives it (W20 rates milestones, not projects), newest first. */
  readonly ratings: readonly MilestoneRating[]
  /** The day it was finished; null while it is open or its completion awaits a second person. */
  readonly doneOn: CivilDate | null
  /** What was said when it was finished; null where nobody said that. */
  readonly completion: Completion | null
  /** Its owner says that it is at risk; null where nobody says so, or no longer. */
  readonly flag: Flag | null
  /** The day from which it belongs to the plan. Reminders that would have been due before it are not sent late. */
  readonly addedOn: CivilDate
  /** Oldest first. */
  readonly moves: readonly Move[]
}

export interface MilestoneRating {
  /** Key of a state of the scheme. */
  readonly state: string
  /** Where it was said: 'slack', 'import'. */
  readonly source: string
  readonly onDay: CivilDate
}

export interface Completion {
  readonly onDay: CivilDate
  /** A sheet said that it is done, and not when: by `onDay` at the latest. Absent: on that day. */
  readonly isDayUnknown?: boolean | undefined
  /** A link to what shows it. */
  readonly evidence: string | null
  readonly byId: string | null
  readonly onBehalfOfId: string | null
  /** A second person must confirm it, and has not yet: it does not count as finished. */
  readonly awaitsConfirmation: boolean
  readonly confirmedById: string | null
}

export interface Flag {
  readonly reason: string | null
  readonly byId: string | null
  readonly onBehalfOfId: string | null
  readonly onDay: CivilDate
}

export interface Move {
  readonly from: CivilDate | null
  readonly to: CivilDate | null
  readonly reason: string
  readonly byId: string | null
  readonly onBehalfOfId: string | null
  readonly onDay: CivilDate
}

/** Rule 4 of the domain: the first that matches. */
export function deliveryState(
  { doneOn, due, flag }: Milestone,
  asAt: CivilDate,
): 'completed' | 'missed' | 'at risk' | 'on track' {
  if (doneOn && doneOn <= asAt) return 'completed'
  if (due && due < asAt) return 'missed'
  return flag ? 'at risk' : 'on track'
}

/** Whether it was reported done, confirmed by a second person or not. */
export function hasCompletion({ completion }: Milestone): boolean {
  return completion !== null
}

/**
 * The state that was said last, unless that is an improvement which nobody has confirmed yet. How the project stands,
 * also where its milestones are rated instead: domain/status/rating.ts.
 */
export function declaredStateOf(project: Pick<Project, 'updates'>): string {
  return effectiveUpdate(project)?.state ?? 'blank'
}

/** The update whose state `declaredStateOf` returns. */
export function effectiveUpdate({ updates }: Pick<Project, 'updates'>): StatusUpdate | undefined {
  return updates.find(({ awaitsConfirmation }) => !awaitsConfirmation)
}

/** The updates that count, newest first: not those that wait for somebody to confirm them. */
export function countingUpdates({ updates }: Pick<Project, 'updates'>): StatusUpdate[] {
  return updates.filter(({ awaitsConfirmation }) => !awaitsConfirmation)
}

/** The latest update that came with ticked criteria, also where a later one passed them over. */
export function latestTicks({
  updates,
  past,
}: Pick<Project, 'updates' | 'past'>): StatusUpdate | undefined {
  return updates.find(({ derived }) => derived !== null) ?? past?.ticks ?? undefined
}

/**
 * All that was said from a day on, newest first.
 * @throws Error where the project was not read as far back: a mistake in the code
 */
export function updatesSince(project: Project, day: CivilDate): readonly StatusUpdate[] {
  const { past, updates, ref } = project
  if (past && past.from > day) {
    throw new Error(`Project ${ref} was read from ${past.from}, not from ${day}`)
  }
  return updates.filter(({ onDay }) => onDay >= day)
}

/** The newest update, where it waits for somebody to confirm it. */
export function unconfirmedUpdate({ updates: [last] }: Project): StatusUpdate | undefined {
  return last?.awaitsConfirmation ? last : undefined
}

/** Ids of everyone who leads a project or said something of it. */
export function peopleMentionedIn({ leads, updates, milestones }: Project): string[] {
  const ids = [
    ...updates.flatMap(({ byId, onBehalfOfId, confirmedById }) => [
      byId,
      onBehalfOfId,
      confirmedById,
    ]),
    ...milestones.flatMap(({ moves, flag, completion }) => [
      ...moves.flatMap(({ byId, onBehalfOfId }) => [byId, onBehalfOfId]),
      ...[flag?.byId, flag?.onBehalfOfId],
      ...[completion?.byId, completion?.onBehalfOfId, completion?.confirmedById],
    ]),
  ]
  return [...new Set([...leads, ...ids.flatMap((id) => id ?? [])])]
}

export function workstreamOf(plan: Plan, project: Project): Workstream | undefined {
  return plan.workstreams.find(({ id }) => id === project.workstreamId)
}

/** "was 30 Jun, moved ×3" starts here: how often a milestone's date was changed since it had one. */
export function timesMoved(milestone: Milestone): number {
  return milestone.moves.filter(({ from }) => from !== null).length
}

/** What a milestone is about, as people wrote it; the text of its cell where there is nothing but a date. */
export function milestoneText({ about, raw }: Milestone): string {
  return about || raw
}
