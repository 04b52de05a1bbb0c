import { type AdminAccount, accountText, isAdmin } from '../../authority/admins.ts'
import type { Place, PlatformName } from '../../base/addresses.ts'
import type { Clock } from '../../base/clock.ts'
import type { ChatRequest } from '../../chat/request.ts'
import { hasProgrammes } from '../../domain/programme/programme-store.ts'
import { type Database, inTransaction } from '../../infra/db.ts'
import { cancelUntaken } from '../../outbox/cancelled.ts'
import { stateOfMessage } from '../../outbox/find-message.ts'
import { defineMessageKind } from '../../outbox/message-kinds.ts'
import { enqueue } from '../../outbox/outbox.ts'
import { invitationCard, invitationKindName } from './invitation-card.ts'

/** An installation in which nothing is set up yet says so to its administrators, once. */

export const invitationKind = defineMessageKind({
  kind: invitationKindName,
  title: 'Invitation to set up a programme',
  isFailureReported: false,
  revalidate: async ({ db }) =>
    (await hasProgrammes(db)) ? { dropReason: 'a programme was set up meanwhile' } : 'unchanged',
  authority: 'read plan',
})

export interface InvitationOptions {
  readonly db: Database
  readonly clock: Clock
  readonly admins: readonly AdminAccount[]
}

/** Runs each minute, in any number of processes. `platforms`: those that are connected. */
export async function inviteAdmins(
  { db, clock, admins }: InvitationOptions,
  platforms: ReadonlySet<PlatformName>,
): Promise<void> {
  const reachable = admins.filter(({ platform }) => platforms.has(platform))
  if (reachable.length === 0 || (await hasProgrammes(db))) return
  await inTransaction(db, async (tx) => {
    for (const { platform, tenant, user } of reachable) {
      const person = { kind: 'direct', conversation: user, isPerson: true } as const
      const place: Place = { platform, tenant, ...person }
      const message = { kind: invitationKind, card: invitationCard(), place, why }
      await enqueue(tx, { key: keyOf({ platform, tenant, user }), ...message }, clock.now())
    }
  })
}

/**
 * Where the first invitation reached nobody, because the platform tells the address of a conversation only once somebody
 * writes there: invites an administrator where they write.
 */
export async function inviteWriter(
  { db, clock, admins }: InvitationOptions,
  { actor, directPlace: place }: Pick<ChatRequest, 'actor' | 'directPlace'>,
): Promise<void> {
  if (!place || !isAdmin(admins, actor) || (await hasProgrammes(db))) return
  const key = keyOf(actor)
  await inTransaction(db, async (tx) => {
    const first = await stateOfMessage(tx, key)
    const isFree = first === undefined || first === 'dead'
    // One that its platform did not take may wait for the address of a chat that was only guessed.
    if (!isFree && !(await cancelUntaken(tx, key, 'they wrote to me elsewhere'))) return
    const message = { kind: invitationKind, card: invitationCard(), place, why }
    await enqueue(tx, { key: first ? `${key}:where they wrote` : key, ...message }, clock.now())
  })
}

const why = ['You are an administrator of Milepost here, and no programme is set up yet.']

const keyOf = (account: AdminAccount) => `setup-invitation:${accountText(account).toLowerCase()}`
