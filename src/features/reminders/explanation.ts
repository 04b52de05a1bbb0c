import { dayPhrase, say } from '../../base/language.ts'
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
    say(
      'Your message of {day}. I write to you once a day, on days you work, from {from} in {zone}.',
      { day: dayPhrase(day), from, zone },
    ),
    ...(dailyLimitException
      ? [
          say('It is a second message that day, because {cause}.', {
            cause: dailyLimitExceptions[dailyLimitException],
          }),
        ]
      : []),
    ...sentenceIf(
      alarms.length > 0,
      say('As programme office, you are told of leads whom I cannot reach.'),
    ),
    ...sentenceIf(
      news.length > 0,
      say('You follow the projects whose news stand in it, or a project of yours waits for them.'),
    ),
    ...items.slice(0, maxListed).map(explainItem),
    ...sentenceIf(
      items.length > maxListed,
      say('And {count} more, by the same rules.', { count: items.length - maxListed }),
    ),
  ]
}

function explainItem({ view, ruleText, role, why }: ReminderItem): string {
  const rule = ruleText ?? say('told before, and open still')
  const own = role === 'owner' ? say('It is yours.') : say('You lead it.')
  const as = why === null ? own : say('You get it {role}: {why}.', { role: roleText[role], why })
  return [`${view.shortName}: ${rule}.`, as, ...(view.explanation ?? [])].join(' ')
}
