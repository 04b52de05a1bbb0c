import type { ChatIdentity, Place, Workspace } from '../../base/addresses.ts'
import type { ReadTx, Tx } from '../../infra/db.ts'
import {
  type Account,
  directPlaceOfAccount,
  inOrderOfTrial,
  isPassedOver,
  isPlaceOfAccount,
} from './accounts.ts'

/** Where to write to people in private. The outbox asks here before it sends, and where nobody was there. */

/** A person's accounts, in the order in which they are tried. */
export async function accountsOf(tx: ReadTx, personId: string): Promise<Account[]> {
  return inOrderOfTrial(await tx.identity.findMany({ where: { personId } }))
}

/** Where to write to a person in private; undefined if they have no account. */
export async function directPlaceOf(tx: ReadTx, personId: string): Promise<Place | undefined> {
  const [first] = await accountsOf(tx, personId)
  return first && directPlaceOfAccount(first)
}

/** The same for many people, by id; those without an account are left out. */
export async function directPlacesOf(
  tx: ReadTx,
  personIds: readonly string[],
): Promise<ReadonlyMap<string, Place>> {
  return firstPlaces(await tx.identity.findMany({ where: { personId: { in: [...personIds] } } }))
}

function firstPlaces(
  accounts: readonly (Account & { readonly personId: string })[],
): ReadonlyMap<string, Place> {
  const places = new Map<string, Place>()
  for (const [personId, theirs] of Map.groupBy(accounts, (account) => account.personId)) {
    const [first] = inOrderOfTrial(theirs)
    if (first) places.set(personId, directPlaceOfAccount(first))
  }
  return places
}

/** Where to write in private to whoever asks, on the platform from which they ask. */
export async function directPlaceOfIdentity(
  tx: ReadTx,
  { platform, tenant, user }: ChatIdentity,
): Promise<Place> {
  const account = await tx.identity.findUnique({
    where: { platform_tenant_user: { platform, tenant, user } },
  })
  return account
    ? directPlaceOfAccount(account)
    : { platform, tenant, conversation: user, kind: 'direct', isPerson: true }
}

/** Where a person is written to, as against where a message was addressed to. */
export interface DirectPlace {
  readonly place: Place
  /** 'theirs', 'gone' where its platform has called them gone from there, or 'moved': another than it was addressed to. */
  readonly standing: 'theirs' | 'gone' | 'moved'
}

/**
 * The place, if it is still the person's and no living account stands beside a dead one, else the one where they are
 * written to now; undefined where they have no account any more.
 */
export async function checkDirectPlace(
  tx: ReadTx,
  personId: string,
  place: Place,
): Promise<DirectPlace | undefined> {
  const accounts = await accountsOf(tx, personId)
  const theirs = accounts.find((account) => isPlaceOfAccount(place, account))
  // A platform may take a message for an account that it has closed, and nobody reads it there.
  const isHiding = theirs?.goneAt != null && accounts[0]?.goneAt === null
  if (theirs && !isHiding) {
    const isPerson = place.conversation !== theirs.conversationId
    const standing = theirs.goneAt === null ? 'theirs' : 'gone'
    return { place: { ...place, isPerson }, standing }
  }
  return accounts[0] && { place: directPlaceOfAccount(accounts[0]), standing: 'moved' }
}

/**
 * Records that the platform knows nobody at this place of the person. A conversation is forgotten first: the account may
 * live without it. An account that is gone itself is passed over. Gives the place to try next; undefined where all were
 * tried.
 */
export async function passOver(
  tx: Tx,
  personId: string,
  place: Place,
  now: Date,
): Promise<Place | undefined> {
  const accounts = await accountsOf(tx, personId)
  const theirs = accounts.find((account) => isPlaceOfAccount(place, account))
  if (theirs) {
    const isConversation = place.conversation !== theirs.user
    const { platform, tenant, user } = theirs
    await tx.identity.update({
      where: { platform_tenant_user: { platform, tenant, user } },
      data: isConversation ? { conversationId: null } : { goneAt: now },
    })
    if (isConversation) return directPlaceOfAccount({ ...theirs, conversationId: null })
  }
  const next = accounts.find((account) => account !== theirs && !isPassedOver(account, now))
  return next && directPlaceOfAccount(next)
}

/** Where those of these people who have a living account outside these workspaces are written to. */
export async function placesElsewhere(
  tx: ReadTx,
  personIds: readonly string[],
  workspaces: readonly Workspace[],
  now: Date,
): Promise<ReadonlyMap<string, Place>> {
  const outside = workspaces.map(({ platform, tenant }) => ({ platform, tenant }))
  const accounts = await tx.identity.findMany({
    where: { personId: { in: [...personIds] }, NOT: { OR: outside } },
  })
  return firstPlaces(accounts.filter((account) => !isPassedOver(account, now)))
}

/** Records that a message reached the person there, whom the platform had called gone. */
export async function markReached(tx: Tx, personId: string, place: Place): Promise<void> {
  const { platform, tenant, conversation } = place
  await tx.identity.updateMany({
    where: {
      ...{ personId, platform, tenant },
      OR: [{ user: conversation }, { conversationId: conversation }],
    },
    data: { goneAt: null },
  })
}
