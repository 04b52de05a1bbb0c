import { z } from 'zod'
import { type CivilDate, fromDbDate, isTime, isZone, toDbDate, weekdays } from '../../base/dates.ts'
import { Refusal } from '../../base/errors.ts'
import { newId } from '../../base/ids.ts'
import type { Place } from '../../chat/invocation.ts'
import { Prisma, type Tx } from '../../infra/db.ts'
import { type DigestContent, digestContent } from './content.ts'
import type { Round, Schedule } from './schedule.ts'

/** A channel that gets a programme's digest. */
export interface Subscription extends Schedule {
  readonly id: string
  readonly programmeId: string
  readonly place: Place
  readonly createdAt: Date
}

type Row = Awaited<ReturnType<Tx['subscription']['findMany']>>[number]

const platform = z.enum(['slack', 'teams'])
const weekday = z.enum(weekdays)

function subscriptionOf(row: Row): Subscription {
  const { id, programmeId, tenant, conversation, time, zone, createdAt } = row
  const place: Place = {
    platform: platform.parse(row.platform),
    tenant,
    conversation,
    kind: 'channel',
    via: row.via ?? undefined,
  }
  return { id, programmeId, place, weekday: weekday.parse(row.weekday), time, zone, createdAt }
}

/** The subscriptions that run, of one programme or of all; oldest first. */
export async function subscriptions(tx: Tx, programmeId?: string): Promise<Subscription[]> {
  const rows = await tx.subscription.findMany({
    where: { endedAt: null, ...(programmeId && { programmeId }) },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  })
  return rows.map(subscriptionOf)
}

export interface Subscribing {
  readonly programmeId: string
  readonly place: Place
  readonly schedule: Schedule
  readonly createdById: string | null
  readonly now: Date
}

/**
 * Makes a channel get the digest. A schedule it had before ends with that: one channel has one of a programme.
 * Asked again for the same, nothing changes. Throws Refusal where the place is no channel or the time is none.
 */
export async function subscribe(tx: Tx, asked: Subscribing): Promise<Subscription> {
  const { programmeId, place, schedule, createdById, now } = asked
  assertPossible(place, schedule)
  const running = await tx.subscription.findMany({
    where: { ...at(programmeId, place), endedAt: null },
  })
  const same = running.find((row) => hasSchedule(row, schedule))
  if (same && running.length === 1) return subscriptionOf(same)
  await unsubscribe(tx, { programmeId, place, now })
  const { platform, tenant, conversation, via = null } = place
  const row = await tx.subscription.create({
    data: {
      id: newId(),
      programmeId,
      platform,
      tenant,
      conversation,
      via,
      ...schedule,
      createdById,
      createdAt: now,
    },
  })
  return subscriptionOf(row)
}

/** Ends a channel's digest; false where it had none. What was posted stays. */
export async function unsubscribe(
  tx: Tx,
  { programmeId, place, now }: Pick<Subscribing, 'programmeId' | 'place' | 'now'>,
): Promise<boolean> {
  const { count } = await tx.subscription.updateMany({
    where: { ...at(programmeId, place), endedAt: null },
    data: { endedAt: now },
  })
  return count > 0
}

function assertPossible(place: Place, { time, zone }: Schedule): void {
  if (place.kind !== 'channel') {
    throw new Refusal(
      'A digest goes to a channel. Ask for it in the channel that should get it. Nothing was stored.',
    )
  }
  if (!isTime(time))
    throw new Refusal(`I could not read “${time}” as a time. Try 09:00. Nothing was stored.`)
  if (!isZone(zone)) throw new Refusal(`I do not know the time zone “${zone}”. Nothing was stored.`)
}

function hasSchedule(row: Row, { weekday, time, zone }: Schedule): boolean {
  return row.weekday === weekday && row.time === time && row.zone === zone
}

function at(programmeId: string, { platform, tenant, conversation }: Place) {
  return { programmeId, platform, tenant, conversation }
}

type Channel = Pick<Subscription, 'programmeId' | 'place'>

/** The last round that a channel got, under whichever schedule; null where it never got one. */
export async function lastRoundAt(tx: Tx, channel: Channel): Promise<CivilDate | null> {
  const row = await tx.digest.findFirst({ ...lastIn(channel), select: { round: true } })
  return row && fromDbDate(row.round)
}

/** What a channel was last told. */
export async function lastDigestAt(tx: Tx, channel: Channel): Promise<DigestContent | null> {
  const row = await tx.digest.findFirst({ ...lastIn(channel), select: { content: true } })
  return row && digestContent.parse(row.content)
}

function lastIn({ programmeId, place }: Channel) {
  return { where: { subscription: at(programmeId, place) }, orderBy: { round: 'desc' as const } }
}

/** The last digest of a programme that speaks for a day before `day`; null where there is none. */
export async function digestBefore(
  tx: Tx,
  programmeId: string,
  day: CivilDate,
): Promise<DigestContent | null> {
  const row = await tx.digest.findFirst({
    where: { subscription: { programmeId }, asAt: { lt: toDbDate(day) } },
    orderBy: [{ asAt: 'desc' }, { issuedAt: 'desc' }],
  })
  return row && digestContent.parse(row.content)
}

/** Keeps what is posted, for good. False where this round of the subscription was posted before. */
export async function freeze(
  tx: Tx,
  subscription: Subscription,
  { round }: Pick<Round, 'round'>,
  content: DigestContent,
  now: Date,
): Promise<boolean> {
  const { programmeId } = subscription
  const { count } = await tx.digest.createMany({
    data: {
      id: newId(),
      programmeId,
      number: await nextNumber(tx, programmeId),
      subscriptionId: subscription.id,
      round: toDbDate(round),
      asAt: toDbDate(content.asAt),
      issuedAt: now,
      content,
    },
    skipDuplicates: true,
  })
  return count === 1
}

/** Counts from 1 within the programme. Whoever wants the next one too waits until we commit. */
async function nextNumber(tx: Tx, programmeId: string): Promise<number> {
  await tx.$queryRaw(
    Prisma.sql`SELECT 1 FROM "Programme" WHERE "id" = ${programmeId}::uuid FOR NO KEY UPDATE`,
  )
  const last = await tx.digest.aggregate({ where: { programmeId }, _max: { number: true } })
  return (last._max.number ?? 0) + 1
}
