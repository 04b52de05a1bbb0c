import type { z } from 'zod'
import { type CivilDate, fromDbDate, toDbDate } from '../../../base/dates.ts'
import { Refusal } from '../../../base/errors.ts'
import { newId } from '../../../base/ids.ts'
import type { Prisma, ReadTx, Tx } from '../../../infra/db.ts'
import { authorName, namesOf } from '../../people/names.ts'
import type { Audience } from '../../programme/audience.ts'
import { lockProgramme } from '../../programme/lock.ts'
import type { Programme } from '../../programme/programme.ts'
import type { ScheduleRound } from '../../schedule/schedule.ts'
import type { Scope } from '../../schedule/scope.ts'
import type { Subscription } from '../../schedule/subscription-store.ts'
import { type DigestContent, digestContent } from '../content/content.ts'
import { subscriptionIdOf } from './message-key.ts'

/** A digest as it was posted: its content is written once and never changed. */
export interface IssuedDigest {
  readonly id: string
  readonly number: number
  readonly round: CivilDate
  readonly subscriptionId: string
  readonly scope: Scope
  readonly content: DigestContent
  /** Oldest first. */
  readonly corrections: readonly Correction[]
}

/** A mistake that the programme office put right. */
export interface Correction {
  readonly text: string
  /** Their name. */
  readonly by: string
  readonly at: Date
}

/** Who reads the digest that a message belongs to, by the message's key; null where it is not of a digest. */
export async function audienceOfMessage(tx: ReadTx, key: string): Promise<Audience | null> {
  const id = subscriptionIdOf(key)
  const row = id === undefined ? null : await tx.subscription.findUnique({ where: { id } })
  return row?.audience ?? null
}

/** Digests of one part of a programme: those of another part cannot be compared with them. */
const subscriptionWhere = ({
  programmeId,
  scope,
}: Pick<Subscription, 'programmeId' | 'scope'>) => ({
  programmeId,
  workstreams: { equals: [...scope.workstreams] },
  tags: { equals: [...scope.tags] },
})

const latestFirst: Prisma.DigestOrderByWithRelationInput[] = [
  { asAt: 'desc' },
  { issuedAt: 'desc' },
]

/**
 * The last digest of this part of the programme that speaks for a day before `day`, in whichever channel; null where
 * there is none. Without an audience, whoever it was for.
 */
export async function latestDigestBefore(
  tx: ReadTx,
  part: Pick<Subscription, 'programmeId' | 'scope'> & Partial<Pick<Subscription, 'audience'>>,
  day: CivilDate,
): Promise<DigestContent | null> {
  const { audience } = part
  const row = await tx.digest.findFirst({
    where: {
      subscription: { ...subscriptionWhere(part), ...(audience && { audience }) },
      asAt: { lt: toDbDate(day) },
    },
    orderBy: latestFirst,
    select: { content: true },
  })
  return row && digestContent.parse(row.content)
}

const trendDigest = digestContent.pick({ asAt: true, scheme: true, counts: true })
/** As much of a digest as a trend of the projects' states needs. */
export type TrendDigest = z.infer<typeof trendDigest>

/**
 * The digests before a day of the same part of the programme for the same readers, in whichever channel: one for each
 * day, oldest first, at most `limit`.
 */
export async function loadTrendDigests(
  tx: ReadTx,
  subscription: Pick<Subscription, 'programmeId' | 'scope' | 'audience'>,
  before: CivilDate,
  limit: number,
): Promise<TrendDigest[]> {
  const { audience } = subscription
  const rows = await tx.digest.findMany({
    where: {
      subscription: { ...subscriptionWhere(subscription), audience },
      asAt: { lt: toDbDate(before) },
    },
    orderBy: latestFirst,
    distinct: ['asAt'],
    take: limit,
    select: { content: true },
  })
  return rows.map(({ content }) => trendDigest.parse(content)).reverse()
}

/** What belongs to the posting of a digest besides its content. */
export interface IssueDetails {
  /** Its data is of the days from then up to its as-at day. */
  readonly from: CivilDate
  readonly meetingOn: CivilDate | null
  readonly now: Date
}

/**
 * Numbers a digest and saves it for good. Returns the content with its number, or null where this round of the
 * subscription was posted before.
 */
