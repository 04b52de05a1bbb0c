import type { Place, PlatformName } from '../base/addresses.ts'
import { withTimeout } from '../base/timeout.ts'
import { type Channel, type ChatPlatform, RecipientGoneError, unknownChannel } from './port.ts'

/** Asks a channel's platform who can read it; `unknownChannel` where the platform is not set up. Throws as the port does. */
export function createChannelLookup(
  platforms: ReadonlyMap<PlatformName, Pick<ChatPlatform, 'channel'>>,
): (place: Place) => Promise<Channel> {
  return async (place) => (await platforms.get(place.platform)?.channel(place)) ?? unknownChannel
}

/** Slack waits three seconds for a command, and the command holds a transaction open during the lookup. */
const lookupTimeoutMs = 1_500

/** The channel that a lookup finds; `unknownChannel` where it fails or takes too long. Never throws. */
export async function channelInTime(lookup: Promise<Channel> | undefined): Promise<Channel> {
  if (!lookup) return unknownChannel
  try {
    return (await withTimeout(lookupTimeoutMs, lookup)) ?? unknownChannel
  } catch (error) {
    // Slack hides a private channel from an app that is not in it.
    if (error instanceof RecipientGoneError) return { ...unknownChannel, isMember: false }
    // A platform that fails now is asked again before anything is posted.
    return unknownChannel
  }
}
