import { z } from 'zod'
import { defineCard } from '../../chat/cards.ts'

const buttonSchema = z.object({
  title: z.string(),
  verb: z.string(),
  data: z.record(z.string(), z.string()),
})
/** The safeguarding question, '' where there is none, and the answer to it. */
const safeguardingSchema = z.object({ question: z.string(), fine: z.string() })

/** A question in the private chat of each lead of a project, with its answer once there is one. */
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
    buttons: z.array(buttonSchema),
  }),
  { ownText: ['heading', 'buttons.title'] },
)

/** The form that answers a question. */
export const replyFormCard = defineCard(
  'reply-form',
  z.object({
    question: z.string(),
    project: z.string(),
    text: z.string(),
    asked: z.string(),
    reply: z.string(),
    /** Where the answer will be posted, as a sentence. */
    goes: z.string(),
    problem: z.string(),
    child: safeguardingSchema,
  }),
  { ownText: ['goes'] },
)
