import { z } from 'zod'
import { civilDay } from '../../base/civil-day.ts'
import { isTime } from '../../base/dates.ts'
import { defineSetting } from '../programme/setting.ts'

/** Counted in working days before the day a round serves, at a wall time in the programme's zone. */
const roundMoment = (daysBefore: number, at: string) =>
  z
    .object({
      daysBefore: z.int().min(0).max(20).default(daysBefore),
      at: z.string().refine(isTime).default(at),
    })
    .prefault({})
export type RoundMoment = z.infer<ReturnType<typeof roundMoment>>

const roundPlan = z.object({
  /** What a round prepares: the weekly digest, or the next board meeting. */
  serves: z.enum(['digest', 'board']).default('digest'),
  opens: roundMoment(4, '09:00'),
  /**
   * Once, on the morning it closes: whoever has not answered had two whole days, and has the morning left. A day
   * sooner it would chase people who answer on their last day anyway.
   */
  nudges: roundMoment(2, '09:00'),
  closes: roundMoment(2, '12:00'),
})
export type RoundPlan = z.infer<typeof roundPlan>

/** When the programme asks its leads for an update: Tuesday to Thursday noon, for a digest on Monday. */
export const roundSetting = defineSetting({ key: 'round', schema: roundPlan.prefault({}) })

/** A meeting that the programme reports to. */
const boardMeeting = z.object({ on: civilDay, name: z.string().optional() })
export type BoardMeeting = z.infer<typeof boardMeeting>

/** The meetings ahead and past, in order; no two on one day. */
export const boardsSetting = defineSetting({
  key: 'boards',
  schema: z.array(boardMeeting).default([]),
})
