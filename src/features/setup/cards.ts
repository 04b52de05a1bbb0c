import { z } from 'zod'
import { defineCard } from '../../chat/cards.ts'
import { formProblemSchema } from '../../chat/form-problems.ts'

const choices = z.array(z.object({ title: z.string(), value: z.string() }))

/** What the form holds, as typed and chosen: '' for nothing. */
export const setupValues = z.object({
  key: z.string(),
  title: z.string(),
  scheme: z.string(),
  states: z.string(),
  nation: z.string(),
  begin: z.string(),
  weekday: z.string(),
  time: z.string(),
})

/** The form that sets up a programme. */
export const setupFormCard = defineCard(
  'setup-form',
  z.object({
    values: setupValues,
    schemes: choices,
    nations: choices,
    weekdays: choices,
    /** What it can begin with; with one, which is nothing, the form does not ask. */
    beginnings: choices,
    problems: z.array(formProblemSchema),
  }),
  {
    ownText: [
      ...['schemes.title', 'schemes.value', 'nations.title', 'nations.value'],
      ...['weekdays.title', 'weekdays.value', 'beginnings.value'],
      ...['values.scheme', 'values.nation', 'values.begin', 'values.weekday'],
    ],
  },
)
