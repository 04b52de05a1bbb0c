import type { CivilDate, Weekday } from '../../base/dates.ts'
import type { Language } from '../../base/language.ts'

export interface Person {
  readonly id: string
  readonly name: string
  readonly post: string | null
  /** IANA zone; null until known. */
  readonly zone: string | null
  /** Absent: English. */
  readonly language?: Language | undefined
  /** The weekdays they work, each from its day on, oldest first; empty: Monday to Friday. */
  readonly patterns: readonly WorkingPattern[]
  /** When they are away, in order; in one programme no two at once. */
  readonly leaves: readonly Leave[]
  readonly quiet: QuietHours | null
}

export interface WorkingPattern {
  readonly from: CivilDate
  /** At least one. */
  readonly weekdays: readonly Weekday[]
}

export interface Leave {
  readonly from: CivilDate
  /** The last day of it. */
  readonly to: CivilDate
  /** Who gets their messages and may answer meanwhile; null for nobody. */
  readonly deputyId: string | null
  /** The programme whose office said so: it counts there alone. Null: they said so, and it counts everywhere. */
  readonly programmeId: string | null
}

/** Wall times 'HH:MM' in the person's zone, the first quiet minute and the first that is not: 17:30 to 09:30. */
export interface QuietHours {
  readonly from: string
  readonly to: string
}
