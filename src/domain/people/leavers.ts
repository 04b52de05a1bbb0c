import type { PlatformName } from '../../base/addresses.ts'
import { Prisma, type ReadTx } from '../../infra/db.ts'

/** Somebody all of whose accounts their platforms call gone, in a programme that is not archived. */
export interface Leaver {
  readonly id: string
  readonly name: string
  readonly platform: PlatformName
  /** When the last of their accounts was called gone. */
  readonly goneAt: Date
  /** When they last wrote, as an ISO moment; null: never. Whoever comes back and leaves again has another one. */
  readonly lastActiveAt: string | null
  readonly programmes: readonly {
    readonly id: string
    readonly key: string
    readonly title: string
    readonly zone: string
  }[]
}

/** Whether any account is gone: without one nobody has left. */
export const isAnyAccountGone = Prisma.sql`EXISTS (SELECT FROM "Identity" WHERE "goneAt" IS NOT NULL)`

export async function loadLeavers(tx: ReadTx): Promise<Leaver[]> {
  const rows = await tx.person.findMany({
    where: {
      identities: { some: { goneAt: { not: null } }, none: { goneAt: null } },
      memberships: { some: { programme: { archivedAt: null } } },
    },
    select: {
      ...{ id: true, name: true },
      identities: { select: { platform: true, goneAt: true, lastActiveAt: true } },
      memberships: {
        where: { programme: { archivedAt: null } },
        select: { programme: { select: { id: true, key: true, title: true, zone: true } } },
        distinct: ['programmeId'],
      },
    },
    orderBy: { name: 'asc' },
  })
  return rows.flatMap(({ identities, memberships, ...person }) => {
    const [last] = identities.toSorted(
      (one, other) => momentOf(other.goneAt) - momentOf(one.goneAt),
    )
    if (!last?.goneAt) return []
    const active = identities.map(({ lastActiveAt }) => momentOf(lastActiveAt))
    const latest = Math.max(...active)
    return {
      ...person,
      ...{ platform: last.platform, goneAt: last.goneAt },
      lastActiveAt: latest === 0 ? null : new Date(latest).toISOString(),
      programmes: memberships.map(({ programme }) => programme),
    }
  })
}

const momentOf = (moment: Date | null) => moment?.getTime() ?? 0
