import { fullDate } from '../../base/dates.ts'
import { calendarOf } from '../../domain/calendars/calendar.ts'
import { firstSendingTime } from '../../domain/calendars/hours.ts'
import type { Reminder } from './build-message.ts'
import { dailyLimitExceptions } from './daily-limit-exceptions.ts'
import { roleText, shortName } from './format.ts'
import type { ReminderItem } from './types.ts'

/** More would not be read; the message itself has no room for more rows either. */
const maxListed = 14

/** Why somebody got a message, in sentences: the rule of each thing, as whom, and what moved it to that day. */
export function explainReminder(
  reminder: Pick<
    Reminder,
    'person' | 'zone' | 'day' | 'items' | 'alarms' | 'news' | 'dailyLimitException'
  >,
): string[] {
  const { person, zone, day, items, alarms, news } = reminder
  const from = firstSendingTime(person?.quiet ?? null)
  const where = (isSo: boolean, sentence: string) => (isSo ? [sentence] : [])
  return [
    `Your message of ${fullDate(day)}. I write to you once a day, on days you work, from ${from} in ${zone}.`,
    ...(reminder.dailyLimitException
      ? [
          `It is a second message that day, because ${dailyLimitExceptions[reminder.dailyLimitException]}.`,
        ]
      : []),
    ...where(alarms.length > 0, 'As programme office, you are told of leads whom I cannot reach.'),
    ...where(news.length > 0, 'You follow the projects whose news stand in it.'),
    ...items.slice(0, maxListed).map((item) => explainItem(item, person)),
    ...where(items.length > maxListed, `And ${items.length - maxListed} more, by the same rules.`),
  ]
}

function explainItem(item: ReminderItem, person: Reminder['person']): string {
  const rule = item.ruleText ?? 'told before, and open still'
  const as = item.why === null ? 'You lead it.' : `You get it ${roleText[item.role]}: ${item.why}.`
  return [`${shortName(item)}: ${rule}.`, as, ...explainMovedDay(item, person)].join(' ')
}

/** 'Fri 14 Apr 2017 is no working day of yours (Good Friday), so it counts as due by Thu 13 Apr 2017.' */
function explainMovedDay(item: ReminderItem, person: Reminder['person']): string[] {
  if (item.kind !== 'milestone' || item.due === item.effectiveDue) return []
  const reason = calendarOf(person, item.programme).nonWorkingReason(item.due) ?? 'not worked'
  return [
    `${fullDate(item.due)} is no working day of yours (${reason}), so it counts as due by ${fullDate(item.effectiveDue)}.`,
  ]
}
