import { batched } from '../../infra/batch-loader.ts'

/** Whether any measure of a project has a reading. One statement for all who ask at the same moment. */
export const hasReadings = batched<string, boolean>(async (tx, projectIds) => {
  const found = await tx.project.findMany({
    where: {
      id: { in: [...projectIds] },
      measures: { some: { measure: { readings: { some: {} } } } },
    },
    select: { id: true },
  })
  const measured = new Set(found.map(({ id }) => id))
  return projectIds.map((id) => measured.has(id))
})
