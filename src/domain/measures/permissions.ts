import { type ProgrammeRoles, relationIn } from '../../authority/programme-roles.ts'
import { may } from '../../authority/rights.ts'
import type { Measure } from './measure.ts'

/** Who leads a linked project or its workstream, and the programme office, may record readings of a measure. */
export function mayRecord(roles: ProgrammeRoles, { projects }: Pick<Measure, 'projects'>): boolean {
  if (may('run programme', roles.toProgramme)) return true
  return projects.some(({ id }) => may('record reading', relationIn(roles, id)))
}
