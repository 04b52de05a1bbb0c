import type { Workspace } from '../../base/addresses.ts'
import type { KeyRing } from '../../base/encryption.ts'
import { Refusal } from '../../base/errors.ts'
import type { ReadTx, Tx } from '../../infra/db.ts'
import { decryptCredentials, encryptCredentials } from './credentials.ts'
import { crossesNothing } from './organisations.ts'
import { afterLeases, type NewToken, renewalColumns } from './token-renewal.ts'

/** Which workspaces installed Milepost, with what it speaks there. The database holds no token that can be read. */

export interface InstalledApp {
  readonly token: string
  readonly botUser: string
  /** The token is that of a Slack organisation, and serves several workspaces. */
  readonly isOrganisationWide: boolean
}

export interface NotInstalled {
  readonly notInstalled: 'app_not_installed' | 'token_key_missing'
}

/** How a workspace ended that an operator serves no more. */
const byOperator = 'operator'

/** `keyRing`: undefined where the configuration has no keys. */
export async function findInstalledApp(
  tx: ReadTx,
  keyRing: KeyRing | undefined,
  { platform, tenant }: Workspace,
): Promise<InstalledApp | NotInstalled> {
  const own = await tx.workspaceInstallation.findUnique({
    where: { platform_tenant: { platform, tenant } },
  })
  if (own?.revokedBy === byOperator) return { notInstalled: 'app_not_installed' }
  const via = own?.viaTenant
    ? await tx.workspaceInstallation.findUnique({
        where: { platform_tenant: { platform, tenant: own.viaTenant } },
      })
    : null
  const row = [via, own].find((one) => one?.credentials && one.revokedAt === null)
  if (!row?.credentials) return { notInstalled: 'app_not_installed' }
  if (!keyRing) return { notInstalled: 'token_key_missing' }
  const credentials = decryptCredentials(keyRing, row, row.credentials)
  if (!credentials) return { notInstalled: 'token_key_missing' }
  const { token } = credentials
  return { token, botUser: row.botUser ?? '', isOrganisationWide: row === via }
}

export interface NewInstallation extends Workspace {
  readonly organisationId: string | null
  readonly name: string | null
  readonly token: string
  readonly botUser: string
  readonly scopes: readonly string[]
  /** The account that installed it, by its id there. */
  readonly installedBy: string | null
  /** Of a token that ends: when, and what the next one is given for. Null: it does not end. */
  readonly renewal: Omit<NewToken, 'token'> | null
}

/**
 * Records that a workspace installed Milepost, for the first time or again. 'of another organisation': nothing was saved,
 * because the workspace belongs to another one here.
 * @throws Refusal where people or channels of it take part in programmes of another one
 */
export async function saveInstallation(
  tx: Tx,
  keyRing: KeyRing,
  { token, renewal, ...installation }: NewInstallation,
  now: Date,
): Promise<'saved' | 'of another organisation'> {
  const { platform, tenant, organisationId } = installation
  const where = { platform_tenant: { platform, tenant } }
  const known = await tx.workspaceInstallation.findUnique({ where })
  if (known && known.organisationId !== organisationId) return 'of another organisation'
  const credentials = { token, refreshToken: renewal?.refreshToken }
  const row = {
    ...installation,
    scopes: [...installation.scopes],
    credentials: encryptCredentials(keyRing, installation, credentials),
    ...{ installedAt: now, revokedAt: null, revokedBy: null, viaTenant: null },
    ...renewalColumns(renewal?.expiresAt ?? null),
  }
  await tx.workspaceInstallation.upsert({ where, create: row, update: row })
  // The operator's link is leave to serve again what the operator had ended.
  await tx.workspaceInstallation.updateMany({
    where: { platform, viaTenant: tenant, revokedBy: byOperator },
    data: { revokedAt: null, revokedBy: null },
  })
  if (!known && !(await crossesNothing(tx))) {
    throw new Refusal(
      'People or channels of this workspace take part in programmes of another organisation here. Please tell whoever runs Milepost.',
    )
  }
  return 'saved'
}

