import { z } from 'zod'
import { defineSetting } from '../programme/setting.ts'

/** What counts only when a second person has confirmed it. */
export const confirmationSetting = defineSetting({
  key: 'confirm',
  schema: z
    .object({
      /** That a milestone is done. */
      done: z.boolean().default(false),
      /** An improvement from Red: confirmed by the sponsor or the programme office. */
      improvement: z.boolean().default(false),
    })
    .prefault({}),
})

/** Whether leads may add milestones to their own projects; 'ask': the programme office adds what they ask for. */
export const leadMilestonesSetting = defineSetting({
  key: 'leadMilestones',
  schema: z.union([z.boolean(), z.literal('ask')]).default(false),
})

/**
 * Which moves of milestones wait for the sponsor; off by default. `days`: to a day more than so many days later than the
 * one that was last agreed. `seen`: past the day that the last digest told.
 */
export const moveApprovalSetting = defineSetting({
  key: 'moveApproval',
  schema: z
    .object({
      days: z.int().min(0).max(999).nullable().default(null),
      seen: z.boolean().default(false),
    })
    .prefault({}),
})
export type MoveApproval = ReturnType<typeof moveApprovalSetting.of>

export const ratedItems = ['projects', 'milestones'] as const

/** What the programme rates, where its office chose; none: as its plan and its sheets show. */
export const ratedItemsSetting = defineSetting({
  key: 'ratedItems',
  schema: z.enum(ratedItems).nullable().default(null),
})
