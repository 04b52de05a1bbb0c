import { z } from 'zod'
import { defineSetting } from '../../domain/programme/setting.ts'

/** What a programme chose about its reminders: each rule keeps its own setting under its own key (rules/). */
export type ReminderSettings = Readonly<Record<string, unknown>>

export const remindersSetting = defineSetting({
  key: 'reminders',
  schema: z.record(z.string(), z.unknown()).prefault({}),
})
