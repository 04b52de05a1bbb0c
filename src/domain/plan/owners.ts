import type { ReadTx, Tx } from '../../infra/db.ts'

/** Who answers for the projects and workstreams of a plan. People stand in the order in which they were named. */

/** Makes these the leads of a project, in place of those it had. */
export async function setProjectLeads(
  tx: Tx,
  projectId: string,
  personIds: readonly string[],
): Promise<void> {
  await tx.projectLead.deleteMany({ where: { projectId } })
  await tx.projectLead.createMany({
    data: personIds.map((personId, position) => ({ projectId, personId, position })),
  })
}

/** Makes these the leads or the sponsors of a workstream, in place of those it had. */
export async function setWorkstreamOwners(
  tx: Tx,
  workstreamId: string,
  role: 'lead' | 'sponsor',
  personIds: readonly string[],
): Promise<void> {
  await tx.workstreamOwner.deleteMany({ where: { workstreamId, role } })
  await tx.workstreamOwner.createMany({
    data: personIds.map((personId, position) => ({ workstreamId, personId, role, position })),
  })
}

/** Hands all that one person leads or sponsors in a programme to another. What both have is kept once. */
export async function transferOwnership(
  tx: Tx,
  programmeId: string,
  { from, to: personId }: { readonly from: string; readonly to: string },
): Promise<void> {
  const skipDuplicates = true
  const theirs = <Row>(rows: readonly Row[]) => rows.map((row) => ({ ...row, personId }))

  const led = { where: { personId: from, project: { programmeId } } }
  const leads = await tx.projectLead.findMany(led)
  await tx.projectLead.deleteMany(led)
  await tx.projectLead.createMany({ data: theirs(leads), skipDuplicates })

  const owned = { where: { personId: from, workstream: { programmeId } } }
  const owners = await tx.workstreamOwner.findMany(owned)
  await tx.workstreamOwner.deleteMany(owned)
  await tx.workstreamOwner.createMany({ data: theirs(owners), skipDuplicates })
}

/**
 * Takes a person out as lead and sponsor, in one programme or in all. Gives the projects that have no lead any more, by
 * programme and in the order of the plan: 'W17 2.1'.
 */
export async function removeOwner(
  tx: Tx,
  personId: string,
  programmeId?: string,
): Promise<string[]> {
  const inProgramme = programmeId === undefined ? {} : { programmeId }
  const led = { where: { personId, project: inProgramme } }
  const projects = await tx.projectLead.findMany({ ...led, select: { projectId: true } })
  await tx.projectLead.deleteMany(led)
  await tx.workstreamOwner.deleteMany({ where: { personId, workstream: inProgramme } })
  return projectsWithoutLead(
    tx,
    projects.map(({ projectId }) => projectId),
  )
}

async function projectsWithoutLead(tx: ReadTx, projectIds: readonly string[]): Promise<string[]> {
  const rows = await tx.project.findMany({
    where: { id: { in: [...projectIds] }, leads: { none: {} } },
    select: { ref: true, programme: { select: { key: true } } },
    orderBy: [{ programmeId: 'asc' }, { position: 'asc' }],
  })
  return rows.map(({ ref, programme }) => `${programme.key} ${ref}`)
}
