import { z } from 'zod'
import { defineSetting } from '../programme/setting.ts'

const secondRating = z.object({
  by: z.enum(['off', 'sponsor', 'assurance']).default('off'),
  /** What the rating is called; for assurance also the post of who gives it. */
  label: z.string().min(1).optional(),
})
export type SecondRatingSettings = z.infer<typeof secondRating>

/** Who rates projects beside their leads. */
export const secondRatingSetting = defineSetting({
  key: 'secondRating',
  isDated: true,
  schema: secondRating.prefault({}),
})
