import { toDbDate } from '../../base/dates.ts'
import { newId } from '../../base/ids.ts'
import type { MilestoneChange, PlanDiff } from './diff-types.ts'
import { type ImportContext, projectIdsByRef } from './import-context.ts'
import type { MilestoneCell } from './parsed-plan.ts'

/** Writes the milestones that a file adds and changes. Earlier dates and ratings stay in the history. */
export async function applyMilestones(to: ImportContext, difference: PlanDiff): Promise<void> {
  await addMilestones(to, difference)
  for (const change of difference.changed) {
    if (change.what === 'milestone') await applyMilestoneChange(to, change)
  }
}

async function addMilestones(to: ImportContext, { added }: PlanDiff): Promise<void> {
  const { tx, programmeId } = to
  const projects = await projectIdsByRef(to)
  const last = await tx.milestone.groupBy({
    by: ['projectId'],
    where: { project: { programmeId } },
    _max: { number: true },
  })
  const numbers = new Map(last.map((row) => [row.projectId, row._max.number ?? 0]))
  const newMilestones = added.flatMap((one) => {
    const projectId = one.what === 'milestone' ? projects.get(one.ref) : undefined
    if (one.what !== 'milestone' || !projectId) return []
    const number = (numbers.get(projectId) ?? 0) + 1
    numbers.set(projectId, number)
    return [{ id: newId(), projectId, number, cell: one.milestone }]
  })
  await tx.milestone.createMany({
    data: newMilestones.map(({ cell, ...keys }) => ({ ...keys, ...columnsOf(to, cell) })),
  })
  const of = <Row>(
    rowOf: (to: ImportContext, id: string, cell: MilestoneCell) => Row | undefined,
  ) => newMilestones.flatMap(({ id, cell }) => rowOf(to, id, cell) ?? [])
  await tx.milestoneMove.createMany({ data: of(moveFromBaseline) })
  await tx.milestoneRating.createMany({ data: of(ratingOf) })
  await tx.milestoneCompletion.createMany({ data: of(completionOf) })
}

function columnsOf({ asOf }: ImportContext, cell: MilestoneCell) {
  const { about, raw, column, precision, recurrence, condition, earliest, due, doneOn } = cell
  const baseline = cell.baseline === undefined ? due : cell.baseline
  return {
    ...{ about, raw, precision, recurrence, condition, heading: column },
    earliest: earliest && toDbDate(earliest),
    baselineDue: baseline && toDbDate(baseline),
    due: due && toDbDate(due),
    doneOn: doneOn ? toDbDate(doneOn) : null,
    addedOn: toDbDate(asOf),
  }
}

/** Our own export has the first due day of a milestone, so that an import keeps that it was moved since. */
function moveFromBaseline(
  to: ImportContext,
  milestoneId: string,
  { baseline, due }: MilestoneCell,
) {
  if (baseline === undefined || baseline === due) return undefined
  const reason = `Moved before ${to.fileName} was imported`
  const [from, day] = [baseline && toDbDate(baseline), due && toDbDate(due)]
  return { ...historyColumns(to, milestoneId), from, to: day, reason }
}

function ratingOf(to: ImportContext, milestoneId: string, { state, rawState = '' }: MilestoneCell) {
  if (state === undefined || (state === 'blank' && rawState.trim() === '')) return undefined
  return { ...historyColumns(to, milestoneId), state, raw: rawState }
}

function completionOf({ now }: ImportContext, milestoneId: string, { doneOn }: MilestoneCell) {
  if (!doneOn) return undefined
  return { milestoneId, source: 'import', onDay: toDbDate(doneOn), at: now }
}

function historyColumns({ asOf, now }: ImportContext, milestoneId: string) {
  return { id: newId(), milestoneId, source: 'import', onDay: toDbDate(asOf), at: now }
}

async function applyMilestoneChange(to: ImportContext, change: MilestoneChange): Promise<void> {
  const { tx, programmeId } = to
  const { ref, number, field, milestone: cell } = change
  const { id, due } = await tx.milestone.findFirstOrThrow({
    where: { number, project: { programmeId, ref } },
  })
  if (field === 'due') {
    const day = cell.due && toDbDate(cell.due)
    const reason = `Changed in ${to.fileName}`
    await tx.milestoneMove.create({
      data: { ...historyColumns(to, id), from: due, to: day, reason },
    })
    await tx.milestone.update({ where: { id }, data: { due: day } })
  }
  if (field === 'state' && cell.state !== undefined) {
    const { state, rawState = '' } = cell
    await tx.milestoneRating.create({ data: { ...historyColumns(to, id), state, raw: rawState } })
  }
  const done = completionOf(to, id, cell)
  if (field === 'done' && done) {
    await tx.milestoneCompletion.createMany({ data: done, skipDuplicates: true })
    await tx.milestone.update({ where: { id }, data: { doneOn: done.onDay } })
  }
}
