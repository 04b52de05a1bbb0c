import { z } from 'zod'
import { defineSetting } from '../programme/setting.ts'

const policy = z.object({
  policy: z.enum(['worst', 'plurality', 'proportion']).default('worst'),
  /** 'proportion': Red from this share of reds on, 0 to 1. */
  redShare: z.number().min(0).max(1).default(0.25),
  /** The share of parts that have to be rated before there is a colour, 0 to 1; 0: one rating is enough. */
  minRated: z.number().min(0).max(1).default(0.5),
})
/** How many colours become one (rule 6 of the domain). */
export type RollUpPolicy = z.infer<typeof policy>

/** The policy of the days before the first change. */
export const rollUpSetting = defineSetting({ key: 'rollUp', schema: policy.prefault({}) })

/** Changes of the policy, oldest first, each from its day on: an earlier day keeps the policy it had. */
export const rollUpChangesSetting = defineSetting({
  key: 'rollUpChanges',
  schema: z.array(policy.extend({ onDay: z.iso.date(), byId: z.string().nullable() })).default([]),
})
