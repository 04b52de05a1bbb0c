import type { Permissions } from '../plan/permissions.ts'
import type { Measure } from './measure.ts'

/** Leads of a linked project, leads of its workstream, and the programme office may record readings of a measure. */
export function mayRecord({ isOffice, projects }: Permissions, measure: Measure): boolean {
  return isOffice || measure.projects.some(({ id }) => projects.has(id))
}
