import { z } from 'zod'
import { nations } from '../../base/bank-holidays.ts'
import { isCivilDate, isTime } from '../../base/dates.ts'

/**
 * How a programme works, as kept with it. Everything has a default, so that a programme that never chose
 * anything works as the published W17 sheet does.
 */

/** What a state may be shown in, beside its word and its shape: never alone. */
export const colours = ['red', 'amber', 'green', 'blue', 'grey'] as const
export type Colour = (typeof colours)[number]

const state = z.object({
  key: z.string().regex(/^[a-z][a-z0-9-]*$/),
  label: z.string().min(1),
  letter: z.string().min(1).max(2),
  shape: z.string().min(1).max(2),
  colour: z.enum(colours),
  /** 0 is best. */
  severity: z.int().min(0),
  /** As it should be: on course or complete. Such a state needs no reason. */
  good: z.boolean(),
  words: z.array(z.string()).default([]),
})
export type CustomState = z.infer<typeof state>

/** Who reads something, from the narrowest to the widest: what is for one is not shown to a wider one. */
export const audiences = ['internal', 'board', 'public'] as const
export type Audience = (typeof audiences)[number]

/** The schemes there are: three that are published, and what a programme made for itself. */
export const schemeKeys = ['rag', 'brag', 'delivery', 'own'] as const
export type SchemeKey = (typeof schemeKeys)[number]

export const criterion = z.object({
  key: z.string(),
  label: z.string(),
  critical: z.boolean().default(false),
})

const rollUp = z.object({
  policy: z.enum(['worst', 'plurality', 'proportion']).default('worst'),
  /** 'proportion': Red from this share of reds on, 0 to 1. */
  redShare: z.number().min(0).max(1).default(0.25),
})

const civilDay = z.string().refine(isCivilDate)

/** Days on which the council is closed, bank holidays aside. */
const closure = z.object({
  from: civilDay,
  /** The last day of it. */
  to: civilDay,
  reason: z.string().optional(),
})
export type Closure = z.infer<typeof closure>

/** Counted in working days before the day a round serves, at a wall time in the programme's zone. */
const roundMoment = (daysBefore: number, at: string) =>
  z
    .object({
      daysBefore: z.int().min(0).max(20).default(daysBefore),
      at: z.string().refine(isTime).default(at),
    })
    .prefault({})
export type RoundMoment = z.infer<ReturnType<typeof roundMoment>>

/** When the programme asks its leads for an update: Tuesday to Thursday noon, for a digest on Monday. */
const updateRound = z.object({
  /** The day it prepares: that of the digest, or of the next board meeting. */
  serves: z.enum(['digest', 'board']).default('digest'),
  opens: roundMoment(4, '09:00'),
  /**
   * Once, on the morning it closes: whoever has not answered had two whole days, and has the morning left. A day
   * sooner it would chase people who answer on their last day anyway.
   */
  nudges: roundMoment(2, '09:00'),
  closes: roundMoment(2, '12:00'),
})

/** A meeting that the programme reports to. */
const boardMeeting = z.object({ on: civilDay, name: z.string().optional() })
export type BoardMeeting = z.infer<typeof boardMeeting>

/** A number of working days; null: that is not said. Chat asks for a sensible one; any other only never comes. */
const workingDays = (standard: number) => z.int().min(1).nullable().default(standard)

/** What people are reminded of, and when: each a row of the table in features/reminders/rules/registry.ts. */
const reminders = z.object({
  /** Working days before a milestone is due, the day itself being 0. */
  before: z.array(z.int().min(0)).default([10, 3, 0]),
  /** Working days after it: from when the lead is told, then the workstream's leads too, then its sponsors too. */
  overdue: z
    .object({
      lead: workingDays(2),
      workstream: workingDays(5),
      sponsor: workingDays(10),
      /** Once more each so many days after the last of these. */
      every: workingDays(10),
    })
    .prefault({}),
  /** Milestones without a date, all together each so many working days. */
  undated: workingDays(10),
  /** A project that was to be Green by a day which has passed. */
  greenBy: z.boolean().default(true),
  /** A measure whose reading has not come. */
  readings: z.boolean().default(true),
  roundOpen: z.boolean().default(true),
  roundClosing: z.boolean().default(true),
})
export type ReminderSettings = z.infer<typeof reminders>

export const programmeSettings = z.object({
  /** Whose bank holidays count. Chosen once and for all days: a council does not move. */
  calendar: z.enum(nations).default('england-and-wales'),
  /** In order; no two on one day. */
  closures: z.array(closure).default([]),
  /** Key of a scheme in domain/scheme/schemes.ts, or 'own'. */
  scheme: z.enum(schemeKeys).default('rag'),
  /** The states of a programme's own scheme, worst first. */
  ownScheme: z.array(state).min(2).optional(),
  /** Absent: the five criteria of W17 where the scheme is W17's too (RAG), else none. Empty: none are asked. */
  criteria: z.array(criterion).optional(),
  rollUp: rollUp.prefault({}),
  /** Changes of it, oldest first, each from its day on: an earlier day keeps the policy it had. */
  rollUpChanges: z
    .array(rollUp.extend({ onDay: z.iso.date(), byId: z.string().nullable() }))
    .default([]),
  confirm: z
    .object({
      /** A milestone is done only when a second person has confirmed it. */
      done: z.boolean().default(false),
      /** An improvement from Red counts only when the sponsor or the programme office has confirmed it. */
      improvement: z.boolean().default(false),
    })
    .prefault({}),
  reminders: reminders.prefault({}),
  round: updateRound.prefault({}),
  /** The meetings ahead and past, in order; no two on one day. */
  boards: z.array(boardMeeting).default([]),
  /** Who rates projects beside their leads; `label`: what that is called, and for assurance the post of who does. */
  secondRating: z
    .object({
      by: z.enum(['off', 'sponsor', 'assurance']).default('off'),
      label: z.string().min(1).optional(),
    })
    .prefault({}),
  /** Shortfall of a measure relative to its target, in per cent: Green up to, Amber up to, Red beyond. */
  thresholds: z
    .object({ green: z.number().min(0).default(5), amber: z.number().min(0).default(10) })
    .prefault({}),
  /**
   * For whom commentary is that nobody marked, and what cannot be marked: reasons of milestones and of overrides. A
   * board's channel is what a programme has first, so the board is what people write for.
   */
  commentaryFor: z.enum(audiences).default('board'),
  digest: z
    .object({
      /** Off: a digest goes by itself. On: it waits for the programme office to approve it. */
      approval: z.boolean().default(false),
      /** Whether the programme office is shown it on the working day before. */
      preview: z.boolean().default(true),
    })
    .prefault({}),
  /** A Teams message whose line broke while it was posted: left, or sent again, marked as such. */
  uncertain: z.enum(['leave', 'again']).default('leave'),
  /** What each heading of the programme's sheets means, as somebody confirmed it. */
  mapping: z.record(z.string(), z.string()).optional(),
})

export type ProgrammeSettings = z.infer<typeof programmeSettings>

/** What a programme chose, with the defaults of the rest. @throws ZodError where the column was tampered with. */
export function parseSettings(stored: unknown): ProgrammeSettings {
  return programmeSettings.parse(stored ?? {})
}
