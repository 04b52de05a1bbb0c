import type { ChatIdentity } from '../../base/addresses.ts'
import type { Tx } from '../../infra/db.ts'
import { areOfOneOrganisation } from '../organisations/organisations.ts'

/**
 * Links an account that nobody knows yet to the person who has the same one in another workspace of the same enterprise.
 * False where there is none, or that workspace belongs to another of our organisations.
 */
export async function adoptWithinEnterprise(
  tx: Tx,
  { platform, tenant, user, enterprise }: ChatIdentity,
): Promise<boolean> {
  if (!enterprise) return false
  const known = await tx.identity.findFirst({
    where: { platform, user, enterprise, tenant: { not: tenant } },
    orderBy: { tenant: 'asc' },
  })
  if (!known || !(await areOfOneOrganisation(tx, known, { platform, tenant }))) return false
  await tx.identity.upsert({
    where: { platform_tenant_user: { platform, tenant, user } },
    create: { platform, tenant, user, enterprise, personId: known.personId },
    update: {},
  })
  return true
}
