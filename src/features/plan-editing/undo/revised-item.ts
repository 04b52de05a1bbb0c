import { shorten } from '../../../base/text.ts'
import { measureTitle } from '../../../domain/measures/lookup.ts'
import { formatProject } from '../../../domain/plan/format.ts'
import type { Revision } from '../../../domain/revisions/revisions.ts'
import type { ReadTx } from '../../../infra/db.ts'

/** The id of the project that a revision is about; null for a workstream's and a measure's. */
export async function projectOfRevision(
  tx: ReadTx,
  { item, itemId }: Revision,
): Promise<string | null> {
  if (item === 'workstream' || item === 'measure') return null
  if (item === 'project') return itemId
  return (await tx.milestone.findUniqueOrThrow({ where: { id: itemId } })).projectId
}

/** "2.1 Practice standards", "2.1 Practice standards, milestone 3", "Workstream 2 Practice", "Measure 3 Care leavers". */
export async function describeItem(tx: ReadTx, { item, itemId: id }: Revision): Promise<string> {
  if (item === 'workstream') {
    const { ref, title } = await tx.workstream.findUniqueOrThrow({ where: { id } })
    return `Workstream ${ref} ${shorten(title, 120)}`
  }
  if (item === 'project') {
    return formatProject(await tx.project.findUniqueOrThrow({ where: { id } }))
  }
  if (item === 'measure') {
    return `Measure ${measureTitle(await tx.measure.findUniqueOrThrow({ where: { id } }))}`
  }
  const { number, project } = await tx.milestone.findUniqueOrThrow({
    where: { id },
    include: { project: true },
  })
  return `${formatProject(project)}, milestone ${number}`
}
