import { z } from 'zod'
import { defineSetting } from '../../domain/programme/setting.ts'

/** What becomes of a Red or an Amber beside which a later sheet has an empty cell. */
export const blankFates = ['keep', 'not rated'] as const
export type BlankFate = (typeof blankFates)[number]

/** What somebody answered to what the programme's sheets leave open. */
export const sheetAnswersSchema = z.object({
  /** Which number of a date in figures is the day, where nothing in a column tells. */
  dates: z.enum(['day first', 'month first']).optional(),
  /** What a word in a column of states means: a state, "done" or "not rated". */
  states: z.record(z.string(), z.string()).default({}),
  /** By project ("1.1") or milestone ("1.1 2"), or for all. Of earlier sheets, only what stays counts. */
  blanks: z.record(z.string(), z.enum(blankFates)).optional(),
  /** Why those are not rated any more of which their rows do not say it; of one sheet. */
  blankReason: z.string().optional(),
})
export type SheetAnswers = z.infer<typeof sheetAnswersSchema>

export const sheetAnswersSetting = defineSetting({
  key: 'sheetAnswers',
  schema: sheetAnswersSchema.optional(),
})

/** What each heading of the programme's sheets means, as somebody confirmed it. */
export const mappingSetting = defineSetting({
  key: 'mapping',
  schema: z.record(z.string(), z.string()).optional(),
})
