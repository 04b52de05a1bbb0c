import { fullDate } from '../../../base/dates.ts'
import { capitalised } from '../../../base/text.ts'
import { programmeCalendar } from '../../../domain/calendars/calendar.ts'
import type { Programme } from '../../../domain/plan/plan.ts'
import type { Round } from '../../../domain/schedule/schedule.ts'
import type { Subscription } from '../../../domain/schedule/subscription-store.ts'

/** Why a digest stands in a channel and came on that day, in sentences: the answer to "why" there. */
export function whyPosted(
  programme: Programme,
  { weekday, time, zone }: Pick<Subscription, 'weekday' | 'time' | 'zone'>,
  { round }: Pick<Round, 'round'>,
): string[] {
  const regular = `The digest of ${programme.title}: its office asked for it in this channel each ${capitalised(weekday)} at ${time} (${zone}).`
  const off = programmeCalendar(programme).why(round)
  if (off === undefined) return [regular]
  return [
    regular,
    `${fullDate(round)} is no working day (${off}), so it came on the working day before.`,
  ]
}
