import { type CivilDate, toDbDate } from '../../base/dates.ts'
import type { ReadTx } from '../../infra/db.ts'
import { loadEarlierValues } from '../revisions/revision-store.ts'
import { type Ending, type Life, parseLife, type SetAside } from './life.ts'
import type { Project } from './plan.ts'
import { projectById } from './project-query.ts'

/** The projects that are in no count but their own: in the pipeline, on hold, closed. Not those taken out by mistake. */
export interface SetAsideCounts {
  readonly onHold: number
  readonly pipeline: number
  /** By how they ended. */
  readonly closed: Readonly<Record<Ending, number>>
}

export function countSetAside(lives: readonly Life[]): SetAsideCounts {
  const count = (is: (life: SetAside) => boolean) =>
    lives.filter((life) => life !== null && is(life)).length
  const endedAs = (ending: Ending) =>
    count((life) => life.state === 'closed' && life.ending === ending)
  return {
    onHold: count(({ state }) => state === 'on hold'),
    pipeline: count(({ state }) => state === 'pipeline'),
    closed: {
      finished: endedAs('finished'),
      stopped: endedAs('stopped'),
      merged: endedAs('merged'),
    },
  }
}

/** "2 on hold, 1 in the pipeline, 3 closed: 2 finished, 1 merged"; '' for none. */
export function formatSetAside({ onHold, pipeline, closed }: SetAsideCounts): string {
  const endings = (['finished', 'stopped', 'merged'] as const).filter((one) => closed[one] > 0)
  const ended = endings.reduce((sum, one) => sum + closed[one], 0)
  const byEnding = endings.map((one) => `${closed[one]} ${one}`).join(', ')
  return [
    ...(onHold > 0 ? [`${onHold} on hold`] : []),
    ...(pipeline > 0 ? [`${pipeline} in the pipeline`] : []),
    ...(ended > 0 ? [`${ended} closed: ${byEnding}`] : []),
  ].join(', ')
}

export interface SetAsideProjects {
  readonly counts: SetAsideCounts
  readonly ids: ReadonlySet<string>
}

/** As they were at the end of a day. */
export async function loadSetAside(
  tx: ReadTx,
  programmeId: string,
  asAt: CivilDate,
): Promise<SetAsideProjects> {
  const rows = await tx.project.findMany({
    where: { programmeId, OR: [{ addedOn: null }, { addedOn: { lte: toDbDate(asAt) } }] },
    select: { id: true, life: true },
  })
  const earlier = await loadEarlierValues(tx, programmeId, ['project'], asAt)
  const projects = rows.flatMap(({ id, life: present }) => {
    const { life } = { life: present, ...earlier.get(id) }
    const then = parseLife(life)
    return then && then.state !== 'removed' ? [{ id, life: then }] : []
  })
  return {
    counts: countSetAside(projects.map(({ life }) => life)),
    ids: new Set(projects.map(({ id }) => id)),
  }
}

/** The projects on hold that have a day to look at them again. */
export async function loadProjectsToReview(
  tx: ReadTx,
  programmeId: string,
  asAt: CivilDate,
): Promise<Project[]> {
  const rows = await tx.project.findMany({
    where: { programmeId, life: { path: ['state'], equals: 'on hold' } },
    orderBy: { position: 'asc' },
    select: { id: true },
  })
  const projects: Project[] = []
  for (const { id } of rows) {
    const project = await projectById(tx, id, asAt)
    if (project?.life?.state === 'on hold' && project.life.reviewOn) projects.push(project)
  }
  return projects
}
