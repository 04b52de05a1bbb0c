import { z } from 'zod'
import { isCivilDate } from '../../base/dates.ts'
import { listOf, plural, shorten } from '../../base/text.ts'
import { type Card, defineCard } from '../../chat/cards.ts'
import type { Reminder } from './build-message.ts'
import { apart } from './daily-limit-exceptions.ts'
import { asWhom, headingOf, nouns, rowWords } from './format.ts'
import { button, type Row, type RowButton, row } from './row-schema.ts'
import { type Answers, isPutOff } from './row-status.ts'
import type { Item } from './types.ts'

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
  groups: z.array(z.object({ heading: z.string(), rows: z.array(row) })),
  /** How many wait for an answer and have no row. */
  hidden: z.number(),
  more: z.string(),
  /** Its key in the ledger: what "Why?" asks about. '' in messages that cannot be asked. */
  key: z.string().default(''),
  /** For the person's zone: when it was, where it says so. */
  zone: z.string().default('Europe/London'),
  day: z.string().refine(isCivilDate).nullable().default(null),
  /** Those that are about the whole message. */
  buttons: z.array(button).default([]),
})
export type ReminderData = z.infer<typeof reminderData>

export const reminderDefinition = defineCard('reminder', reminderData)

/**
 * How much a card shows: 14 rows of at most this length stay below 50 blocks and 12,000 characters on Slack,
 * and the bytes keep Teams near 28 KB whatever the script it is written in.
 */
const most = {
  ...{ rows: 14, title: 120, about: 240, why: 160, note: 300, bytes: 24_000 },
  ...{ alarms: 8, alarm: 200, news: 8, change: 240 },
}

/** What the template adds to a row, its buttons above all. */
const bytesAroundRow = 900

type Said = Pick<Reminder, 'items'> &
  Partial<Pick<Reminder, 'alarms' | 'news' | 'key' | 'zone' | 'day' | 'apart'>>

/** The day's message. `prefix` is how a command begins there: "/rag". */
export function reminderCard(said: Said, prefix: string): Card {
  const { items, alarms = [], news = [], key = '', zone = 'Europe/London', day = null } = said
  const rows = items.map((item) => ({ item, row: rowOf(item) }))
  const shown = withRoom(rows)
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
  const head = items.length > 0 ? heading(all, hidden) : headOfRest
  const alarm = alarmInWords(alarms)
  const about = { key, zone, day, buttons: buttonsOf(all, key) }
  const besides = said.apart
    ? `You get this besides today’s message, because ${apart[said.apart]}.`
    : ''
  const told = { note: '', besides, alarm, news: newsInWords(news) }
  return reminderDefinition({ ...head, ...told, groups, hidden, more, ...about })
}

interface Shown {
  readonly item: Item
  readonly row: Row
}

/** The rows a card has room for, in their order. What is said for the first time goes before what was said before. */
function withRoom(rows: readonly Shown[]): Set<Shown> {
  const isNews = ({ item }: Shown) => item.rule !== null
  const inTurn = [...rows.filter(isNews), ...rows.filter((each) => !isNews(each))]
  const chosen = new Set(inTurn.slice(0, roomFor(inTurn.map(({ row }) => row))))
  return new Set(rows.filter((each) => chosen.has(each)))
}

/** The same message with what was answered since, and in `note` what was just stored. */
export function redrawnCard(data: ReminderData, answers: Answers, note: string): Card {
  const groups = data.groups.map((group) => ({
    ...group,
    rows: group.rows.map((each) => ({ ...each, answered: answers(each) })),
  }))
  const rows = groups.flatMap((group) => group.rows)
  return reminderDefinition({
    ...data,
    ...(rows.length > 0 ? heading(rows, data.hidden) : {}),
    note: shorten(note, most.note),
    groups,
    buttons: buttonsOf(rows, data.key),
  })
}

