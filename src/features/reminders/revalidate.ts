import { archivedAmong } from '../../authority/members.ts'
import type { Clock } from '../../base/clock.ts'
import { dateIn, fullDate, momentAt, timeIn } from '../../base/dates.ts'
import type { Card } from '../../chat/cards.ts'
import { leaveOn } from '../../domain/calendars/calendar.ts'
import { isWithin, officeHours, sendingHours } from '../../domain/calendars/hours.ts'
import { loadPerson } from '../../domain/people/person-store.ts'
import type { Database, ReadTx, Tx } from '../../infra/db.ts'
import type { SentMessage } from '../../outbox/find-message.ts'
import { setCardInPlace } from '../../outbox/outbox.ts'
import type { PendingMessage, RevalidationResult } from '../../outbox/revalidate.ts'
import { omitAnsweredRows, rerenderReminderCard } from './cards.ts'
import { type ReminderData, reminderData } from './reminder-data.ts'
import { loadRowStatuses, type RowStatusLookup } from './row-status.ts'

/** Brings a reminder up to date before it is sent, and where it was sent. */

/** An older message had to wait, and the hour may have passed. */
const inTransitMs = 15 * 60_000

/**
 * What becomes of a reminder that is about to be sent. Rows that were answered meanwhile are left out. A message that
 * had to wait and would come in quiet hours is deferred until these end. One for an earlier day, or that would come
 * after working hours or during leave, is dropped: its topics then count as not sent, and what is still true comes in
 * the next message, to whom it then concerns.
 */
export async function revalidateReminder(
  { db, clock }: { readonly db: Database; readonly clock: Clock },
  message: Pick<PendingMessage, 'card' | 'personId' | 'programmeIds' | 'enqueuedAt'>,
): Promise<RevalidationResult> {
  const { card, personId, programmeIds, enqueuedAt } = message
  const data = reminderData.parse(card.data)
  const { zone } = data
  const now = clock.now()
  const today = dateIn(zone, now)
  const expired = expiryReason(data, now)
  if (expired) return { dropReason: expired }
  if (!personId) return 'unchanged'
  const person = await loadPerson(db, personId)
  const leaves = new Map(programmeIds.map((id) => [id, leaveOn(person, today, id)]))
  const [leave] = leaves.values()
  if (leave && [...leaves.values()].every(Boolean))
    return { dropReason: `${person.name} is away until ${fullDate(leave.to)} by now` }
  const hasWaited = now.getTime() - enqueuedAt.getTime() > inTransitMs
  const hours = sendingHours(officeHours, person.quiet)
  const time = timeIn(zone, now)
  if (hasWaited && !isWithin(time, hours)) {
    const next = hours.find(({ from }) => from > time)
    if (!next) return { dropReason: 'it could not be sent before their working hours ended' }
    const deferUntil = momentAt(today, next.from, zone)
    return { deferUntil, reason: 'it waits for their quiet hours' }
  }
  const archived = await archivedAmong(db, programmeIds)
  const statusNow = await loadRowStatuses(db, data, personId, now)
  // Leave that an office says takes out the rows of its programme alone; so does the archive.
  const statusOf: RowStatusLookup = (row) =>
    leaves.get(row.programmeId) || archived.has(row.programmeId)
      ? { code: 'answered', text: '' }
      : statusNow(row)
  const rows = data.groups.flatMap((group) => group.rows)
  if (rows.every((row) => statusOf(row).code === 'open')) return 'unchanged'
  const rest = omitAnsweredRows(data, statusOf)
  return rest
    ? { card: rest }
    : { dropReason: 'everything in it was answered before it could be sent' }
}

/** Why a reminder is not sent any more because its day has passed, in words; undefined while it has not. */
export function expiryReason(
  { day, zone }: Pick<ReminderData, 'day' | 'zone'>,
  now: Date,
): string | undefined {
  return day !== null && day < dateIn(zone, now) ? `it was for ${fullDate(day)}` : undefined
}

/**
 * A sent reminder with what was answered since, for the platform to show in place of the one whose button was pressed.
 * `note`: what was just saved.
 */
export async function redrawReminder(
  tx: Tx,
  { id, card, personId }: Pick<SentMessage, 'id' | 'card' | 'personId'>,
  note: string | undefined,
  now: Date,
): Promise<Card> {
  const data = reminderData.parse(card.data)
  const statusOf = await loadRowStatuses(tx, data, personId, now)
  const redrawn = rerenderReminderCard(data, statusOf, note ?? '')
  await setCardInPlace(tx, id, redrawn)
  return redrawn
}

/** The same, in a message that somebody else's answer changes; undefined where it shows all of it already. */
export async function refreshedReminder(
  tx: ReadTx,
  data: ReminderData,
  personId: string | undefined,
  now: Date,
): Promise<Card | undefined> {
  const statusOf = await loadRowStatuses(tx, data, personId, now)
  const rows = data.groups.flatMap((group) => group.rows)
  if (rows.every((row) => statusOf(row).text === row.answered)) return undefined
  return rerenderReminderCard(data, statusOf, data.note)
}
