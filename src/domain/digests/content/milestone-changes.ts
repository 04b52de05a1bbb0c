import { type CivilDate, fullDate } from '../../../base/dates.ts'
import {
  deliveryState,
  type Milestone,
  milestoneText,
  type Plan,
  type Project,
} from '../../plan/plan.ts'
import { formatSlippage } from '../../plan/slippage.ts'
import { commentaryAudienceSetting, mayRead } from '../../programme/audience.ts'
import { toCommentary } from '../withheld.ts'
import type { DigestContent, MilestoneEntry } from './content.ts'
import type { DigestInput } from './digest-input.ts'

type MilestoneChanges = Pick<DigestContent, 'finished' | 'missed' | 'atRisk' | 'due' | 'moved'>

interface ListedMilestone {
  readonly entry: MilestoneEntry
  readonly milestone: Milestone
}

/** Milestones that are finished, overdue, at risk, due until `dueUntil`, or moved. */
export function composeMilestoneChanges(
  { plan, previous, since, audience = 'board' }: DigestInput,
  dueUntil: CivilDate,
): MilestoneChanges {
  const { asAt } = plan
  const isReasonReadable = mayRead(audience, commentaryAudienceSetting.of(plan.programme.settings))
  // A first digest tells what is late as a state, and not as news.
  const isFirst = previous === null || previous.basis === 'import'
  const then = new Map(previous?.snapshot.milestones.map((each) => [each.id, each]))
  const all = plan.projects.flatMap((project) =>
    project.milestones.map((each) => listedMilestone(project, each)),
  )
  const inState = (state: string) =>
    all.filter(({ milestone }) => deliveryState(milestone, asAt) === state)
  const open = all.filter(({ milestone }) => deliveryState(milestone, asAt) !== 'completed')
  // Compared with the frozen digest where there is one: a completion that is entered late shows in the next digest.
  const from = previous?.asAt ?? since

  const finished = inState('completed').flatMap(({ entry, milestone }) => {
    const { id, doneOn, addedOn, completion } = milestone
    const known = then.get(id)
    // What was done when it entered the plan is no news: forty finished actions of a first import.
    const isNew = known ? !known.isDone : doneOn !== null && doneOn >= from && doneOn > addedOn
    const isDayUnknown = completion?.isDayUnknown ? { isDayUnknown: true } : {}
    return isNew && doneOn ? [{ ...entry, doneOn, ...isDayUnknown }] : []
  })
  const missed = inState('missed').map(({ entry, milestone: { id, due } }) => {
    const known = then.get(id)
    // Of what the last digest did not have, a day that passed before is no news.
    const isOtherwise = known !== undefined && (known.isDone || known.due !== due)
    return { ...entry, isNew: !isFirst && (isOtherwise || (due !== null && due >= from)) }
  })
  const due = open
    .filter(({ milestone: { due: day } }) => day !== null && asAt <= day && day <= dueUntil)
    .map(({ entry }) => entry)
  const atRisk = inState('at risk')
    .filter(({ milestone: { due: day } }) => day === null || day > dueUntil)
    .map(({ entry }) => entry)
  const moved = open.flatMap(({ entry, milestone: { id, due, moves } }) => {
    const since = moves.filter(({ onDay }) => onDay >= from)
    const last = since.at(-1)
    const known = then.get(id)
    if (known ? known.due === due : !last) return []
    const wasFrom = known ? known.due : (last?.from ?? null)
    const isMoved = since.some((move) => move.from === wasFrom)
    const reason = toCommentary(last && isMoved ? last.reason : takenBackReason, isReasonReadable)
    return [{ ...entry, from: wasFrom, reason }]
  })
  return {
    finished,
    missed: missed.toSorted((a, b) => Number(b.isNew) - Number(a.isNew) || compareByDue(a, b)),
    atRisk: atRisk.toSorted(compareByDue),
    due: due.toSorted(compareByDue),
    moved,
  }
}

/** How many milestones the last digest had as done that are open now. */
export function countReopened({ plan, previous }: DigestInput): number {
  const wasDone = new Set(
    previous?.snapshot.milestones.flatMap(({ id, isDone }) => (isDone ? id : [])),
  )
  const all = plan.projects.flatMap(({ milestones }) => milestones)
  return all.filter((one) => wasDone.has(one.id) && deliveryState(one, plan.asAt) !== 'completed')
    .length
}

/** How many open milestones were flagged at risk since the last digest, which had them without a flag. */
export function countNewlyFlagged({ plan, previous }: DigestInput): number {
  const before = new Map(previous?.snapshot.milestones.map((one) => [one.id, one]))
  const all = plan.projects.flatMap(({ milestones }) => milestones)
  return all.filter((milestone) => {
    const { id, flag } = milestone
    const isOpen = deliveryState(milestone, plan.asAt) !== 'completed'
    const isNews = previous !== null && flag !== null && flag.onDay >= previous.asAt
    return isOpen && isNews && !before.get(id)?.isFlagged
  }).length
}

/** Instead of a reason, where no move led to the day that a milestone has now. */
const takenBackReason = 'A move was taken back'

/** What the next digest compares with. */
export function milestoneSnapshot({
  projects,
  asAt,
}: Plan): DigestContent['snapshot']['milestones'] {
  return projects.flatMap(({ milestones }) =>
    milestones.map((milestone) => ({
      id: milestone.id,
      due: milestone.due,
      isDone: deliveryState(milestone, asAt) === 'completed',
      isFlagged: milestone.flag !== null,
    })),
  )
}

function listedMilestone(project: Project, milestone: Milestone): ListedMilestone {
  const { id, number, due } = milestone
  return {
    milestone,
    entry: {
      id: project.id,
      ref: project.ref,
      title: project.title,
      milestoneId: id,
      number,
      about: milestoneText(milestone),
      due,
      slippage: formatSlippage(milestone),
      remark: remarkOf(milestone),
    },
  }
}

function remarkOf({ completion, flag, doneOn }: Milestone): string | null {
  if (doneOn) return null
  if (completion) return `Said to be done on ${fullDate(completion.onDay)}, awaits confirmation`
  if (!flag) return null
  return flag.reason ? `At risk: ${flag.reason}` : 'At risk'
}

function compareByDue(a: MilestoneEntry, b: MilestoneEntry): number {
  const [one, other] = [a.due ?? '', b.due ?? '']
  return one < other ? -1 : one > other ? 1 : 0
}
