import { Refusal } from '../../../base/errors.ts'
import { formatProject, shortMilestoneText } from '../../../domain/plan/format.ts'
import {
  findGivenRating,
  type GivenRating,
  isRatedSince,
  latestRatingBy,
  withdrawRating,
} from '../../../domain/plan/rating-withdrawal.ts'
import { loadRecentPlan } from '../../../domain/plan/store.ts'
import { formatState, schemeOf } from '../../../domain/scheme/schemes.ts'
import { milestoneStateAt } from '../../../domain/status/milestone-rating.ts'
import { withdrawalBy } from '../office-lookup.ts'
import { type Undoable, undoableKind } from './undoable.ts'

/** Ratings of milestones, in a plan that rates these. */
export const milestoneRatings = undoableKind(
  'rating',
  { find: findGivenRating, latest: latestRatingBy },
  undoableOf,
)

function undoableOf(given: GivenRating): Undoable {
  const { programmeId, projectId, milestoneId, byId, at } = given
  return {
    ...{ programmeId, projectId, byId, at },
    takeBack: async (context, reason) => {
      const { tx, today } = context
      if (await isRatedSince(tx, given)) {
        throw new Refusal(
          'That milestone was rated again since. Nothing was changed. Say it anew: rate.',
        )
      }
      await withdrawRating(tx, given, withdrawalBy(context, reason))
      const { programme, projects } = await loadRecentPlan(tx, programmeId, today)
      const project = projects.find(({ id }) => id === projectId)
      const milestone = project?.milestones.find(({ id }) => id === milestoneId)
      if (!project || !milestone) return { lines: ['Taken back: the rating of a milestone'] }
      const scheme = schemeOf(programme.settings)
      const state = milestoneStateAt(milestone, today, scheme) ?? scheme.blank
      const line = `Taken back: ${formatState(state)}, as before: ${shortMilestoneText(milestone)}`
      return { lines: [formatProject(project), line] }
    },
  }
}
