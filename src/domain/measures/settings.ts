import { z } from 'zod'
import { defineSetting } from '../programme/setting.ts'

/** Shortfall of a measure relative to its target, in per cent: Green up to, Amber up to, Red beyond. */
export const thresholdsSetting = defineSetting({
  key: 'thresholds',
  isDated: true,
  schema: z
    .object({ green: z.number().min(0).default(5), amber: z.number().min(0).default(10) })
    .prefault({}),
})
