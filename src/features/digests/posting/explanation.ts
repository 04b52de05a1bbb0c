import { fullDate } from '../../../base/dates.ts'
import { capitalised } from '../../../base/text.ts'
import { programmeCalendar } from '../../../domain/calendars/calendar.ts'
import type { Programme } from '../../../domain/programme/programme.ts'
import type { ScheduleRound } from '../../../domain/schedule/schedule.ts'
import type { Subscription } from '../../../domain/schedule/subscription-store.ts'

/** Why a digest was posted in a channel on that day, in sentences: the answer to "why" there. */
export function explainPosting(
  programme: Programme,
  { weekday, time, zone }: Pick<Subscription, 'weekday' | 'time' | 'zone'>,
  { day }: Pick<ScheduleRound, 'day'>,
): string[] {
  const regular = `The digest of ${programme.title}: its office asked for it in this channel each ${capitalised(weekday)} at ${time} (${zone}).`
  const off = programmeCalendar(programme).nonWorkingReason(day)
  if (off === undefined) return [regular]
  return [
    regular,
    `${fullDate(day)} is no working day (${off}), so it came on the working day before.`,
  ]
}
