import type { Card } from '../chat/cards.ts'
import type { Tx } from '../infra/db.ts'
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
 * can be asked for again.
 */
export async function eraseMessagesOf(tx: Tx, personId: string, card: Card): Promise<void> {
  await tx.outboxFile.deleteMany({})
  await tx.outboxMessage.updateMany({
    where: { personId, state: { in: ['waiting', 'sending', 'uncertain'] } },
    data: {
      state: 'dropped',
      leaseToken: null,
      leaseExpiresAt: null,
      ...failureColumns({ code: 'erased', reason: 'the person was forgotten' }),
    },
  })
  await tx.outboxMessage.updateMany({
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
}

/** Replaces a name in the cards and reasons of all messages, whoever they were sent to. */
export async function replaceNameInMessages(
  tx: Tx,
  name: string,
  replacement: string,
): Promise<void> {
  const nameInJson = JSON.stringify(name).slice(1, -1)
  await tx.$executeRaw`
    UPDATE "OutboxMessage"
    SET data = replace(data::text, ${nameInJson}, ${JSON.stringify(replacement).slice(1, -1)})::jsonb
    WHERE position(${nameInJson} IN data::text) > 0`
  await tx.$executeRaw`
    UPDATE "OutboxMessage"
    SET why = ARRAY(SELECT replace(sentence, ${name}, ${replacement}) FROM unnest(why) sentence)
    WHERE position(${name} IN array_to_string(why, ' ')) > 0`
}
