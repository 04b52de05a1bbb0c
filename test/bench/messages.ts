/** The messages between the processes of the benchmark. */
import { z } from 'zod'

/** A request to a server's process. */
export const Question = z.object({ about: z.enum(['server', 'done']) })

/** The address of a server, and the secret that signs requests to it. */
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
  /** Concurrent connections. */
  atOnce: z.number(),
  requests: z.number(),
  /** Text that each answer has to contain; '' for an empty answer. */
  expectedText: z.string(),
})
export type Round = z.infer<typeof Round>

export const Answers = z.object({
  answered: z.number(),
  /** From the first request to the last answer. */
  seconds: z.number(),
  /** How long each answer took, without the first of each connection, which also had to be opened. */
  milliseconds: z.array(z.number()),
  /** The first answer that was not as expected. */
  wrong: z.string().optional(),
})
export type Answers = z.infer<typeof Answers>

/** What a server did since the last such request. */
export const Done = z.object({
  /** Status updates that were saved since then: none of a bare server. */
  stored: z.number(),
  /** Processor time of its process in milliseconds; PostgreSQL's comes on top. */
  cpu: z.number(),
})
export type Done = z.infer<typeof Done>

/** The median duration of several runs. */
export const Timing = z.object({ milliseconds: z.number() })
export type Timing = z.infer<typeof Timing>

/** A tick in which nothing is due. */
export const RestTick = z.object({ milliseconds: z.number(), statements: z.number() })
export type RestTick = z.infer<typeof RestTick>

/** The tick at 09:00. */
export const MorningTick = z.object({
  seconds: z.number(),
  /** Reminders that it enqueued. */
  enqueued: z.number(),
  /** How long the event loop did not go round, at most. */
  blockedMs: z.number(),
  /** Processor time of its thread in the longest of its rounds, which other work on the machine does not lengthen. */
  longestRoundMs: z.number(),
  megabytes: z.number(),
})
export type MorningTick = z.infer<typeof MorningTick>
