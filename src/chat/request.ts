import type { Address, ChatIdentity, Place } from '../base/addresses.ts'

/** A request of a person, in one shape for every platform, and for typed lines, buttons and forms. */

export type ChatInput =
  | { readonly by: 'text'; readonly text: string }
  | {
      readonly by: 'button' | 'form'
      /** A command's name, or "<name>:form" to open its form. */
      readonly verb: string
      readonly args: Readonly<Record<string, unknown>>
    }

export interface ChatRequest {
  /** The idempotency key: a request that the platform repeats has the same one. */
  readonly key: string
  readonly input: ChatInput
  readonly actor: ChatIdentity
  readonly place: Place
  /** The message whose button was pressed, or from which the form was opened. */
  readonly message?: Address | undefined
}
