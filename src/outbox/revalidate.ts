import type { Place } from '../base/addresses.ts'
import type { Card } from '../chat/cards.ts'

/** A delivery that is about to be sent, as it was decided. */
export interface PendingMessage {
  readonly id: string
  readonly key: string
  readonly kind: string
  readonly place: Place
  readonly card: Card
  readonly topics: readonly string[]
  readonly programmeId: string | undefined
  readonly personId: string | undefined
  readonly enqueuedAt: Date
}

/** Whether what was decided is still so: it is sent, or another card in its place, or later, or nothing is. */
export type RevalidationResult =
  | 'unchanged'
  | { readonly card: Card }
  | { readonly deferUntil: Date; readonly reason: string }
  | { readonly dropReason: string }

/**
 * Asked just before a delivery is sent, each time it is about to be: minutes or, after an outage, hours after it was
 * decided. Not asked where the message may stand already, until a look has shown that it does not.
 */
export type Revalidator = (delivery: PendingMessage) => Promise<RevalidationResult>
