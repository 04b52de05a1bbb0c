import { z } from 'zod'
import { type CivilDate, dayMs } from '../../../base/dates.ts'
import { sheetAnswersSchema } from '../settings.ts'

/** A sheet that somebody sent in chat, and what they chose so far. Nothing of it is in the plan. */
export interface ImportDraft {
  readonly id: string
  /** Null: the person has not said yet into which. */
  readonly programmeId: string | null
  /** The key of its kind (sheet-kind.ts). */
  readonly kind: string
  readonly fileName: string
  readonly bytes: Uint8Array
  /** The day it speaks for. */
  readonly asOf: CivilDate
  readonly choices: ImportChoices
  /** What the last preview said; null before the first. */
  readonly shown: ShownPreview | null
}

/** How long a draft is kept. */
export const draftLifetimeMs = dayMs

/** What becomes of a project that the sheet no longer has; one that is not named is kept as it is. */
export const absentFates = ['close', 'hold'] as const
export type AbsentFate = (typeof absentFates)[number]

export const choicesSchema = z.object({
  /** The key of a sheet format; left out: the one whose headings fit best. */
  shape: z.string().optional(),
  mapping: z.record(z.string(), z.string()).default({}),
  /** The name of a workbook's sheet; left out: the one that fits best. */
  sheet: z.string().optional(),
  /** Rows that are new, although the plan has something in nearly their words. */
  newRows: z.array(z.number().int()).optional(),
  /** To what the sheet leaves open. */
  answers: sheetAnswersSchema.optional(),
  /** By the projects' numbers. */
  absent: z.record(z.string(), z.enum(absentFates)).default({}),
  absentReason: z.string().optional(),
  /** Of a people file: what becomes of those whom it does not list. */
  unlisted: z.enum(['keep', 'remove']).optional(),
})
export type ImportChoices = z.infer<typeof choicesSchema>

/** What a preview told a person, so that nothing else is imported than they saw. */
export const shownSchema = z.object({
  fingerprint: z.string(),
  /** What would change, a line each. */
  effects: z.array(z.string()),
})
export type ShownPreview = z.infer<typeof shownSchema>
