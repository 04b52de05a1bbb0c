import { z } from 'zod'
import { dimensionKeys } from '../../status/dimensions.ts'
import { project } from './project-entry.ts'

/** Ratings by dimension as a digest tells them, where a programme keeps them. */

const rating = z.object({
  dimension: z.enum(dimensionKeys),
  /** Key of its scheme: of two schemes no state is worse than the other. */
  scheme: z.string(),
  state: z.string(),
})

/** A project of which a dimension got worse since the last digest, or stands worse than the whole. Those alone. */
export const dimensionEntry = project.extend({
  /** `was`: its state in the last digest, where it got worse; null where it did not. */
  ratings: z.array(rating.extend({ was: z.string().nullable() })),
})
export type DimensionEntry = z.infer<typeof dimensionEntry>
export type ToldDimension = DimensionEntry['ratings'][number]

/** What the next digest compares with, by the project's id. */
export const dimensionSnapshot = z.object({ id: z.string(), ratings: z.array(rating) })

export const hasWorseDimension = ({ ratings }: Pick<DimensionEntry, 'ratings'>): boolean =>
  ratings.some(({ was }) => was !== null)
