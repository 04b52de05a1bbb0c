import type { Prisma, Tx } from '../infra/db.ts'
import type { DeliveryState } from './outbox.ts'

/** A delivery as an operator may see it: what became of it, and nothing of what it says. */
export interface OutboxMessageSummary {
  readonly id: string
  readonly sequence: bigint
  readonly key: string
  readonly kind: string
  readonly programmeId: string | null
  readonly personId: string | null
  /** To whom: the person's name, or null for a channel. */
  readonly person: string | null
  readonly platform: string
  readonly conversation: string
  readonly placeKind: string
  readonly state: DeliveryState
  readonly attempts: number
  readonly createdAt: Date
  readonly notBefore: Date
  readonly leaseExpiresAt: Date | null
  readonly possiblySentAt: Date | null
  readonly sentAt: Date | null
  readonly error: string | null
  readonly why: readonly string[]
}

export interface OutboxFilter {
  /** Those of these programmes, and those to their people that belong to no single one. Absent: all. */
  readonly programmeIds?: readonly string[] | undefined
  readonly states?: readonly DeliveryState[] | undefined
  readonly personIds?: readonly string[] | undefined
  /** As the platform names it. */
  readonly conversation?: string | undefined
  readonly sequence?: bigint | undefined
  readonly ids?: readonly string[] | undefined
}

/** The latest deliveries first; at most `limit`. */
export async function listOutboxMessages(
  tx: Tx,
  wanted: OutboxFilter,
  limit: number,
): Promise<OutboxMessageSummary[]> {
  const rows = await tx.outboxMessage.findMany({
    where: await conditionOf(tx, wanted),
    orderBy: { sequence: 'desc' },
    take: limit,
    omit: { data: true },
  })
  const names = await namesOf(
    tx,
    rows.flatMap(({ personId }) => personId ?? []),
  )
  return rows.map((row) => ({ ...row, person: names.get(row.personId ?? '') ?? null }))
}

/** How many there are of those. */
export async function countOutboxMessages(tx: Tx, wanted: OutboxFilter): Promise<number> {
  return tx.outboxMessage.count({ where: await conditionOf(tx, wanted) })
}

async function conditionOf(
  tx: Tx,
  { programmeIds, states, personIds, conversation, sequence, ids }: OutboxFilter,
): Promise<Prisma.OutboxMessageWhereInput> {
  const theirs = programmeIds && {
    OR: [
      { programmeId: { in: [...programmeIds] } },
      { programmeId: null, personId: { in: await membersOf(tx, programmeIds) } },
    ],
  }
  const place = conversation && { OR: [{ conversation }, { sentTo: conversation }] }
  return {
    AND: [theirs ?? {}, place || {}],
    ...(states && { state: { in: [...states] } }),
    ...(personIds && { personId: { in: [...personIds] } }),
    ...(sequence !== undefined && { sequence }),
    ...(ids && { id: { in: [...ids] } }),
  }
}

async function membersOf(tx: Tx, programmeIds: readonly string[]): Promise<string[]> {
  if (programmeIds.length === 0) return []
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT "personId"::text AS id FROM "Membership" WHERE "programmeId" = ANY(${[...programmeIds]}::uuid[])
    UNION
    SELECT owner."personId"::text FROM "WorkstreamOwner" owner
    JOIN "Workstream" stream ON stream.id = owner."workstreamId"
    WHERE stream."programmeId" = ANY(${[...programmeIds]}::uuid[])
    UNION
    SELECT lead."personId"::text FROM "ProjectLead" lead
    JOIN "Project" project ON project.id = lead."projectId"
    WHERE project."programmeId" = ANY(${[...programmeIds]}::uuid[])`
  return rows.map(({ id }) => id)
}

async function namesOf(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await tx.person.findMany({
    where: { id: { in: [...new Set(ids)] } },
    select: { id: true, name: true },
  })
  return new Map(rows.map(({ id, name }) => [id, name]))
}
