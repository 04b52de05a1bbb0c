import { namesOf } from '../../domain/people/names.ts'
import type { ReadTx } from '../../infra/db.ts'
import {
  listOutboxMessages,
  type OutboxFilter,
  type OutboxMessageSummary,
} from '../../outbox/queries.ts'

/** A message as the programme office and the operator see it: to whom and what became of it, never what it says. */
export interface LoggedMessage extends OutboxMessageSummary {
  /** The recipient's name; null for a channel. */
  readonly person: string | null
}

/** The latest messages first; at most `limit`. */
export async function listMessages(
  tx: ReadTx,
  filter: OutboxFilter,
  limit: number,
): Promise<LoggedMessage[]> {
  const rows = await listOutboxMessages(tx, filter, limit)
  const names = await namesOf(
    tx,
    rows.flatMap(({ personId }) => personId ?? []),
  )
  return rows.map((row) => ({ ...row, person: names.get(row.personId ?? '') ?? null }))
}
