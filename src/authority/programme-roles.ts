import { type CivilDate, toDbDate } from '../base/dates.ts'
import type { Prisma, ReadTx } from '../infra/db.ts'
import { actionsOnArchived, type Role } from './actions.ts'
import { authorise, type Relation, relationToProject } from './rights.ts'

/** Reads what people are in programmes. */

/** The programmes that a person may know of: those in which they have a role. */
export const programmesOfPerson = (personId: string): Prisma.ProgrammeWhereInput => ({
  memberships: { some: { personId } },
})

/** What one person is in one programme, read once for everything that is asked of it. */
export interface ProgrammeRoles {
  /** To what belongs to no project. */
  readonly toProgramme: Relation
  /** To the projects that they answer for, by id. */
  readonly toProjects: ReadonlyMap<string, Relation>
  /** Ids of those whose own things they may do: themselves, and whoever is away with them as deputy. */
  readonly actsFor: readonly string[]
}

export interface RolesQuery {
  readonly personId: string
  readonly programmeId: string
  /** Deputies are deputies for as long as a lead is away. */
  readonly today: CivilDate
}

export async function loadProgrammeRoles(tx: ReadTx, query: RolesQuery): Promise<ProgrammeRoles> {
  const { personId, programmeId } = query
  const memberships = await tx.membership.findMany({
    where: { programmeId, personId },
    include: { programme: { select: { archivedAt: true } } },
  })
  const isArchived = memberships.some(({ programme }) => programme.archivedAt !== null)
  const held = memberships.map(({ role }) => role)
  // Whom the plan names and whom the people file lists as a viewer alone, or not at all, changes nothing.
  const mayOwn = held.some((role) => role !== 'viewer')
  const owned = await tx.workstreamOwner.findMany({
    where: { workstream: { programmeId }, personId },
  })
  const owns = (as: 'lead' | 'sponsor') => mayOwn && owned.some(({ role }) => role === as)
  const isOffice = held.includes('programme_office')
  const roles: (Role | false)[] = [
    ...(held.length > 0 ? (['person', 'member'] as const) : []),
    owns('lead') && 'workstream lead',
    (owns('sponsor') || held.includes('sponsor')) && 'sponsor',
    isOffice && 'office',
  ]
  const covered = held.length === 0 ? [] : await coveredOwners(tx, query)
  return {
    toProgramme: { roles: roles.filter((role) => role !== false), standsInFor: [], isArchived },
    toProjects:
      held.length === 0
        ? new Map()
        : await relationsToProjects(tx, query, { mayOwn, isOffice, isArchived, covered }),
    actsFor: [...(mayOwn ? [personId] : []), ...covered],
  }
}

/** To a project that the person does not answer for, they are what they are to its programme, but no lead of it. */
export function relationIn(
  { toProgramme, toProjects }: ProgrammeRoles,
  projectId: string,
): Relation {
  const roles = toProgramme.roles.filter((role) => role === 'member' || role === 'office')
  return toProjects.get(projectId) ?? { ...toProgramme, roles }
}

interface OwnerRights {
  readonly mayOwn: boolean
  readonly isOffice: boolean
  readonly isArchived: boolean
  /** Ids of the people who are away with this person as their deputy. */
  readonly covered: readonly string[]
}

async function relationsToProjects(
  tx: ReadTx,
  query: RolesQuery,
  { mayOwn, isOffice, isArchived, covered }: OwnerRights,
): Promise<Map<string, Relation>> {
  const { personId, programmeId } = query
  const people = [...(mayOwn ? [personId] : []), ...covered]
  const theirs = { personId: { in: people } }
  const rows = await tx.project.findMany({
    where: {
      programmeId,
      OR: [
        { leads: { some: theirs } },
        { workstream: { owners: { some: { ...theirs, role: 'lead' } } } },
      ],
    },
    select: {
      id: true,
      leads: { where: theirs, orderBy: { position: 'asc' } },
      workstream: {
        select: { owners: { where: { ...theirs, role: 'lead' }, orderBy: { position: 'asc' } } },
      },
    },
  })
  const idsOf = (owners: readonly { readonly personId: string }[]) =>
    owners.map((owner) => owner.personId)
  return new Map(
    rows.map(({ id, leads, workstream }) => {
      const owners = { leads: idsOf(leads), workstreamLeads: idsOf(workstream.owners) }
      const leadsCoveredByActor = [...owners.leads, ...owners.workstreamLeads].filter((one) =>
        covered.includes(one),
      )
      const programmeOffice = isOffice ? [personId] : []
      const project = { ...owners, sponsors: [], programmeOffice, leadsCoveredByActor, isArchived }
      return [id, relationToProject(personId, project)]
    }),
  )
}

/** Ids of the people who own something there, are away today and have this person as their deputy. */
async function coveredOwners(
  tx: ReadTx,
  { personId, programmeId, today }: RolesQuery,
): Promise<string[]> {
  const day = toDbDate(today)
  const rows = await tx.person.findMany({
    where: {
      memberships: { some: { programmeId, role: { not: 'viewer' } } },
      leaves: {
        some: {
          deputyId: personId,
          from: { lte: day },
          to: { gte: day },
          AND: [
            { OR: [{ returnedOn: null }, { returnedOn: { gt: day } }] },
            // Leave that an office said counts in its own programme.
            { OR: [{ programmeId: null }, { programmeId }] },
          ],
        },
      },
    },
    select: { id: true },
  })
  return rows.map(({ id }) => id)
}

/** Who is in the office of these programmes, by the ids of the people. */
export async function officeMembers(
  tx: ReadTx,
  programmeIds: readonly string[],
): Promise<{ readonly personId: string; readonly programmeId: string }[]> {
  return tx.membership.findMany({
    where: { role: 'programme_office', programmeId: { in: [...programmeIds] } },
    select: { personId: true, programmeId: true },
    orderBy: [{ personId: 'asc' }, { programmeId: 'asc' }],
  })
}

/**
 * Ids of the sponsors of a programme: those whom the people file calls so; where it calls nobody so, those of its
 * workstreams.
 */
export async function sponsorsOf(tx: ReadTx, programmeId: string): Promise<string[]> {
  const named = await tx.membership.findMany({
    where: { programmeId, role: 'sponsor' },
    orderBy: { personId: 'asc' },
  })
  if (named.length > 0) return [...new Set(named.map(({ personId }) => personId))]
  const isMember = { memberships: { some: { programmeId, role: { not: 'viewer' as const } } } }
  const owners = await tx.workstreamOwner.findMany({
    where: { workstream: { programmeId }, role: 'sponsor', person: isMember },
    orderBy: { personId: 'asc' },
  })
  return [...new Set(owners.map(({ personId }) => personId))]
}

/**
 * Ids of the programmes in whose office the person is, of those that are archived only where the action is still done
 * about them. @throws Refusal where there is none
 */
export async function programmesOfOffice(
  tx: ReadTx,
  personId: string,
  action: 'say leave for others' | 'see messages',
): Promise<string[]> {
  const rows = await tx.membership.findMany({
    where: {
      ...{ personId, role: 'programme_office' },
      ...(!actionsOnArchived.includes(action) && { programme: { archivedAt: null } }),
    },
    select: { programmeId: true },
    orderBy: { programmeId: 'asc' },
  })
  authorise(action, { roles: rows.map(() => 'office'), standsInFor: [] }, '')
  return rows.map(({ programmeId }) => programmeId)
}
