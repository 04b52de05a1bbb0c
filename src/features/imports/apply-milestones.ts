import { type CivilDate, fromNullableDbDate } from '../../base/dates.ts'
import {
  completionWithDay,
  milestoneCompletion,
  milestoneRemoval,
  milestoneText,
} from '../../domain/plan/milestone-fields.ts'
import {
  addMilestones,
  appendCompletion,
  appendMove,
  appendRating,
  type MilestoneRatingCell,
  markDone,
  type NewMilestone,
} from '../../domain/plan/milestone-store.ts'
import { recordAdditions, reviseField } from '../../domain/plan/revise.ts'
import { type MilestoneChange, type PlanDiff, takenBackField } from './diff-types.ts'
import { type ImportContext, importProvenance, projectIdsByRef } from './import-context.ts'
import type { MilestoneCell } from './parsed-plan.ts'
import { revisionDetails } from './set-imported.ts'

/** Writes the milestones that a file adds and changes. Earlier dates and ratings stay in the history. */
export async function applyMilestones(to: ImportContext, difference: PlanDiff): Promise<void> {
  await applyNewMilestones(to, difference)
  for (const change of difference.changed) {
    if (change.what === 'milestone') await applyMilestoneChange(to, change)
  }
}

async function applyNewMilestones(to: ImportContext, { added }: PlanDiff): Promise<void> {
  const projects = await projectIdsByRef(to)
  const milestones = added.flatMap((one) => {
    const projectId = one.what === 'milestone' ? projects.get(one.ref) : undefined
    return one.what === 'milestone' && projectId ? newMilestone(to, projectId, one.milestone) : []
  })
  // Our own export says the day a milestone had at first: that it was moved since must not be lost on the way.
  const reason = `Moved before ${to.fileName} was imported`
  const said = importProvenance(to)
  const { tx, programmeId } = to
  const rows = await addMilestones(tx, programmeId, milestones, said, reason)
  const ids = rows.map(({ id }) => id)
  const values = { from: true, to: false }
  await recordAdditions(tx, milestoneRemoval, ids, values, revisionDetails(to))
}

function newMilestone(
  { asOf }: ImportContext,
  projectId: string,
  cell: MilestoneCell,
): NewMilestone {
  const { about, raw, column, precision, recurrence, condition, earliest, due, doneOn } = cell
  return {
    ...{ projectId, about, raw, precision, recurrence, condition, earliest, due },
    heading: column,
    baselineDue: cell.baseline === undefined ? due : cell.baseline,
    doneOn: doneOn ?? null,
    isDoneDayUnknown: cell.isDoneDayUnknown ?? false,
    addedOn: asOf,
    rating: ratingOf(cell),
  }
}

function ratingOf({ state, rawState: raw = '' }: MilestoneCell): MilestoneRatingCell | null {
  const isEmpty = state === undefined || (state === 'blank' && raw.trim() === '')
  return isEmpty ? null : { state, raw }
}

async function applyMilestoneChange(to: ImportContext, change: MilestoneChange): Promise<void> {
  const { tx, programmeId } = to
  const { ref, number, field, milestone: cell } = change
  const { id, due } = await tx.milestone.findFirstOrThrow({
    where: { number, project: { programmeId, ref } },
  })
  const said = importProvenance(to)
  if (field === takenBackField) {
    await reviseField(tx, milestoneRemoval, id, false, revisionDetails(to))
  }
  if (field === 'about') {
    await reviseField(tx, milestoneText, id, cell.about, revisionDetails(to))
  }
  if (field === 'due') {
    const reason = `Changed in ${to.fileName}`
    await appendMove(tx, id, { from: fromNullableDbDate(due), to: cell.due, reason }, said)
  }
  if (field === 'state' && cell.state !== undefined) {
    const { state, rawState: raw = '' } = cell
    await appendRating(tx, id, { state, raw, reason: change.reason ?? null }, said)
  }
  if (field === 'done' && cell.doneOn) {
    const isDayUnknown = cell.isDoneDayUnknown ?? false
    const isNew = await appendCompletion(tx, id, { isDayUnknown }, { ...said, onDay: cell.doneOn })
    if (isNew) await markDone(tx, id, cell.doneOn)
    else await sayDoneDay(to, id, cell.doneOn)
  }
}

/** The day of a completion of which it was not known. */
async function sayDoneDay(to: ImportContext, milestoneId: string, onDay: CivilDate): Promise<void> {
  const completion = await completionWithDay(to.tx, milestoneId, onDay)
  if (!completion) return
  await reviseField(to.tx, milestoneCompletion, milestoneId, completion, revisionDetails(to))
}
