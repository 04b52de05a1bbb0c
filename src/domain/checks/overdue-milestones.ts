import { plural } from '../../base/text.ts'
import { deliveryState, hasCompletion } from '../plan/plan.ts'
import { formatState } from '../scheme/schemes.ts'
import { type Check, isOnCourse } from './check.ts'

/** So many make a Green worth asking about. */
const overdueThreshold = 2

/** Green with milestones overdue. One that is done and waits for a second person is not its lead's to mend. */
export const overdueMilestonesCheck: Check = {
  key: 'overdue',
  title: 'the overdue milestones',
  appliesTo: ({ state }) => isOnCourse(state),
  mayTrip: (_, { overdueMilestones }) => overdueMilestones >= overdueThreshold,
  find: ({ project, state }, { asAt }) => {
    const overdue = project.milestones.filter(
      (milestone) => !hasCompletion(milestone) && deliveryState(milestone, asAt) === 'missed',
    )
    if (overdue.length < overdueThreshold) return undefined
    return {
      fingerprints: overdue.map(({ id, due }) => `${id}:${due}`),
      question: `It is ${formatState(state)}, and ${plural(overdue.length, 'milestone')} are overdue. Is ${state.label} still right?`,
    }
  },
}
