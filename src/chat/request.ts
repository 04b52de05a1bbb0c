import type { Address, ChatIdentity, Place } from '../base/addresses.ts'

/** What a person asked, in the same shape whatever platform, button, form or command it came by. */

export type ChatInput =
  | { readonly by: 'text'; readonly text: string }
  | {
      readonly by: 'button' | 'form'
      /** A command's name, or "<name>:form" to open its form. */
      readonly verb: string
      readonly args: Readonly<Record<string, unknown>>
    }

export interface ChatRequest {
  /** One per thing asked: a request that the platform repeats carries the same key. */
  readonly key: string
  readonly input: ChatInput
  readonly actor: ChatIdentity
  readonly place: Place
  /** The message whose button was pressed, or from which the form was opened. */
  readonly message?: Address | undefined
}
