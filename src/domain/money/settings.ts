import { z } from 'zod'
import { defineSetting } from '../programme/setting.ts'

/**
 * By how many per cent of its budget a thing may cost more before it is Amber, and Red. The default is the shape of the
 * rule of measures (rule 5 of the domain), from the budget on: a penny over it is Amber, more than 5% is Red.
 */
export const moneySetting = defineSetting({
  key: 'money',
  isDated: true,
  schema: z
    .object({
      amberOver: z.number().min(0).max(1000).default(0),
      redOver: z.number().min(0).max(1000).default(5),
    })
    .prefault({}),
})
export type MoneyLimits = ReturnType<typeof moneySetting.of>
