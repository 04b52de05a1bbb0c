import type { CivilDate } from '../../base/dates.ts'
import type { ReadTx } from '../../infra/db.ts'
import type { ProjectRef } from '../plan/plan.ts'
import { inPlanOrder } from '../plan/plan-order.ts'
import { loadEarlierValues } from '../revisions/revision-store.ts'
import type { EarlierValues } from '../revisions/revisions.ts'
import type { Measure } from './measure.ts'

/** A measure, and whether it is out of the plan. */
interface StoredMeasure {
  readonly measure: Measure
  readonly isRemoved: boolean
}

/** Gives each measure as it was at the end of a day, as far as its history and that of its projects tell. */
export async function loadEarlierMeasures(
  tx: ReadTx,
  programmeId: string,
  asAt: CivilDate,
): Promise<(stored: StoredMeasure) => StoredMeasure> {
  const earlier = await loadEarlierValues(tx, programmeId, ['measure', 'project'], asAt)
  if (earlier.size === 0) return (stored) => stored
  const all = await loadLinked(tx, programmeId, earlier)
  return ({ measure, isRemoved }) => {
    // The workstream is no part of a Measure; links have their ids in the history.
    const {
      isRemoved: wasRemoved = isRemoved,
      workstreamId: _,
      projects: projectIds,
      outcomes: outcomeIds,
      ...fields
    } = earlier.get(measure.id) ?? {}
    const ids = projectIds ?? measure.projects.map(({ id }) => id)
    const outcomes = outcomeIds === undefined ? measure.outcomes : linked(all.outcomes, outcomeIds)
    const projects = linked(all.projects, ids).map(({ position, ...project }) => {
      return { position, item: namedAsAt(project, earlier) }
    })
    return {
      measure: { ...measure, ...fields, projects: inPlanOrder(projects), outcomes },
      isRemoved: wasRemoved === true,
    }
  }
}

/** With the number and the title that the project had then. */
function namedAsAt(project: ProjectRef, earlier: EarlierValues): ProjectRef {
  const { ref = project.ref, title = project.title } = earlier.get(project.id) ?? {}
  return { ...project, ref: String(ref), title: String(title) }
}

/** The programme's projects, and the outcomes that measures were linked with. */
async function loadLinked(tx: ReadTx, programmeId: string, earlier: EarlierValues) {
  const idsIn = (field: string) => [...earlier.values()].flatMap((one) => idsOf(one[field]))
  const projects = await tx.project.findMany({
    where: { programmeId },
    select: { id: true, ref: true, title: true, position: true },
  })
  const outcomes = await tx.outcome.findMany({
    where: { id: { in: idsIn('outcomes') } },
    orderBy: { number: 'asc' },
    select: { id: true, number: true, text: true },
  })
  return { projects, outcomes }
}

function linked<Item extends { readonly id: string }>(all: readonly Item[], ids: unknown): Item[] {
  return all.filter(({ id }) => idsOf(ids).includes(id))
}

const idsOf = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : [])
