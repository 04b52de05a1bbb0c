import { fullDate } from '../../base/dates.ts'
import { calendarOf } from '../../domain/calendars/calendar.ts'
import { officeHours, speakingHours } from '../../domain/calendars/hours.ts'
import type { Reminder } from './build-message.ts'
import { apart } from './daily-limit-exceptions.ts'
import { asWhom, shortName } from './format.ts'
import type { Item } from './types.ts'

/** More would not be read; the message itself has no room for more rows either. */
const listed = 14

/** Why somebody got a message, in sentences: the rule of each thing, as whom, and what moved it to that day. */
export function whyOf(
  reminder: Pick<Reminder, 'person' | 'zone' | 'day' | 'items' | 'alarms' | 'news' | 'apart'>,
): string[] {
  const { person, zone, day, items, alarms, news } = reminder
  const [hours] = speakingHours(officeHours, person?.quiet ?? null)
  const from = hours?.from ?? officeHours.from
  const where = (isSo: boolean, sentence: string) => (isSo ? [sentence] : [])
  return [
    `Your message of ${fullDate(day)}. I write to you once a day, on days you work, from ${from} in ${zone}.`,
    ...(reminder.apart
      ? [`It is a second message that day, because ${apart[reminder.apart]}.`]
      : []),
    ...where(alarms.length > 0, 'As programme office, you are told of leads whom I cannot reach.'),
    ...where(news.length > 0, 'You follow the projects whose news stand in it.'),
    ...items.slice(0, listed).map((item) => itemWhy(item, person)),
    ...where(items.length > listed, `And ${items.length - listed} more, by the same rules.`),
  ]
}

function itemWhy(item: Item, person: Reminder['person']): string {
  const rule = item.rule ?? 'told before, and open still'
  const as = item.why === null ? 'You lead it.' : `You get it ${asWhom[item.role]}: ${item.why}.`
  return [`${shortName(item)}: ${rule}.`, as, ...movedWhy(item, person)].join(' ')
}

/** 'Fri 14 Apr 2017 is no working day of yours (Good Friday), so it counts as due by Thu 13 Apr 2017.' */
function movedWhy(item: Item, person: Reminder['person']): string[] {
  if (item.kind !== 'milestone' || item.due === item.by) return []
  const reason = calendarOf(person, item.programme).why(item.due) ?? 'not worked'
  return [
    `${fullDate(item.due)} is no working day of yours (${reason}), so it counts as due by ${fullDate(item.by)}.`,
  ]
}