export async function freezeDigest(
  tx: Tx,
  subscription: Subscription,
  { day }: Pick<ScheduleRound, 'day'>,
  composed: DigestContent,
  { from, meetingOn, now }: IssueDetails,
): Promise<DigestContent | null> {
  const { programmeId, zone } = subscription
  const { asAt } = composed
  const number = await digestNumber(tx, subscription, asAt)
  const issue = { number, from, to: asAt, at: now.toISOString(), zone, meetingOn }
  const content = { ...composed, issue }
  const { count } = await tx.digest.createMany({
    data: {
      id: newId(),
      programmeId,
      number,
      subscriptionId: subscription.id,
      round: toDbDate(day),
      dataFrom: toDbDate(from),
      dataTo: toDbDate(asAt),
      asAt: toDbDate(asAt),
      issuedAt: now,
      meetingOn: meetingOn && toDbDate(meetingOn),
      content,
    },
    skipDuplicates: true,
  })
  return count === 1 ? content : null
}

/**
 * Counts from 1 within the programme. What the same readers get of the same part as at the same day is one digest, in
 * however many channels, and has one number. The lock makes others wait for theirs until this transaction ends.
 */
async function digestNumber(
  tx: Tx,
  { programmeId, scope, audience }: Subscription,
  asAt: CivilDate,
): Promise<number> {
  await lockProgramme(tx, programmeId)
  const same = await tx.digest.findFirst({
    where: {
      subscription: { ...subscriptionWhere({ programmeId, scope }), audience },
      asAt: toDbDate(asAt),
    },
    select: { number: true },
  })
  if (same) return same.number
  const last = await tx.digest.aggregate({ where: { programmeId }, _max: { number: true } })
  return (last._max.number ?? 0) + 1
}

const digestInclude = {
  subscription: true,
  corrections: { orderBy: { at: 'asc' } },
} satisfies Prisma.DigestInclude

type DigestRow = Prisma.DigestGetPayload<{ include: typeof digestInclude }>

/** What PostgreSQL's integer holds. */
const maxDigestNumber = 2 ** 31 - 1

/** A digest of a programme by its number, as the first of its channels got it. @throws Refusal that names the last one, where there is no such digest. */
export async function loadIssuedDigest(
  tx: ReadTx,
  programme: Pick<Programme, 'id' | 'title'>,
  number: number,
): Promise<IssuedDigest> {
  const isNumber = Number.isSafeInteger(number) && number > 0 && number <= maxDigestNumber
  const row = isNumber
    ? await tx.digest.findFirst({
        where: { programmeId: programme.id, number },
        orderBy: [{ issuedAt: 'asc' }, { id: 'asc' }],
        include: digestInclude,
      })
    : null
  if (row) return toIssuedDigest(tx, row)
  const last = await tx.digest.aggregate({
    where: { programmeId: programme.id },
    _max: { number: true },
  })
  const hint = last._max.number ? `The last one is ${last._max.number}.` : 'None was posted yet.'
  throw new Refusal(
    `${programme.title} has no digest ${isNumber ? number : 'of that number'}. ${hint}`,
  )
}

/** The number and the day of the last digest of a programme, in whichever channel; null where none was posted. */
export async function latestDigestOf(
  tx: ReadTx,
  programmeId: string,
): Promise<{ readonly number: number; readonly asAt: CivilDate } | null> {
  const row = await tx.digest.findFirst({
    where: { programmeId },
    select: { number: true, asAt: true },
    orderBy: { number: 'desc' },
  })
  return row && { number: row.number, asAt: fromDbDate(row.asAt) }
}

/** The digests of a programme that were posted since a moment, oldest first. */
export async function loadDigestsSince(
  tx: ReadTx,
  programmeId: string,
  since: Date,
): Promise<IssuedDigest[]> {
  const rows = await tx.digest.findMany({
    where: { programmeId, issuedAt: { gte: since } },
    include: digestInclude,
    orderBy: { number: 'asc' },
  })
  const digests: IssuedDigest[] = []
  for (const row of rows) digests.push(await toIssuedDigest(tx, row))
  return digests
}

/** The digests of one round, one for each channel, ordered by number. */
export async function loadDigestsOfRound(
  tx: ReadTx,
  programmeId: string,
  round: CivilDate,
): Promise<IssuedDigest[]> {
  const rows = await tx.digest.findMany({
    where: { programmeId, round: toDbDate(round) },
    include: digestInclude,
    orderBy: { number: 'asc' },
  })
  const digests: IssuedDigest[] = []
  for (const row of rows) digests.push(await toIssuedDigest(tx, row))
  return digests
}

async function toIssuedDigest(tx: ReadTx, row: DigestRow): Promise<IssuedDigest> {
  const { id, number, subscriptionId, subscription, corrections } = row
  const names = await namesOf(
    tx,
    corrections.flatMap(({ byId }) => byId ?? []),
  )
  return {
    ...{ id, number, subscriptionId },
    round: fromDbDate(row.round),
    scope: { workstreams: subscription.workstreams, tags: subscription.tags },
    content: digestContent.parse(row.content),
    corrections: corrections.map(({ text, byId, at }) => {
      return { text, at, by: authorName(names, byId) }
    }),
  }
}
