/** How long what was claimed stays in one process's hands, unless that is put off: another replica has it by then. */
export const leaseMs = 25_000
/** How often a living process puts it off. */
export const renewalMs = 5_000

/** Something that this process has in hand, until `until` unless that is put off meanwhile. */
export interface Lease {
  /** Proves that it is ours: only who holds it may write how it ended. */
  readonly token: string
  expiresAt: Date
}
