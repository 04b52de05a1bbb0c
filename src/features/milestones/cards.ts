import { z } from 'zod'
import { defineCard } from '../../chat/cards.ts'

/** The form that moves a milestone. Dates 'YYYY-MM-DD' or empty. */
export const moveFormCard = defineCard(
  'move-form',
  z.object({
    milestone: z.string(),
    project: z.string(),
    about: z.string(),
    now: z.string(),
    date: z.string(),
    reason: z.string(),
    problems: z.object({ date: z.string(), reason: z.string() }),
    /** Asked where the reason looks as if it told of a child, '' otherwise; and the answer. */
    child: z.object({ question: z.string(), fine: z.string() }),
  }),
  { ownText: ['now', 'date'] },
)
