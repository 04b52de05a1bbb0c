import type { Clock } from '../../base/clock.ts'
import { fullDate } from '../../base/dates.ts'
import { programmeCalendar } from '../../domain/calendars/calendar.ts'
import { roundOf, subscriptionIdOf } from '../../domain/digests/archive/message-key.ts'
import { programmesById } from '../../domain/plan/store.ts'
import { dueRound } from '../../domain/schedule/schedule.ts'
import { loadSubscriptions } from '../../domain/schedule/subscription-store.ts'
import type { Database } from '../../infra/db.ts'
import type { PendingMessage, RevalidationResult } from '../../outbox/revalidate.ts'

/** A message that was enqueued longer ago had to wait. */
const inTransitMs = 60 * 60_000

/**
 * A digest that had to wait is posted until one working day after its hour, as one that the office held is, and not any
 * more then: it speaks of a day that is over, and the next one says what is new since the one before. Messages in its
 * thread go out if it did.
 */
export async function revalidateDigest(
  { db, clock }: { readonly db: Database; readonly clock: Clock },
  { key, programmeIds, enqueuedAt }: Pick<PendingMessage, 'key' | 'programmeIds' | 'enqueuedAt'>,
): Promise<RevalidationResult> {
  const now = clock.now()
  const [programmeId] = programmeIds
  const day = roundOf(key)
  if (!programmeId || !day || now.getTime() - enqueuedAt.getTime() <= inTransitMs) {
    return 'unchanged'
  }
  const programme = (await programmesById(db, [programmeId])).get(programmeId)
  const subscriptions = await loadSubscriptions(db, programmeId)
  const subscription = subscriptions.find(({ id }) => id === subscriptionIdOf(key))
  if (!programme || !subscription) return 'unchanged'
  if (dueRound(subscription, programmeCalendar(programme), now)?.day === day) return 'unchanged'
  return {
    dropReason: `it was for ${fullDate(day)}, and could not be posted within a working day`,
  }
}
