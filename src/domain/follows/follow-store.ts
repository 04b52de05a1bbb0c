import { programmesOfPerson } from '../../authority/programme-roles.ts'
import { dateIn } from '../../base/dates.ts'
import { newId } from '../../base/ids.ts'
import type { ReadTx, Tx } from '../../infra/db.ts'
import type { Plan } from '../plan/plan.ts'
import type { Follow } from './follow-events.ts'

/** Returns false where the person follows the project already. */
export async function startFollow(
  tx: Tx,
  { personId, projectId, now }: { personId: string; projectId: string; now: Date },
): Promise<boolean> {
  const running = await tx.follow.count({ where: { personId, projectId, endedAt: null } })
  if (running > 0) return false
  await tx.follow.create({ data: { id: newId(), personId, projectId, at: now } })
  return true
}

/** Returns false where the person did not follow the project. */
export async function endFollow(
  tx: Tx,
  { personId, projectId, now }: { personId: string; projectId: string; now: Date },
): Promise<boolean> {
  const { count } = await tx.follow.updateMany({
    where: { personId, projectId, endedAt: null },
    data: { endedAt: now },
  })
  return count > 0
}

/** The person follows no project of the programme any more. */
export async function endFollowsIn(
  tx: Tx,
  { personId, programmeId, now }: { personId: string; programmeId: string; now: Date },
): Promise<void> {
  await tx.follow.updateMany({
    where: { personId, endedAt: null, project: { programmeId } },
    data: { endedAt: now },
  })
}

/** Takes out what a person follows or followed. */
export async function eraseFollows(tx: Tx, personId: string): Promise<void> {
  await tx.follow.deleteMany({ where: { personId } })
}

/** What a person follows in the programmes that they are in, oldest first. */
export async function listFollows(tx: ReadTx, personId: string) {
  return tx.follow.findMany({
    where: { personId, endedAt: null, project: { programme: programmesOfPerson(personId) } },
    orderBy: [{ at: 'asc' }, { id: 'asc' }],
    include: {
      project: { select: { ref: true, title: true, programme: { select: { key: true } } } },
    },
  })
}

/** The follows of these programmes' projects, by programme id. */
export async function loadFollows(
  tx: ReadTx,
  plans: readonly Plan[],
): Promise<Map<string, Follow[]>> {
  const zones = new Map(plans.map(({ programme }) => [programme.id, programme.zone]))
  const rows = await tx.follow.findMany({
    where: { endedAt: null, project: { programmeId: { in: [...zones.keys()] } } },
    orderBy: [{ at: 'asc' }, { id: 'asc' }],
    include: { project: { select: { programmeId: true } } },
  })
  const follows = new Map<string, Follow[]>()
  for (const { personId, projectId, at, project } of rows) {
    const ofProgramme = follows.get(project.programmeId) ?? []
    ofProgramme.push({
      personId,
      projectId,
      at,
      from: dateIn(zones.get(project.programmeId) ?? 'UTC', at),
    })
    follows.set(project.programmeId, ofProgramme)
  }
  return follows
}
