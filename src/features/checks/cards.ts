import { z } from 'zod'
import { defineCard } from '../../chat/cards.ts'

const button = z.object({
  title: z.string(),
  verb: z.string(),
  data: z.record(z.string(), z.string()),
})

/** What is asked before the board sees it. */
export const checksCard = defineCard(
  'checks',
  z.object({
    heading: z.string(),
    intro: z.string(),
    rows: z.array(z.object({ title: z.string(), question: z.string(), buttons: z.array(button) })),
    more: z.string(),
  }),
  { ownText: ['heading', 'intro', 'more', 'rows.buttons.title'] },
)

/** The form that answers one. Values are what was typed, '' for nothing. */
export const checkFormCard = defineCard(
  'check-form',
  z.object({
    title: z.string(),
    questions: z.array(z.string()),
    data: z.record(z.string(), z.string()),
    text: z.string(),
    problem: z.string(),
  }),
)
