import { z } from 'zod'

/** Measures as a digest tells them: the part of its frozen content that is about KPIs, quality and feedback. */

export const directions = ['better', 'same', 'worse'] as const

export const measureEntry = z.object({
  measureId: z.string(),
  number: z.number(),
  title: z.string(),
  kind: z.enum(['kpi', 'quality', 'feedback']),
  /** Key of a RAG state; null: there is no reading, or it cannot be rated. */
  state: z.string().nullable(),
  /** The state in the last digest; null where it had none, or did not know the measure. */
  was: z.string().nullable(),
  /** It is rated otherwise than in the last digest, by the reading that was known then: its target or aim was changed. */
  isByAim: z.boolean(),
  /** After polarity, since the reading before; null where that cannot be said. */
  direction: z.enum(directions).nullable(),
  /** In the last digest, where it is otherwise now although the reading is the same: its aim was changed. */
  directionWas: z.enum(directions).nullable().default(null),
  /** The last reading as written, and its period or day; null where there is none. */
  reading: z.string().nullable(),
  period: z.string().nullable(),
  target: z.string().nullable(),
  projects: z.array(z.object({ id: z.string(), ref: z.string(), title: z.string() })),
})
export type MeasureEntry = z.infer<typeof measureEntry>

/** What the next digest compares with. `readingId`: the reading that was rated. */
export const measureSnapshot = z.object({
  id: z.string(),
  state: z.string().nullable(),
  readingId: z.string().nullable(),
  // Digests that were frozen before these were kept have neither.
  direction: z.enum(directions).nullable().default(null),
  /** Which way the figure should go, and to what, as written. */
  aim: z.string().default(''),
})

/** Rated in both digests, and otherwise now. */
export function hasChangedColour({ state, was }: Pick<MeasureEntry, 'state' | 'was'>): boolean {
  return state !== null && was !== null && state !== was
}
