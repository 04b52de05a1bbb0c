import { z } from 'zod'
import { civilDay } from '../../base/civil-day.ts'
import type { CivilDate } from '../../base/dates.ts'
import { languages } from '../../base/language.ts'
import { type CardButton, cardButton } from '../../chat/card-button.ts'

export type RowButton = CardButton

/** One item of a sent message, as the outbox keeps it: what it shows, and what tells later that it was answered. */
export const rowSchema = z.object({
  /** The `kind` of the rule that found it. */
  kind: z.string().default('milestone'),
  /** What a snooze of it applies to. */
  subject: z.string().default(''),
  programmeId: z.string(),
  /** Ids; '' where there is none. */
  project: z.string(),
  milestone: z.string().default(''),
  measure: z.string().default(''),
  /** The due day or the id of the last update when it was sent. Another one since then means that it was answered. */
  told: z.string(),
  /** Absent in rows that were sent before it was kept: see isOverdueRow. */
  isOverdue: z.boolean().optional(),
  /** False: its reader is only told of it. */
  asks: z.boolean().optional(),
  title: z.string(),
  about: z.string(),
  when: z.string(),
  /** Why its recipient gets it, who leads no such project; '' where they lead it. */
  why: z.string(),
  /** '' while the row waits for an answer and has its buttons; else what became of it. */
  answered: z.string(),
  /** What `answered` tells of. Absent in rows that were sent before it was kept. */
  status: z.enum(['open', 'answered', 'snoozed']).optional(),
  buttons: z.array(cardButton).default([]),
})
export type ReminderRow = z.infer<typeof rowSchema>

/** A reminder as the outbox keeps it. A text that may be absent is ''. */
export const reminderData = z.object({
  /** The one it was composed in; absent: English. */
  language: z.enum(languages).optional(),
  heading: z.string(),
  summary: z.string(),
  /** What was saved when a button of it was pressed. */
  note: z.string(),
  /** Why it is a second message that day. */
  besides: z.string().default(''),
  /** For the programme office: leads who cannot be reached. */
  alarm: z.string().default(''),
  /** Changes of projects that the person follows. */
  news: z.string().default(''),
  groups: z.array(z.object({ heading: z.string(), rows: z.array(rowSchema) })),
  /** How many items have no row for want of room. */
  hidden: z.number(),
  more: z.string(),
  /** Which of its projects have no lead. */
  unled: z.string().default(''),
  /** Its key in the outbox, for "Why?"; '' where it has no such button. */
  key: z.string().default(''),
  /** The person's zone. */
  zone: z.string().default('Europe/London'),
  day: civilDay.nullable().default(null),
  /** Those below all rows. */
  buttons: z.array(cardButton).default([]),
})
export type ReminderData = z.infer<typeof reminderData>

/** Whether the row was overdue on the day of its message. A milestone's `told` is its due day. */
export function isOverdueRow(
  { isOverdue, kind, told }: Pick<ReminderRow, 'isOverdue' | 'kind' | 'told'>,
  day: CivilDate | null,
): boolean {
  return isOverdue ?? (kind === 'milestone' && day !== null && told < day)
}

/** What a row is counted as: "2 milestones and 1 reading need an answer". */
export function rowNoun({ subject, kind }: Pick<ReminderRow, 'subject' | 'kind'>): string {
  if (subject.startsWith('entry:')) return kind === 'action' ? 'action' : 'review'
  if (subject.startsWith('move:')) return 'move'
  if (subject.startsWith('project:')) return 'project'
  return subject.startsWith('measure:') ? 'reading' : 'milestone'
}
