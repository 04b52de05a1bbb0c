import type { Place } from '../base/addresses.ts'
import type { Card } from '../chat/cards.ts'

/** A message that is about to be sent, as it was enqueued. */
export interface PendingMessage {
  readonly id: string
  readonly key: string
  readonly kind: string
  readonly place: Place
  readonly card: Card
  readonly topics: readonly string[]
  readonly programmeIds: readonly string[]
  readonly personId: string | undefined
  readonly enqueuedAt: Date
}

/** Whether a message is still true: it is sent, another card is sent in its place, or it is deferred or dropped. */
export type RevalidationResult =
  | 'unchanged'
  | { readonly card: Card }
  | { readonly deferUntil: Date; readonly reason: string }
  | { readonly dropReason: string }

/**
 * Called just before each attempt to send: minutes or, after an outage, hours after the message was enqueued. Not called
 * where the message may have been sent already, until a lookup has shown that it was not.
 */
export type Revalidator = (message: PendingMessage) => Promise<RevalidationResult>
