import { z } from 'zod'
import { cardButton } from '../../chat/card-button.ts'
import { defineCard } from '../../chat/cards.ts'

/** Something on a person's page. `text`: lines below its title. */
const homeRow = z.object({ title: z.string(), text: z.string(), buttons: z.array(cardButton) })
export type HomeRow = z.infer<typeof homeRow>

/** What belongs together on a page: a few lines, rows, what was left out, and buttons for all of it. */
const homeSection = z.object({
  heading: z.string(),
  lines: z.array(z.string()),
  rows: z.array(homeRow),
  /** How many rows there was no room for, in words; '' where all are shown. */
  more: z.string(),
  buttons: z.array(cardButton),
})
export type HomeSection = z.infer<typeof homeSection>

/** One person's page: what they owe, and what their roles are there for. */
export const homeCard = defineCard(
  'home',
  z.object({
    heading: z.string(),
    intro: z.string(),
    /** What was saved when a button of it was pressed; '' otherwise. */
    note: z.string(),
    sections: z.array(homeSection),
  }),
  {
    ownText: [
      ...['heading', 'intro', 'sections.more', 'sections.heading'],
      ...['sections.buttons.title', 'sections.buttons.style'],
      ...['sections.rows.buttons.title', 'sections.rows.buttons.style'],
    ],
  },
)
