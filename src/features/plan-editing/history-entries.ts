import { type CivilDate, fromDbDate, fromNullableDbDate, fullDate } from '../../base/dates.ts'
import { capitalised, shorten } from '../../base/text.ts'
import { findAttribute, type PlanAttribute } from '../../domain/plan/attributes/attribute.ts'
import { formatLife, parseLife } from '../../domain/plan/life.ts'
import { moveRequestTexts } from '../../domain/plan/move-request-state.ts'
import { moveStateOf } from '../../domain/plan/move-requests.ts'
import { planFieldOf } from '../../domain/plan/revise.ts'
import { loadProjectRevisions } from '../../domain/revisions/revision-store.ts'
import type { Revision } from '../../domain/revisions/revisions.ts'
import { type Scheme, stateByKey } from '../../domain/scheme/schemes.ts'
import type { Prisma, ReadTx } from '../../infra/db.ts'

/** One thing that was said or done about a project. */
export interface HistoryEntry {
  /** The day it speaks for. */
  readonly onDay: CivilDate
  /** UTC. */
  readonly at: Date
  readonly text: string
  readonly byId: string | null
  readonly onBehalfOfId: string | null
  /** "slack", "teams", "import". */
  readonly source: string
  readonly importId?: string | null
}

interface HistoryContext {
  readonly tx: ReadTx
  readonly today: CivilDate
  readonly scheme: Scheme
  readonly attributes: readonly PlanAttribute[]
  /** Of everybody in the programme, and the numbers of its recommendations and outcomes, by id. */
  readonly names: ReadonlyMap<string, string>
  /** "2 Practice", by id. */
  readonly workstreams: ReadonlyMap<string, string>
}

/** All that was said and done about a project and its milestones, newest first. */
export async function loadHistory(
  context: HistoryContext,
  projectId: string,
): Promise<readonly HistoryEntry[]> {
  const { tx } = context
  const milestones = await tx.milestone.findMany({ where: { projectId } })
  const numbers = new Map(milestones.map(({ id, number }) => [id, number]))
  const revisions = await loadProjectRevisions(tx, projectId)
  const entries = [
    ...revisions.map((revision) => revisionEntry(context, revision, numbers)),
    ...(await updateEntries(context, projectId)),
    ...(await attributeEntries(context, projectId)),
    ...(await milestoneEntries(tx, projectId)),
    ...(await moveRequestEntries(context, projectId)),
    ...(await milestoneRatingEntries(context, projectId)),
  ]
  return entries.toSorted(
    (one, other) => other.onDay.localeCompare(one.onDay) || other.at.getTime() - one.at.getTime(),
  )
}

function revisionEntry(
  context: HistoryContext,
  revision: Revision,
  numbers: ReadonlyMap<string, number>,
): HistoryEntry {
  const { itemId, from, to, reason, undoesId } = revision
  const number = numbers.get(itemId)
  if (isAddition(revision)) {
    const what = number === undefined ? 'Added to the plan' : `Milestone ${number} added`
    return { ...revision, text: what }
  }
  const { label } = planFieldOf(revision)
  const subject = number === undefined ? capitalised(label) : `Milestone ${number}, ${label}`
  const change = `${subject}: ${valueText(context, revision, to)}, was ${valueText(context, revision, from)}`
  return { ...revision, text: `${takenBack(undoesId)}${change}${becauseOf(reason)}` }
}

/** Whoever takes something out says why; what was not there before has no reason. */
function isAddition({ field, from, to, undoesId }: Revision): boolean {
  if (undoesId !== null) return false
  if (field === 'isRemoved') return to === false
  return field === 'life' && to === null && parseLife(from)?.reason === null
}

const becauseOf = (reason: string | null) => (reason ? `, because ${shorten(reason, 200)}` : '')

function valueText(
  { names, workstreams }: HistoryContext,
  { item, field }: Revision,
  value: unknown,
): string {
  if (field === 'life') {
    const life = parseLife(value)
    return life ? formatLife(life) : 'live'
  }
  if (field === 'isRemoved') return value ? 'not in the plan' : 'in the plan'
  if (field === 'completion') return value ? 'done' : 'open'
  if (field === 'workstreamId') return workstreams.get(String(value)) ?? 'another workstream'
  if (Array.isArray(value)) {
    const texts = item === 'project' && field === 'tags' ? value : value.map((id) => names.get(id))
    return texts.map((text) => text ?? 'a former member').join(', ') || 'none'
  }
  return value ? shorten(String(value), 120) : 'none'
}

async function updateEntries(
  { tx, scheme }: HistoryContext,
  projectId: string,
): Promise<HistoryEntry[]> {
  const rows = await tx.statusUpdate.findMany({ where: { projectId } })
  return rows.flatMap((row) => {
    const { onDay, state, reason, attestsId } = row
    const { label } = stateByKey(scheme, state)
    const words = reason ? `${label}: ${shorten(reason, 200)}` : label
    const said = {
      ...row,
      onDay: fromDbDate(onDay),
      text: attestsId ? `No change: ${label}` : words,
    }
    return [said, ...withdrawalEntries(row, `the update to ${label}`)]
  })
}

type WithdrawalColumns = Pick<
  Prisma.StatusUpdateUncheckedCreateInput,
  'withdrawnById' | 'withdrawnBecause'
> & {
  readonly withdrawnOn: Date | null
  readonly withdrawnAt: Date | null
  readonly source: string
}

