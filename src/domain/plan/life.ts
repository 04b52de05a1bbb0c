import { z } from 'zod'
import { civilDay } from '../../base/civil-day.ts'
import { fullDate } from '../../base/dates.ts'

/**
 * Where a project stands in its life. A live one is chased and counted. All others are left out of reminders, rounds,
 * roll-up and digests: nobody is asked about work that has not begun, rests or has ended.
 */

const began = { onDay: civilDay, reason: z.string().nullable() }

const lifeSchema = z.discriminatedUnion('state', [
  /** Not begun. */
  z.object({ state: z.literal('pipeline'), ...began }),
  /** `reviewOn`: the day on which to look at it again. */
  z.object({ state: z.literal('on hold'), ...began, reviewOn: civilDay.nullable() }),
  /** `into`: the number of the project it went into. */
  z.object({
    state: z.literal('closed'),
    ...began,
    ending: z.enum(['finished', 'stopped', 'merged']),
    into: z.string().nullable(),
  }),
  /** It was in the plan by mistake. */
  z.object({ state: z.literal('removed'), ...began }),
])

const lifeColumn = lifeSchema.nullable()

/** A state other than live, since which day and why. */
export type SetAside = z.infer<typeof lifeSchema>

/** Null: live. */
export type Life = SetAside | null

export type Ending = Extract<SetAside, { state: 'closed' }>['ending']

/** @throws ZodError for a column that Milepost did not write */
export function parseLife(column: unknown): Life {
  return lifeColumn.parse(column ?? null)
}

/** "on hold since Fri 3 Mar 2017, to be looked at again on Mon 3 Apr 2017", "closed on Fri 3 Mar 2017: merged into 2.4". */
export function formatLife(life: SetAside): string {
  const day = fullDate(life.onDay)
  switch (life.state) {
    case 'pipeline':
      return `in the pipeline since ${day}`
    case 'on hold':
      return `on hold since ${day}${life.reviewOn ? `, to be looked at again on ${fullDate(life.reviewOn)}` : ''}`
    case 'closed':
      return `closed on ${day}: ${formatEnding(life)}`
    case 'removed':
      return `taken out of the plan on ${day}`
  }
}

function formatEnding({ ending, into }: Extract<SetAside, { state: 'closed' }>): string {
  return ending === 'merged' && into ? `merged into ${into}` : ending
}
