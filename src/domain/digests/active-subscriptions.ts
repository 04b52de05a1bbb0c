import { type CivilDate, fromDbDate } from '../../base/dates.ts'
import type { ReadTx } from '../../infra/db.ts'
import { programmesById } from '../plan/store.ts'
import type { Programme } from '../programme/programme.ts'
import type { ScheduleRound } from '../schedule/schedule.ts'
import {
  loadSubscribedChannels,
  loadSubscriptions,
  type Subscription,
} from '../schedule/subscription-store.ts'

/** A subscription with everything needed to decide whether it is due. */
export interface ActiveSubscription {
  readonly subscription: Subscription
  readonly programme: Programme
  /** The last round posted in its channel, under any schedule; null where there was none. */
  readonly lastRound: CivilDate | null
}

/**
 * Whether a round is still to be posted in a channel. A channel that subscribes after this week's hour waits for the
 * next one.
 */
export function isRoundOpen(
  { subscription, lastRound }: ActiveSubscription,
  { day, moment }: ScheduleRound,
): boolean {
  return moment >= subscription.createdAt && (lastRound === null || lastRound < day)
}

/**
 * Loads the active subscriptions, all or those of one programme. This runs each minute, and mostly nothing is due:
 * the database groups the rounds. They are read last, so that one posted meanwhile is seen.
 */
export async function loadActiveSubscriptions(
  tx: ReadTx,
  programmeId?: string,
): Promise<ActiveSubscription[]> {
  const subscriptions = await loadSubscriptions(tx, programmeId)
  if (subscriptions.length === 0) return []
  const ids = [...new Set(subscriptions.map((one) => one.programmeId))]
  const programmes = await programmesById(tx, ids)
  const lastRounds = await loadLastRounds(tx, ids)
  return subscriptions.flatMap((subscription) => {
    const programme = programmes.get(subscription.programmeId)
    const lastRound = lastRounds.get(channelKey(subscription)) ?? null
    return programme ? [{ subscription, programme, lastRound }] : []
  })
}

/** The day of the last digest of each channel, by `channelKey`. */
async function loadLastRounds(
  tx: ReadTx,
  programmeIds: readonly string[],
): Promise<ReadonlyMap<string, CivilDate>> {
  const channels = await loadSubscribedChannels(tx, programmeIds)
  const rows = await tx.digest.groupBy({
    by: ['programmeId', 'subscriptionId'],
    where: { programmeId: { in: [...programmeIds] } },
    _max: { round: true },
  })
  const lastRounds = new Map<string, CivilDate>()
  for (const { programmeId, subscriptionId, _max } of rows) {
    const place = channels.get(subscriptionId)
    if (!place || !_max.round) continue
    const key = channelKey({ programmeId, place })
    const [round, other] = [fromDbDate(_max.round), lastRounds.get(key)]
    lastRounds.set(key, other === undefined || round > other ? round : other)
  }
  return lastRounds
}

function channelKey({ programmeId, place }: Pick<Subscription, 'programmeId' | 'place'>): string {
  return JSON.stringify([programmeId, place.platform, place.tenant, place.conversation])
}
