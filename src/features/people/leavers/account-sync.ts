import type { PlatformName } from '../../../base/addresses.ts'
import type { Clock } from '../../../base/clock.ts'
import { dayMs } from '../../../base/dates.ts'
import { messageOf } from '../../../base/errors.ts'
import type { Log } from '../../../base/log.ts'
import type { ChatPlatform } from '../../../chat/port.ts'
import { markGone, tenantsOfAccounts } from '../../../domain/people/identity-store.ts'
import type { Database } from '../../../infra/db.ts'

export interface AccountSyncParts {
  readonly db: Database
  readonly clock: Clock
  readonly platforms: ReadonlyMap<PlatformName, Pick<ChatPlatform, 'name' | 'members'>>
  readonly log: Log
}

/**
 * Learns once a day which accounts were closed, before a message to them fails. An account that a list does not have is
 * left alone: Teams tells of some people only.
 */
export function createAccountSync({
  db,
  clock,
  platforms,
  log,
}: AccountSyncParts): () => Promise<void> {
  let readAt: number | undefined
  return async () => {
    const now = clock.now()
    if (readAt !== undefined && now.getTime() - readAt < dayMs) return
    readAt = now.getTime()
    for (const { name: platform, tenant } of await knownTenants(db, platforms)) {
      try {
        const members = await platforms.get(platform)?.members({ platform, tenant, channels: [] })
        if (!members || members === 'cannot tell') continue
        const closed = members.filter(({ standing }) => standing === 'deactivated')
        const users = closed.map(({ user }) => user)
        await markGone(db, { platform, tenant, users }, now)
      } catch (error) {
        log.warn(
          { platform, error: messageOf(error) },
          'The members of a workspace could not be read; tomorrow they are read again',
        )
      }
    }
  }
}

async function knownTenants(
  db: Database,
  platforms: AccountSyncParts['platforms'],
): Promise<readonly { readonly name: PlatformName; readonly tenant: string }[]> {
  const accounts = await tenantsOfAccounts(db)
  return accounts.flatMap(({ platform, tenant }) =>
    platforms.has(platform) ? { name: platform, tenant } : [],
  )
}
