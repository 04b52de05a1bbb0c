import { memberIdsOf } from '../../domain/people/members.ts'
import { namesOf } from '../../domain/people/names.ts'
import type { ReadTx } from '../../infra/db.ts'
import {
  countOutboxMessages,
  listOutboxMessages,
  type OutboxFilter,
  type OutboxMessageSummary,
} from '../../outbox/queries.ts'

/** A message as the programme office and the operator see it: to whom and what became of it, never what it says. */
export interface LoggedMessage extends OutboxMessageSummary {
  /** The recipient's name; null for a channel. */
  readonly person: string | null
}

export interface LogFilter extends Omit<OutboxFilter, 'programmes'> {
  /** Messages of these programmes, and those to their members that belong to no single programme. Absent: all. */
  readonly programmeIds?: readonly string[] | undefined
}

/** The latest messages first; at most `limit`. */
export async function listMessages(
  tx: ReadTx,
  filter: LogFilter,
  limit: number,
): Promise<LoggedMessage[]> {
  const rows = await listOutboxMessages(tx, await outboxFilterOf(tx, filter), limit)
  const names = await namesOf(
    tx,
    rows.flatMap(({ personId }) => personId ?? []),
  )
  return rows.map((row) => ({ ...row, person: names.get(row.personId ?? '') ?? null }))
}

export async function countMessages(tx: ReadTx, filter: LogFilter): Promise<number> {
  return countOutboxMessages(tx, await outboxFilterOf(tx, filter))
}

async function outboxFilterOf(
  tx: ReadTx,
  { programmeIds, ...filter }: LogFilter,
): Promise<OutboxFilter> {
  if (!programmeIds) return filter
  const memberIds = await memberIdsOf(tx, programmeIds)
  return { ...filter, programmes: { ids: programmeIds, memberIds } }
}
