import { addDays, type CivilDate, fullDate, laterOf } from '../../base/dates.ts'
import { formatProject, shortMilestoneText } from '../plan/format.ts'
import type { Plan, Project } from '../plan/plan.ts'
import type { Entry } from './entry.ts'
import { awaitedProject } from './rules.ts'

/** A milestone of a project that another one waits for was moved later. Told once to whoever answers for the other. */
export interface SlipEvent {
  /** Stored as a topic of the sent message, so that nobody gets it twice. */
  readonly key: string
  readonly text: string
  /** The project that waits. */
  readonly project: Project
  /** Who moved it: they know. */
  readonly byId: string | null
}

/** How many days a slip is still news, as of what people follow. */
const lookbackDays = 14

/** What slipped before a day, since each dependency was entered. Pure. */
export function slipEventsFor(plan: Plan, entries: readonly Entry[], day: CivilDate): SlipEvent[] {
  return entries.flatMap((entry) => {
    if (entry.kind !== 'dependency') return []
    const project = plan.projects.find(({ id }) => id === entry.project?.id)
    const awaited = awaitedProject(entry, plan)
    if (!project || !awaited) return []
    const since = laterOf(entry.onDay, addDays(day, -lookbackDays))
    return awaited.milestones.flatMap((milestone) =>
      milestone.moves.flatMap(({ from, to, byId, onDay }, nth) => {
        const isLater = from !== null && (to === null || to > from)
        if (!isLater || onDay < since || onDay >= day) return []
        const days = `${fullDate(from)} → ${to ? fullDate(to) : 'no date'}`
        const what = `${milestone.number}. ${shortMilestoneText(milestone)}`
        return [
          {
            key: `slip:${entry.id}:${milestone.id}:${nth}:${onDay}`,
            text: `${formatProject(project)} waits for ${formatProject(awaited)}: ${what} moved, ${days}`,
            ...{ project, byId },
          },
        ]
      }),
    )
  })
}
