import { type CivilDate, toDbDate } from '../../base/dates.ts'
import { newId } from '../../base/ids.ts'
import type { Prisma, Tx } from '../../infra/db.ts'
import { insertRows } from '../../infra/insert-rows.ts'
import type { ImportedSince } from '../revisions/imported-since.ts'
import type { Provenance } from '../revisions/provenance.ts'
import type { Milestone } from './plan.ts'

export type { Provenance } from '../revisions/provenance.ts'

/** Writes milestones and appends to their history, for chat and imports alike. */

/** The plan's own rating of a milestone: the key of a state, and the cell as written. */
export interface MilestoneRatingCell {
  readonly state: string
  readonly raw: string
  /** What a person said of it; a sheet gives none. */
  readonly reason?: string | null
}

export interface NewMilestone
  extends Pick<
    Milestone,
    | ('about' | 'raw' | 'heading' | 'earliest' | 'baselineDue' | 'due')
    | ('precision' | 'doneOn' | 'addedOn')
  > {
  readonly projectId: string
  readonly recurrence: string | null
  readonly condition: string | null
  readonly rating: MilestoneRatingCell | null
  /** It is done, and nobody said when: by `doneOn` at the latest. */
  readonly isDoneDayUnknown?: boolean
}

/**
 * Adds milestones behind those that their projects have, each with what is known of its history: a move where it is due
 * on another day than at first, its rating, and that it was done. `reason` is that of the moves. Gives their ids and
 * numbers, in the same order.
 */
export async function addMilestones(
  tx: Tx,
  programmeId: string,
  milestones: readonly NewMilestone[],
  said: Provenance,
  reason: string,
): Promise<{ readonly id: string; readonly number: number }[]> {
  const numbers = await lastNumbers(tx, programmeId)
  const added = milestones.map((milestone) => {
    const number = (numbers.get(milestone.projectId) ?? 0) + 1
    numbers.set(milestone.projectId, number)
    return { id: newId(), number, milestone }
  })
  const rowsOf = <Row>(rowOf: (id: string, milestone: NewMilestone) => Row | null) =>
    added.flatMap(({ id, milestone }) => rowOf(id, milestone) ?? [])
  await insertRows(
    tx,
    'Milestone',
    added.map(({ id, number, milestone }) => ({ id, number, ...milestoneRow(milestone) })),
  )
  const moves = rowsOf((id, { baselineDue: from, due: to }) =>
    from === to ? null : moveRow(id, { from, to, reason }, said),
  )
  await insertRows(tx, 'MilestoneMove', moves)
  const ratings = rowsOf((id, { rating }) => rating && ratingRow(id, rating, said))
  await insertRows(tx, 'MilestoneRating', ratings)
  const completions = rowsOf(
    (id, { doneOn, isDoneDayUnknown: isDayUnknown = false }) =>
      doneOn && completionRow(id, { isDayUnknown }, { ...said, onDay: doneOn }),
  )
  await insertRows(tx, 'MilestoneCompletion', completions)
  return added.map(({ id, number }) => ({ id, number }))
}

/** The highest number of a milestone, by project. */
async function lastNumbers(tx: Tx, programmeId: string): Promise<Map<string, number>> {
  const last = await tx.milestone.groupBy({
    by: ['projectId'],
    where: { project: { programmeId } },
    _max: { number: true },
  })
  return new Map(last.map((row) => [row.projectId, row._max.number ?? 0]))
}

function milestoneRow({ rating: _, isDoneDayUnknown: __, ...row }: NewMilestone) {
  const { earliest, baselineDue, due, doneOn, addedOn } = row
  return {
    ...row,
    earliest: earliest && toDbDate(earliest),
    baselineDue: baselineDue && toDbDate(baselineDue),
    due: due && toDbDate(due),
    doneOn: doneOn && toDbDate(doneOn),
    addedOn: toDbDate(addedOn),
  }
}

interface MoveFields {
  readonly from: CivilDate | null
  readonly to: CivilDate | null
  readonly reason: string
}

function moveRow(milestoneId: string, { from, to, reason }: MoveFields, said: Provenance) {
  const days = { from: from && toDbDate(from), to: to && toDbDate(to) }
  return { id: newId(), milestoneId, ...days, reason, ...said, onDay: toDbDate(said.onDay) }
}

function ratingRow(milestoneId: string, rating: MilestoneRatingCell, said: Provenance) {
  return { id: newId(), milestoneId, ...rating, ...said, onDay: toDbDate(said.onDay) }
}

type CompletionFields = Pick<
  Prisma.MilestoneCompletionCreateManyInput,
  'evidence' | 'toConfirm' | 'isDayUnknown'
>

function completionRow(milestoneId: string, fields: CompletionFields, said: Provenance) {
  return { milestoneId, ...fields, ...said, onDay: toDbDate(said.onDay) }
}

/**
 * Appends a move and sets the current date. The baseline and every earlier date stay in the history. Gives the move's
 * id.
 */
export async function appendMove(
  tx: Tx,
  milestoneId: string,
  move: MoveFields,
  said: Provenance,
): Promise<string> {
  const { id } = await tx.milestoneMove.create({ data: moveRow(milestoneId, move, said) })
  const due = move.to && toDbDate(move.to)
  await tx.milestone.update({ where: { id: milestoneId }, data: { due } })
  return id
}

/** Appends a rating of the milestone itself; gives its id. */
export async function appendRating(
  tx: Tx,
  milestoneId: string,
  rating: MilestoneRatingCell,
  said: Provenance,
): Promise<string> {
  const { id } = await tx.milestoneRating.create({ data: ratingRow(milestoneId, rating, said) })
  return id
}

/** Appends that it was done on `said.onDay`. False where that was said before, which then stays as it was. */
export async function appendCompletion(
  tx: Tx,
  milestoneId: string,
  fields: CompletionFields,
  said: Provenance,
): Promise<boolean> {
  const { count } = await tx.milestoneCompletion.createMany({
    data: completionRow(milestoneId, fields, said),
    skipDuplicates: true,
  })
  return count > 0
}

/** It counts as done from this day. */
export async function markDone(tx: Tx, milestoneId: string, day: CivilDate): Promise<void> {
  await tx.milestone.update({ where: { id: milestoneId }, data: { doneOn: toDbDate(day) } })
}

export interface NewFlag {
  readonly atRisk: boolean
  readonly reason: string | null
  /** The flag that this one takes back. */
  readonly undoesId?: string
  /** Since when it has stood, where that one is taken back. */
  readonly since?: CivilDate | null
}

/** Appends a flag: at risk, or no longer. */
export async function appendFlag(
  tx: Tx,
  milestoneId: string,
  flag: NewFlag,
  said: Provenance,
): Promise<string> {
  const id = newId()
  const since = flag.since ? toDbDate(flag.since) : null
  await tx.milestoneFlag.create({
    data: { id, milestoneId, ...flag, ...said, since, onDay: toDbDate(said.onDay) },
  })
  return id
}

/** Takes back the ratings of an import. */
export async function withdrawImportedRatings(
  tx: Tx,
  { programmeId, at, onDay }: ImportedSince,
): Promise<void> {
  await tx.milestoneRating.updateMany({
    where: {
      ...{ source: 'import', at: { gte: at }, withdrawnOn: null },
      milestone: { project: { programmeId } },
    },
    data: { withdrawnOn: toDbDate(onDay) },
  })
}
