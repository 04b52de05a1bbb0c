import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import { Refusal } from '../../base/errors.ts'
import type { ReadTx, Tx } from '../../infra/db.ts'
import type { Provenance } from '../revisions/provenance.ts'
import { appendRevision, latestRevisionBy } from '../revisions/revision-store.ts'
import type { Revision } from '../revisions/revisions.ts'
import type { ProgrammeRole } from './member-resolver.ts'

export interface RoleChange {
  readonly programmeId: string
  readonly said: Provenance
  /** The import that does it. */
  readonly importId?: string | undefined
}

/** Runs what gives and takes roles in a programme, and appends to the history whose roles it changed. */
export async function withRoleHistory<Result>(
  tx: Tx,
  { programmeId, said, importId }: RoleChange,
  change: () => Promise<Result>,
): Promise<Result> {
  const before = await rolesByPerson(tx, programmeId)
  const result = await change()
  const after = await rolesByPerson(tx, programmeId)
  for (const itemId of new Set([...before.keys(), ...after.keys()])) {
    const [from, to] = [before.get(itemId) ?? [], after.get(itemId) ?? []]
    if (isDeepStrictEqual(from, to)) continue
    const revision = { item: 'member' as const, itemId, field: 'roles', from, to, reason: null }
    await appendRevision(tx, programmeId, { ...revision, importId }, said)
  }
  return result
}

const rolesSchema = z.array(z.enum(['lead', 'sponsor', 'programme_office', 'viewer']))

export interface NewRoles {
  readonly programmeId: string
  readonly personId: string
  /** All that the person is from now on; none: they are not in the programme any more. */
  readonly roles: readonly ProgrammeRole[]
  readonly reason: string | null
  readonly said: Provenance
  /** The revision that this takes back. */
  readonly undoesId?: string
}

/** What somebody is in a programme; nothing for somebody who is not in it. */
export async function rolesOf(
  tx: ReadTx,
  programmeId: string,
  personId: string,
): Promise<ProgrammeRole[]> {
  const rows = await tx.membership.findMany({
    where: { programmeId, personId },
    orderBy: { role: 'asc' },
  })
  return rows.map(({ role }) => role)
}

/**
 * Gives somebody exactly these roles, with the history of it. Gives the revision's id; null, and writes nothing, where
 * they have them. Lock the programme first. @throws Refusal where nobody who can be reached would be left in its office
 */
export async function setRoles(
  tx: Tx,
  { programmeId, personId, roles, reason, said, undoesId }: NewRoles,
): Promise<string | null> {
  const member = { programmeId, personId }
  const held = await tx.membership.findMany({ where: member, orderBy: { role: 'asc' } })
  const from = held.map(({ role }) => role)
  const gone = from.filter((role) => !roles.includes(role))
  const added = [...new Set(roles)].filter((role) => !from.includes(role))
  if (gone.length + added.length === 0) return null
  if (gone.includes('programme_office')) await assertOfficeLeft(tx, member)
  // Whose roles are those of the people file alone keeps it so: a plan that names them adds no other.
  const isFixed = held.some((one) => one.isFixed)
  await tx.membership.deleteMany({ where: { ...member, role: { in: gone } } })
  await tx.membership.createMany({ data: added.map((role) => ({ ...member, role, isFixed })) })
  const to = await rolesOf(tx, programmeId, personId)
  const revision = { item: 'member' as const, itemId: personId, field: 'roles', from, to, reason }
  return appendRevision(tx, programmeId, { ...revision, ...(undoesId && { undoesId }) }, said)
}

/** Somebody has to be told what goes wrong, and to be able to mend it. */
async function assertOfficeLeft(
  tx: ReadTx,
  { programmeId, personId }: { readonly programmeId: string; readonly personId: string },
): Promise<void> {
  const others = await tx.membership.count({
    where: {
      ...{ programmeId, role: 'programme_office', personId: { not: personId } },
      person: { identities: { some: { goneAt: null } } },
    },
  })
  if (others > 0) return
  const { name } = await tx.person.findUniqueOrThrow({ where: { id: personId } })
  throw new Refusal(
    `Nobody else in the programme office can be reached, and without ${name} nobody could change the plan or be told what goes wrong. Nothing was changed. Put somebody else in first: add @name to the office.`,
  )
}

/** Gives somebody the roles that they had before a change; where others were given since, those stay. */
export async function restoreRoles(tx: Tx, revision: Revision, said: Provenance): Promise<void> {
  if (await areRolesAsChanged(tx, revision)) await takeRolesBack(tx, revision, null, said)
}

/** Whether somebody still has the roles that a change gave them. */
export async function areRolesAsChanged(
  tx: ReadTx,
  { programmeId, itemId: personId, to }: Revision,
): Promise<boolean> {
  const present = await rolesOf(tx, programmeId, personId)
  return isDeepStrictEqual(present, to)
}

/** Gives the id of the revision that says so. @throws Refusal where nobody would be left in the office */
export async function takeRolesBack(
  tx: Tx,
  { id, programmeId, itemId: personId, from }: Revision,
  reason: string | null,
  said: Provenance,
): Promise<string | null> {
  const roles = rolesSchema.parse(from)
  return setRoles(tx, { programmeId, personId, roles, reason, said, undoesId: id })
}

/**
 * The latest change of somebody's roles that a person made by itself in these programmes since a moment, and that still
 * stands. Roles that came with something else, a lead's with their project, go on with it.
 */
export async function latestRoleChangeBy(
  tx: ReadTx,
  programmeIds: readonly string[],
  byId: string,
  since: Date,
): Promise<Revision | undefined> {
  const latest = await latestRevisionBy(tx, programmeIds, byId, since, ['member'])
  // A people file gives accounts and owners besides, which no single change of roles takes back.
  if (!latest || latest.source.endsWith(' sheet')) return undefined
  const { id, programmeId, at } = latest
  const beside = { id: { not: id }, programmeId, byId, at }
  const cameWith = await tx.planRevision.count({ where: beside })
  const isOfSetup = await tx.programme.count({ where: { id: programmeId, createdAt: at } })
  return cameWith + isOfSetup === 0 ? latest : undefined
}

/** Sorted, so that two can be compared. */
async function rolesByPerson(
  tx: ReadTx,
  programmeId: string,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const rows = await tx.membership.findMany({ where: { programmeId }, orderBy: { role: 'asc' } })
  const byPerson = Map.groupBy(rows, ({ personId }) => personId)
  return new Map([...byPerson].map(([id, roles]) => [id, roles.map(({ role }) => role)]))
}
