import type { CivilDate } from '../../base/dates.ts'

/** What an import said: everything of a programme since its moment that comes from a sheet; from `onDay` it is gone. */
export interface ImportedSince {
  readonly programmeId: string
  /** UTC. */
  readonly at: Date
  readonly onDay: CivilDate
}
