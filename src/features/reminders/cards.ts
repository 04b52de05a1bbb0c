import { z } from 'zod'
import { isCivilDate } from '../../base/dates.ts'
import { listOf, plural, shorten } from '../../base/text.ts'
import { type Card, defineCard } from '../../chat/cards.ts'
import type { Reminder } from './build-message.ts'
import { dailyLimitExceptions } from './daily-limit-exceptions.ts'
import { headingOf, kindNouns, roleText, rowText } from './format.ts'
import { buttonSchema, type ReminderRow, type RowButton, rowSchema } from './row-schema.ts'
import { isSnoozedRow, type RowStatusLookup } from './row-status.ts'
import type { ReminderItem } from './types.ts'

/** What a reminder holds, as the ledger keeps it. Texts that may be absent are ''. */
export const reminderData = z.object({
  heading: z.string(),
  summary: z.string(),
  note: z.string(),
  /** Why it comes besides the day's message; '' in the one that everybody gets. */
  besides: z.string().default(''),
  /** Who leads something and cannot be reached: for the programme office. */
  alarm: z.string().default(''),
  /** What changed about the projects that the person follows. */
  news: z.string().default(''),
  groups: z.array(z.object({ heading: z.string(), rows: z.array(rowSchema) })),
  /** How many wait for an answer and have no row. */
  hidden: z.number(),
  more: z.string(),
  /** Its key in the ledger: what "Why?" asks about. '' in messages that cannot be asked. */
  key: z.string().default(''),
  /** For the person's zone: when it was, where it says so. */
  zone: z.string().default('Europe/London'),
  day: z.string().refine(isCivilDate).nullable().default(null),
  /** Those that are about the whole message. */
  buttons: z.array(buttonSchema).default([]),
})
export type ReminderData = z.infer<typeof reminderData>

export const reminderDefinition = defineCard('reminder', reminderData)

/**
 * How much a card shows: 14 rows of at most this length stay below 50 blocks and 12,000 characters on Slack,
 * and the bytes keep Teams near 28 KB whatever the script it is written in.
 */
const limits = {
  ...{ rows: 14, title: 120, about: 240, why: 160, note: 300, bytes: 24_000 },
  ...{ alarms: 8, alarm: 200, news: 8, change: 240 },
}

/** What the template adds to a row, its buttons above all. */
const rowOverheadBytes = 900

type ReminderContent = Pick<Reminder, 'items'> &
  Partial<Pick<Reminder, 'alarms' | 'news' | 'key' | 'zone' | 'day' | 'dailyLimitException'>>

/** The day's message. `prefix` is how a command begins there: "/rag". */
export function reminderCard(said: ReminderContent, prefix: string): Card {
  const { items, alarms = [], news = [], key = '', zone = 'Europe/London', day = null } = said
  const rows = items.map((item) => ({ item, row: rowOf(item) }))
  const shown = fitRows(rows)
  const hidden = rows.length - shown.size
  const groups = [...Map.groupBy(shown, ({ item }) => headingOf(item))].map(
    ([heading, grouped]) => ({ heading, rows: grouped.map(({ row }) => row) }),
  )
  const more =
    hidden > 0
      ? `${hidden} more need an answer: type ${prefix} due for milestones, ${prefix} alone for your projects.`
      : ''
  const all = groups.flatMap((group) => group.rows)
  const headOfRest = alarms.length > 0 ? alarmHeading : newsHeading
  const head = items.length > 0 ? reminderHeading(all, hidden) : headOfRest
  const alarm = formatAlarms(alarms)
  const about = { key, zone, day, buttons: buttonsOf(all, key) }
  const besides = said.dailyLimitException
    ? `You get this besides today’s message, because ${dailyLimitExceptions[said.dailyLimitException]}.`
    : ''
  const told = { note: '', besides, alarm, news: formatNews(news) }
  return reminderDefinition({ ...head, ...told, groups, hidden, more, ...about })
}

interface ItemRow {
  readonly item: ReminderItem
  readonly row: ReminderRow
}

