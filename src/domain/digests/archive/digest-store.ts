import { type CivilDate, fromDbDate, toDbDate } from '../../../base/dates.ts'
import { Refusal } from '../../../base/errors.ts'
import { isId, newId } from '../../../base/ids.ts'
import type { Prisma, Tx } from '../../../infra/db.ts'
import { namesOf } from '../../people/names.ts'
import type { Audience } from '../../programme/audience.ts'
import { lockProgramme } from '../../programme/lock.ts'
import type { Programme } from '../../programme/programme.ts'
import type { ScheduleRound } from '../../schedule/schedule.ts'
import type { Scope } from '../../schedule/scope.ts'
import type { Subscription } from '../../schedule/subscription-store.ts'
import { type DigestContent, digestContent } from '../content/content.ts'

/** What was posted, as it is kept: its content is written once and never changed. */
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

/** What somebody of the programme office put right in it. */
export interface Correction {
  readonly text: string
  /** Their name. */
  readonly by: string
  readonly at: Date
}

/** The key in the ledger of a digest's first message; those in its thread have it with `:part:<n>` behind. */
export function digestKey(programmeId: string, round: CivilDate, subscriptionId: string): string {
  return `digest:${programmeId}:${round}:${subscriptionId}`
}

/** For whom the digest is that a message of the ledger belongs to; null where it is none. */
export async function audienceOfMessage(tx: Tx, key: string): Promise<Audience | null> {
  const [kind, , , subscriptionId = ''] = key.split(':')
  if (kind !== 'digest' || !isId(subscriptionId)) return null
  const row = await tx.subscription.findUnique({ where: { id: subscriptionId } })
  return row?.audience ?? null
}

type SubscriptionChannel = Pick<Subscription, 'programmeId' | 'place' | 'scope'>

const scopeWhere = ({ workstreams, tags }: Scope) => ({
  workstreams: { equals: [...workstreams] },
  tags: { equals: [...tags] },
})

/** What a channel was last told of this part of the programme: another part cannot be compared with it. */
export async function previousDigest(
  tx: Tx,
  { programmeId, place, scope }: SubscriptionChannel,
): Promise<DigestContent | null> {
  const { platform, tenant, conversation } = place
  const row = await tx.digest.findFirst({
    where: {
      subscription: { programmeId, platform, tenant, conversation, ...scopeWhere(scope) },
    },
    orderBy: { round: 'desc' },
    select: { content: true },
  })
  return row && digestContent.parse(row.content)
}

/** The last digest of this part of a programme that speaks for a day before `day`; null where there is none. */
export async function latestDigestBefore(
  tx: Tx,
  { programmeId, scope }: Pick<SubscriptionChannel, 'programmeId' | 'scope'>,
  day: CivilDate,
): Promise<DigestContent | null> {
  const row = await tx.digest.findFirst({
    where: { subscription: { programmeId, ...scopeWhere(scope) }, asAt: { lt: toDbDate(day) } },
    orderBy: [{ asAt: 'desc' }, { issuedAt: 'desc' }],
  })
  return row && digestContent.parse(row.content)
}

/** What a digest goes out with besides its content. */
export interface IssueDetails {
  /** Its data is of the days since then, up to its as-at day. */
  readonly from: CivilDate
  readonly meetingOn: CivilDate | null
  readonly now: Date
}

/**
 * Gives what is posted its number and keeps it, for good. Gives it is kept, or null where this round of the
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
  const number = await nextDigestNumber(tx, programmeId)
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

/** Counts from 1 within the programme. Whoever wants the next one too waits until we commit. */
async function nextDigestNumber(tx: Tx, programmeId: string): Promise<number> {
  await lockProgramme(tx, programmeId)
  const last = await tx.digest.aggregate({ where: { programmeId }, _max: { number: true } })
  return (last._max.number ?? 0) + 1
}

const digestInclude = {
  subscription: true,
  corrections: { orderBy: { at: 'asc' } },
} satisfies Prisma.DigestInclude

type DigestRow = Prisma.DigestGetPayload<{ include: typeof digestInclude }>

/** A digest of a programme by its number. @throws Refusal that says which there are. */
export async function loadIssuedDigest(
  tx: Tx,
  programme: Pick<Programme, 'id' | 'title'>,
  number: number,
): Promise<IssuedDigest> {
  const where = { programmeId_number: { programmeId: programme.id, number } }
  const row = await tx.digest.findUnique({ where, include: digestInclude })
  if (row) return toIssuedDigest(tx, row)
  const last = await tx.digest.aggregate({
    where: { programmeId: programme.id },
    _max: { number: true },
  })
  const there = last._max.number ? `The last one is ${last._max.number}.` : 'None was posted yet.'
  throw new Refusal(`${programme.title} has no digest ${number}. ${there}`)
}

/** The digests of one round: each channel got its own. By their numbers. */
export async function loadDigestsOfRound(
  tx: Tx,
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

async function toIssuedDigest(tx: Tx, row: DigestRow): Promise<IssuedDigest> {
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
      return { text, at, by: (byId && names.get(byId)) || 'a former member' }
    }),
  }
}
