import type { Clock } from '../../base/clock.ts'
import { dateIn, fullDate, momentAt, timeIn } from '../../base/dates.ts'
import { leaveOn } from '../../domain/calendars/calendar.ts'
import { isWithin, officeHours, speakingHours } from '../../domain/calendars/hours.ts'
import { loadPerson } from '../../domain/people/person-store.ts'
import type { Database } from '../../infra/db.ts'
import type { Decided, Freshened } from '../../outbox/revalidate.ts'
import { reminderData, withoutAnswered } from './cards.ts'
import { answersTo } from './current-state.ts'

/** A message that is minutes old is on its way; one that is older had to wait, and the hour may have passed. */
const underWayMs = 15 * 60_000

/**
 * Whether a reminder is still to be sent as it was decided. What was answered meanwhile is left out; what had to wait
 * and would come in somebody's quiet hours waits until these end. What is for an earlier day, comes after hours or is
 * for somebody who is away by now, is dropped, and then it counts as not said: what is still true of it is said in the
 * next message, to whom it then concerns.
 */
export async function freshenReminder(
  { db, clock }: { readonly db: Database; readonly clock: Clock },
  { card, personId, decidedAt }: Pick<Decided, 'card' | 'personId' | 'decidedAt'>,
): Promise<Freshened> {
  const data = reminderData.parse(card.data)
  const { day, zone } = data
  const now = clock.now()
  const today = dateIn(zone, now)
  if (day !== null && day < today) return { drop: `it was for ${fullDate(day)}` }
  if (!personId) return 'as it is'
  const person = await loadPerson(db, personId)
  const leave = leaveOn(person, today)
  if (leave) return { drop: `${person.name} is away until ${fullDate(leave.to)} by now` }
  const waited = now.getTime() - decidedAt.getTime() > underWayMs
  const hours = speakingHours(officeHours, person.quiet)
  const time = timeIn(zone, now)
  if (waited && !isWithin(time, hours)) {
    const next = hours.find(({ from }) => from > time)
    if (!next) return { drop: 'it could not be sent before their working hours ended' }
    return { later: momentAt(today, next.from, zone), because: 'it waits for their quiet hours' }
  }
  const answers = await answersTo(db, data, personId, now)
  const rows = data.groups.flatMap((group) => group.rows)
  if (rows.every((row) => answers(row) === '')) return 'as it is'
  const left = withoutAnswered(data, answers)
  return left ? { card: left } : { drop: 'everything in it was answered before it could be sent' }
}
