import { z } from 'zod'
import {
  type ChannelMove,
  channelUpdate,
  type Place,
  type PlatformName,
} from '../../base/addresses.ts'
import { isTime, isZone, weekdays } from '../../base/dates.ts'
import { Refusal } from '../../base/errors.ts'
import { newId } from '../../base/ids.ts'
import type { ReadTx, Tx } from '../../infra/db.ts'
import { type Audience, audiences } from '../programme/audience.ts'
import type { Boards } from './boards.ts'
import type { Schedule } from './schedule.ts'
import { type Scope, wholeProgramme } from './scope.ts'

/** A channel that gets a programme's digest. */
export interface Subscription extends Schedule {
  readonly id: string
  readonly programmeId: string
  readonly place: Place
  readonly audience: Audience
  readonly scope: Scope
  /** The boards that read it; empty where that was not said. */
  readonly boards: Boards
  /** Who could read the channel when the office chose it; null where the platform did not say. */
  readonly reach: RecordedReach | null
  /** When the channel began to get it at this hour. */
  readonly createdAt: Date
}

/** There is no value for a channel with outsiders: it can get the public digest alone, which anybody may read. */
const recordedReach = z.enum(['private', 'everyone'])
export type RecordedReach = z.infer<typeof recordedReach>

type SubscriptionRow = Awaited<ReturnType<ReadTx['subscription']['findMany']>>[number]

const weekday = z.enum(weekdays)

function subscriptionOf(row: SubscriptionRow): Subscription {
  const {
    id,
    programmeId,
    tenant,
    conversation,
    time,
    zone,
    createdAt,
    workstreams,
    tags,
    boards,
  } = row
  const place: Place = {
    platform: row.platform,
    tenant,
    conversation,
    kind: 'channel',
    serviceUrl: row.serviceUrl ?? undefined,
  }
  return {
    ...{ id, programmeId, place, time, zone, createdAt },
    weekday: weekday.parse(row.weekday),
    audience: z.enum(audiences).parse(row.audience),
    scope: { workstreams, tags },
    boards,
    reach: recordedReach.nullable().parse(row.reach),
  }
}

/** The active subscriptions of one programme or of all, none of an archived one; oldest first. */
export async function loadSubscriptions(tx: ReadTx, programmeId?: string): Promise<Subscription[]> {
  const rows = await tx.subscription.findMany({
    where: {
      ...{ endedAt: null, programme: { archivedAt: null } },
      ...(programmeId && { programmeId }),
    },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  })
  return rows.map(subscriptionOf)
}

/** The channel of every subscription of these programmes, those that ended included, by the subscription's id. */
export async function loadSubscribedChannels(
  tx: ReadTx,
  programmeIds: readonly string[],
): Promise<ReadonlyMap<string, Place>> {
  const rows = await tx.subscription.findMany({ where: { programmeId: { in: [...programmeIds] } } })
  return new Map(rows.map((row) => [row.id, subscriptionOf(row).place]))
}

export interface SubscribeRequest {
  readonly programmeId: string
  readonly place: Place
  readonly schedule: Schedule
  readonly audience?: Audience
  readonly scope?: Scope
  readonly boards?: Boards
  readonly reach?: RecordedReach | null
  readonly createdById: string | null
  readonly now: Date
}

/**
 * Subscribes a channel to the digest, in place of any subscription it has to the same programme. Subscribing again with
 * the same settings changes nothing; with the same hour, this week's digest still comes.
 * @throws Refusal where the place is not a channel, or the time or the zone is not valid
 */
export async function subscribe(tx: Tx, request: SubscribeRequest): Promise<Subscription> {
  const { programmeId, place, schedule, createdById, now } = request
  const { audience = 'board', scope = wholeProgramme, boards = [], reach = null } = request
  assertSubscribable(place, schedule)
  const running = await tx.subscription.findMany({
    where: { ...channelWhere(programmeId, place), endedAt: null },
  })
  const requested = { ...schedule, audience, reach, boards, ...scope }
  const same = running.find((row) => hasSameSettings(row, requested))
  if (same && running.length === 1) return subscriptionOf(same)
  const sameHour = running.find((row) => hasSchedule(row, schedule))
  await unsubscribe(tx, { programmeId, place, now })
  const { platform, tenant, conversation, serviceUrl = null } = place
  const row = await tx.subscription.create({
    data: {
      id: newId(),
      programmeId,
      ...{ platform, tenant, conversation, serviceUrl },
      ...schedule,
      audience,
      reach,
      workstreams: [...scope.workstreams],
      tags: [...scope.tags],
      boards: [...boards],
      createdById,
      createdAt: sameHour?.createdAt ?? now,
    },
  })
  return subscriptionOf(row)
}

/** Ends a channel's subscription; false where it had none. Posted digests stay. */
export async function unsubscribe(
  tx: Tx,
  { programmeId, place, now }: Pick<SubscribeRequest, 'programmeId' | 'place' | 'now'>,
): Promise<boolean> {
  const { count } = await tx.subscription.updateMany({
    where: { ...channelWhere(programmeId, place), endedAt: null },
    data: { endedAt: now },
  })
  return count > 0
}

/** Ends one subscription from anywhere: nobody can type the command in an archived channel. */
export async function endSubscription(tx: Tx, id: string, now: Date): Promise<void> {
  await tx.subscription.updateMany({ where: { id, endedAt: null }, data: { endedAt: now } })
}

function assertSubscribable(place: Place, { time, zone }: Schedule): void {
  if (place.kind !== 'channel') {
    throw new Refusal(
      'A digest goes to a channel. Ask for it in the channel that should get it. Nothing was saved.',
    )
  }
  if (!isTime(time))
    throw new Refusal(`I could not read “${time}” as a time. Try 09:00. Nothing was saved.`)
  if (!isZone(zone)) throw new Refusal(`I do not know the time zone “${zone}”. Nothing was saved.`)
}

function hasSchedule(row: SubscriptionRow, { weekday, time, zone }: Schedule): boolean {
  return row.weekday === weekday && row.time === time && row.zone === zone
}

type SubscriptionSettings = Schedule & Scope & Pick<Subscription, 'audience' | 'reach' | 'boards'>

function hasSameSettings(row: SubscriptionRow, settings: SubscriptionSettings): boolean {
  const { audience, reach, workstreams, tags, boards } = settings
  return (
    hasSchedule(row, settings) &&
    row.audience === audience &&
    row.reach === reach &&
    areListsEqual(row.workstreams, workstreams) &&
    areListsEqual(row.tags, tags) &&
    areListsEqual(row.boards, boards)
  )
}

function areListsEqual(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((word, index) => word === other[index])
}

function channelWhere(programmeId: string, { platform, tenant, conversation }: Place) {
  return { programmeId, platform, tenant, conversation }
}

/** The digest goes to another channel from now on. */
export async function moveSubscription(
  tx: Tx,
  id: string,
  { platform, tenant, conversation, serviceUrl }: Place,
): Promise<void> {
  await tx.subscription.update({
    where: { id },
    data: { platform, tenant, conversation, serviceUrl: serviceUrl ?? null },
  })
}

/** Changes the service URL of all of a platform's channels that have one. */
export async function updateServiceUrls(
  tx: Tx,
  platform: PlatformName,
  serviceUrl: string,
): Promise<void> {
  await tx.subscription.updateMany({
    where: { platform, serviceUrl: { not: null } },
    data: { serviceUrl },
  })
}

/** The digests of a channel go on under its new id. */
export async function followChannel(tx: Tx, move: ChannelMove): Promise<void> {
  await tx.subscription.updateMany(channelUpdate(move))
}
