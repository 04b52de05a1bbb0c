import { z } from 'zod'
import { cardButton } from '../../chat/card-button.ts'
import { defineCard } from '../../chat/cards.ts'

const button = z.object({
  title: z.string(),
  verb: z.string(),
  data: z.record(z.string(), z.string()),
})
const choice = z.object({ title: z.string(), value: z.string() })

/** One project: where it stands, its milestones, its history. */
export const projectCard = defineCard(
  'project',
  z.object({
    title: z.string(),
    state: z.string(),
    since: z.string(),
    details: z.array(z.object({ label: z.string(), text: z.string() })),
    milestones: z.array(z.object({ text: z.string(), when: z.string(), buttons: z.array(button) })),
    moreMilestones: z.string(),
    history: z.array(z.object({ text: z.string(), reason: z.string() })),
    moreHistory: z.string(),
    buttons: z.array(button),
  }),
  { ownText: ['moreMilestones', 'moreHistory', 'buttons.title', 'milestones.buttons.title'] },
)

/** Milestones that are due. */
export const dueCard = defineCard(
  'due',
  z.object({
    heading: z.string(),
    intro: z.string(),
    rows: z.array(
      z.object({
        when: z.string(),
        title: z.string(),
        about: z.string(),
        buttons: z.array(cardButton),
      }),
    ),
    more: z.string(),
  }),
  { ownText: ['heading', 'intro', 'more', 'rows.buttons.title', 'rows.buttons.style'] },
)

/** The form of an update. Values are what was typed, '' for nothing; criteria are keys joined by commas. */
export const updateFormCard = defineCard(
  'update-form',
  z.object({
    project: z.string(),
    /** Which words the form began with: see prefill.ts. '' for none. */
    was: z.string(),
    /** With what few updates need: path, audience, criteria, next milestones. */
    isLong: z.boolean(),
    title: z.string(),
    now: z.string(),
    /** The latest commentary, for reference; null where it stands in its field, or nobody gave one yet. */
    last: z.object({ on: z.string(), text: z.string() }).nullable(),
    milestones: z.array(z.string()),
    /** What is asked of the project before the board sees it. */
    checks: z.array(z.string()),
    /** Asked where the words look as if they told of a child, '' otherwise; and the answer. */
    child: z.object({ question: z.string(), fine: z.string() }),
    /** The command that stores it. */
    verb: z.enum(['update', 'update-fine']),
    states: z.array(choice),
    /** Which fields the chosen status has: see update-fields.ts. */
    needs: z.object({
      hasReason: z.boolean(),
      isReasonRequired: z.boolean(),
      hasDate: z.boolean(),
      hasPath: z.boolean(),
      hasDiffers: z.boolean(),
    }),
    /** The state to reach, in the programme's words. */
    goal: z.string(),
    /** None where the programme asks for none. */
    criteria: z.array(choice),
    criteriaRule: z.string(),
    criteriaResult: z.string(),
    /** One for each dimension that the programme keeps, shown where the form is long. */
    dimensions: z.array(
      z.object({ id: z.string(), label: z.string(), value: z.string(), choices: z.array(choice) }),
    ),
    /** Who may read the words in a digest. */
    audiences: z.array(choice),
    values: z.object({
      state: z.string(),
      reason: z.string(),
      path: z.string(),
      date: z.string(),
      criteria: z.string(),
      differs: z.string(),
      audience: z.string(),
    }),
    problems: z.object({
      state: z.string(),
      reason: z.string(),
      date: z.string(),
      differs: z.string(),
    }),
  }),
  {
    ownText: [
      'was',
      'states.title',
      'states.value',
      'values.state',
      'values.date',
      'criteria.title',
      'criteria.value',
      'values.criteria',
      'criteriaRule',
      'criteriaResult',
      'dimensions.id',
      'dimensions.label',
      'dimensions.value',
      'dimensions.choices.title',
      'dimensions.choices.value',
      'audiences.title',
      'audiences.value',
      'values.audience',
    ],
  },
)
