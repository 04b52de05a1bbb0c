import type { Actor } from './actor.ts'
import type { Address, Place } from './addresses.ts'
import type { CivilDate } from './dates.ts'

/** Who asks, when and where, and the transaction that answers: what chat hands to a command, and a command to domain. */
export interface RequestContext<Transaction> {
  readonly tx: Transaction
  /** UTC. */
  readonly now: Date
  /** The civil date in the actor's zone. */
  readonly today: CivilDate
  readonly actor: Actor
  /** Its platform is stored as the source of what is written. */
  readonly place: Place
  /** Adds a sentence to the answer, whatever that is: how something was understood. */
  remark?(sentence: string): void
  /** The message of ours whose button was pressed, or from which the form was opened. */
  readonly message?: Address | undefined
}
