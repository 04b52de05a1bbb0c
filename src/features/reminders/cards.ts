import { inLanguage, listPhrase, type Phrase, phrase, say } from '../../base/language.ts'
import { listOf, shorten } from '../../base/text.ts'
import { type Card, defineCard } from '../../chat/cards.ts'
import { dailyLimitExceptions } from './daily-limit-exceptions.ts'
import { informationHeading, roleText } from './format.ts'
import type { Reminder, ReminderItem } from './reminder.ts'
import {
  isOverdueRow,
  type ReminderData,
  type ReminderRow,
  type RowButton,
  reminderData,
  rowNoun,
} from './reminder-data.ts'
import { openRow, type RowStatusLookup } from './row-status.ts'

export const reminderDefinition = defineCard('reminder', reminderData, {
  ownText: [
    'heading',
    'groups.heading',
    'groups.rows.kind',
    'groups.rows.told',
    'more',
    'day',
    'groups.rows.buttons.title',
    'groups.rows.buttons.style',
    'buttons.title',
    'buttons.style',
  ],
})

/**
 * How much a card shows: 14 rows of at most these lengths stay below Slack's 50 blocks and 12,000 characters, and the
 * bytes keep Teams below its 28 KB whatever the script.
 */
const limits = {
  ...{ rows: 14, title: 120, about: 240, why: 160, note: 300, bytes: 24_000 },
  ...{ alarms: 8, alarm: 200, news: 8, change: 240, unled: 12 },
}

/** What the card adds to the data of a row: its layout, and at each button which row it belongs to. */
const rowOverheadBytes = 800

type ReminderContent = Pick<Reminder, 'items'> &
  Partial<Pick<Reminder, 'alarms' | 'news' | 'key' | 'zone' | 'day' | 'dailyLimitException'>>

/** `prefix` is how a command begins there: "/rag". */
export function reminderCard(content: ReminderContent, prefix: string): Card {
  const { items, alarms = [], news = [], key = '', zone = 'Europe/London', day = null } = content
  const all = items.map((item) => ({ item, row: rowOf(item) }))
  const shown = fitRows(all)
  const hidden = all.length - shown.length
  const groups = [...Map.groupBy(shown, ({ item }) => item.view.heading)].map(
    ([heading, grouped]) => ({ heading, rows: grouped.map(({ row }) => row) }),
  )
  const rows = groups.flatMap((group) => group.rows)
  const noticeHeading = alarms.length > 0 ? alarmHeading : newsHeading
  return reminderDefinition({
    ...(items.length > 0 ? reminderHeading({ rows, hidden, day }) : noticeHeading),
    ...{ note: '', besides: formatException(content), unled: formatUnled(items) },
    ...{ alarm: formatAlarms(alarms), news: formatNews(news), groups, hidden },
    more:
      hidden > 0
        ? `${hidden} more need an answer: type ${prefix} due for milestones, ${prefix} alone for your projects.`
        : '',
    ...{ key, zone, day, buttons: cardButtons(rows, key) },
  })
}

/** The same message with what was answered since, and in `note` what was just saved. */
export function rerenderReminderCard(
  data: ReminderData,
  statusOf: RowStatusLookup,
  note: string,
): Card {
  return inLanguage(data.language, () => redrawCard(data, statusOf, note))
}

function redrawCard(data: ReminderData, statusOf: RowStatusLookup, note: string): Card {
  const groups = data.groups.map((group) => ({
    ...group,
    rows: group.rows.map((row) => {
      const { code, text } = statusOf(row)
      return { ...row, status: code, answered: text }
    }),
  }))
  const rows = groups.flatMap((group) => group.rows)
  return reminderDefinition({
    ...data,
    ...(rows.length > 0 ? reminderHeading({ ...data, rows }) : {}),
    note: shorten(note, limits.note),
    groups,
    buttons: cardButtons(rows, data.key),
  })
}

/** The same message without the rows that are answered or snoozed by now; undefined where nothing is left of it. */
export function omitAnsweredRows(data: ReminderData, statusOf: RowStatusLookup): Card | undefined {
  const groups = data.groups
    .map((group) => ({ ...group, rows: group.rows.filter((row) => statusOf(row).code === 'open') }))
    .filter((group) => group.rows.length > 0)
  if (groups.length === 0 && data.alarm === '' && data.news === '') return undefined
  return rerenderReminderCard({ ...data, groups }, () => openRow, data.note)
}

interface ItemRow {
  readonly item: ReminderItem
  readonly row: ReminderRow
}

/** The rows there is room for, in their order. What is sent for the first time goes before what was sent before. */
function fitRows(rows: readonly ItemRow[]): ItemRow[] {
  const isFirstTime = ({ item }: ItemRow) => item.ruleText !== null
  const byPriority = [...rows.filter(isFirstTime), ...rows.filter((one) => !isFirstTime(one))]
  const fitting = new Set(byPriority.slice(0, rowCapacity(byPriority)))
  return rows.filter((one) => fitting.has(one))
}

/** How many of the rows, from the first on, a card has room for. */
function rowCapacity(rows: readonly ItemRow[]): number {
  let bytes = 0
  const tooMany = rows.findIndex(({ row }) => {
    bytes += Buffer.byteLength(JSON.stringify(row)) + rowOverheadBytes
    return bytes > limits.bytes
  })
  return Math.min(limits.rows, tooMany === -1 ? rows.length : tooMany)
}

const alarmHeading = {
  heading: 'Somebody cannot be reached',
  summary: 'Somebody who leads a project cannot be reached in chat.',
}

