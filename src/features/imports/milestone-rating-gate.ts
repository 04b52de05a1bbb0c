import { fullDate } from '../../base/dates.ts'
import { shorten } from '../../base/text.ts'
import type { Project } from '../../domain/plan/plan.ts'
import {
  formatState,
  isOnScale,
  needsReason,
  schemeOf,
  stateByKey,
} from '../../domain/scheme/schemes.ts'
import { needsConfirmation, takesRatingAway } from '../../domain/status/rules.ts'
import { judgeBlank } from './blank-ratings.ts'
import type { MilestoneChange } from './diff-types.ts'
import type { GateContext, GateRemarks } from './gated-file.ts'
import { cellSays } from './rating-cell.ts'

/** What a sheet may change of a milestone's own rating. */
export interface GatedMilestoneRating extends Partial<GateRemarks> {
  /** The change, or none. */
  readonly changes: readonly MilestoneChange[]
}

/**
 * A milestone's rating passes the gate of a project's (rating-gate.ts). It has nobody to wait for, so that where a
 * second person has to agree it stays, with the line that somebody who may confirm says instead (milestone-rating-rules).
 */
export function gateMilestoneRating(
  change: MilestoneChange,
  project: Project | undefined,
  { settings, file }: GateContext,
): GatedMilestoneRating {
  const { ref, number, title, milestone } = change
  const scheme = schemeOf(settings)
  const { row } = milestone
  const [said] = project?.milestones.find((one) => one.number === number)?.ratings ?? []
  const stood = stateByKey(scheme, said?.state ?? change.from ?? scheme.blank.key)
  const to = stateByKey(scheme, change.to ?? scheme.blank.key)
  const stays = (text: string): GatedMilestoneRating => ({
    changes: [],
    notes: [
      {
        row,
        message: `${ref}, ${number}. ${shorten(title, 80)} stays ${formatState(stood)}${text}`,
      },
    ],
  })
  const line = `rate ${ref} ${number} ${to.label.toLowerCase()}`
  if (!file.knowsPlan && said && said.source !== 'import' && said.state !== to.key) {
    const says = isOnScale(to)
      ? `If ${formatState(to)} in the sheet is right, say it: ${line}.`
      : 'The sheet has no rating there.'
    return stays(`, as was said on ${fullDate(said.onDay)}, since the last sheet. ${says}`)
  }
  if (!isOnScale(stood)) return { changes: [change] }
  const cell = cellSays({ ...milestone, state: to.key }, scheme, file.stateWords)
  // What is done says so itself, and needs no rating.
  if (cell === 'done') return { changes: [] }
  if (cell === 'unread') return stays(': the state in the sheet was not understood.')
  if (cell === 'nothing' && !needsReason(stood)) return stays(': the state in the sheet is empty.')
  const before = { state: stood, lastRated: null }
  if (cell === 'state' && takesRatingAway(before, to)) {
    return stays(
      `: ${formatState(to)} takes it away, and a sheet does not say why: ${line} because ….`,
    )
  }
  const isWaiting = needsConfirmation(before, to, settings)
  const wait = `: ${formatState(to)} in the sheet needs a second person. Whoever may confirm says it: ${line} because ….`
  if (cell !== 'nothing') return isWaiting ? stays(wait) : { changes: [change] }
  const blank = { item: `${ref} ${number}`, title, row, state: stood, commentary: '' }
  const { reason, ...remarks } = judgeBlank(blank, file.answers)
  const asked = { ...remarks, blanks: [blank] }
  if (reason === null) return { changes: [], ...asked }
  return isWaiting ? { ...asked, ...stays(wait) } : { changes: [{ ...change, reason }], ...asked }
}
