import type { CivilDate } from '../../base/dates.ts'
import type { Calendar } from '../../base/working-days.ts'
import type { Measure } from '../../domain/measures/measure.ts'
import type { MoveRequest } from '../../domain/plan/move-requests.ts'
import type { Milestone, Project } from '../../domain/plan/plan.ts'
import type { Recipient } from '../../domain/plan/recipients.ts'
import type { Programme } from '../../domain/programme/programme.ts'
import type { Entry } from '../../domain/register/entry.ts'
import type { UpdateRound } from '../../domain/rounds/rules.ts'
import type { DailyLimitException } from './daily-limit-exceptions.ts'
import type { RowButton } from './reminder-data.ts'

/** What a reminder rule looks at, and what it finds. */

/** Everything that one person answers for in one project (null: in none), as at one of their working days. */
export interface RuleInput {
  readonly programme: Programme
  readonly project: Project | null
  /** One that is on hold until a day, of which nothing else is asked; `project` is null then. */
  readonly projectOnHold?: Project | undefined
  /** An open entry of the register that is the recipient's; `project` is null then, and nothing else is asked. */
  readonly entry?: OwnedEntry | undefined
  /** A move that waits for the recipient's agreement; `project` is null then, and nothing else is asked. */
  readonly waitingMove?: WaitingMove | undefined
  readonly recipient: Recipient
  readonly escalationLevel: EscalationLevel
  /** The recipient's working days in the programme. */
  readonly calendar: Calendar
  readonly day: CivilDate
  readonly now: Date
  /** Measures of the project whose reading is overdue. */
  readonly missingReadings: readonly Measure[]
  /** The rounds, open or about to open, for which the project still owes its update. */
  readonly owedRounds: readonly UpdateRound[]
}

/** An entry as it stands, and its project where that is in the plan. */
export interface OwnedEntry {
  readonly register: Entry
  readonly project: Project | null
}

/** A move that waits, and what it is about. */
export interface WaitingMove {
  readonly request: MoveRequest
  readonly project: Project
  readonly milestone: Milestone
}

/** The first step of the escalation at which a person is told of an overdue milestone: leads hear of it first. */
export type EscalationLevel = 'lead' | 'workstream' | 'sponsor'

export interface Finding {
  readonly subject: Subject
  readonly item: OpenItem
  /** What should have been sent about it by now and is not too old to send, oldest first. */
  readonly triggers: readonly Trigger[]
  /** Whether a message that is sent anyway lists it when none of its triggers is new. */
  readonly isListedWhileOpen: boolean
  /** Whether anything could have been sent by now. Only then is it sent once more when a mute ends. */
  readonly hasBegun: boolean
}

/** What a message shows as one row and a snooze applies to: 'milestone:<id>', 'entry:<id>' of the register, 'move:<id>' of a request. */
export type Subject = `${'milestone' | 'project' | 'measure' | 'entry' | 'move'}:${string}`

/** A reason to send something about a subject, once to each person. */
export interface Trigger {
  /** Kept as a topic of the sent message. A moved date makes new keys, so it is sent anew. */
  readonly key: string
  /** Working days after the day that counts: -3 is three before it; null where none are counted. */
  readonly step: number | null
  /** The rule in words: "3 working days before it is due". */
  readonly ruleText: string
  /** Worth a second message where the day's message is already sent: see daily-limit-exceptions.ts. */
  readonly dailyLimitException?: DailyLimitException
}

/** Something that waits for an answer. Rules add what they know of it. */
export interface OpenItem {
  /** The `kind` of the rule that found it. */
  readonly kind: string
  readonly project: Project | null
  /** Called only for a message that holds it. */
  readonly format: () => ItemView
}

/** An item as messages, lists and explanations show it. Titles that people wrote may have any length. */
export interface ItemView {
  /** 0 is the most urgent. */
  readonly rank: number
  /** The heading of the group of rows it stands in. */
  readonly heading: string
  /** Orders items of equal rank, the earliest day first; null before all others. */
  readonly day: CivilDate | null
  readonly isOverdue: boolean
  /** False: its reader is only told of it. Absent: an answer is asked for. */
  readonly asks?: boolean
  /** The three lines of its row. */
  readonly title: string
  readonly about: string
  readonly when: string
  /** "2.1 milestone 3": for a list with room for a few words. */
  readonly shortName: string
  /** One or two sentences, for plain text. */
  readonly text: string
  /** Stored with the row; another value later means that it was answered. '' where there is none. */
  readonly baseline: string
  /** The likeliest first. */
  readonly buttons: readonly RowButton[]
  /** Why the people above its lead are told: "it is overdue by 10 working days". */
  readonly escalationText?: string
  /** Sentences for "why?": what moved it to this day. */
  readonly explanation?: readonly string[]
  readonly details?: ItemDetails
}

/** What `milepost reminders --json` adds for some kinds of item. */
export interface ItemDetails {
  readonly milestone?: string
  readonly number?: number
  readonly measure?: number
  readonly due?: CivilDate | null
  readonly dueInWords?: string
  readonly workingDays?: number
}

/** How many working days late something may still be sent. What is older is dropped. */
export const graceWorkingDays = 3

/**
 * The steps that should have been sent by now and are not too old, ascending. `past` is the number of working days since
 * the day from which the steps count, negative before it.
 */
export function recentSteps(past: number): number[] {
  return Array.from({ length: graceWorkingDays + 1 }, (_, at) => past - graceWorkingDays + at)
}