/** From now on the workspace is served by its Slack organisation's installation, if that is one of the same organisation. */
export async function noteServedVia(
  tx: Tx,
  { platform, tenant }: Workspace,
  viaTenant: string,
  now: Date,
): Promise<void> {
  const where = { platform_tenant: { platform, tenant } }
  const known = await tx.workspaceInstallation.findUnique({ where })
  // First, because every request of such a workspace says it, and mostly nothing is new.
  if (known?.viaTenant === viaTenant || known?.revokedBy === byOperator) return
  const via = await tx.workspaceInstallation.findUnique({
    where: { platform_tenant: { platform, tenant: viaTenant } },
  })
  if (!via?.credentials || via.revokedAt !== null) return
  const { organisationId } = via
  if (known && known.organisationId !== organisationId) return
  // What it installed itself has its own time.
  const since = known?.credentials ? {} : { installedAt: now }
  await tx.workspaceInstallation.upsert({
    where,
    create: { platform, tenant, organisationId, installedAt: now, viaTenant },
    update: { ...since, viaTenant, revokedAt: null, revokedBy: null },
  })
}

/**
 * The Slack organisation's installation serves the workspace no more: from now on its own does, if it has one. News from
 * before it was served, or served again, changes nothing.
 */
export async function endServedVia(
  tx: Tx,
  { platform, tenant }: Workspace,
  { viaTenant, by, at }: { readonly viaTenant: string; readonly by: string; readonly at: Date },
): Promise<void> {
  const where = { platform, tenant, viaTenant }
  await tx.workspaceInstallation.updateMany({
    where: { ...where, credentials: null, installedAt: { lte: at } },
    data: { viaTenant: null, revokedAt: at, revokedBy: by },
  })
  await tx.workspaceInstallation.updateMany({
    where: { ...where, credentials: { not: null } },
    data: { viaTenant: null },
  })
}

/**
 * From now on a Teams tenant is the organisation's: its administrators let Milepost in there, which needs no token.
 * @throws Refusal where it is another organisation's
 */
export async function allowTenant(
  tx: Tx,
  tenant: string,
  organisationId: string,
  now: Date,
): Promise<void> {
  const where = { platform_tenant: { platform: 'teams', tenant } }
  const known = await tx.workspaceInstallation.findUnique({ where })
  const row = { platform: 'teams', tenant, organisationId, installedAt: now }
  const isOthers = known !== null && known.organisationId !== organisationId
  if (!isOthers) {
    const update = { installedAt: now, revokedAt: null, revokedBy: null }
    await tx.workspaceInstallation.upsert({ where, create: row, update })
  }
  if (isOthers || !(await crossesNothing(tx))) {
    throw new Refusal(
      'That tenant, or somebody in it, belongs to another organisation here. Nothing was changed.',
    )
  }
}

/** How a workspace that needs no token stands: a Teams tenant, whose id may come in capitals. */
export async function installationState(
  tx: ReadTx,
  { platform, tenant }: Workspace,
): Promise<'installed' | 'taken away' | 'unknown'> {
  const row = await tx.workspaceInstallation.findFirst({
    where: { platform, tenant: { equals: tenant, mode: 'insensitive' } },
  })
  if (row === null) return 'unknown'
  return row.revokedAt === null ? 'installed' : 'taken away'
}

/**
 * An operator serves the workspace no more, by its own installation or that of its Slack organisation, until it is
 * installed by a new link. False where it is none of ours.
 */
export async function endInstallation(
  tx: Tx,
  { platform, tenant }: Workspace,
  now: Date,
): Promise<boolean> {
  const { count } = await tx.workspaceInstallation.updateMany({
    where: { platform, tenant },
    data: { revokedAt: now, revokedBy: byOperator, credentials: null },
  })
  return count > 0
}

/** As Slack calls it that tokens were taken, and not the app. */
const byToken = 'tokens_revoked'

/**
 * What was taken away is forgotten at once. One that was installed again since stays as it is. Where tokens end, one of
 * them is taken and the app stays installed: the next token is asked for at once, unless it is already.
 * Source: https://docs.slack.dev/authentication/using-token-rotation#uninstalling
 */
export async function revokeInstallation(
  tx: Tx,
  { platform, tenant }: Workspace,
  revokedBy: string,
  at: Date,
): Promise<void> {
  const where = { platform, tenant, revokedAt: null, installedAt: { lte: at } }
  const isOfToken = revokedBy === byToken
  if (isOfToken) {
    // Whoever is asking now could not save the answer without the lease, and what the token is given for is spent.
    const isEnding = { ...where, renewAt: { gt: afterLeases(at) } }
    await tx.workspaceInstallation.updateMany({ where: isEnding, data: { renewAt: at } })
  }
  await tx.workspaceInstallation.updateMany({
    where: { ...where, ...(isOfToken && { renewAt: null }) },
    data: { revokedAt: at, revokedBy, credentials: null },
  })
}
