import type { CivilDate } from '../../base/dates.ts'
import type { Person } from '../../domain/people/person.ts'
import type { RecipientReason, Role } from '../../domain/plan/recipients.ts'
import type { Programme } from '../../domain/programme/programme.ts'
import type { DailyLimitException } from './daily-limit-exceptions.ts'
import type { ItemView, OpenItem, Subject } from './finding.ts'

/** One person's message of one day. */
export interface Reminder {
  /** `reminder:<person>:<day>`; a second message that day has the key of its first trigger behind it. */
  readonly key: string
  /** Null where there is nobody to send it to; then `key` names the programme. */
  readonly person: Person | null
  readonly zone: string
  readonly day: CivilDate
  /** When it is sent if nothing delays it. */
  readonly at: Date
  /** Most urgent first. */
  readonly items: readonly ReminderItem[]
  /** For the programme office: leads who cannot be reached. */
  readonly alarms: readonly string[]
  /** Changes of projects that the person follows. */
  readonly news: readonly string[]
  /** Ids of the programmes that it tells of. */
  readonly programmeIds: readonly string[]
  /** What it tells of: its own key, and those of everything it sends for the first time. */
  readonly topics: readonly string[]
  /** Why it is a second message that day; null for the day's message. */
  readonly dailyLimitException: DailyLimitException | null
}

/** An item of a message, and why it is in it. */
export type ReminderItem = OpenItem &
  ReminderReason & {
    readonly view: ItemView
  }

export interface ReminderReason {
  readonly programme: Programme
  readonly subject: Subject
  /** In which role the person gets it. */
  readonly role: Role
  /** Why it comes to somebody other than the project's lead; null where it is the lead, or by escalation. */
  readonly reason: RecipientReason | null
  /** The same in words, escalation included; null where it is the lead. */
  readonly why: string | null
  readonly step: number | null
  /** The rule that sends it now; null where it was sent before and is listed because it is still open. */
  readonly ruleText: string | null
}
