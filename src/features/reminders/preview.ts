import { addDays, type CivilDate } from '../../base/dates.ts'
import type { DateRange } from '../../domain/calendars/date-range.ts'
import { agendasFor, type ReminderContext } from './agendas.ts'
import { buildReminder } from './build-reminder.ts'
import type { Reminder } from './reminder.ts'

export interface DayPreview {
  readonly on: CivilDate
  readonly reminders: readonly Reminder[]
  readonly unowned: readonly Reminder[]
}

type PreviewQuery = DateRange &
  Omit<ReminderContext, 'topicsSentTo'> &
  Partial<Pick<ReminderContext, 'topicsSentTo'>>

/**
 * What would be sent on each day from `from` to `to` if nothing in the plans changed meanwhile: each day's topics count
 * as sent on the next. Days without a message are left out. `topicsSentTo` holds what was sent before `from`.
 */
export function preview({ from, to, topicsSentTo, ...rest }: PreviewQuery): DayPreview[] {
  const topics = new Map<string, Set<string>>()
  const topicsOf = (id: string): Set<string> => {
    const known = topics.get(id) ?? new Set(topicsSentTo?.(id))
    topics.set(id, known)
    return known
  }
  const context = { ...rest, topicsSentTo: topicsOf }
  const days: DayPreview[] = []
  for (let on = from; on <= to; on = addDays(on, 1)) {
    const messages = agendasFor(on, context).flatMap((agenda) => {
      const message = buildReminder(agenda, context)
      for (const topic of message?.topics ?? []) topicsOf(agenda.id).add(topic)
      return message ?? []
    })
    const reminders = messages.filter(({ person }) => person !== null)
    const unowned = messages.filter(({ person }) => person === null)
    if (messages.length > 0) days.push({ on, reminders, unowned })
  }
  return days
}