/** That something was taken back, by whoever did. */
export function withdrawalEntries(
  { withdrawnOn, withdrawnAt, withdrawnById, withdrawnBecause, source }: WithdrawalColumns,
  what: string,
): HistoryEntry[] {
  if (!withdrawnOn || !withdrawnAt) return []
  const text = `Taken back: ${what}${becauseOf(withdrawnBecause ?? null)}`
  const byId = withdrawnById ?? null
  return [
    { text, byId, onBehalfOfId: null, source, at: withdrawnAt, onDay: fromDbDate(withdrawnOn) },
  ]
}

const takenBack = (undoesId: string | null) => (undoesId ? 'Taken back. ' : '')

async function attributeEntries(
  { tx, attributes }: HistoryContext,
  projectId: string,
): Promise<HistoryEntry[]> {
  const rows = await tx.projectAttribute.findMany({ where: { projectId } })
  return rows.map(({ onDay, key, value, undoesId, ...said }) => {
    const attribute = findAttribute(attributes, key)
    const text = value === null ? 'none' : (attribute?.format(value) ?? value)
    return {
      ...said,
      onDay: fromDbDate(onDay),
      text: `${takenBack(undoesId)}${attribute?.column ?? key}: ${text}`,
    }
  })
}

/** Ratings of the milestones themselves, in a plan that has them. */
async function milestoneRatingEntries(
  { tx, scheme }: HistoryContext,
  projectId: string,
): Promise<HistoryEntry[]> {
  const rows = await tx.milestoneRating.findMany({
    where: { milestone: { projectId } },
    include: { milestone: { select: { number: true } } },
  })
  return rows.flatMap((row) => {
    const { onDay, state, reason, milestone } = row
    const what = `milestone ${milestone.number}, ${stateByKey(scheme, state).label}`
    const text = `${capitalised(what)}${becauseOf(reason)}`
    const said = { ...row, onDay: fromDbDate(onDay), text }
    return [said, ...withdrawalEntries(row, `the rating of ${what}`)]
  })
}

const dayText = (day: Date | null) => {
  const civil = fromNullableDbDate(day)
  return civil ? fullDate(civil) : 'no date'
}

/** Moves that waited for the sponsor: who asked and how it stands today, and who answered. */
async function moveRequestEntries(
  { tx, today }: HistoryContext,
  projectId: string,
): Promise<HistoryEntry[]> {
  const rows = await tx.moveRequest.findMany({
    where: { milestone: { projectId } },
    include: {
      milestone: {
        select: {
          number: true,
          due: true,
          isRemoved: true,
          done: { select: { milestoneId: true } },
        },
      },
    },
  })
  return rows.flatMap((row) => {
    const { milestone, from, to, reason, onDay } = row
    const state = moveStateOf(row, today)
    const asked = `Milestone ${milestone.number} asked to move from ${dayText(from)} to ${dayText(to)}${becauseOf(reason)}`
    return [
      { ...row, onDay: fromDbDate(onDay), text: `${asked}: ${moveRequestTexts[state]}` },
      ...answerEntries(row),
    ]
  })
}

/** A later request says itself that it replaces this one; from where somebody answered is not kept. */
function answerEntries(
  row: Prisma.MoveRequestGetPayload<object> & { readonly milestone: { readonly number: number } },
): HistoryEntry[] {
  const { outcome, outcomeById, outcomeOn, outcomeAt, outcomeReason, milestone, to } = row
  if (!outcomeOn || !outcomeAt || outcome === 'replaced') return []
  const verb = outcome === 'declined' ? 'declined' : 'agreed to'
  const text = `${capitalised(verb)}: milestone ${milestone.number} to move to ${dayText(to)}${becauseOf(outcomeReason)}`
  const said = { byId: outcomeById, onBehalfOfId: null, source: '', at: outcomeAt }
  return [{ ...said, onDay: fromDbDate(outcomeOn), text }]
}

async function milestoneEntries(tx: ReadTx, projectId: string): Promise<HistoryEntry[]> {
  const milestone = { projectId }
  const include = { milestone: { select: { number: true } } }
  const moves = await tx.milestoneMove.findMany({ where: { milestone }, include })
  const flags = await tx.milestoneFlag.findMany({ where: { milestone }, include })
  const done = await tx.milestoneCompletion.findMany({
    where: { milestone },
    include: { ...include, confirmation: true },
  })
  return [
    ...moves.flatMap((row) => {
      const {
        milestone: { number },
        from,
        to,
        reason,
        onDay,
      } = row
      const isMoved = from?.getTime() !== to?.getTime()
      const text = isMoved
        ? `Milestone ${number} moved from ${dayText(from)} to ${dayText(to)}${becauseOf(reason)}`
        : `Milestone ${number} due on ${dayText(to)} in the sheet too`
      const back = withdrawalEntries(row, `the move of milestone ${number} to ${dayText(to)}`)
      return [{ ...row, onDay: fromDbDate(onDay), text }, ...back]
    }),
    ...flags.map(({ milestone: { number }, atRisk, reason, onDay, undoesId, ...said }) => ({
      ...said,
      onDay: fromDbDate(onDay),
      text: `${takenBack(undoesId)}Milestone ${number} ${atRisk ? 'at risk' : 'no longer at risk'}${becauseOf(reason)}`,
    })),
    ...done.flatMap(({ milestone: { number }, onDay, confirmation, ...said }) => [
      { ...said, onDay: fromDbDate(onDay), text: `Milestone ${number} done` },
      ...(confirmation
        ? [
            {
              ...{ byId: confirmation.byId, onBehalfOfId: null, source: confirmation.source },
              ...{ at: confirmation.at, onDay: fromDbDate(confirmation.onDay) },
              text: `Milestone ${number} done: confirmed`,
            },
          ]
        : []),
    ]),
  ]
}
