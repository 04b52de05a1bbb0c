import type { Place, PlatformName } from '../base/addresses.ts'
import { type Channel, type ChatPlatform, unknownChannel } from './port.ts'

/** Asks the platform of a channel who can read it. Of one that is not set up nobody can tell. Throws as the port does. */
export function createChannelLookup(
  platforms: ReadonlyMap<PlatformName, Pick<ChatPlatform, 'channel'>>,
): (place: Place) => Promise<Channel> {
  return async (place) => (await platforms.get(place.platform)?.channel(place)) ?? unknownChannel
}
