import { z } from 'zod'
import { defineCard } from '../../chat/cards.ts'
import { formProblemSchema } from '../../chat/form-problems.ts'
import { entryKinds } from '../../domain/register/entry.ts'

/** Asked where words look as if they told of a child, '' otherwise; and the answer. */
const childFields = z.object({ question: z.string(), fine: z.string() })
const choice = z.object({ title: z.string(), value: z.string() })
const button = z.object({
  title: z.string(),
  verb: z.string(),
  data: z.record(z.string(), z.string()),
})

/** What is open in a programme's register: all kinds in short, or one of them. */
export const registerCard = defineCard(
  'register',
  z.object({
    heading: z.string(),
    programme: z.string(),
    intro: z.string(),
    sections: z.array(
      z.object({
        heading: z.string(),
        rows: z.array(
          z.object({
            title: z.string(),
            text: z.string(),
            lines: z.array(z.string()),
            buttons: z.array(button),
          }),
        ),
        more: z.string(),
      }),
    ),
    buttons: z.array(button),
  }),
  {
    ownText: [
      'heading',
      'intro',
      'sections.heading',
      'sections.more',
      'sections.rows.buttons.title',
      'buttons.title',
    ],
  },
)

/** The form that adds an entry of any kind. Values are what was typed, '' for nothing; date 'YYYY-MM-DD'. */
export const registerFormCard = defineCard(
  'register-form',
  z.object({
    kind: z.enum(entryKinds),
    heading: z.string(),
    textLabel: z.string(),
    projectLabel: z.string(),
    mitigationLabel: z.string(),
    dateLabel: z.string(),
    /** More than one: the form asks which. */
    programmes: z.array(choice),
    states: z.array(choice),
    values: z.object({
      programme: z.string(),
      project: z.string(),
      text: z.string(),
      rating: z.string(),
      score: z.string(),
      mitigation: z.string(),
      proximity: z.string(),
      owner: z.string(),
      review: z.string(),
      whom: z.string(),
      date: z.string(),
      body: z.string(),
    }),
    problems: z.array(formProblemSchema),
    child: childFields,
  }),
  {
    ownText: [
      'kind',
      'heading',
      'textLabel',
      'projectLabel',
      'mitigationLabel',
      'dateLabel',
      'programmes.title',
      'programmes.value',
      'values.programme',
      'states.title',
      'states.value',
      'values.rating',
      'values.date',
      'values.review',
    ],
  },
)

/** The form that closes an entry. */
export const registerCloseFormCard = defineCard(
  'register-close-form',
  z.object({
    entry: z.string(),
    heading: z.string(),
    title: z.string(),
    text: z.string(),
    lines: z.array(z.string()),
    label: z.string(),
    outcome: z.string(),
    problems: z.array(formProblemSchema),
    child: childFields,
  }),
  { ownText: ['heading', 'label'] },
)

/** The form that records a decision. */
export const decideFormCard = defineCard(
  'decide-form',
  z.object({
    programme: z.string(),
    choices: z.array(choice),
    entry: z.string(),
    outcome: z.string(),
    problems: z.array(formProblemSchema),
    child: childFields,
  }),
  { ownText: ['programme'] },
)