/** The rows a card has room for, in their order. What is said for the first time goes before what was said before. */
function fitRows(rows: readonly ItemRow[]): Set<ItemRow> {
  const isNews = ({ item }: ItemRow) => item.ruleText !== null
  const inTurn = [...rows.filter(isNews), ...rows.filter((each) => !isNews(each))]
  const chosen = new Set(inTurn.slice(0, rowCapacity(inTurn.map(({ row }) => row))))
  return new Set(rows.filter((each) => chosen.has(each)))
}

/** The same message with what was answered since, and in `note` what was just stored. */
export function rerenderReminderCard(
  data: ReminderData,
  answers: RowStatusLookup,
  note: string,
): Card {
  const groups = data.groups.map((group) => ({
    ...group,
    rows: group.rows.map((each) => ({ ...each, answered: answers(each) })),
  }))
  const rows = groups.flatMap((group) => group.rows)
  return reminderDefinition({
    ...data,
    ...(rows.length > 0 ? reminderHeading(rows, data.hidden) : {}),
    note: shorten(note, limits.note),
    groups,
    buttons: buttonsOf(rows, data.key),
  })
}

/** The same message without the rows that were answered before it could be sent; undefined where nothing is left. */
export function omitAnsweredRows(data: ReminderData, answers: RowStatusLookup): Card | undefined {
  const groups = data.groups
    .map((group) => ({ ...group, rows: group.rows.filter((each) => answers(each) === '') }))
    .filter((group) => group.rows.length > 0)
  if (groups.length === 0 && data.alarm === '' && data.news === '') return undefined
  return rerenderReminderCard({ ...data, groups }, () => '', data.note)
}

const alarmHeading = {
  heading: 'Somebody cannot be reached',
  summary: 'Somebody who leads a project cannot be reached in chat.',
}

const newsHeading = {
  heading: 'What you follow has changed',
  summary: 'Something changed about the projects that you follow.',
}

/** As much of it as a card has room for. */
function formatNews(news: readonly string[]): string {
  if (news.length === 0) return ''
  const shown = news.slice(0, limits.news).map((change) => shorten(change, limits.change))
  const rest = news.length - shown.length
  return ['You follow:', ...shown, ...(rest > 0 ? [`${rest} more changes.`] : [])].join('\n')
}

/** What to mend, and how; as much of it as a card has room for. */
function formatAlarms(alarms: readonly string[]): string {
  if (alarms.length === 0) return ''
  const shown = alarms.slice(0, limits.alarms).map((alarm) => `${shorten(alarm, limits.alarm)}.`)
  const rest = alarms.length > shown.length ? [`${alarms.length - shown.length} more are so.`] : []
  const remedy = 'Name another lead, or add their account to the people file.'
  return [...shown, ...rest, remedy].join('\n')
}

type RowSummary = Pick<ReminderRow, 'kind' | 'answered' | 'when'>

function reminderHeading(
  rows: readonly RowSummary[],
  hidden: number,
): Pick<ReminderData, 'heading' | 'summary'> {
  const open = rows.filter(({ answered }) => answered === '')
  const count = open.length + hidden
  if (count === 0 && rows.some(isSnoozedRow))
    return { heading: 'Nothing to answer for now', summary: 'What is left here was snoozed.' }
  if (count === 0)
    return { heading: 'All answered, thank you', summary: 'Nothing is left to answer here.' }
  const needs = `${formatCounts(open, hidden)} ${count === 1 ? 'needs' : 'need'} an answer`
  const overdue = open.filter(({ when }) => when.startsWith('Overdue')).length
  return {
    heading: needs,
    summary: `${needs}${overdue > 0 ? `, ${overdue} of them overdue` : ''}.`,
  }
}

