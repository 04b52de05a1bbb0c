/** What a person asked, in the same shape whatever platform, button, form or command it came by. */

export type PlatformName = 'slack' | 'teams'

/** An account on a platform. tenant: Slack workspace id or Teams tenant id. */
export interface ChatIdentity {
  readonly platform: PlatformName
  readonly tenant: string
  readonly user: string
  /** As the platform shows it, where it was told. */
  readonly displayName?: string
}

/**
 * Somewhere a message can stand. `conversation` is the platform's own id; for a person whose one-to-one
 * conversation is not open yet it is the person's user id (both adapters open it on sending).
 */
export interface Place {
  readonly platform: PlatformName
  readonly tenant: string
  readonly conversation: string
  readonly kind: 'direct' | 'channel'
  /** The address to answer at, where the platform gives one (the serviceUrl of Teams). */
  readonly via?: string | undefined
}

/** A message that was posted: enough to change it, answer in its thread, or recognise it when a button is pressed. */
export interface Address {
  readonly place: Place
  readonly message: string
}

export type Ask =
  | { readonly by: 'text'; readonly text: string }
  | {
      readonly by: 'button' | 'form'
      /** A command's name, or "<name>:form" to open its form. */
      readonly verb: string
      readonly args: Readonly<Record<string, unknown>>
    }

export interface Invocation {
  /** One per thing asked: a request that the platform repeats carries the same key. */
  readonly key: string
  readonly ask: Ask
  readonly actor: ChatIdentity
  readonly place: Place
  /** The message whose button was pressed, or from which the form was opened. */
  readonly message?: Address | undefined
}
