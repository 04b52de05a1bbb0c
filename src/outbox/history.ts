import { Prisma, type ReadTx } from '../infra/db.ts'
import type { MessageKind } from './message-kinds.ts'

/**
 * The topics of each person's messages enqueued since that moment; an empty set for a person without messages.
 * Messages on their way count, for they will be sent, and uncertain ones too, for another could be a repeat. Dead and
 * dropped ones do not count: they were never read, so their topics are still to be told.
 */
export async function topicsSentTo(
  tx: ReadTx,
  personIds: readonly string[],
  since: Date,
): Promise<Map<string, Set<string>>> {
  const rows = await tx.outboxMessage.findMany({
    where: {
      personId: { in: [...personIds] },
      createdAt: { gte: since },
      state: { notIn: ['dead', 'dropped'] },
    },
    select: { personId: true, topics: true },
  })
  const sent = new Map(personIds.map((id) => [id, new Set<string>()]))
  for (const { personId, topics } of rows) {
    if (personId === null) continue
    for (const topic of topics) sent.get(personId)?.add(topic)
  }
  return sent
}

export interface SentCountQuery {
  readonly kind: MessageKind
  readonly personIds: readonly string[]
  /** Messages that tell of other programmes, too, count. */
  readonly programmeId: string
  readonly since: Date
}

/** How many messages each person was sent; no entry for a person who was sent none. */
export async function countSentByPerson(
  tx: ReadTx,
  { kind: { kind }, personIds, programmeId, since }: SentCountQuery,
): Promise<Map<string, number>> {
  const rows = await tx.outboxMessage.groupBy({
    by: ['personId'],
    where: {
      kind,
      personId: { in: [...personIds] },
      sentAt: { gte: since },
      OR: [{ programmeIds: { has: programmeId } }, { programmeId }],
    },
    _count: true,
  })
  return new Map(rows.map(({ personId, _count }) => [personId ?? '', _count]))
}

export interface MentionQuery {
  readonly kind: MessageKind
  /** Ids of the projects, milestones or measures that a card may contain. */
  readonly subjectIds: readonly string[]
  /** To whom: the index is by person. */
  readonly personIds: readonly string[]
  readonly since: Date
}

/** An import changes more subjects than can be searched for one by one. */
const maxSearchedSubjects = 200

/**
 * Ids of the messages to these people whose cards mention one of the subjects, in the order of enqueueing; of all their
 * messages where there are more subjects than can be searched for. A message that is being sent is included, one that
 * was not sent is not.
 */
export async function messageIdsMentioning(
  tx: ReadTx,
  { kind: { kind }, subjectIds, personIds, since }: MentionQuery,
): Promise<string[]> {
  const mentions =
    subjectIds.length > maxSearchedSubjects
      ? Prisma.empty
      : Prisma.sql`AND data::text LIKE ANY(${subjectIds.map((id) => `%${id}%`)}::text[])`
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM "OutboxMessage"
    WHERE "personId" = ANY(${[...personIds]}::uuid[]) AND "createdAt" >= ${since}::timestamptz
      AND kind = ${kind} AND state NOT IN ('dead', 'dropped') ${mentions}
    ORDER BY "sequence"`
  return rows.map(({ id }) => id)
}