/** '3 milestones and 1 reading'. What has no row is counted with the most frequent of them. */
function formatCounts(open: readonly RowSummary[], hidden: number): string {
  const counts = new Map<string, number>()
  for (const { kind } of open) counts.set(kindNouns[kind], (counts.get(kindNouns[kind]) ?? 0) + 1)
  const [commonest = 'milestone'] = [...counts].toSorted((a, b) => b[1] - a[1])[0] ?? []
  if (hidden > 0) counts.set(commonest, (counts.get(commonest) ?? 0) + hidden)
  return listOf([...counts].map(([noun, count]) => plural(count, noun)))
}

function rowOf(item: ReminderItem): ReminderRow {
  const { title, about, when } = rowText(item)
  const { programme, project, subject } = item
  return {
    ...{ kind: item.kind, subject, programmeId: programme.id, project: project?.id ?? '' },
    milestone: 'milestone' in item ? item.milestone.id : '',
    measure: item.kind === 'reading' ? item.measure.id : '',
    told: baselineOf(item),
    title: shorten(title, limits.title),
    about: shorten(about, limits.about),
    when: shorten(when, limits.about),
    why:
      item.why === null
        ? ''
        : shorten(`You get this ${roleText[item.role]}: ${item.why}`, limits.why),
    answered: '',
    buttons: rowButtons(item),
  }
}

function baselineOf(item: ReminderItem): string {
  switch (item.kind) {
    case 'milestone':
    case 'reading':
      return item.due
    case 'undated':
      return ''
    case 'green-by':
      return item.update.id
    case 'round':
      return item.project.updates[0]?.id ?? ''
  }
}

const positiveStyle = { style: 'positive' as const }
const defaultStyle = { style: 'default' as const }

/** What fits the kind of thing, the likeliest first. */
function rowButtons(item: ReminderItem): RowButton[] {
  const snooze: RowButton = {
    ...{ title: 'Snooze', verb: 'snooze:form', ...defaultStyle },
    data: { subject: item.subject },
  }
  switch (item.kind) {
    case 'milestone':
    case 'undated': {
      const milestone = { milestone: item.milestone.id }
      const move = item.kind === 'undated' ? 'Give a date' : 'Move date'
      return [
        { title: 'Done', verb: 'done', ...positiveStyle, data: milestone },
        { title: move, verb: 'move:form', ...defaultStyle, data: milestone },
        {
          title: 'Update',
          verb: 'update:form',
          ...defaultStyle,
          data: { project: item.project.id },
        },
        snooze,
      ]
    }
    case 'green-by':
      return [
        {
          title: 'Update',
          verb: 'update:form',
          ...positiveStyle,
          data: { project: item.project.id },
        },
        snooze,
      ]
    case 'reading':
      return [
        { title: 'Record', verb: 'kpi:form', ...positiveStyle, data: { measure: item.measure.id } },
        snooze,
      ]
    case 'round': {
      const project = { project: item.project.id }
      const noChange = { title: 'No change', verb: 'no-change', ...positiveStyle, data: project }
      const update = { title: 'Update', verb: 'update:form', ...defaultStyle, data: project }
      return item.noChangeProblem === null ? [noChange, update] : [{ ...update, ...positiveStyle }]
    }
  }
}

/** The buttons below all rows: "No change to all" while several wait for it, and "Why?". */
function buttonsOf(rows: readonly ReminderRow[], key: string): RowButton[] {
  const waiting = rows.filter(
    ({ answered, buttons }) => answered === '' && buttons.some(({ verb }) => verb === 'no-change'),
  )
  const all = { title: 'No change to all', verb: 'no-change', ...defaultStyle, data: {} }
  const why = { title: 'Why?', verb: 'why', ...defaultStyle, data: { message: key } }
  return [...(waiting.length > 1 ? [all] : []), ...(key === '' ? [] : [why])]
}

/** How many of the rows, from the first, a card has room for. */
function rowCapacity(rows: readonly ReminderRow[]): number {
  let bytes = 0
  const last = rows.findIndex((each) => {
    bytes +=
      Buffer.byteLength(JSON.stringify([each.title, each.about, each.when, each.why])) +
      rowOverheadBytes
    return bytes > limits.bytes
  })
  return Math.min(limits.rows, last === -1 ? rows.length : last)
}
