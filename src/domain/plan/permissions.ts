import type { ReadTx } from '../../infra/db.ts'

/**
 * Who may do what in a programme. Its office may change everything. The leads of a project and of its workstream may
 * change the project, and so may their deputies while they are away. Sponsors confirm what others reported.
 */

/** What decides who may change a project: ids of people. */
export interface ProjectRoles {
  readonly leads: readonly string[]
  readonly workstreamLeads: readonly string[]
  /** Of its workstream. */
  readonly sponsors: readonly string[]
  readonly programmeOffice: readonly string[]
  /** Those of its leads and its workstream's leads who are away today with the person who asks as their deputy. */
  readonly leadsCoveredByActor: readonly string[]
}

/** Only the project's leads, its workstream's leads, their deputies and the programme office may change it. */
export function mayChange(personId: string, project: ProjectRoles): boolean {
  return isLeadOrOffice(personId, project) || project.leadsCoveredByActor.length > 0
}

function isLeadOrOffice(personId: string, project: ProjectRoles): boolean {
  const { leads, workstreamLeads, programmeOffice } = project
  return [...leads, ...workstreamLeads, ...programmeOffice].includes(personId)
}

/** The lead on whose behalf a deputy acts; null for a person who may act in their own name. */
export function onBehalfOf(personId: string, project: ProjectRoles): string | null {
  return isLeadOrOffice(personId, project) ? null : (project.leadsCoveredByActor[0] ?? null)
}

/** A sponsor of its workstream and the programme office may confirm what others said of it. */
export function mayConfirm(personId: string, { sponsors, programmeOffice }: ProjectRoles): boolean {
  return [...sponsors, ...programmeOffice].includes(personId)
}

/** The same for one person in a whole programme. */
export interface Permissions {
  readonly isOffice: boolean
  /** Of the programme or of any workstream of it. */
  readonly isSponsor: boolean
  readonly leadsWorkstream: boolean
  /** Ids of the projects that they lead, or whose workstream they lead. */
  readonly projects: ReadonlySet<string>
}

export async function permissionsIn(
  tx: ReadTx,
  personId: string,
  programmeId: string,
): Promise<Permissions> {
  const roles = await tx.membership.findMany({ where: { programmeId, personId } })
  const owned = await tx.workstreamOwner.findMany({
    where: { workstream: { programmeId }, personId },
  })
  const led = await tx.project.findMany({
    where: {
      programmeId,
      OR: [
        { leads: { some: { personId } } },
        { workstream: { owners: { some: { personId, role: 'lead' } } } },
      ],
    },
    select: { id: true },
  })
  const owns = (as: 'lead' | 'sponsor') => owned.some(({ role }) => role === as)
  return {
    isOffice: roles.some(({ role }) => role === 'programme_office'),
    isSponsor: owns('sponsor') || roles.some(({ role }) => role === 'sponsor'),
    leadsWorkstream: owns('lead'),
    projects: new Set(led.map(({ id }) => id)),
  }
}
