import type { Place } from '../base/addresses.ts'
import type { Prisma, ReadTx } from '../infra/db.ts'
import { programmeIdsOf } from './row-mapping.ts'

/** Why a message was sent. */
export interface Explanation {
  /** Sentences. */
  readonly why: readonly string[]
  /** Null where nobody knows whether it was sent. */
  readonly sentAt: Date | null
}

/** Who asks for an explanation, and the programmes of which they may know. */
export interface ExplanationReader {
  readonly personId: string
  readonly programmeIds: ReadonlySet<string>
}

/** Of the message with this key, provided that it was sent to this person or to this channel. */
export async function explanationOf(
  tx: ReadTx,
  key: string,
  reader: ExplanationReader,
  place: Place,
): Promise<Explanation | undefined> {
  return latestExplanation(tx, reader, {
    key,
    OR: [{ personId: reader.personId }, channelFilter(place)],
  })
}

/** Of the last message to this person. */
export async function latestExplanationTo(
  tx: ReadTx,
  reader: ExplanationReader,
): Promise<Explanation | undefined> {
  return latestExplanation(tx, reader, { personId: reader.personId })
}

/** Of the last message in this channel. */
export async function latestExplanationIn(
  tx: ReadTx,
  reader: ExplanationReader,
  place: Place,
): Promise<Explanation | undefined> {
  return latestExplanation(tx, reader, channelFilter(place))
}

/** How far back a message is looked for that the person may know of. */
const maxLookedAt = 50

async function latestExplanation(
  tx: ReadTx,
  { programmeIds }: ExplanationReader,
  where: Prisma.OutboxMessageWhereInput,
): Promise<Explanation | undefined> {
  const rows = await tx.outboxMessage.findMany({
    where: { ...where, state: { in: ['sent', 'uncertain'] } },
    orderBy: { sequence: 'desc' },
    take: maxLookedAt,
    select: { why: true, sentAt: true, programmeId: true, programmeIds: true },
  })
  return rows.find((row) => programmeIdsOf(row).every((id) => programmeIds.has(id)))
}

function channelFilter({ platform, tenant, conversation }: Place): Prisma.OutboxMessageWhereInput {
  const isThere = { OR: [{ conversation }, { sentTo: conversation }] }
  return { platform, tenant, placeKind: 'channel', AND: isThere }
}
