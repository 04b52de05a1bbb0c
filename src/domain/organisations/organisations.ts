import type { Workspace } from '../../base/addresses.ts'
import { Refusal } from '../../base/errors.ts'
import { Prisma, type ReadTx, type Tx } from '../../infra/db.ts'

/**
 * Whose things are whose. A workspace belongs to an organisation, and with it its accounts and channels; a programme
 * belongs to one as well. null is the organisation that runs Milepost. Triggers of the database hold it at each commit
 * (migration `organisations`); what is here finds it out, and refuses in words before.
 */

export async function organisationOf(
  tx: ReadTx,
  { platform, tenant }: Workspace,
): Promise<string | null> {
  const row = await tx.workspaceInstallation.findUnique({
    where: { platform_tenant: { platform, tenant } },
    select: { organisationId: true },
  })
  return row?.organisationId ?? null
}

/** Whether two workspaces belong to one organisation. */
export async function areOfOneOrganisation(
  tx: ReadTx,
  one: Workspace,
  other: Workspace,
): Promise<boolean> {
  if (one.platform === other.platform && one.tenant === other.tenant) return true
  return (await organisationOf(tx, one)) === (await organisationOf(tx, other))
}

const refusalOfOther = () =>
  new Refusal(
    'That account belongs to another organisation than the programme, so it cannot take part in it. Nothing was changed.',
  )

/** @throws Refusal where the account belongs to another organisation than the programme */
export async function requireOrganisationOfProgramme(
  tx: ReadTx,
  programmeId: string,
  account: Workspace,
): Promise<void> {
  const { organisationId } = await tx.programme.findUniqueOrThrow({
    where: { id: programmeId },
    select: { organisationId: true },
  })
  if (organisationId !== (await organisationOf(tx, account))) throw refusalOfOther()
}

/** @throws Refusal where the account belongs to another organisation than the person's roles and accounts */
export async function requireOrganisationOfPerson(
  tx: ReadTx,
  personId: string,
  { platform, tenant }: Workspace,
): Promise<void> {
  const rows = await tx.$queryRaw<unknown[]>(Prisma.sql`
    SELECT FROM organisations_of_person(${personId}::uuid) AS theirs
    WHERE theirs IS DISTINCT FROM organisation_of(${platform}, ${tenant})`)
  if (rows.length > 0) throw refusalOfOther()
}

/**
 * Has the database judge now what it would judge at the commit: whether what this transaction wrote gives somebody, or a
 * channel, to two organisations. After false the transaction is lost: throw.
 */
export async function crossesNothing(tx: Tx): Promise<boolean> {
  try {
    await tx.$executeRaw`SET CONSTRAINTS ALL IMMEDIATE`
    return true
  } catch (error) {
    if (String(error).includes('organisation')) return false
    throw error
  }
}
