import type { Actor } from './actor.ts'
import type { Address, Place } from './addresses.ts'
import type { CivilDate } from './dates.ts'

/** `files`: with a sheet. */
export type AskedBy = 'text' | 'button' | 'form' | 'files'

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
  /** How it was asked; left out: by a line. */
  readonly by?: AskedBy | undefined
  /** Adds a sentence to the answer, whatever that is: how something was understood. */
  remark?(sentence: string): void
  /** The message of ours whose button was pressed, or from which the form was opened. */
  readonly message?: Address | undefined
}

/** The source of what is written: "slack" of a line there, "slack form", "slack button", "slack sheet". */
export function sourceOf({
  place: { platform },
  by = 'text',
}: Pick<RequestContext<unknown>, 'place' | 'by'>): string {
  if (by === 'text') return platform
  return `${platform} ${by === 'files' ? 'sheet' : by}`
}
