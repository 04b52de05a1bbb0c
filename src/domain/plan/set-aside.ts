import { z } from 'zod'
import { type CivilDate, toDbDate } from '../../base/dates.ts'
import type { ReadTx } from '../../infra/db.ts'
import { loadEarlierValues, loadFieldRevisions } from '../revisions/revision-store.ts'
import { type Ending, type Life, parseLife, type SetAside } from './life.ts'
import type { Project } from './plan.ts'
import { planOrder } from './plan-order.ts'
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

/** A project that is not live, as it was on a day. */
export interface SetAsideProject
  extends Pick<Project, 'id' | 'ref' | 'title' | 'workstreamId' | 'tags'> {
  readonly life: Exclude<SetAside, { state: 'removed' }>
}

/** A project was made live again. */
export interface Reopening {
  readonly onDay: CivilDate
  readonly reason: string | null
  /** How it was set aside before. */
  readonly from: SetAside
  /** What set it aside was taken back. */
  readonly isUndo: boolean
}

export interface SetAsideProjects {
  readonly counts: SetAsideCounts
  /** Of all that are set aside. */
  readonly ids: ReadonlySet<string>
  /** Those that may be named, in the order of the plan. */
  readonly projects: readonly SetAsideProject[]
  /** The last reopening of each project that had one, by its id. */
  readonly reopenings: ReadonlyMap<string, Reopening>
}

/** As they were at the end of a day. */
export async function loadSetAside(
  tx: ReadTx,
  programmeId: string,
  asAt: CivilDate,
): Promise<SetAsideProjects> {
  const rows = await tx.project.findMany({
    where: { programmeId, OR: [{ addedOn: null }, { addedOn: { lte: toDbDate(asAt) } }] },
    orderBy: planOrder,
    select: { id: true, ref: true, title: true, workstreamId: true, tags: true, life: true },
  })
  const earlier = await loadEarlierValues(tx, programmeId, ['project'], asAt)
  const projects = rows.flatMap((row) => {
    const then = projectThen.parse({ ...row, ...earlier.get(row.id) })
    const life = parseLife(then.life)
    return life && life.state !== 'removed' ? [{ ...then, life }] : []
  })
  return {
    counts: countSetAside(projects.map(({ life }) => life)),
    ids: new Set(projects.map(({ id }) => id)),
    projects,
    reopenings: await loadReopenings(tx, programmeId, asAt),
  }
}

/** A row with the values that its fields had on an earlier day. */
const projectThen = z.object({
  id: z.string(),
  ref: z.string(),
  title: z.string(),
  workstreamId: z.string(),
  tags: z.array(z.string()),
  life: z.unknown(),
})

async function loadReopenings(
  tx: ReadTx,
  programmeId: string,
  asAt: CivilDate,
): Promise<ReadonlyMap<string, Reopening>> {
  const fields = [{ item: 'project', key: 'life' }] as const
  const revisions = await loadFieldRevisions(tx, programmeId, fields)
  const reopenings = revisions.flatMap(({ itemId, from: before, to, ...revision }) => {
    const { onDay, reason, undoesId, isUndone } = revision
    const from = parseLife(before)
    if (to !== null || from === null || isUndone || onDay > asAt) return []
    return [[itemId, { onDay, reason, from, isUndo: undoesId !== null }] as const]
  })
  // They come newest first, and of each project the last one stays.
  return new Map(reopenings.toReversed())
}

/** The projects on hold that have a day to look at them again. */
export async function loadProjectsToReview(
  tx: ReadTx,
  programmeId: string,
  asAt: CivilDate,
): Promise<Project[]> {
  const rows = await tx.project.findMany({
    where: { programmeId, life: { path: ['state'], equals: 'on hold' } },
    orderBy: planOrder,
    select: { id: true },
  })
  const projects: Project[] = []
  for (const { id } of rows) {
    const project = await projectById(tx, id, asAt, { since: asAt })
    if (project?.life?.state === 'on hold' && project.life.reviewOn) projects.push(project)
  }
  return projects
}
