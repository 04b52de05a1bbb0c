import { daysBetween } from '../../../base/dates.ts'
import type { CountedThing, ListName } from './claims.ts'
import type { DigestFacts } from './facts.ts'
import type { MilestoneFact } from './milestone-facts.ts'
import type { ProjectFact } from './project-facts.ts'
import { isRated } from './standing.ts'

/** How many there are of what a sentence counts; undefined where that is not worked out. */
export function countOf(counted: CountedThing, facts: DigestFacts): number | undefined {
  const { projects, milestones, gone, setAside, lives } = facts
  switch (counted) {
    case 'newly overdue':
      return milestones.filter(({ isNewlyOverdue }) => isNewlyOverdue).length
    case 'overdue':
      return milestones.filter(({ isOverdue }) => isOverdue).length
    case 'finished':
      return milestones.filter(({ isNewlyDone }) => isNewlyDone).length
    case 'due later':
      return calm(facts).filter(({ milestone: { due } }) => due !== null && due > facts.dueUntil)
        .length
    case 'without a date':
      return calm(facts).filter(({ milestone: { due } }) => due === null).length
    case 'newly at risk':
      return milestones.filter(({ isNewlyAtRisk }) => isNewlyAtRisk).length
    case 'reopened':
      return milestones.filter(({ isReopened }) => isReopened).length
    case 'moved':
      return milestones.filter(({ hasOtherDay }) => hasOtherDay).length
    case 'set aside':
      return lives.newlyAside.length
    case 'set aside and live again':
      return lives.briefly.length
    case 'out of the plan':
      return gone.filter((id) => !setAside.has(id)).length
    case 'in another workstream':
      return projects.filter(isElsewhere).length
    case 'renumbered':
      return projects.filter(isRenumbered).length
    case 'rated by another rule':
      return projects.filter(({ isTrue }) => isTrue('another rule')).length
    case 'measures of another colour':
      return countOtherColours(facts)
    case 'rated by their milestones':
      return facts.coverage.byMilestones
    case 'worse in a dimension':
      return membersOf('worse in a dimension', facts).length
    case 'decisions':
      return facts.decisions.length
    case 'decisions of others':
      return facts.decisionsOfOthers.length
    default:
      return projects.filter(({ isTrue }) => isTrue(counted)).length
  }
}

/** Open milestones that nobody flagged and whose day has not passed. */
const calm = ({ milestones }: DigestFacts) =>
  milestones.filter((one) => !one.isDone && !one.isOverdue && one.milestone.flag === null)

/** Rated in both digests, and otherwise now; undefined where one of them was not worked out. */
function countOtherColours({ measures }: DigestFacts): number | undefined {
  if (measures.some(({ reading, state }) => reading && state === undefined)) return undefined
  return measures.filter(({ state, before }) => state && before?.state && before.state !== state)
    .length
}

export function isElsewhere({ project, before }: ProjectFact): boolean {
  return Boolean(before?.workstreamId) && before?.workstreamId !== project.workstreamId
}

export function isRenumbered({ project, before }: ProjectFact): boolean {
  return Boolean(before?.ref) && before?.ref !== project.ref
}

const isWorseInOne = (id: string, { dimensions }: DigestFacts) =>
  dimensions.some(({ project, isWorse }) => project === id && isWorse)

/** Ids of who or what should be in a list. */
export function membersOf(list: ListName, facts: DigestFacts): string[] {
  const { asAt, dueUntil, isFirst } = facts
  const projects = (is: (fact: ProjectFact) => boolean) =>
    facts.projects.filter(is).map(({ project }) => project.id)
  const milestones = (is: (fact: MilestoneFact) => boolean) =>
    facts.milestones.filter(is).map(({ milestone }) => milestone.id)
  const isInNeed = ({ standing: { state } }: ProjectFact) => isRated(state) && !state.good
  const isDueBy = ({ milestone: { due } }: MilestoneFact) =>
    due !== null && due >= asAt && due <= dueUntil
  switch (list) {
    case 'worse':
    case 'better':
      return isFirst ? [] : projects(({ isTrue }) => isTrue(list))
    case 'still in need':
      return projects((one) => isInNeed(one) && (isFirst || one.isTrue('same')))
    case 'newly in need':
      return projects(
        (one) =>
          isInNeed(one) &&
          !isFirst &&
          !(one.isTrue('same') || one.isTrue('worse') || one.isTrue('better')),
      )
    case 'newly overdue':
      return milestones(({ isNewlyOverdue }) => isNewlyOverdue)
    case 'still overdue':
      return milestones(({ isOverdue, isNewlyOverdue }) => isOverdue && !isNewlyOverdue)
    case 'finished':
      return milestones(({ isNewlyDone }) => isNewlyDone)
    case 'moved':
      return milestones(({ hasOtherDay }) => hasOtherDay)
    case 'due':
      return milestones((one) => !one.isDone && isDueBy(one))
    case 'at risk':
      return milestones(
        (one) => !one.isDone && !one.isOverdue && !isDueBy(one) && one.milestone.flag !== null,
      )
    case 'newly set aside':
      return [...facts.lives.newlyAside]
    case 'live again':
      return [...facts.lives.liveAgain, ...facts.lives.briefly]
    case 'worse in a dimension':
      return projects(({ project: { id } }) => isWorseInOne(id, facts))
    case 'behind in a dimension':
      return projects(
        ({ project: { id } }) =>
          !isWorseInOne(id, facts) &&
          facts.dimensions.some(({ project, isBehind }) => project === id && isBehind),
      )
    case 'quiet':
      return projects(({ saidOn }) => saidOn !== undefined && daysBetween(saidOn, asAt) > 21)
  }
}
