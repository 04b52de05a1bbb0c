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

/** What an account is to the installation as a whole, by itself. */
export function relationToInstallation(
  admins: readonly AdminAccount[],
  account: AdminAccount,
): Relation {
  return isAdmin(admins, account) ? adminsRelation : strangersRelation
}
