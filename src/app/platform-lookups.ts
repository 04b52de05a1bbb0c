import type { Clock } from '../base/clock.ts'
import type { KeyRing } from '../base/encryption.ts'
import type { PlatformOptions } from '../chat/platform-definition.ts'
import {
  endServedVia,
  findInstalledApp,
  installationState,
  noteServedVia,
  revokeInstallation,
  saveInstallation,
} from '../domain/organisations/installation-store.ts'
import { organisationOfInvitation } from '../domain/organisations/organisation-store.ts'
import { followChannel as followChannelOfPapers } from '../domain/papers/schedule-store.ts'
import { directPlaceOfIdentity } from '../domain/people/direct-places.ts'
import { markBack, markGone, resolveActor } from '../domain/people/identity-store.ts'
import { followChannel as followChannelOfQuestions } from '../domain/questions/store.ts'
import { followChannel as followChannelOfDigests } from '../domain/schedule/subscription-store.ts'
import { type Database, inTransaction } from '../infra/db.ts'
import { claimKey } from '../infra/idempotency-keys.ts'
import { fileForReader } from '../outbox/files.ts'
import { followChannel as followChannelOfMessages } from '../outbox/outbox.ts'
import { messageKinds } from './message-kinds.ts'

/** All that names a channel by its id. */
const channelFollowers = [
  followChannelOfDigests,
  followChannelOfPapers,
  followChannelOfQuestions,
  followChannelOfMessages,
]

/** What an adapter looks up of an account, and of the workspaces that have Milepost. */
export function platformLookups(
  db: Database,
  clock: Clock,
  tokenKeys: KeyRing | undefined,
): Pick<
  PlatformOptions,
  'openChat' | 'files' | 'installations' | 'noteAccount' | 'noteChannelMoved'
> {
  return {
    installations: {
      find: (workspace) => findInstalledApp(db, tokenKeys, workspace),
      stateOf: (workspace) => installationState(db, workspace),
      invitation: async (code) => {
        const found = await organisationOfInvitation(db, code, clock.now())
        return found && { organisationId: found.id }
      },
      takeOnce: async (key) => (await claimKey(db, key, clock.now())) === 'new',
      save: async (installation) => {
        if (!tokenKeys) throw new Error('There are no TOKEN_KEYS to keep a token by.')
        return inTransaction(db, (tx) => saveInstallation(tx, tokenKeys, installation, clock.now()))
      },
      noteServedVia: (workspace, via) => noteServedVia(db, workspace, via, clock.now()),
      endServedVia: (workspace, end) => endServedVia(db, workspace, end),
      revoke: (workspace, by, at) => revokeInstallation(db, workspace, by, at),
    },
    noteAccount: ({ platform, tenant, user }, state) =>
      state === 'closed'
        ? markGone(db, { platform, tenant, users: [user] }, clock.now())
        : markBack(db, { platform, tenant, user }),
    noteChannelMoved: (move) =>
      inTransaction(db, async (tx) => {
        for (const follow of channelFollowers) await follow(tx, move)
      }),
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
