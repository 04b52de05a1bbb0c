import {
  addDays,
  type CivilDate,
  civil,
  dateIn,
  dayMs,
  earlierOf,
  lastDayOfMonth,
  momentAt,
  monthOf,
  yearOf,
} from '../../base/dates.ts'
import { type Calendar, onOrBefore, workingDaysBefore } from '../../base/working-days.ts'
import type { BoardMeeting } from '../rounds/settings.ts'
import { isAskedOfOthers } from '../schedule/boards.ts'
import { type ScheduleRound, windowEnd } from '../schedule/schedule.ts'

/** When a paper is made and sent by itself: rules for the days of a schedule. */

export interface PaperHours {
  /** `month`: on a day of each month; `board`: so many working days before each board meeting. */
  readonly every: 'month' | 'board'
  /** The day of the month, the last one where the month has fewer; or the working days before. */
  readonly days: number
  /** The meetings that it is for, by words of their name; null: all. */
  readonly board: string | null
  /** Wall time 'HH:MM' in `zone`. */
  readonly time: string
  readonly zone: string
}

export interface PaperDiary {
  readonly calendar: Calendar
  readonly meetings: readonly BoardMeeting[]
}

/**
 * The days of a schedule around `now`, in order. One of a month that is not worked is sent on the working day before, at
 * the same wall time; a round before a meeting is known by the meeting's day.
 */
export function paperRounds(hours: PaperHours, diary: PaperDiary, now: Date): ScheduleRound[] {
  const { time, zone } = hours
  const sentOn = ({ day, on }: { readonly day: CivilDate; readonly on: CivilDate }) => ({
    ...{ day, moment: momentAt(on, time, zone) },
  })
  return daysOf(hours, diary, dateIn(zone, now)).map(sentOn)
}

function daysOf(
  { every, days, board }: PaperHours,
  { calendar, meetings }: PaperDiary,
  today: CivilDate,
) {
  if (every === 'month') {
    return [-1, 0, 1, 2].map((months) => {
      const month = firstOfMonth(today, months)
      const day = earlierOf(addDays(month, days - 1), lastDayOfMonth(month))
      return { day, on: onOrBefore(calendar, day) }
    })
  }
  return meetings
    .filter(({ name }) => board === null || !isAskedOfOthers(name ?? 'board', [board]))
    .map(({ on: day }) => {
      const met = onOrBefore(calendar, day)
      return { day, on: days === 0 ? met : workingDaysBefore(calendar, met, days) }
    })
}

/** The first day of the month that is so many months after that of a day. */
function firstOfMonth(day: CivilDate, months: number): CivilDate {
  const at = yearOf(day) * 12 + monthOf(day) - 1 + months
  return civil(Math.floor(at / 12), (at % 12) + 1, 1)
}

interface RoundsAsked {
  readonly now: Date
  /** When the schedule was made. */
  readonly since: Date
}

const lastRound = (hours: PaperHours, diary: PaperDiary, { now, since }: RoundsAsked) =>
  paperRounds(hours, diary, now).findLast(({ moment }) => moment <= now && moment >= since)

/**
 * The round that should have been sent by `now`, until a working day after its hour. One from before the schedule was
 * made is none.
 */
export function duePaperRound(
  hours: PaperHours,
  diary: PaperDiary,
  { now, since }: RoundsAsked,
): ScheduleRound | undefined {
  const last = lastRound(hours, diary, { now, since })
  return last && now <= windowEnd(hours, diary.calendar, last) ? last : undefined
}

/** How long the office is told of a round that nobody got: later the next one is near, or the meeting is over. */
const toldForDays = 14

/** The last round, where it is too late to send it by itself; undefined where it may still be sent, or is long past. */
export function lapsedPaperRound(
  hours: PaperHours,
  diary: PaperDiary,
  { now, since }: RoundsAsked,
): ScheduleRound | undefined {
  const last = lastRound(hours, diary, { now, since })
  if (!last) return undefined
  const end = windowEnd(hours, diary.calendar, last)
  return end < now && now.getTime() - end.getTime() <= toldForDays * dayMs ? last : undefined
}

/** The first round after `now`; undefined where no meeting is known. */
export function nextPaperRound(
  hours: PaperHours,
  diary: PaperDiary,
  now: Date,
): ScheduleRound | undefined {
  return paperRounds(hours, diary, now).find(({ moment }) => moment > now)
}
