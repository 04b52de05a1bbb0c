/** What the processes of the benchmark say to each other. */
import { z } from 'zod'

/** What a server's process is asked. */
export const Question = z.object({ about: z.enum(['server', 'done']) })

/** A server that is asked: where it is, and what to sign requests for it with. */
export const Server = z.object({
  platform: z.enum(['slack', 'teams']),
  url: z.string(),
  signingSecret: z.string(),
  /** What it runs on, for the report. */
  database: z.string().optional(),
})
export type Server = z.infer<typeof Server>

export const Round = z.object({
  server: Server,
  /** How many ask at once. */
  atOnce: z.number(),
  requests: z.number(),
  /** What each answer has to say; '' for an answer without words. */
  says: z.string(),
})
export type Round = z.infer<typeof Round>

export const Answers = z.object({
  answered: z.number(),
  /** From the first request to the last answer. */
  seconds: z.number(),
  /** How long each answer took, without the first of each connection, which also had to be opened. */
  milliseconds: z.array(z.number()),
  /** The first answer that was not what it had to be. */
  wrong: z.string().optional(),
})
export type Answers = z.infer<typeof Answers>

/** What a server did since it was asked last. */
export const Done = z.object({
  /** Status updates that stand in the database now, and did not before: none of a bare server. */
  stored: z.number(),
  /** Processor time of its process in milliseconds; PostgreSQL's comes on top. */
  cpu: z.number(),
})
export type Done = z.infer<typeof Done>

/** How long something took, the middle one of several times. */
export const Took = z.object({ milliseconds: z.number() })
export type Took = z.infer<typeof Took>
