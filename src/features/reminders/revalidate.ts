import type { Clock } from '../../base/clock.ts'
import { dateIn, fullDate, momentAt, timeIn } from '../../base/dates.ts'
import { leaveOn } from '../../domain/calendars/calendar.ts'
import { isWithin, officeHours, sendingHours } from '../../domain/calendars/hours.ts'
import { loadPerson } from '../../domain/people/person-store.ts'
import type { Database } from '../../infra/db.ts'
import type { PendingMessage, RevalidationResult } from '../../outbox/revalidate.ts'
import { omitAnsweredRows, reminderData } from './cards.ts'
import { loadRowStatuses } from './current-state.ts'

/** A message that is minutes old is on its way; one that is older had to wait, and the hour may have passed. */
const inTransitMs = 15 * 60_000

/**
 * Whether a reminder is still to be sent as it was decided. What was answered meanwhile is left out; what had to wait
 * and would come in somebody's quiet hours waits until these end. What is for an earlier day, comes after hours or is
 * for somebody who is away by now, is dropped, and then it counts as not said: what is still true of it is said in the
 * next message, to whom it then concerns.
 */
export async function revalidateReminder(
  { db, clock }: { readonly db: Database; readonly clock: Clock },
  { card, personId, enqueuedAt }: Pick<PendingMessage, 'card' | 'personId' | 'enqueuedAt'>,
): Promise<RevalidationResult> {
  const data = reminderData.parse(card.data)
  const { day, zone } = data
  const now = clock.now()
  const today = dateIn(zone, now)
  if (day !== null && day < today) return { dropReason: `it was for ${fullDate(day)}` }
  if (!personId) return 'as it is'
  const person = await loadPerson(db, personId)
  const leave = leaveOn(person, today)
  if (leave) return { dropReason: `${person.name} is away until ${fullDate(leave.to)} by now` }
  const waited = now.getTime() - enqueuedAt.getTime() > inTransitMs
  const hours = sendingHours(officeHours, person.quiet)
  const time = timeIn(zone, now)
  if (waited && !isWithin(time, hours)) {
    const next = hours.find(({ from }) => from > time)
    if (!next) return { dropReason: 'it could not be sent before their working hours ended' }
    return {
      deferUntil: momentAt(today, next.from, zone),
      reason: 'it waits for their quiet hours',
    }
  }
  const answers = await loadRowStatuses(db, data, personId, now)
  const rows = data.groups.flatMap((group) => group.rows)
  if (rows.every((row) => answers(row) === '')) return 'as it is'
  const left = omitAnsweredRows(data, answers)
  return left
    ? { card: left }
    : { dropReason: 'everything in it was answered before it could be sent' }
}
