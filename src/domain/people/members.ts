import { Refusal } from '../../base/errors.ts'
import type { ReadTx, Tx } from '../../infra/db.ts'
import type { Provenance } from '../revisions/provenance.ts'
import type { ProgrammeRole } from './member-resolver.ts'
import { withRoleHistory } from './role-history.ts'

/** Ids of everybody in these programmes: members, owners of workstreams, leads of projects. */
export async function memberIdsOf(tx: ReadTx, programmeIds: readonly string[]): Promise<string[]> {
  if (programmeIds.length === 0) return []
  const inTheirs = { programmeId: { in: [...programmeIds] } }
  const rows = await tx.person.findMany({
    where: {
      OR: [
        { memberships: { some: inTheirs } },
        { workstreams: { some: { workstream: inTheirs } } },
        { projects: { some: { project: inTheirs } } },
      ],
    },
    select: { id: true },
  })
  return rows.map(({ id }) => id)
}

/** Whether the person has a role in a programme besides this one. */
export async function isInOtherProgramme(
  tx: ReadTx,
  personId: string,
  programmeId: string,
): Promise<boolean> {
  const where = { personId, programmeId: { not: programmeId } }
  return (await tx.membership.count({ where })) > 0
}

/**
 * Gives people a role in a programme, besides those they have. Somebody to whom the people file gives roles in so many
 * words has those alone. @throws Refusal where that is a viewer, who could not do what they are named for
 */
export async function grantRole(
  tx: Tx,
  programmeId: string,
  personIds: readonly string[],
  role: ProgrammeRole,
  said: Provenance,
): Promise<void> {
  const fixed = await tx.membership.findMany({
    where: { programmeId, personId: { in: [...personIds] }, isFixed: true },
    select: { personId: true, role: true, person: { select: { name: true } } },
  })
  for (const roles of Map.groupBy(fixed, ({ personId }) => personId).values()) {
    if (roles.every((one) => one.role === 'viewer'))
      throw viewerRefusal(roles[0]?.person.name, role)
  }
  const isFixed = new Set(fixed.map(({ personId }) => personId))
  const free = personIds.filter((id) => !isFixed.has(id))
  const data = free.map((personId) => ({ programmeId, personId, role }))
  await withRoleHistory(tx, { programmeId, said }, () =>
    tx.membership.createMany({ data, skipDuplicates: true }),
  )
}

function viewerRefusal(name = 'They', role: string): Refusal {
  return new Refusal(
    `${name} is a viewer by the people file, who cannot change anything. Give the role ${role} there first. Nothing was changed.`,
  )
}
