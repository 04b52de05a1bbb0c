import { z } from 'zod'
import type { Card } from '../../../chat/cards.ts'
import { formatCorrections } from '../../../domain/digests/archive/corrections.ts'
import type { IssuedDigest } from '../../../domain/digests/archive/digest-store.ts'
import { digestKey } from '../../../domain/digests/archive/message-key.ts'
import type { Tx } from '../../../infra/db.ts'
import { outboxMessageByKey } from '../../../outbox/find-message.ts'
import { editMessage } from '../../../outbox/outbox.ts'

/** Edits the posted message so that its corrections stand above what it said; the outbox retries as often as needed. */
export async function editDigestMessage(
  tx: Tx,
  programmeId: string,
  { round, subscriptionId, content, corrections }: IssuedDigest,
  now: Date,
): Promise<void> {
  const message = await outboxMessageByKey(tx, digestKey(programmeId, round, subscriptionId))
  // Old messages are purged from the outbox: `digest <number>` still shows the digest, corrected.
  if (!message) return
  await editMessage(
    tx,
    message.id,
    (shown) => withRemarks(shown, formatCorrections(corrections, content)),
    now,
  )
}

/** A digest's card with these remarks above what it says; the card may be of an earlier version of Milepost. */
export function withRemarks({ name, data }: Card, remarks: readonly string[]): Card {
  return { name, data: { ...z.looseObject({}).parse(data), remarks: [...remarks] } }
}