const newsHeading = {
  heading: 'What you follow has changed',
  summary: 'Something changed about the projects that you follow.',
}

function reminderHeading({
  rows,
  hidden,
  day,
}: Pick<ReminderData, 'hidden' | 'day'> & { readonly rows: readonly ReminderRow[] }): Pick<
  ReminderData,
  'heading' | 'summary'
> {
  const open = rows.filter(({ answered, asks }) => answered === '' && asks !== false)
  const told = rows.filter(({ answered, asks }) => answered === '' && asks === false)
  const count = open.length + hidden
  if (count === 0 && told.length > 0)
    return {
      heading: informationHeading,
      summary: `${countPhrase(told, 0)('en')} of others overdue.`,
    }
  if (count === 0 && rows.some(({ status }) => status === 'snoozed'))
    return { heading: 'Nothing to answer for now', summary: 'What is left here was snoozed.' }
  if (count === 0)
    return {
      heading: say('All answered, thank you'),
      summary: say('Nothing is left to answer here.'),
    }
  const needs = say('{what} {count, plural, one {needs} other {need}} an answer', {
    ...{ count, what: countPhrase(open, hidden) },
  })
  const overdue = open.filter((row) => isOverdueRow(row, day)).length
  return {
    heading: needs,
    summary: `${needs}${overdue > 0 ? `, ${overdue} of them overdue` : ''}.`,
  }
}

/** '3 milestones and 1 reading'. What has no row is counted with the most frequent of them. */
function countPhrase(open: readonly ReminderRow[], hidden: number): Phrase {
  const counts = new Map<string, number>()
  for (const noun of open.map(rowNoun)) counts.set(noun, (counts.get(noun) ?? 0) + 1)
  const [commonest = 'milestone'] = [...counts].toSorted((a, b) => b[1] - a[1])[0] ?? []
  if (hidden > 0) counts.set(commonest, (counts.get(commonest) ?? 0) + hidden)
  const counted = [...counts].map(([noun, count]) =>
    phrase(`{count, plural, one {# ${noun}} other {# ${noun}s}}`, { count }),
  )
  return listPhrase(counted)
}

function formatException({
  dailyLimitException,
}: Pick<ReminderContent, 'dailyLimitException'>): string {
  return dailyLimitException
    ? `You get this besides today’s message, because ${dailyLimitExceptions[dailyLimitException]}.`
    : ''
}

/** As much of it as a card has room for. */
function formatNews(news: readonly string[]): string {
  if (news.length === 0) return ''
  const shown = news.slice(0, limits.news).map((change) => shorten(change, limits.change))
  const rest = news.length - shown.length
  return ['You follow:', ...shown, ...(rest > 0 ? [`${rest} more changes.`] : [])].join('\n')
}

/** Who cannot be reached, as far as a card has room for it, and what to do. */
function formatAlarms(alarms: readonly string[]): string {
  if (alarms.length === 0) return ''
  const shown = alarms.slice(0, limits.alarms).map((alarm) => `${shorten(alarm, limits.alarm)}.`)
  const rest = alarms.length > shown.length ? [`${alarms.length - shown.length} more are so.`] : []
  const remedy = 'Name another lead, or add their account to the people file.'
  return [...shown, ...rest, remedy].join('\n')
}

/** "2.2 has no lead yet: set one." Said once, since it is why the person gets all items of such projects. */
function formatUnled(items: readonly ReminderItem[]): string {
  const unled = items.filter(({ reason }) => reason === 'no lead')
  const refs = [...new Set(unled.flatMap(({ project }) => project?.ref ?? []))]
  const [only, ...others] = refs
  if (only === undefined) return ''
  if (others.length === 0) return `${only} has no lead yet: set one.`
  const shown = refs.slice(0, limits.unled)
  const more = refs.length > shown.length ? [`${refs.length - shown.length} more`] : []
  return `${listOf([...shown, ...more])} have no lead yet: set one for each.`
}

/** An item as a row of a message. */
export function rowOf({
  view,
  kind,
  subject,
  programme,
  project,
  ...item
}: ReminderItem): ReminderRow {
  const isExplained = item.why !== null && item.reason !== 'no lead'
  return {
    ...{ kind, subject, programmeId: programme.id, project: project?.id ?? '' },
    ...{ milestone: idIn(subject, 'milestone'), measure: idIn(subject, 'measure') },
    ...{ told: view.baseline, isOverdue: view.isOverdue },
    ...(view.asks === false && { asks: false }),
    title: shorten(view.title, limits.title),
    about: shorten(view.about, limits.about),
    when: shorten(view.when, limits.about),
    why: isExplained ? shorten(`You get this ${roleText[item.role]}: ${item.why}`, limits.why) : '',
    ...{ answered: '', status: 'open', buttons: [...view.buttons] },
  }
}

/** The id in a subject of this type; '' in any other. */
function idIn(subject: string, type: 'milestone' | 'measure'): string {
  return subject.startsWith(`${type}:`) ? subject.slice(type.length + 1) : ''
}

/** The buttons below all rows: "No change to all" where several wait for it, and "Why?". */
function cardButtons(rows: readonly ReminderRow[], key: string): RowButton[] {
  const attestable = rows.filter(
    ({ answered, buttons }) => answered === '' && buttons.some(({ verb }) => verb === 'no-change'),
  )
  const style = 'default'
  const all: RowButton = { title: 'No change to all', verb: 'no-change', style, data: {} }
  const why: RowButton = { title: 'Why?', verb: 'why', style, data: { message: key } }
  return [...(attestable.length > 1 ? [all] : []), ...(key === '' ? [] : [why])]
}
