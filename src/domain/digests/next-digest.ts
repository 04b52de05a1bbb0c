import type { ReadTx } from '../../infra/db.ts'
import { programmeCalendar } from '../calendars/calendar.ts'
import type { Programme } from '../programme/programme.ts'
import { dueRound, nextRound, type ScheduleRound } from '../schedule/schedule.ts'
import { isRoundOpen, loadActiveSubscriptions } from './active-subscriptions.ts'

/** The next digest to be posted, in whichever channel; undefined where no channel gets one. */
export async function nextUnpostedDigest(
  tx: ReadTx,
  programme: Programme,
  now: Date,
): Promise<ScheduleRound | undefined> {
  const calendar = programmeCalendar(programme)
  const running = await loadActiveSubscriptions(tx, programme.id)
  const rounds = running.map((active) => {
    const due = dueRound(active.subscription, calendar, now)
    return due && isRoundOpen(active, due) ? due : nextRound(active.subscription, calendar, now)
  })
  return rounds.toSorted((one, other) => (one.day < other.day ? -1 : 1))[0]
}
