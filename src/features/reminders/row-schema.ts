import { z } from 'zod'

/** A button of a message: what it calls, with what. */
export const buttonSchema = z.object({
  title: z.string(),
  verb: z.string(),
  style: z.enum(['default', 'positive']),
  data: z.record(z.string(), z.string()),
})
export type RowButton = z.infer<typeof buttonSchema>

/** One thing in a message, as the ledger keeps it: what it said, and what tells that it is answered. */
export const rowSchema = z.object({
  kind: z.enum(['milestone', 'undated', 'green-by', 'reading', 'round']).default('milestone'),
  /** What a snooze of it is of. */
  subject: z.string().default(''),
  programmeId: z.string(),
  /** Ids; '' where there is none. */
  project: z.string(),
  milestone: z.string().default(''),
  measure: z.string().default(''),
  /** What it stood at when it was told of: the due day, or the last update's id. Another means that it is answered. */
  told: z.string(),
  title: z.string(),
  about: z.string(),
  when: z.string(),
  why: z.string(),
  /** '' while the row waits for an answer, and has its buttons. */
  answered: z.string(),
  buttons: z.array(buttonSchema).default([]),
})
export type ReminderRow = z.infer<typeof rowSchema>
