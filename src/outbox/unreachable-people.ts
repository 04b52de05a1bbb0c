import { dayMs } from '../base/dates.ts'
import type { Tx } from '../infra/db.ts'

/** For how long nobody is written to whom a platform called gone; then they are tried again. */
const unreachableDays = 7

/** Ids of the people whom the last message of the past week did not find: their account was gone. */
export async function findUnreachablePeople(tx: Tx, now: Date): Promise<ReadonlySet<string>> {
  const since = new Date(now.getTime() - unreachableDays * dayMs)
  const last = await tx.outboxMessage.findMany({
    where: { personId: { not: null }, createdAt: { gte: since }, state: { in: ['sent', 'dead'] } },
    distinct: ['personId'],
    orderBy: { sequence: 'desc' },
    select: { personId: true, gone: true },
  })
  return new Set(last.flatMap(({ personId, gone }) => (gone && personId ? personId : [])))
}
