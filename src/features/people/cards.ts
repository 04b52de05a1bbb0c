import { z } from 'zod'
import { defineCard } from '../../chat/cards.ts'

const button = z.object({
  title: z.string(),
  verb: z.string(),
  data: z.record(z.string(), z.string()),
})

/** Whom the names in the plan mean among the members of the workspace. */
export const peopleMatchCard = defineCard(
  'people-match',
  z.object({
    heading: z.string(),
    /** What was just done, and what could not be read. */
    lines: z.array(z.string()),
    /** At most one: those who are linked together. */
    certain: z.array(z.object({ intro: z.string(), names: z.string(), button })),
    rows: z.array(z.object({ title: z.string(), line: z.string(), buttons: z.array(button) })),
    more: z.string(),
  }),
  { ownText: ['heading', 'more', 'certain.intro', 'certain.button.title', 'rows.buttons.title'] },
)

const choices = z.array(z.object({ title: z.string(), value: z.string() }))

/** The form in which somebody is chosen: `account` is the id that the picker gives. */
export const peoplePickerForm = defineCard(
  'people-picker-form',
  z.object({
    heading: z.string(),
    lines: z.array(z.string()),
    label: z.string(),
    choices,
    /** Asked for besides, where there is a label. */
    reason: z.object({ label: z.string(), value: z.string() }),
    submit: z.object({
      title: z.string(),
      verb: z.string(),
      data: z.record(z.string(), z.string()),
    }),
    problem: z.string(),
  }),
  { ownText: ['heading', 'label', 'reason.label', 'submit.title', 'submit.verb', 'choices.value'] },
)
