import type { RequestContext } from '../base/request-context.ts'
import type { ReadTx, Tx } from '../infra/db.ts'

/**
 * What a domain function needs in order to read for somebody. A chat command's context is one of these; so is what a job
 * or the terminal makes for itself.
 */
export type ReadContext = RequestContext<ReadTx>

/** What a domain function needs in order to act for somebody: the same, in the transaction it writes in. */
export type DomainContext = RequestContext<Tx>
