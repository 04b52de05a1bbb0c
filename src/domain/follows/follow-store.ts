import { dateIn } from '../../base/dates.ts'
import type { Tx } from '../../infra/db.ts'
import type { Plan } from '../plan/plan.ts'
import type { Follow } from './follow-events.ts'

/** Who follows what, by the programme's id. */
export async function loadFollows(tx: Tx, plans: readonly Plan[]): Promise<Map<string, Follow[]>> {
  const zones = new Map(plans.map(({ programme }) => [programme.id, programme.zone]))
  const rows = await tx.follow.findMany({
    where: { endedAt: null, project: { programmeId: { in: [...zones.keys()] } } },
    orderBy: [{ at: 'asc' }, { id: 'asc' }],
    include: { project: { select: { programmeId: true } } },
  })
  const follows = new Map<string, Follow[]>()
  for (const { personId, projectId, at, project } of rows) {
    const its = follows.get(project.programmeId) ?? []
    its.push({ personId, projectId, at, from: dateIn(zones.get(project.programmeId) ?? 'UTC', at) })
    follows.set(project.programmeId, its)
  }
  return follows
}
