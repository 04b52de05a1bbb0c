import type { ReadTx } from '../../infra/db.ts'

/** What one person is in a whole programme. */
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
