import { z } from 'zod'
import { defineSetting } from '../../domain/programme/setting.ts'

/** A number of working days; null: no such reminder. */
const workingDays = (standard: number) => z.int().min(1).nullable().default(standard)

const reminders = z.object({
  /** Working days before a milestone is due, the day itself being 0. */
  before: z.array(z.int().min(0)).default([10, 3, 0]),
  /** Working days after it: from when the lead is told, then the workstream's leads too, then its sponsors too. */
  overdue: z
    .object({
      lead: workingDays(2),
      workstream: workingDays(5),
      sponsor: workingDays(10),
      /** Repeated each so many working days after the last of these. */
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

/** What people are reminded of, and when: each a row of the table in rules/registry.ts. */
export const remindersSetting = defineSetting({ key: 'reminders', schema: reminders.prefault({}) })
