import { dayMs } from '../../../base/dates.ts'
import { programmeCalendar } from '../../../domain/calendars/calendar.ts'
import {
  type ActiveSubscription,
  isRoundOpen,
} from '../../../domain/digests/active-subscriptions.ts'
import { dueRound, nextRound, previewMoment, windowEnd } from '../../../domain/schedule/schedule.ts'

/** The longest without a look. Rounds are weekly, so that there is always one before. */
const longestMs = 7 * dayMs

/**
 * When the channels of a programme have to be looked at next, if nothing is written: when a round or its preview is due,
 * or the time ends in which a late one is posted. `now` where one is due and not posted: it waits for somebody, or for a
 * platform, and is asked again each minute.
 * @throws RangeError where the calendar has no working day near it
 */
export function nextDigestLook(channels: readonly ActiveSubscription[], now: Date): Date {
  const moments = channels.flatMap((active) => momentsOf(active, now)).map(Number)
  return new Date(Math.min(now.getTime() + longestMs, ...moments))
}

function momentsOf(active: ActiveSubscription, now: Date): Date[] {
  const { subscription, programme } = active
  const calendar = programmeCalendar(programme)
  const due = dueRound(subscription, calendar, now)
  if (due && isRoundOpen(active, due)) return [now]
  const next = nextRound(subscription, calendar, now)
  const previewed = previewMoment(subscription, calendar, next)
  const lapses = due ? [new Date(windowEnd(subscription, calendar, due).getTime() + 1)] : []
  return [next.moment, ...(previewed > now ? [previewed] : []), ...lapses]
}
