import type { ChatIdentity, PlatformName } from '../base/addresses.ts'
import { withTimeout } from '../base/timeout.ts'
import type { ChatPlatform, UserProfile } from './port.ts'

/** Asks an account's platform who it is; undefined where the platform is not set up. Throws as the port does. */
export function createProfileLookup(
  platforms: ReadonlyMap<PlatformName, Pick<ChatPlatform, 'profile'>>,
): (identity: ChatIdentity) => Promise<UserProfile | undefined> {
  return async (identity) => platforms.get(identity.platform)?.profile(identity)
}

/** Slack waits three seconds for a command, and the command holds a transaction open during the lookup. */
const lookupTimeoutMs = 1_500

/** The profile that a lookup finds; undefined where it fails or takes too long. Never throws. */
export async function profileInTime(
  lookup: Promise<UserProfile | undefined> | undefined,
): Promise<UserProfile | undefined> {
  if (!lookup) return undefined
  try {
    return await withTimeout(lookupTimeoutMs, lookup)
  } catch {
    // Whoever needs the name says what to do without it.
    return undefined
  }
}
