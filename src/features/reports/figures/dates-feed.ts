import ical from 'ical-generator'
import { formatProject, formatTimingWithSlippage } from '../../../domain/plan/format.ts'
import { deliveryState, milestoneText, type Plan } from '../../../domain/plan/plan.ts'

/** The dates of a plan for a calendar, and what is not in it. */
export interface DatesFeed {
  readonly bytes: Uint8Array
  readonly events: number
  /** Milestones without a date. */
  readonly undated: number
}

/**
 * The milestones of a plan as days in a calendar (RFC 5545). A milestone that is moved keeps its UID, and its SEQUENCE
 * counts the moves, so that a calendar moves the entry it has instead of adding another.
 *
 * @param personId only the projects that this person leads; left out: all
 * @param at the moment it is made, UTC
 */
export function datesFeed(plan: Plan, at: Date, personId?: string): DatesFeed {
  const { programme, asAt } = plan
  const calendar = ical({
    name: programme.title,
    prodId: { company: 'Milepost', product: 'Milepost', language: 'EN' },
  })
  const milestones = plan.projects
    .filter(({ leads }) => personId === undefined || leads.includes(personId))
    .flatMap((project) => project.milestones.map((milestone) => ({ project, milestone })))
  for (const { project, milestone } of milestones) {
    if (milestone.due === null) continue
    const text = milestoneText(milestone)
    // A date under a heading alone, such as "Deadline", is the project's.
    const what = text === milestone.heading ? formatProject(project) : `${project.ref} ${text}`
    const isDone = deliveryState(milestone, asAt) === 'completed'
    calendar.createEvent({
      id: `${milestone.id}@milepost`,
      sequence: milestone.moves.length,
      stamp: at,
      // A text is taken as the civil day that it is, in whatever zone this runs.
      ...{ start: milestone.due, allDay: true },
      summary: `${isDone ? 'Done: ' : ''}${what}`,
      description: `${formatProject(project)}: ${formatTimingWithSlippage(milestone, asAt)}`,
    })
  }
  const undated = milestones.filter(({ milestone }) => milestone.due === null).length
  const events = milestones.length - undated
  return { bytes: Buffer.from(calendar.toString()), events, undated }
}
