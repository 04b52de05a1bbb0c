import type { Clock } from '../../base/clock.ts'
import { dateIn } from '../../base/dates.ts'
import { messageOf } from '../../base/errors.ts'
import type { Log } from '../../base/log.ts'
import type { PlatformName } from '../../chat/invocation.ts'
import { decide } from '../../delivery/ledger.ts'
import { type Database, inTransaction, isDatabaseAway, type Tx } from '../../infra/db.ts'
import { programmeCalendar } from '../calendars/calendar.ts'
import type { Plan } from '../plan/plan.ts'
import { loadPlan, programmeById } from '../plan/store.ts'
import { loadAsked } from './asked.ts'
import { composeDigest } from './compose.ts'
import type { DigestContent } from './content.ts'
import { fitDigest } from './fit.ts'
import { defaultSchedule, digestRound, type Round, roundBefore } from './schedule.ts'
import {
  digestBefore,
  freeze,
  lastDigestAt,
  lastRoundAt,
  type Subscription,
  subscriptions,
} from './store.ts'

export interface DigestParts {
  readonly db: Database
  readonly clock: Clock
  /** How a command begins there: "/rag", "@Milepost". */
  readonly prefix: (platform: PlatformName) => string
  readonly log: Log
}

/**
 * Decides every digest that should have been posted by now; each in a transaction of its own. Runs each minute, in
 * any number of processes: a round is posted once. Tells the keys of the digests that are new.
 * Throws where the database is away; what was due then stays due.
 */
export async function postDigests(parts: DigestParts): Promise<string[]> {
  const { db, clock, log } = parts
  const now = clock.now()
  const posted: string[] = []
  for (const subscription of await subscriptions(db)) {
    const programme = await programmeById(db, subscription.programmeId)
    const round = digestRound(subscription, programmeCalendar(programme), now)
    // A channel that subscribes after this week's hour waits for the next one.
    if (!round || round.moment < subscription.createdAt) continue
    const last = await lastRoundAt(db, subscription)
    if (last !== null && last >= round.round) continue
    try {
      const isNew = await inTransaction(db, (tx) => post(tx, parts, subscription, round, now))
      if (isNew) posted.push(keyOf(subscription, round))
    } catch (error) {
      if (isDatabaseAway(error)) throw error
      log.error(
        { key: keyOf(subscription, round), error: messageOf(error) },
        'A digest was not decided',
      )
    }
  }
  return posted
}

function keyOf({ id, programmeId }: Subscription, { round }: Round): string {
  return `digest:${programmeId}:${round}:${id}`
}

async function post(
  tx: Tx,
  { prefix }: Pick<DigestParts, 'prefix'>,
  subscription: Subscription,
  round: Round,
  now: Date,
): Promise<boolean> {
  const { programmeId, place } = subscription
  const { zone } = await programmeById(tx, programmeId)
  const asAt = dateIn(zone, now)
  const previous = await lastDigestAt(tx, subscription)
  const since = previous?.asAt ?? roundBefore(subscription, asAt)
  const plan = await loadPlan(tx, programmeId, asAt)
  const content = composeDigest(await loadAsked(tx, plan, { previous, since }))
  if (!(await freeze(tx, subscription, round, content, now))) return false
  const key = keyOf(subscription, round)
  const [root, ...more] = fitDigest(content, prefix(place.platform))
  const about = { kind: 'digest', place, programmeId }
  await decide(tx, { ...about, key, card: root }, now)
  for (const [at, card] of more.entries()) {
    await decide(tx, { ...about, key: `${key}:part:${at + 1}`, card, afterKey: key }, now)
  }
  return true
}

/** The digest as it would be posted on the plan's day, compared with the last one that speaks for an earlier day. */
export async function previewDigest(tx: Tx, plan: Plan): Promise<DigestContent> {
  const { programme, asAt } = plan
  const previous = await digestBefore(tx, programme.id, asAt)
  const since = previous?.asAt ?? roundBefore(defaultSchedule(programme.zone), asAt)
  return composeDigest(await loadAsked(tx, plan, { previous, since }))
}
