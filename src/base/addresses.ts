/** Accounts, conversations and messages, with the ids that their platform gives them. */

/**
 * The `name` of a PlatformDefinition. A plain string: the registry of src/app/platforms.ts says which exist, and a row may
 * name one that is not registered any more.
 */
export type PlatformName = string

/** A Slack workspace or organisation, a Teams tenant, by the id that the platform gives it. */
export interface Workspace {
  readonly platform: PlatformName
  readonly tenant: string
}

/** An account on a platform. */
export interface ChatIdentity extends Workspace {
  readonly user: string
  /**
   * What spans several workspaces, in all of which `user` is the same person: a Slack organisation (Enterprise Grid).
   * Absent where there is none, or the person is not of it.
   */
  readonly enterprise?: string
  /** As the platform shows it; absent where the request does not carry it. */
  readonly displayName?: string
}

/**
 * A conversation that messages can be posted to. `conversation` is the platform's own id; for a person whose one-to-one
 * conversation is not open yet it is the person's user id (both adapters open it on sending). 'direct' is between two,
 * which may be two colleagues where a request was made there: only its directPlace is known to be with Milepost.
 */
export interface Place {
  readonly platform: PlatformName
  readonly tenant: string
  readonly conversation: string
  readonly kind: 'direct' | 'channel'
  /**
   * Whether `conversation` is a person's user id, whose conversation has to be opened. Left out where nobody knows; a
   * platform that cannot tell its ids apart then guesses.
   */
  readonly isPerson?: boolean | undefined
  /** Where to call the platform, if it gives an address for each conversation (the serviceUrl of Teams). */
  readonly serviceUrl?: string | undefined
}

/** A posted message: enough to edit it, to reply in its thread, or to recognise it when a button is pressed. */
export interface Address {
  readonly place: Place
  readonly messageId: string
}

/** A channel that its platform knows by another id from now on. */
export interface ChannelMove extends Workspace {
  readonly from: string
  readonly to: string
}

/** What becomes of the rows of a table that name the channel by its id. */
export const channelUpdate = ({ platform, tenant, from, to }: ChannelMove) => ({
  where: { platform, tenant, conversation: from },
  data: { conversation: to },
})
