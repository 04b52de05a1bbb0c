import type { CivilDate } from '../../base/dates.ts'
import type { ReadTx } from '../../infra/db.ts'
import { loadEarlierValues } from '../revisions/revision-store.ts'
import type { EarlierValues } from '../revisions/revisions.ts'
import type { Measure } from './measure.ts'

/** What of a measure was otherwise at the end of a day: as much as its history tells. */
type EarlierMeasure = Partial<Measure> & { readonly wasRemoved?: boolean }

/** By the id of a measure; empty where nothing of it has changed since. */
export async function loadEarlierMeasures(
  tx: ReadTx,
  programmeId: string,
  asAt: CivilDate,
): Promise<(measureId: string) => EarlierMeasure> {
  const earlier = await loadEarlierValues(tx, programmeId, ['measure'], asAt)
  if (earlier.size === 0) return () => ({})
  const { projects, outcomes } = await loadLinked(tx, earlier)
  return (measureId) => {
    // The workstream is no part of a Measure; links have their ids in the history.
    const {
      isRemoved,
      workstreamId: _,
      projects: p,
      outcomes: o,
      ...fields
    } = earlier.get(measureId) ?? {}
    return {
      ...fields,
      ...(typeof isRemoved === 'boolean' && { wasRemoved: isRemoved }),
      ...(p !== undefined && { projects: projects.filter(({ id }) => idsOf(p).includes(id)) }),
      ...(o !== undefined && { outcomes: outcomes.filter(({ id }) => idsOf(o).includes(id)) }),
    }
  }
}

/** All projects and outcomes that measures were linked with, in the order of the plan. */
async function loadLinked(tx: ReadTx, earlier: EarlierValues) {
  const idsIn = (field: string) => [...earlier.values()].flatMap((one) => idsOf(one[field]))
  const projects = await tx.project.findMany({
    where: { id: { in: idsIn('projects') } },
    orderBy: { position: 'asc' },
    select: { id: true, ref: true, title: true },
  })
  const outcomes = await tx.outcome.findMany({
    where: { id: { in: idsIn('outcomes') } },
    orderBy: { number: 'asc' },
    select: { id: true, number: true, text: true },
  })
  return { projects, outcomes }
}

const idsOf = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : [])
