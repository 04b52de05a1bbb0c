import { z } from 'zod'
import { civilDay } from '../../../base/civil-day.ts'
import { commentary } from '../withheld.ts'

/** What a digest says of projects that were set aside or are live again, and what the next one compares with. */

const restingState = z.enum(['pipeline', 'on hold', 'closed'])

/** A project that was closed, put on hold or into the pipeline since the last digest, or that is live again. */
export const lifeChange = z.object({
  id: z.string(),
  ref: z.string(),
  title: z.string(),
  workstreamId: z.string().nullable(),
  /** "briefly": it was set aside and is live again, and the last digest had it live as well. */
  change: z.enum(['set aside', 'live again', 'briefly']),
  state: restingState.or(z.literal('live')),
  /** Since when it is so; null where an older record does not say. */
  onDay: civilDay.nullable(),
  /** "closed on Fri 3 Mar 2017: merged into 2.4". */
  text: z.string(),
  reason: commentary.nullable(),
})

export type LifeChange = z.infer<typeof lifeChange>

/** A project that was in the pipeline, on hold or closed. The first digests were frozen with its id alone. */
export const restingProject = z.preprocess(
  (frozen) => (typeof frozen === 'string' ? { id: frozen } : frozen),
  z.object({
    id: z.string(),
    /** Both null where its readers could not know it by name, or it was not kept. */
    state: restingState.nullable().default(null),
    onDay: civilDay.nullable().default(null),
  }),
)

export type RestingProject = z.infer<typeof restingProject>
