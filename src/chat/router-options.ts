import type { Actor } from '../base/actor.ts'
import type { Address, ChatIdentity, Place, PlatformName } from '../base/addresses.ts'
import type { Clock } from '../base/clock.ts'
import type { Tracer } from '../base/tracing.ts'
import type { Database, ReadTx, Tx } from '../infra/db.ts'
import type { Card } from './cards.ts'
import type { Command, CommandContext, HeardIn, Notifies } from './commands.ts'
import type { DirectoryLookup } from './directory-lookup.ts'
import type { FormCheck } from './form-question.ts'
import type { Installation } from './installation.ts'
import type { LineReader } from './line-reading.ts'
import type { Channel, UserProfile } from './port.ts'
import type { ChatRequest } from './request.ts'

/** What the router is handed, and what it tells of each request. */

export interface RouterOptions {
  readonly db: Database
  readonly clock: Clock
  /** In the order in which they are tried on a typed line. */
  readonly commands: readonly Command[]
  /** Reads what people type in words of their own; left out: the plain grammar alone. */
  readonly readLine?: LineReader
  /** What to ask before a form is saved; left out: nothing. */
  readonly checkForm?: FormCheck
  /** The things that a typed message says, each to be done by itself; left out: a message is one thing. */
  readonly splitMessage?: (text: string) => readonly string[]
  /** How a command begins on a platform: "/rag", "@Milepost". */
  prefix(platform: PlatformName): string
  /** A platform as people know it: "Slack". */
  platformTitle(platform: PlatformName): string
  /** `asked`: the request. */
  resolveActor(
    tx: Tx,
    identity: ChatIdentity,
    asked: Pick<ChatRequest, 'place' | 'directPlace'>,
    now: Date,
  ): Promise<Actor>
  /**
   * Counts a request of which others hear something, in its transaction.
   * @throws Refusal where that was too often
   */
  countNotifyingRequest(context: CommandContext, request: NotifyingRequest): Promise<void>
  /** Who can read a channel, as far as its platform tells; left out where no platform is asked. */
  lookupChannel?: (place: Place) => Promise<Channel>
  /** What the person of a mentioned account is called in the plan; undefined where nobody has it. */
  nameOfAccount?: (tx: ReadTx, account: ChatIdentity) => Promise<string | undefined>
  /** What an account is called by its platform; left out where no platform is asked. */
  lookupProfile?: (identity: ChatIdentity) => Promise<UserProfile | undefined>
  /**
   * Asks whether an account that is linked to nobody is somebody whom a plan names. Gives what to tell them; undefined
   * where nobody was asked. Never throws. Left out: nobody is ever asked.
   */
  recogniseNewcomer?: (actor: Actor) => Promise<string | undefined>
  /** The members of a workspace; left out where no platform is asked. */
  lookupDirectory?: DirectoryLookup
  /** Left out: nobody administers it. */
  readonly installation?: Installation
  /** A message of ours after `note` was done from it; undefined where it stays as it was, or is not the actor's to see. */
  redraw(
    tx: Tx,
    message: Address,
    actor: Actor,
    note: string | undefined,
    now: Date,
  ): Promise<Card | undefined>
  /** Called with every fault of ours, before the person gets an apology. */
  onError(error: unknown, request: ChatRequest): void
  /** Measures each request. Left out: nothing is measured. */
  readonly tracer?: Tracer | undefined
  /** Called with the outcome of each request. */
  onHandled?: (handled: HandledRequest) => void
}

export interface NotifyingRequest extends HeardIn {
  readonly allowance: Notifies
}

/** How a request ended, for the metrics and the audit log. */
export interface HandledRequest {
  readonly request: ChatRequest
  readonly platform: PlatformName
  /** The command's name; undefined where none was understood. */
  readonly command: string | undefined
  /** What the command was given; empty where none was understood. */
  readonly args: Readonly<Record<string, unknown>>
  readonly outcome: RequestOutcome
  /** Whether the answer says that something is stored. */
  readonly isSaved: boolean
  /** From receiving the request to its answer. */
  readonly ms: number
}

export type RequestOutcome = 'answered' | 'form' | 'refused' | 'repeat' | 'fault'
