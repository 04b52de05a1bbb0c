import type { ChatIdentity, PlatformName } from '../../base/addresses.ts'
import { isZone } from '../../base/dates.ts'
import { messageOf } from '../../base/errors.ts'
import type { Log } from '../../base/log.ts'
import type { ChatPlatform } from '../../chat/port.ts'
import { identitiesWithoutZone, setZone } from '../../domain/people/identity-store.ts'
import type { Database } from '../../infra/db.ts'

/** A few each minute: platforms count every question. */
const profilesPerMinute = 10

/**
 * Learns people's zones from their chat profiles, so that 09:00 is 09:00 where they are. Each account is asked
 * once in the life of the process: a profile that does not tell today will not tell in a minute.
 */
export function createZoneSync(parts: {
  readonly db: Database
  readonly platforms: ReadonlyMap<PlatformName, ChatPlatform>
  readonly log: Log
}): () => Promise<void> {
  const { db, platforms, log } = parts
  const asked = new Set<string>()
  return async () => {
    for (const platform of platforms.values()) {
      const unknown = (await identitiesWithoutZone(db, platform.name)).filter(
        (identity) => !asked.has(accountKey(identity)),
      )
      for (const identity of unknown.slice(0, profilesPerMinute)) {
        asked.add(accountKey(identity))
        try {
          const { zone } = await platform.profile(identity)
          if (zone && isZone(zone)) await setZone(db, identity, zone)
        } catch (error) {
          log.warn(
            { platform: platform.name, error: messageOf(error) },
            'A profile could not be read; its zone stays open',
          )
        }
      }
    }
  }
}

function accountKey({ platform, tenant, user }: ChatIdentity): string {
  return `${platform}:${tenant}/${user}`
}
