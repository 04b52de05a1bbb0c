import type { ChatIdentity, Place } from '../../base/addresses.ts'
import { dayMs } from '../../base/dates.ts'

/** What tells an account from all others. */
export type AccountKey = Pick<ChatIdentity, 'platform' | 'tenant' | 'user'>

export const isSameAccount = (one: AccountKey, other: AccountKey): boolean =>
  one.platform === other.platform && one.tenant === other.tenant && one.user === other.user

/** A person's account on a platform, and how it answered so far. */
export interface Account extends AccountKey {
  /** Its conversation with Milepost; null until the platform has told it. */
  readonly conversationId: string | null
  readonly serviceUrl: string | null
  /** When a request last came from it. */
  readonly lastActiveAt: Date | null
  /** When its platform called it gone; null where it was reached or wrote since. */
  readonly goneAt: Date | null
}

/** For so long an account that its platform called gone is passed over; then it is tried again. */
const passedOverDays = 7

export function isPassedOver({ goneAt }: Pick<Account, 'goneAt'>, now: Date): boolean {
  return goneAt !== null && now < passedOverUntil(goneAt)
}

/** When an account that its platform called gone is tried again. */
export const passedOverUntil = (goneAt: Date): Date =>
  new Date(goneAt.getTime() + passedOverDays * dayMs)

/**
 * The accounts in the order in which they are tried: the one that answered last comes first, and one with a conversation
 * before one that never wrote. Those that were called gone come behind all others, however long ago.
 */
export function inOrderOfTrial(accounts: readonly Account[]): Account[] {
  return accounts.toSorted(
    (a, b) =>
      Number(a.goneAt !== null) - Number(b.goneAt !== null) ||
      (b.lastActiveAt?.getTime() ?? 0) - (a.lastActiveAt?.getTime() ?? 0) ||
      Number(a.conversationId === null) - Number(b.conversationId === null) ||
      a.platform.localeCompare(b.platform),
  )
}

/** The private conversation with the account's person. Adapters open it where only the person's id is known. */
export function directPlaceOfAccount(account: Account): Place {
  const { platform, tenant, user, conversationId, serviceUrl } = account
  const conversation = conversationId ?? user
  return {
    ...{ platform, tenant, conversation, kind: 'direct', isPerson: conversationId === null },
    serviceUrl: serviceUrl ?? undefined,
  }
}

/** Whether a message to this place goes to this account. */
export function isPlaceOfAccount(
  { platform, tenant, conversation }: Place,
  account: Account,
): boolean {
  return (
    platform === account.platform &&
    tenant === account.tenant &&
    (conversation === account.user || conversation === account.conversationId)
  )
}
