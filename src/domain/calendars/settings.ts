import { z } from 'zod'
import { nations } from '../../base/bank-holidays.ts'
import { civilDay } from '../../base/civil-day.ts'
import { defineSetting } from '../programme/setting.ts'

/** Whose bank holidays count. Chosen once for all days, past ones included: a council does not move. */
export const nationSetting = defineSetting({
  key: 'calendar',
  schema: z.enum(nations).default('england-and-wales'),
})

/** Days on which the council is closed, bank holidays aside. */
const closure = z.object({
  from: civilDay,
  /** The last day, included. */
  to: civilDay,
  reason: z.string().optional(),
})
export type Closure = z.infer<typeof closure>

/** In order of their days; no two cover the same day. */
export const closuresSetting = defineSetting({
  key: 'closures',
  schema: z.array(closure).default([]),
})
