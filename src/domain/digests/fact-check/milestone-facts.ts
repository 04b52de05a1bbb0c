import type { CivilDate } from '../../../base/dates.ts'
import type { Milestone, Plan, Project } from '../../plan/plan.ts'
import type { DigestContent } from '../content/content.ts'

/** A milestone on the digest's day, and in the digest before it. */
export interface MilestoneFact {
  readonly project: Project
  readonly milestone: Milestone
  readonly isDone: boolean
  readonly isOverdue: boolean
  /** Overdue, and not as the last digest knew it (in a first digest none is news): its day passed since, or it has another day, or was done then. */
  readonly isNewlyOverdue: boolean
  /** Done since: what was done when it entered the plan is no news. */
  readonly isNewlyDone: boolean
  /** Done in the last digest, and not any more. */
  readonly isReopened: boolean
  /** Open, and called at risk since the last digest. */
  readonly isNewlyAtRisk: boolean
  /** Open, and with another day than in the last digest. */
  readonly hasOtherDay: boolean
}

export function milestoneFacts(
  { projects, asAt }: Plan,
  previous: DigestContent | null,
  from: CivilDate,
): MilestoneFact[] {
  const isFirst = previous === null || previous.basis === 'import'
  const before = new Map(previous?.snapshot.milestones.map((one) => [one.id, one]))
  return projects.flatMap((project) =>
    project.milestones.map((milestone) => {
      const { id, due, doneOn, addedOn, moves, flag } = milestone
      const then = before.get(id)
      const isDone = doneOn !== null && doneOn <= asAt
      const isOverdue = !isDone && due !== null && due < asAt
      const wasOverdue = then ? !then.isDone && then.due === due : true
      const movedOn = moves.map(({ onDay }) => onDay).toSorted()
      const lastMovedOn = movedOn[movedOn.length - 1]
      return {
        ...{ project, milestone, isDone, isOverdue },
        isNewlyOverdue: !isFirst && isOverdue && !(wasOverdue && due < from),
        isNewlyDone: isDone && (then ? !then.isDone : doneOn >= from && doneOn > addedOn),
        isNewlyAtRisk: !isDone && flag !== null && flag.onDay >= from && !then?.isFlagged,
        isReopened: !isDone && then?.isDone === true,
        hasOtherDay:
          !isDone && (then ? then.due !== due : lastMovedOn !== undefined && lastMovedOn >= from),
      }
    }),
  )
}
