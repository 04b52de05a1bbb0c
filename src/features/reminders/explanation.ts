import { fullDate } from '../../base/dates.ts'
import { firstSendingTime } from '../../domain/calendars/hours.ts'
import { dailyLimitExceptions } from './daily-limit-exceptions.ts'
import { roleText } from './format.ts'
import type { Reminder, ReminderItem } from './reminder.ts'

/** More would not be read; the message itself has no room for more rows either. */
const maxListed = 14

/** Why somebody got a message, in sentences: the rule of each item, in which role, and what moved it to that day. */
export function explainReminder({
  person,
  zone,
  day,
  items,
  alarms,
  news,
  dailyLimitException,
}: Omit<Reminder, 'key' | 'at' | 'topics'>): string[] {
  const from = firstSendingTime(person?.quiet ?? null)
  const sentenceIf = (isSo: boolean, sentence: string) => (isSo ? [sentence] : [])
  return [
    `Your message of ${fullDate(day)}. I write to you once a day, on days you work, from ${from} in ${zone}.`,
    ...(dailyLimitException
      ? [`It is a second message that day, because ${dailyLimitExceptions[dailyLimitException]}.`]
      : []),
    ...sentenceIf(
      alarms.length > 0,
      'As programme office, you are told of leads whom I cannot reach.',
    ),
    ...sentenceIf(
      news.length > 0,
      'You follow the projects whose news stand in it, or a project of yours waits for them.',
    ),
    ...items.slice(0, maxListed).map(explainItem),
    ...sentenceIf(
      items.length > maxListed,
      `And ${items.length - maxListed} more, by the same rules.`,
    ),
  ]
}

function explainItem({ view, ruleText, role, why }: ReminderItem): string {
  const rule = ruleText ?? 'told before, and open still'
  const own = role === 'owner' ? 'It is yours.' : 'You lead it.'
  const as = why === null ? own : `You get it ${roleText[role]}: ${why}.`
  return [`${view.shortName}: ${rule}.`, as, ...(view.explanation ?? [])].join(' ')
}
