import { z } from 'zod'
import {
  addDays,
  type CivilDate,
  daysBetween,
  fullDate,
  momentAt,
  weekdayOf,
  weekdays,
} from '../../base/dates.ts'
import { Refusal } from '../../base/errors.ts'
import { fold, plural, shorten } from '../../base/text.ts'
import { defineQuery, optionalText } from '../../chat/commands.ts'
import { oneOf, slot } from '../../chat/grammar.ts'
import { noticeCard } from '../../chat/notice.ts'
import { type DateRange, parseDateRange } from '../../domain/calendars/date-range.ts'
import { findProgramme, mayIn, requirePersonId } from '../../domain/plan/lookup.ts'
import type { Plan } from '../../domain/plan/plan.ts'
import { programmesOf } from '../../domain/plan/store.ts'
import { unsentNoticesIn } from './expire.ts'
import { loadContext, loadReminderPlan } from './load-context.ts'
import { preview } from './preview.ts'
import type { Reminder } from './reminder.ts'

/** What will go out: to the programme office all of it, to everybody else what is theirs. */
export const previewReminders = defineQuery({
  name: 'preview-reminders',
  usages: ['preview <week> [for <programme>]', 'preview <first> [to <last>] [for <programme>]'],
  slots: {
    week: oneOf('this week', 'next week'),
    first: slot.firstDay,
    last: slot.text,
    programme: slot.text,
  },
  examples: ['preview next week', 'preview 3 Apr to 28 Apr for W17'],
  authority: ['look after oneself', 'run programme'],
  summary:
    'The reminders that will go out (“preview next week”): yours; to the programme office, everybody’s.',
  args: z.object({
    week: optionalText,
    first: optionalText,
    last: optionalText,
    programme: optionalText,
  }),
  run: async (context, { week, first, last, programme: key }) => {
    const { tx, actor, today, now } = context
    const personId = requirePersonId(actor)
    const range = week ? parseWeek(week, today) : parsePreviewRange(first ?? '', last, today)
    const own = await programmesOf(tx, personId)
    const named = key ? await findProgramme(tx, actor, key) : undefined
    // Whoever is in several programmes and names none gets one message with all of them.
    const programme = named ?? (own.length === 1 ? own[0] : undefined)
    const isOffice =
      programme !== undefined && (await mayIn({ tx, actor }, 'run programme', programme))
    const plans: Plan[] = []
    for (const { id } of isOffice ? [programme] : own)
      plans.push(await loadReminderPlan(tx, id, today))
    const days = preview({ ...(await loadContext(tx, plans, now)), ...range })
    const messages = days
      .flatMap(({ reminders, unowned }) => [...reminders, ...unowned])
      .filter(({ person }) => isOffice || person?.id === personId)
    const since = momentAt(addDays(today, -7), '00:00', actor.zone)
    const notSent = isOffice ? await unsentNoticesIn(tx, programme.id, since) : []
    return { card: previewCard(range, messages, isOffice, notSent) }
  },
})

/** Plans change: a longer preview would promise what nobody knows. */
const maxDays = 62

/** @throws Refusal for more than `maxDays`, and where parseDateRange does */
function parsePreviewRange(first: string, last: string | undefined, today: CivilDate): DateRange {
  const range = parseDateRange(first, last, today)
  if (daysBetween(range.from, range.to) <= maxDays) return range
  throw new Refusal(`Ask for ${maxDays} days at most, such as 3 Apr to 28 Apr.`)
}

/** 'this week' from today on, 'next week' from Monday. */
function parseWeek(week: string, today: CivilDate): DateRange {
  const monday = addDays(today, 7 - weekdays.indexOf(weekdayOf(today)))
  return fold(week).startsWith('this')
    ? { from: today, to: addDays(monday, -1) }
    : { from: monday, to: addDays(monday, 6) }
}

/** How many messages a card lists, and items of each. */
const limits = { messages: 30, items: 6 }

function previewCard(
  { from, to }: DateRange,
  messages: readonly Reminder[],
  isOffice: boolean,
  notSent: readonly string[],
) {
  const whose = isOffice ? '' : ' to you'
  const when = from === to ? `On ${fullDate(from)}` : `From ${fullDate(from)} to ${fullDate(to)}`
  const intro =
    messages.length === 0
      ? `${when} nothing goes out${whose}, as things stand.`
      : `${when}, as things stand, ${plural(messages.length, 'message')}${whose}:`
  const rest = messages.length - limits.messages
  const more =
    rest > 0 ? [`${rest} more. At a terminal, “milepost reminders” prints them all.`] : []
  const lines = [
    intro,
    ...messages.slice(0, limits.messages).map((message) => formatReminder(message, isOffice)),
    ...more,
    ...notSent,
  ]
  return noticeCard({ heading: 'What will go out', lines, buttons: [] })
}

function formatReminder({ day, person, items, alarms, news }: Reminder, isOffice: boolean): string {
  const to = isOffice ? `, to ${person?.name ?? 'nobody: there is no lead yet'}` : ''
  const shown = items.slice(0, limits.items).map(({ view }) => view.shortName)
  const rest = items.length - shown.length
  const all = [
    ...shown,
    ...(rest > 0 ? [`${rest} more`] : []),
    ...(alarms.length > 0 ? ['who cannot be reached'] : []),
    ...(news.length > 0 ? ['news of what they follow'] : []),
  ]
  return shorten(`${fullDate(day)}${to}: ${all.join(', ')}`, 300)
}
