import { inJson } from '../base/text.ts'
import type { Card } from '../chat/cards.ts'
import type { ReadTx, Tx } from '../infra/db.ts'
import { type Disposals, isHeldMessage } from './disposals.ts'
import { eraseFiles } from './files.ts'
import { cardColumns, failureColumns } from './row-mapping.ts'

/** Names of the tables that only this folder reads and writes. */
export const outboxTables: readonly string[] = [
  'OutboxMessage',
  'MessageEdit',
  'OutboxFile',
  'Picture',
  'WorkspaceOutage',
]

const erasedConversation = 'forgotten'

/**
 * Cancels what a person has not been sent yet, and takes the content, the reasons and the conversation out of all their
 * messages. `card` says so in place of what was there. The files of all messages go: any may name the person, and each
 * can be asked for again. Returns how many files stay, because they are under a hold.
 */
export async function eraseMessagesOf(
  tx: Tx,
  personId: string,
  card: Card,
  { rule, now, disposals }: Erasure,
): Promise<number> {
  const heldFiles = await eraseFiles(tx, rule, { disposals, now })
  await tx.outboxMessage.updateMany({
    where: { personId, state: { in: ['waiting', 'sending', 'uncertain'] } },
    data: {
      state: 'dropped',
      leaseToken: null,
      leaseExpiresAt: null,
      ...failureColumns({ code: 'erased', reason: 'the person was forgotten' }),
    },
  })
  const { count } = await tx.outboxMessage.updateMany({
    where: { personId },
    data: {
      ...cardColumns(card),
      why: [],
      conversation: erasedConversation,
      serviceUrl: null,
      sentTo: null,
      messageId: null,
    },
  })
  const counts = count > 0 ? [{ what: 'messages', rule, programmeId: null, count }] : []
  await disposals.record(tx, counts, now)
  return heldFiles
}

interface Erasure {
  /** As the log of disposals says it. */
  readonly rule: string
  readonly now: Date
  readonly disposals: Disposals
}

/** Whether a message is under a hold that is to a person or names them. */
export async function isAnyMessageHeld(
  tx: ReadTx,
  { id, name }: { readonly id: string; readonly name: string },
  disposals: Disposals,
): Promise<boolean> {
  const nameInJson = inJson(name)
  const [row] = await tx.$queryRaw<{ held: boolean }[]>`
    SELECT EXISTS (
      SELECT FROM "OutboxMessage" one
      WHERE (one."personId" = ${id}::uuid OR position(${nameInJson} IN one.data::text) > 0)
        AND ${isHeldMessage(disposals)}) AS held`
  return row?.held ?? false
}

/** Replaces a name in the cards and reasons of all messages, whoever they were sent to. */
export async function replaceNameInMessages(
  tx: Tx,
  name: string,
  replacement: string,
): Promise<void> {
  const nameInJson = inJson(name)
  await tx.$executeRaw`
    UPDATE "OutboxMessage"
    SET data = replace(data::text, ${nameInJson}, ${inJson(replacement)})::jsonb
    WHERE position(${nameInJson} IN data::text) > 0`
  await tx.$executeRaw`
    UPDATE "OutboxMessage"
    SET why = ARRAY(SELECT replace(sentence, ${name}, ${replacement}) FROM unnest(why) sentence)
    WHERE position(${name} IN array_to_string(why, ' ')) > 0`
}
