import {
  findGivenFlag,
  type GivenFlag,
  latestFlagBy,
  takeFlagBack,
} from '../../../domain/plan/flag-undo.ts'
import { formatProject, shortMilestoneText } from '../../../domain/plan/format.ts'
import { loadRecentProject } from '../../../domain/plan/store.ts'
import { officeProvenance } from '../office-lookup.ts'
import { type Undoable, undoableKind } from './undoable.ts'

/** What was said of a milestone: at risk, or no longer. */
export const flags = undoableKind('flag', { find: findGivenFlag, latest: latestFlagBy }, undoableOf)

function undoableOf(given: GivenFlag): Undoable {
  const { programmeId, projectId, milestoneId, byId, at } = given
  return {
    ...{ programmeId, projectId, byId, at },
    takeBack: async (context) => {
      const { tx, today } = context
      const { atRisk, undo } = await takeFlagBack(tx, given, officeProvenance(context))
      const project = await loadRecentProject(tx, projectId, today)
      const milestone = project.milestones.find(({ id }) => id === milestoneId)
      const text = milestone ? `: ${shortMilestoneText(milestone)}` : ''
      const line = `Taken back: ${atRisk ? 'at risk' : 'not at risk'}, as before${text}`
      return { lines: [formatProject(project), line], redo: { flag: undo } }
    },
  }
}
