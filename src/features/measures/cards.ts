import { z } from 'zod'
import { cardButton } from '../../chat/card-button.ts'
import { defineCard } from '../../chat/cards.ts'

/** The measures of a programme, worst first. */
export const measuresCard = defineCard(
  'measures',
  z.object({
    heading: z.string(),
    programme: z.string(),
    counts: z.string(),
    rows: z.array(
      z.object({
        title: z.string(),
        state: z.string(),
        latest: z.string(),
        direction: z.string(),
        due: z.string(),
        buttons: z.array(cardButton),
      }),
    ),
    more: z.string(),
    hint: z.string(),
  }),
  {
    ownText: [
      ...['heading', 'counts', 'more', 'hint'],
      ...['rows.buttons.title', 'rows.buttons.style'],
    ],
  },
)

/** One measure: its last reading, what it aims at, what was said of it. */
export const measureCard = defineCard(
  'measure',
  z.object({
    title: z.string(),
    state: z.string(),
    latest: z.string(),
    details: z.array(z.object({ label: z.string(), text: z.string() })),
    doubts: z.array(z.string()),
    history: z.array(z.object({ text: z.string(), by: z.string() })),
    moreHistory: z.string(),
    buttons: z.array(cardButton),
  }),
  { ownText: ['details.label', 'moreHistory', 'buttons.title', 'buttons.style'] },
)

/** The form of a reading. Values are what was typed, '' for nothing. */
export const measureFormCard = defineCard(
  'measure-form',
  z.object({
    measure: z.string(),
    title: z.string(),
    latest: z.string(),
    target: z.string(),
    states: z.array(z.object({ title: z.string(), value: z.string() })),
    values: z.object({ value: z.string(), period: z.string(), state: z.string() }),
    problems: z.object({ value: z.string(), period: z.string(), state: z.string() }),
  }),
  { ownText: ['states.title', 'states.value', 'values.state'] },
)
