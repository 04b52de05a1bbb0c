import { fullDate } from '../../base/dates.ts'
import type { SheetNote } from '../../base/sheets/read-sheet.ts'
import { shorten } from '../../base/text.ts'
import { approvalReason } from '../../domain/plan/move-approval.ts'
import type { GovernedMilestone } from '../../domain/plan/move-governance.ts'
import type { MoveApproval } from '../../domain/plan/settings.ts'
import type { MilestoneChange, PlanChange, PlanDiff } from './diff-types.ts'
import type { ParsedPlan } from './parsed-plan.ts'

/** The moves of dates that a sheet may make. */
export interface GatedMoves {
  /** Without those that it may not. */
  readonly difference: PlanDiff
  /** For a person: what stays due on its day, and how to ask for the move. */
  readonly notes: readonly SheetNote[]
}

/**
 * A sheet moves no date that a person may not: it stays, with the line that asks for the move. The sheet itself asks for
 * none. It does not say why a date moves, which a sponsor has to hear, and may have nobody who could be answered: the
 * terminal is no person. So a sponsor who sends a sheet agrees with a line as well. Pure. `milestones`: as they stand now.
 */
export function gateMoves(
  milestones: readonly GovernedMilestone[],
  setting: MoveApproval,
  file: Pick<ParsedPlan, 'projects'>,
  difference: PlanDiff,
): GatedMoves {
  const known = new Map(milestones.map((one) => [nameOf(one), one]))
  const finished = new Set(
    difference.changed.flatMap((one) =>
      one.what === 'milestone' && one.field === 'done' ? nameOf(one) : [],
    ),
  )
  const verdicts = difference.changed.map((change) => {
    const milestone = isMove(change) ? known.get(nameOf(change)) : undefined
    if (!isMove(change) || !milestone) return { change, notes: [] }
    const waits = approvalReason(
      { ...milestone, from: milestone.due, to: change.milestone.due },
      setting,
    )
    if (!waits) return { change, notes: [] }
    const isDone = milestone.isDone || finished.has(nameOf(change))
    const row = file.projects.find(({ ref }) => ref === change.ref)?.row ?? 0
    return { change, notes: [{ row, message: keptText(change, { ...milestone, isDone }, waits) }] }
  })
  return {
    difference: {
      ...difference,
      changed: verdicts.flatMap(({ change, notes }) => (notes.length > 0 ? [] : change)),
    },
    notes: verdicts.flatMap(({ notes }) => notes),
  }
}

const nameOf = ({ ref, number }: { readonly ref: string; readonly number: number }): string =>
  `${ref} ${number}`

const isMove = (change: PlanChange): change is MilestoneChange =>
  change.what === 'milestone' && change.field === 'due'

function keptText(
  { ref, number, title, milestone: { due: to } }: MilestoneChange,
  { due, isDone, askedFor }: GovernedMilestone,
  waits: string,
): string {
  const stays = `${ref}, ${number}. ${shorten(title, 80)} stays due on ${due ? fullDate(due) : 'no day'}`
  const sheet = `the sheet has ${to ? fullDate(to) : 'no day for it'}`
  const why = `${stays}: ${sheet}, and that waits for the sponsor, because ${waits}.`
  if (isDone) return `${why} It is done, so no move is asked for.`
  if (to !== null && to === askedFor) return `${why} It was asked for already.`
  return `${why} Ask for it: move ${ref} ${number} to ${to ? fullDate(to) : 'a day'} because ….`
}
