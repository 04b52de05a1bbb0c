import { coveredPersonIds } from '../calendars/calendar.ts'
import { type Plan, type Project, workstreamOf } from './plan.ts'

/** Projects that a person leads, or whose workstream they lead; those too of whom they stand in for. */
export function projectsLedBy(plan: Plan, personId: string): Project[] {
  const theirs = [
    personId,
    ...coveredPersonIds(plan.people.values(), personId, plan.asAt, plan.programme.id),
  ]
  return plan.projects.filter((project) =>
    theirs.some(
      (id) => project.leads.includes(id) || workstreamOf(plan, project)?.leads.includes(id),
    ),
  )
}
