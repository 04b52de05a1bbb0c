import type { CivilDate } from '../../base/dates.ts'
import type { Calendar } from '../../base/working-days.ts'
import type { Measure } from '../../domain/measures/measure.ts'
import type { Milestone, Project, StatusUpdate } from '../../domain/plan/plan.ts'
import type { Recipient, Role } from '../../domain/plan/recipients.ts'
import type { Programme } from '../../domain/programme/programme.ts'
import type { UpdateRound } from '../../domain/rounds/rules.ts'

/** What people are told of, and what the rules say of it. */

/** What is snoozed, and stands in a message once: 'milestone:<id>', 'project:<id>', 'measure:<id>'. */
export type Subject = `${'milestone' | 'project' | 'measure'}:${string}`

/** One thing that waits for somebody's answer, as it stands on a working day of theirs. */
export type OpenItem =
  | DueMilestone
  | UndatedMilestone
  | OverdueGreenBy
  | MissingReading
  | OwedUpdate

export interface DueMilestone {
  readonly kind: 'milestone'
  readonly project: Project
  readonly milestone: Milestone
  readonly due: CivilDate
  /** The working day by which it is due: `due` itself or the last one before it. */
  readonly effectiveDue: CivilDate
  /** From the day to `by`: 3 is due in three working days, 0 today, -2 two days overdue. */
  readonly workingDaysLeft: number
}

export interface UndatedMilestone {
  readonly kind: 'undated'
  readonly project: Project
  readonly milestone: Milestone
}

/** A project that was to be Green by a day which has passed, and is not. */
export interface OverdueGreenBy {
  readonly kind: 'green-by'
  readonly project: Project
  readonly update: StatusUpdate
  readonly greenBy: CivilDate
  /** "▲ Amber". */
  readonly state: string
  /** "Green". */
  readonly goal: string
}

export interface MissingReading {
  readonly kind: 'reading'
  /** A project the measure belongs to; null where it belongs to none. */
  readonly project: Project | null
  readonly measure: Measure
  readonly due: CivilDate
}

/** A project whose update the open round waits for. */
export interface OwedUpdate {
  readonly kind: 'round'
  readonly project: Project
  readonly round: UpdateRound
  readonly isClosing: boolean
  /** "▲ Amber". */
  readonly state: string
  /** Why "no change" cannot be said of it, as the end of a sentence; null where it can. */
  readonly noChangeProblem: string | null
}

/** Something to say of a thing, once to each person. */
export interface Trigger {
  /** For the ledger. A moved date makes new keys, so it is said anew. */
  readonly key: string
  /** Working days after the day that counts: -3 is three before it; null where none are counted. */
  readonly step: number | null
  /** The rule in words: "3 working days before it is due". */
  readonly ruleText: string
  /** Worth a message of its own that day, if the day's was said already: see apart.ts. */
  readonly dailyLimitException?: 'hour' | 'nudge'
}

/** What a rule finds. */
export interface Finding {
  readonly subject: Subject
  readonly item: OpenItem
  /** What should have been said of it by now and is not too old to say, oldest first. */
  readonly triggers: readonly Trigger[]
  /** Whether it is listed in a message that goes out anyway, when there is nothing new to say of it. */
  readonly isListedWhileOpen: boolean
  /** Whether anything could have been said of it by now. What could not was not missed while it was muted. */
  readonly hasBegun: boolean
}

/** From which rung of the overdue ladder on somebody is told of a project: its lead from the first. */
export type EscalationLevel = 'lead' | 'workstream' | 'sponsor'

/** All that one person answers for in one project (null: in none), seen on a working day of theirs. */
export interface RuleInput {
  readonly programme: Programme
  readonly project: Project | null
  readonly recipient: Recipient
  readonly escalationLevel: EscalationLevel
  /** The working days of the recipient in the programme. */
  readonly calendar: Calendar
  readonly day: CivilDate
  readonly now: Date
  /** Those of the project whose reading should have come. */
  readonly missingReadings: readonly Measure[]
  /** The rounds, open or about to open, for which the project owes its update. */
  readonly owedRounds: readonly UpdateRound[]
}

/** A thing in somebody's message, and why it is there. */
export type ReminderItem = OpenItem & ReminderReason

export interface ReminderReason {
  readonly programme: Programme
  readonly subject: Subject
  readonly role: Role
  /** Why it is not the project's lead who is told, or not the lead alone; null where it is. */
  readonly why: string | null
  readonly step: number | null
  /** By which rule it is said now; null where it was said before, and is listed because it is open still. */
  readonly ruleText: string | null
}

/** How many working days late something may still be said; what is older is dropped. */
export const graceWorkingDays = 3
