import { Refusal } from '../../base/errors.ts'
import { listOf } from '../../base/text.ts'
import type { ReadTx } from '../../infra/db.ts'
import { formatProject } from './format.ts'
import { parseLife } from './life.ts'
import { planOrder } from './plan-order.ts'

/** How many projects a refusal names. */
const maxNamed = 5

/**
 * Every project stands in a workstream of the plan, also one that is on hold or closed: what was taken out by mistake
 * needs none. @throws Refusal that names those whose workstream is out of the plan, so that nothing is written
 */
export async function assertProjectsHaveWorkstreams(
  tx: ReadTx,
  programmeId: string,
): Promise<void> {
  const rows = await tx.project.findMany({
    where: { programmeId, workstream: { isRemoved: true } },
    orderBy: planOrder,
    include: { workstream: true },
  })
  const placed = rows.filter(({ life }) => parseLife(life)?.state !== 'removed')
  const [first] = placed
  if (!first) return
  const { ref, title } = first.workstream
  const names = placed.slice(0, maxNamed).map(formatProject)
  const more = placed.length > maxNamed ? [`${placed.length - maxNamed} more`] : []
  throw new Refusal(
    `Workstream ${ref} ${title} would be out of the plan, and ${listOf([...names, ...more])} in it. Nothing was changed. Move or take out what is in it first, or bring the workstream back.`,
  )
}
