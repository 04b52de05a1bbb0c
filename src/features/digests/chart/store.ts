import { type CivilDate, toDbDate } from '../../../base/dates.ts'
import { digestContent } from '../../../domain/digests/content/content.ts'
import type { Subscription } from '../../../domain/schedule/subscription-store.ts'
import type { Tx } from '../../../infra/db.ts'
import { maxTrendRounds, type TrendDigest } from './chart-data.ts'

const trendDigest = digestContent.pick({ asAt: true, scheme: true, counts: true })

/**
 * What the digests before a day said of the same part of the programme to the same readers, in whichever channel:
 * one for each day, oldest first, as many as a trend shows. They are frozen; nothing is worked out again.
 */
export async function loadEarlierDigests(
  tx: Tx,
  { programmeId, scope, audience }: Pick<Subscription, 'programmeId' | 'scope' | 'audience'>,
  before: CivilDate,
): Promise<TrendDigest[]> {
  const rows = await tx.digest.findMany({
    where: {
      programmeId,
      asAt: { lt: toDbDate(before) },
      subscription: {
        audience,
        workstreams: { equals: [...scope.workstreams] },
        tags: { equals: [...scope.tags] },
      },
    },
    orderBy: [{ asAt: 'desc' }, { issuedAt: 'desc' }],
    distinct: ['asAt'],
    take: maxTrendRounds - 1,
    select: { content: true },
  })
  return rows.map(({ content }) => trendDigest.parse(content)).reverse()
}
