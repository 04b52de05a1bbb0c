/** How long a claim lasts unless its lease is extended. Then another replica may take the message over. */
export const leaseMs = 25_000
/** How often a live process extends its leases. */
export const renewalMs = 5_000

/** The right to send one message, or one edit. */
export interface Lease {
  /** Only the holder of the token may record how the attempt ended. */
  readonly token: string
  expiresAt: Date
}
