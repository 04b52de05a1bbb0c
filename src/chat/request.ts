import type { Address, ChatIdentity, Place } from '../base/addresses.ts'
import type { Mention } from '../base/mentions.ts'
import type { ReceivedFile } from './received-file.ts'

/** A request of a person, in one shape for every platform, and for typed lines, buttons and forms. */

export interface ChatAction {
  readonly by: 'button' | 'form'
  /** A command's name, or "<name>:form" to open its form. */
  readonly verb: string
  readonly args: Readonly<Record<string, unknown>>
}

/** Files that were sent, with what was written beside them: '' for nothing. */
export interface SentFiles {
  readonly by: 'files'
  readonly text: string
  readonly files: readonly ReceivedFile[]
}

export type ChatInput = { readonly by: 'text'; readonly text: string } | ChatAction | SentFiles

/** A channel that a typed line names without its name, as Slack writes it: "<#C0BOARD|>". */
export interface ChannelMention {
  readonly text: string
  readonly place: Place
}

export interface ChatRequest {
  /** The idempotency key: a request that the platform repeats has the same one. */
  readonly key: string
  readonly input: ChatInput
  readonly actor: ChatIdentity
  /** Whom a typed line mentions, besides Milepost. */
  readonly mentions?: readonly Mention[] | undefined
  readonly channels?: readonly ChannelMention[] | undefined
  /** Where it was typed or pressed, which may be a conversation of others: Slack takes a command in any. */
  readonly place: Place
  /** The conversation between Milepost and this person, where the platform says that the request came by it. */
  readonly directPlace?: Place | undefined
  /** The message whose button was pressed, or from which the form was opened. */
  readonly message?: Address | undefined
}
