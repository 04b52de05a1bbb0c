/** Where messages go and come from: accounts, conversations and messages, named as their platform names them. */

/**
 * The `name` of a PlatformDefinition. A plain string: the registry of src/app/platforms.ts says which exist, and a row may
 * name one that is not registered any more.
 */
export type PlatformName = string

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
  readonly serviceUrl?: string | undefined
}

/** A message that was posted: enough to change it, answer in its thread, or recognise it when a button is pressed. */
export interface Address {
  readonly place: Place
  readonly messageId: string
}
