import { z } from 'zod'
import { civilDay } from '../civil-day.ts'
import type { CivilDate } from '../dates.ts'

export const patterns = [
  'plain',
  'diagonal',
  'dots',
  'upright',
  'level',
  'backwards',
  'squares',
  'dashes',
  'triangles',
  'diamonds',
  'broad',
] as const
export type Pattern = (typeof patterns)[number]

/**
 * How a chart shows a state: a colour, a pattern and a letter, each of which is enough by itself. Papers are printed in
 * grey, and one man in twelve cannot tell red from green.
 */
export const stateStyle = z
  .object({
    /** Key of the state. */
    state: z.string(),
    label: z.string(),
    /** Its letter, or its shape where it has no letter of its own; shown in its segments. */
    mark: z.string(),
    fill: z.string(),
    /** The colour of text on the fill: at least 4.5 to 1 against it (WCAG 2.2, 1.4.3). */
    ink: z.string(),
    pattern: z.enum(patterns),
  })
  .readonly()
export type StateStyle = z.infer<typeof stateStyle>

/** Projects by the key of their state. */
const stateCounts = z.record(z.string(), z.number().int().nonnegative()).readonly()
export type StateCounts = z.infer<typeof stateCounts>

/** How the projects stood at the end of a day. */
const trendRound = z.object({ asAt: civilDay, counts: stateCounts }).readonly()
export type TrendRound = z.infer<typeof trendRound>

/** How many projects were in each state on some days, as plain data: a paper keeps it, and it is drawn again. */
export const trendChart = z.object({
  /** What it shows, above it. */
  title: z.string(),
  /** The whole scale, worst first, and what else occurs; what is not rated last. */
  styles: z.array(stateStyle).readonly(),
  /** Oldest first. */
  rounds: z.array(trendRound).min(2).readonly(),
})
export type TrendChart = z.infer<typeof trendChart>

/** Everything that the chart of a digest shows, as plain data. Its alternative text says the same. */
export interface ChartData {
  readonly programme: string
  readonly asAt: CivilDate
  /** As in `TrendChart`. */
  readonly styles: readonly StateStyle[]
  readonly projects: number
  readonly counts: StateCounts
  /** In the order of the plan. */
  readonly workstreams: readonly ChartWorkstream[]
  /** Oldest first, this one last; one alone is no trend. */
  readonly rounds: readonly TrendRound[]
}

export interface ChartWorkstream {
  readonly name: string
  readonly counts: StateCounts
}

export function sumOf(counts: StateCounts): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0)
}
