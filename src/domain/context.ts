import type { Actor } from '../base/actor.ts'
import type { Address, Place } from '../base/addresses.ts'
import type { CivilDate } from '../base/dates.ts'
import type { ReadTx, Tx } from '../infra/db.ts'

/**
 * What a domain function needs in order to read for somebody: the moment, the day it is for the person, who they are,
 * and where they asked. A chat command's context is one of these; so is what a job or the terminal makes for itself.
 */
export interface ReadContext {
  readonly tx: ReadTx
  /** UTC. */
  readonly now: Date
  /** The civil date in the actor's zone. */
  readonly today: CivilDate
  readonly actor: Actor
  /** Its platform is stored as the source of what is written. */
  readonly place: Place
  /** The message of ours in which a button was pressed, or from which a form was opened. */
  readonly message?: Address | undefined
}

/** What a domain function needs in order to act for somebody: the same, in the transaction it writes in. */
export interface DomainContext extends ReadContext {
  readonly tx: Tx
}