/** The same message without the rows that were answered before it could be sent; undefined where nothing is left. */
export function withoutAnswered(data: ReminderData, answers: Answers): Card | undefined {
  const groups = data.groups
    .map((group) => ({ ...group, rows: group.rows.filter((each) => answers(each) === '') }))
    .filter((group) => group.rows.length > 0)
  if (groups.length === 0 && data.alarm === '' && data.news === '') return undefined
  return redrawnCard({ ...data, groups }, () => '', data.note)
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
function newsInWords(news: readonly string[]): string {
  if (news.length === 0) return ''
  const shown = news.slice(0, most.news).map((change) => shorten(change, most.change))
  const rest = news.length - shown.length
  return ['You follow:', ...shown, ...(rest > 0 ? [`${rest} more changes.`] : [])].join('\n')
}

/** What to mend, and how; as much of it as a card has room for. */
function alarmInWords(alarms: readonly string[]): string {
  if (alarms.length === 0) return ''
  const shown = alarms.slice(0, most.alarms).map((alarm) => `${shorten(alarm, most.alarm)}.`)
  const rest = alarms.length > shown.length ? [`${alarms.length - shown.length} more are so.`] : []
  const remedy = 'Name another lead, or add their account to the people file.'
  return [...shown, ...rest, remedy].join('\n')
}

type Open = Pick<Row, 'kind' | 'answered' | 'when'>

function heading(rows: readonly Open[], hidden: number): Pick<ReminderData, 'heading' | 'summary'> {
  const open = rows.filter(({ answered }) => answered === '')
  const count = open.length + hidden
  if (count === 0 && rows.some(isPutOff))
    return { heading: 'Nothing to answer for now', summary: 'What is left here was snoozed.' }
  if (count === 0)
    return { heading: 'All answered, thank you', summary: 'Nothing is left to answer here.' }
  const needs = `${countsInWords(open, hidden)} ${count === 1 ? 'needs' : 'need'} an answer`
  const overdue = open.filter(({ when }) => when.startsWith('Overdue')).length
  return {
    heading: needs,
    summary: `${needs}${overdue > 0 ? `, ${overdue} of them overdue` : ''}.`,
  }
}

/** '3 milestones and 1 reading'. What has no row is counted with the most frequent of them. */
function countsInWords(open: readonly Open[], hidden: number): string {
  const counts = new Map<string, number>()
  for (const { kind } of open) counts.set(nouns[kind], (counts.get(nouns[kind]) ?? 0) + 1)
  const [commonest = 'milestone'] = [...counts].toSorted((a, b) => b[1] - a[1])[0] ?? []
  if (hidden > 0) counts.set(commonest, (counts.get(commonest) ?? 0) + hidden)
  return listOf([...counts].map(([noun, count]) => plural(count, noun)))
}

function rowOf(item: Item): Row {
  const { title, about, when } = rowWords(item)
  const { programme, project, subject } = item
  return {
    ...{ kind: item.kind, subject, programmeId: programme.id, project: project?.id ?? '' },
    milestone: 'milestone' in item ? item.milestone.id : '',
    measure: item.kind === 'reading' ? item.measure.id : '',
    told: toldOf(item),
    title: shorten(title, most.title),
    about: shorten(about, most.about),
    when: shorten(when, most.about),
    why:
      item.why === null ? '' : shorten(`You get this ${asWhom[item.role]}: ${item.why}`, most.why),
    answered: '',
    buttons: rowButtons(item),
  }
}

function toldOf(item: Item): string {
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

const positive = { style: 'positive' as const }
const plain = { style: 'default' as const }

/** What fits the kind of thing, the likeliest first. */
function rowButtons(item: Item): RowButton[] {
  const snooze: RowButton = {
    ...{ title: 'Snooze', verb: 'snooze:form', ...plain },
    data: { subject: item.subject },
  }
  switch (item.kind) {
    case 'milestone':
    case 'undated': {
      const milestone = { milestone: item.milestone.id }
      const move = item.kind === 'undated' ? 'Give a date' : 'Move date'
      return [
        { title: 'Done', verb: 'done', ...positive, data: milestone },
        { title: move, verb: 'move:form', ...plain, data: milestone },
        { title: 'Update', verb: 'update:form', ...plain, data: { project: item.project.id } },
        snooze,
      ]
    }
    case 'green-by':
      return [
        { title: 'Update', verb: 'update:form', ...positive, data: { project: item.project.id } },
        snooze,
      ]
    case 'reading':
      return [
        { title: 'Record', verb: 'kpi:form', ...positive, data: { measure: item.measure.id } },
        snooze,
      ]
    case 'round': {
      const project = { project: item.project.id }
      const noChange = { title: 'No change', verb: 'no-change', ...positive, data: project }
      const update = { title: 'Update', verb: 'update:form', ...plain, data: project }
      return item.mustUpdate === null ? [noChange, update] : [{ ...update, ...positive }]
    }
  }
}

/** The buttons below all rows: "No change to all" while several wait for it, and "Why?". */
function buttonsOf(rows: readonly Row[], key: string): RowButton[] {
  const waiting = rows.filter(
    ({ answered, buttons }) => answered === '' && buttons.some(({ verb }) => verb === 'no-change'),
  )
  const all = { title: 'No change to all', verb: 'no-change', ...plain, data: {} }
  const why = { title: 'Why?', verb: 'why', ...plain, data: { message: key } }
  return [...(waiting.length > 1 ? [all] : []), ...(key === '' ? [] : [why])]
}

/** How many of the rows, from the first, a card has room for. */
function roomFor(rows: readonly Row[]): number {
  let bytes = 0
  const last = rows.findIndex((each) => {
    bytes +=
      Buffer.byteLength(JSON.stringify([each.title, each.about, each.when, each.why])) +
      bytesAroundRow
    return bytes > most.bytes
  })
  return Math.min(most.rows, last === -1 ? rows.length : last)
}
