import { latestToday } from '../../base/dates.ts'
import { namesOf } from '../../domain/people/names.ts'
import type { ReadTx, Tx } from '../../infra/db.ts'
import { type CancelledMessage, cancelStale, findCancelled } from '../../outbox/cancelled.ts'
import { reminderKind } from './message-kind.ts'
import { reminderData } from './reminder-data.ts'
import { expiryReason } from './revalidate.ts'

const dayOfReminder = reminderData.pick({ day: true, zone: true })

/**
 * Cancels reminders that have waited since an earlier day and were certainly not sent. Their topics then count as not
 * sent, so that what is still true is sent today, once, and the rest not at all.
 */
export async function expireReminders(tx: Tx, now: Date): Promise<CancelledMessage[]> {
  return cancelStale(tx, reminderKind, latestToday(now), (of) => {
    const { data } = dayOfReminder.safeParse(of)
    // A message whose person was erased has no readable data any more.
    const expired = data && expiryReason(data, now)
    return expired && `${expired}, and could not be sent then`
  })
}

/** The reminders to each of these people that were not sent in the days before, one sentence each. */
export async function unsentNoticesTo(
  tx: ReadTx,
  personIds: readonly string[],
  since: Date,
): Promise<(personId: string) => readonly string[]> {
  const cancelled = await findCancelled(tx, { kind: reminderKind, personIds, since })
  const byPerson = Map.groupBy(cancelled, ({ personId }) => personId ?? '')
  return (id) =>
    (byPerson.get(id) ?? []).map(
      ({ reason }) =>
        `A message before this one was not sent: ${reason}. What is still true of it is here.`,
    )
}

/** How many a list names. */
const maxListed = 10

/** The same for everybody in a programme, by name: for its office. */
export async function unsentNoticesIn(
  tx: ReadTx,
  programmeId: string,
  since: Date,
): Promise<string[]> {
  const rows = await findCancelled(tx, { kind: reminderKind, programmeId, since })
  const ids = rows.flatMap(({ personId }) => personId ?? [])
  const names = await namesOf(tx, ids)
  const more = rows.length > maxListed ? [`${rows.length - maxListed} more were not sent.`] : []
  const each = rows.slice(0, maxListed).map(({ personId, reason }) => {
    const name = names.get(personId ?? '') ?? 'somebody'
    return `Not sent to ${name} in the last days: ${reason}.`
  })
  return [...each, ...more]
}
