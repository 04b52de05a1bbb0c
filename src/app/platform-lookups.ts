import type { Clock } from '../base/clock.ts'
import type { PlatformOptions } from '../chat/platform-definition.ts'
import { directPlaceOfIdentity } from '../domain/people/direct-places.ts'
import { resolveActor } from '../domain/people/identity-store.ts'
import type { Database } from '../infra/db.ts'
import { fileForReader } from '../outbox/files.ts'
import { messageKinds } from './message-kinds.ts'

/** What an adapter looks up of an account. */
export function platformLookups(
  db: Database,
  clock: Clock,
): Pick<PlatformOptions, 'openChat' | 'files'> {
  return {
    openChat: async (account) => {
      const place = await directPlaceOfIdentity(db, account)
      return place.isPerson ? undefined : place
    },
    files: {
      load: async (id, account) => {
        const { personId } = await resolveActor(db, account, undefined, clock.now())
        if (personId === null) return undefined
        return fileForReader(db, id, personId, messageKinds.authorityOf)
      },
    },
  }
}
