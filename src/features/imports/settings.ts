import { z } from 'zod'
import { defineSetting } from '../../domain/programme/setting.ts'

/** What somebody answered to what the programme's sheets leave open. */
export const sheetAnswersSchema = z.object({
  /** Which number of a date in figures is the day, where nothing in a column tells. */
  dates: z.enum(['day first', 'month first']).optional(),
  /** What a word in a column of states means: a state, "done" or "not rated". */
  states: z.record(z.string(), z.string()).default({}),
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
