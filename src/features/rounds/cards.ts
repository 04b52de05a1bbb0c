import { z } from 'zod'
import { defineCard } from '../../chat/cards.ts'

/** A round: its times, who answered and who did not. The programme office sees everybody, a person their own part. */
export const roundCard = defineCard(
  'round',
  z.object({
    heading: z.string(),
    lines: z.array(z.string()),
    groups: z.array(z.object({ heading: z.string(), rows: z.array(z.string()) })),
    buttons: z.array(
      z.object({
        title: z.string(),
        verb: z.string(),
        data: z.record(z.string(), z.string()),
      }),
    ),
  }),
  { ownText: ['groups.heading', 'buttons.title'] },
)

/** The form that keeps a round open longer. `date` and `time` are as typed, '' where nothing was. */
export const extendFormCard = defineCard(
  'round-extend-form',
  z.object({
    programme: z.string(),
    title: z.string(),
    now: z.string(),
    date: z.string(),
    time: z.string(),
    problem: z.string(),
  }),
  { ownText: ['now', 'date', 'time'] },
)
