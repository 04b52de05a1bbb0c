import { type AdminAccount, relationToInstallation } from '../../authority/admins.ts'
import { refusalText } from '../../authority/refusals.ts'
import { may } from '../../authority/rights.ts'
import { Refusal } from '../../base/errors.ts'
import { listOf, plural } from '../../base/text.ts'
import type { QueryContext } from '../../chat/commands.ts'
import { areOfOneOrganisation } from '../../domain/organisations/organisations.ts'
import { namesOfAccounts } from '../../domain/people/identity-store.ts'
import { programmesOf } from '../../domain/plan/store.ts'

/** @throws Refusal for an account that the installation does not name; it says who does it */
export async function requireAdmin(context: QueryContext): Promise<void> {
  const { admins } = context.installation
  const relation = relationToInstallation(admins, context.actor)
  if (may('set up programme', relation)) return
  throw new Refusal(refusalText('set up programme', await adminsText(context)))
}

/** By name to whoever is in a programme here; to others how many they are. */
async function adminsText({
  tx,
  actor: { personId, identity },
  installation,
}: QueryContext): Promise<string> {
  const admins = await adminsNear(tx, installation.admins, identity)
  if (admins.length === 0)
    return 'nobody is one yet, and whoever runs it can name them in MILEPOST_ADMINS'
  const isInsider = personId !== null && (await programmesOf(tx, personId)).length > 0
  if (!isInsider) return `there ${admins.length === 1 ? 'is' : 'are'} ${admins.length}`
  return listOf(await namesOfAdmins(tx, admins))
}

/** Those of the account's own organisation: others are nobody's to know of. */
async function adminsNear(
  tx: QueryContext['tx'],
  admins: readonly AdminAccount[],
  account: AdminAccount,
): Promise<AdminAccount[]> {
  // One after the other: a transaction has one connection.
  const near: AdminAccount[] = []
  for (const one of admins) if (await areOfOneOrganisation(tx, one, account)) near.push(one)
  return near
}

/** Each person once; accounts that are linked to nobody are counted. */
async function namesOfAdmins(
  tx: QueryContext['tx'],
  admins: readonly AdminAccount[],
): Promise<string[]> {
  const names = await namesOfAccounts(tx, admins)
  const unknown = admins.length - names.length
  return [
    ...new Set(names),
    ...(unknown > 0
      ? [plural(unknown, 'account that has not written yet', 'accounts that have not written yet')]
      : []),
  ]
}
