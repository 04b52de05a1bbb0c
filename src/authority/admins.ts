import type { Actor } from '../base/actor.ts'
import type { ChatIdentity } from '../base/addresses.ts'
import { adminsRelation, type Relation, strangersRelation } from './rights.ts'

/** An account that the installation names as its administrator (MILEPOST_ADMINS). */
export type AdminAccount = Pick<ChatIdentity, 'platform' | 'tenant' | 'user'>

/** The name of an account as settings and people write it: "slack:T0123/U0456". */
export const accountText = ({ platform, tenant, user }: AdminAccount): string =>
  `${platform}:${tenant}/${user}`

/** Ids in Teams are UUIDs, which some pages of Azure show in capitals. */
const keyOf = (account: AdminAccount) => accountText(account).toLowerCase()

export function isAdmin(admins: readonly AdminAccount[], account: AdminAccount): boolean {
  return admins.some((admin) => keyOf(admin) === keyOf(account))
}

/** Whether whoever asks administers Milepost where they ask. In a channel of another organisation nobody does. */
export function isAdminHere(
  admins: readonly AdminAccount[],
  { identity, isInOtherOrganisation = false }: Pick<Actor, 'identity' | 'isInOtherOrganisation'>,
): boolean {
  return !isInOtherOrganisation && isAdmin(admins, identity)
}

/** What whoever asks is to the installation as a whole, by their account alone. */
export function relationToInstallation(
  admins: readonly AdminAccount[],
  actor: Pick<Actor, 'identity' | 'isInOtherOrganisation'>,
): Relation {
  return isAdminHere(admins, actor) ? adminsRelation : strangersRelation
}
