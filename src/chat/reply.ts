import { z } from 'zod'
import type { Card } from './cards.ts'

const cardDataSchema = z.object({
  name: z.string(),
  data: z.unknown(),
  remarks: z.array(z.string()).readonly().optional(),
  answersQuestion: z.literal(true).optional(),
  asked: z.string().optional(),
}) satisfies z.ZodType<Card>

/** The answer to a request. Each platform shows it in its own way. */
export const replySchema = z.discriminatedUnion('kind', [
  z.object({
    /** Stands in place of the form; `refresh` is how the message whose button was pressed looks now. */
    kind: z.literal('answer'),
    card: cardDataSchema,
    refresh: cardDataSchema.optional(),
    /** A command was carried out that may save something: nobody need send it again, whether or not this arrives. */
    isSaved: z.literal(true).optional(),
  }),
  z.object({
    /** A form to fill in: a modal on Slack, a card in place on Teams. */
    kind: z.literal('form'),
    card: cardDataSchema,
  }),
  z.object({
    /** A form that cannot be stored yet: what to mend, by the input's id, and the form as it was filled in. */
    kind: z.literal('invalid'),
    card: cardDataSchema,
    fields: z.record(z.string(), z.string()),
  }),
])

export type Reply = z.infer<typeof replySchema> & {
  /** The same request was answered before. Where answering means posting, there is nothing left to do. */
  readonly isRepeat?: true
}
