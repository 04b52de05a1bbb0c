import { type CivilDate, dateIn, momentAt } from '../../../base/dates.ts'
import type { Project, StatusUpdate } from '../../plan/plan.ts'
import type { Scheme } from '../../scheme/schemes.ts'
import type { FactSources } from './sources.ts'
import { standingOn } from './standing.ts'

/** How many projects were updated, of those of which an update was due. */
export interface Coverage {
  readonly updated: number
  readonly of: number
  /** Of the others, how many had a milestone rated by somebody. */
  readonly byMilestones: number
}

export function coverageOf({ plan, round, since }: FactSources, scheme: Scheme): Coverage {
  const { projects, programme, asAt } = plan
  if (!round) {
    const updated = projects.filter(({ updates }) => updates.some(({ onDay }) => onDay >= since))
    const others = projects.filter((project) => !updated.includes(project))
    const byMilestones = others.filter((project) => hadMilestoneRated(project, since)).length
    return { updated: updated.length, of: projects.length, byMilestones }
  }
  const { countsFrom, closes } = round
  const { zone, settings } = programme
  const answers = ({ at, source, state }: StatusUpdate) =>
    source !== 'import' && state !== scheme.blank.key && at > countsFrom && at <= closes
  // What a sheet says of an earlier day was so from the beginning of that day.
  const isKnownBy = (moment: Date) => (update: StatusUpdate) => {
    const isOfEarlierDay = update.source === 'import' && dateIn(zone, update.at) !== update.onDay
    return (isOfEarlierDay ? momentAt(update.onDay, '00:00', zone) : update.at) <= moment
  }
  const isExcused = (project: (typeof projects)[number]) => {
    const updates = project.updates.filter(isKnownBy(closes))
    const { state } = standingOn({ ...project, updates }, asAt, { scheme, settings })
    const isComplete = state.good && state.colour === 'blue'
    return isComplete || ['not-applicable', 'no-update-required'].includes(state.key)
  }
  const answered = projects.filter(({ updates }) => updates.some(answers))
  const owed = projects.filter((project) => !answered.includes(project) && !isExcused(project))
  const from = dateIn(zone, countsFrom)
  const byMilestones = owed.filter((project) => hadMilestoneRated(project, from)).length
  return { updated: answered.length, of: answered.length + owed.length, byMilestones }
}

/** By a person: what a sheet says, nobody was asked. */
function hadMilestoneRated({ milestones }: Project, from: CivilDate): boolean {
  const ratings = milestones.flatMap((milestone) => milestone.ratings)
  return ratings.some(({ source, onDay }) => onDay >= from && source !== 'import')
}
