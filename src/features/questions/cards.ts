import { z } from 'zod'
import { defineCard } from '../../chat/cards.ts'

const button = z.object({
  title: z.string(),
  verb: z.string(),
  data: z.record(z.string(), z.string()),
})
const choice = z.object({ title: z.string(), value: z.string() })
/** Asked where words look as if they told of a child, '' otherwise; and the answer. */
const child = z.object({ question: z.string(), fine: z.string() })

/** A question to the leads of a project, in the private chat of each; with its answer once there is one. */
export const questionCard = defineCard(
  'question',
  z.object({
    heading: z.string(),
    project: z.string(),
    text: z.string(),
    asked: z.string(),
    /** '' while nobody has answered. */
    answer: z.string(),
    answered: z.string(),
    buttons: z.array(button),
  }),
)

/** The form of an answer. */
export const replyFormCard = defineCard(
  'reply-form',
  z.object({
    question: z.string(),
    project: z.string(),
    text: z.string(),
    asked: z.string(),
    reply: z.string(),
    /** Where the answer will stand; our own words. */
    goes: z.string(),
    problem: z.string(),
    child,
  }),
)

/** Chooses a project, to open, follow or ask about it. More than a list holds: by its number. */
export const projectFormCard = defineCard(
  'project-form',
  z.object({
    heading: z.string(),
    button: z.string(),
    verb: z.string(),
    /** The programme's key. */
    programme: z.string(),
    choices: z.array(choice),
    project: z.string(),
    /** '' where nothing is to be written. */
    textLabel: z.string(),
    text: z.string(),
    problems: z.array(z.string()),
    child,
  }),
)

/** Records a decision. */
export const decideFormCard = defineCard(
  'decide-form',
  z.object({
    programme: z.string(),
    choices: z.array(choice),
    entry: z.string(),
    outcome: z.string(),
    problems: z.array(z.string()),
    child,
  }),
)
