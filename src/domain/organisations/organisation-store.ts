import { createHash, randomBytes } from 'node:crypto'
import { dayMs } from '../../base/dates.ts'
import { Refusal } from '../../base/errors.ts'
import { newId } from '../../base/ids.ts'
import { fold, nearest, quoted } from '../../base/text.ts'
import type { ReadTx, Tx } from '../../infra/db.ts'

/** The organisations that Milepost serves beside the one that runs it. */

export interface Organisation {
  readonly id: string
  readonly name: string
}

const maxNameLength = 100

/** @throws Refusal of a name that is taken, capitals or not, or that is none */
export async function addOrganisation(tx: Tx, name: string, now: Date): Promise<Organisation> {
  const called = name.trim()
  if (called === '' || called.length > maxNameLength) {
    throw new Refusal(`An organisation has a name of ${maxNameLength} characters at most.`)
  }
  const known = await tx.organisation.findMany({ select: { name: true } })
  if (known.some((one) => fold(one.name) === fold(called))) {
    throw new Refusal(`There is an organisation ${quoted(called)} already. Nothing was changed.`)
  }
  const data = { id: newId(), name: called, createdAt: now }
  return tx.organisation.create({ data, select: { id: true, name: true } })
}

/** @throws Refusal that offers the nearest name */
export async function findOrganisation(tx: ReadTx, name: string): Promise<Organisation> {
  const known = await tx.organisation.findMany({ select: { id: true, name: true } })
  const found = known.find((one) => fold(one.name) === fold(name.trim()))
  if (found) return found
  const near = nearest(
    name,
    known.map((one) => one.name),
  )
  const hint = near ? ` Did you mean ${quoted(near)}?` : ''
  throw new Refusal(`There is no organisation ${quoted(name)}.${hint} Nothing was changed.`)
}

/** How long a link to install Milepost works. */
export const invitationDays = 7

const hashOf = (code: string) => createHash('sha256').update(code).digest('hex')

/** A new code for the link by which workspaces of the organisation are installed; the one before works no more. */
export async function openInvitation(tx: Tx, id: string, now: Date): Promise<string> {
  const code = randomBytes(24).toString('base64url')
  const inviteExpiresAt = new Date(now.getTime() + invitationDays * dayMs)
  await tx.organisation.update({
    where: { id },
    data: { inviteHash: hashOf(code), inviteExpiresAt },
  })
  return code
}

/** Whom a code invites; undefined for one that is none, or too old. */
export async function organisationOfInvitation(
  tx: ReadTx,
  code: string,
  now: Date,
): Promise<Organisation | undefined> {
  const found = await tx.organisation.findUnique({ where: { inviteHash: hashOf(code) } })
  if (!found?.inviteExpiresAt || found.inviteExpiresAt <= now) return undefined
  return { id: found.id, name: found.name }
}

export interface OrganisationSummary {
  /** null: the organisation that runs Milepost. */
  readonly name: string | null
  /** Keys. */
  readonly programmes: readonly string[]
  readonly workspaces: readonly {
    readonly platform: string
    readonly tenant: string
    readonly name: string | null
    readonly viaTenant: string | null
    readonly installedAt: Date
    readonly revokedAt: Date | null
    readonly revokedBy: string | null
  }[]
}

/** The one that runs Milepost first, the others by name. */
export async function listOrganisations(tx: ReadTx): Promise<OrganisationSummary[]> {
  const programmes = await tx.programme.findMany({
    select: { key: true, organisationId: true },
    orderBy: { key: 'asc' },
  })
  const workspaces = await tx.workspaceInstallation.findMany({
    omit: { credentials: true },
    orderBy: [{ platform: 'asc' }, { tenant: 'asc' }],
  })
  const organisations = await tx.organisation.findMany({ orderBy: { name: 'asc' } })
  return [{ id: null, name: null }, ...organisations].map(({ id, name }) => ({
    name,
    programmes: programmes.flatMap((one) => (one.organisationId === id ? one.key : [])),
    workspaces: workspaces.filter((one) => one.organisationId === id),
  }))
}
