import { z } from 'zod'
import { type CivilDate, fullDate, isCivilDate } from '../../base/dates.ts'
import { plural, shorten } from '../../base/text.ts'
import { type Card, defineCard } from '../../chat/cards.ts'
import { type Milestone, type Project, textOf } from '../plan/plan.ts'
import { slippage } from '../plan/slippage.ts'
import type { Role } from './recipients.ts'
import type { Due } from './steps.ts'
import {
  answerInWords,
  capitalised,
  dueDayInWords,
  dueInWords,
  type MilestoneNow,
  urgency,
} from './words.ts'

const row = z.object({
  programmeId: z.string(),
  project: z.string(),
  milestone: z.string(),
  /** The due day that was told of: another one means that the row is answered. */
  told: z.string().refine(isCivilDate),
  title: z.string(),
  about: z.string(),
  when: z.string(),
  why: z.string(),
  /** '' while the row waits for an answer, and has its buttons. */
  answered: z.string(),
})

/** What a reminder holds, as the ledger keeps it. Texts that may be absent are ''. */
export const reminderData = z.object({
  heading: z.string(),
  summary: z.string(),
  note: z.string(),
  /** Who leads something and cannot be reached: for the programme office. */
  alarm: z.string().default(''),
  groups: z.array(z.object({ heading: z.string(), rows: z.array(row) })),
  /** How many are due and have no row. */
  hidden: z.number(),
  more: z.string(),
})
export type ReminderData = z.infer<typeof reminderData>
type Row = z.infer<typeof row>

export const reminderDefinition = defineCard('reminder', reminderData)

/** One milestone as a row shows it. */
export interface RowItem extends Pick<Due, 'due' | 'by' | 'workingDays'> {
  readonly programme: { readonly id: string }
  readonly project: Pick<Project, 'id' | 'ref' | 'title'>
  readonly milestone: Milestone
  /** Null where it was said before, and stands there because it is overdue still. */
  readonly step: number | null
  readonly role: Role
  readonly why: string | null
}

/**
 * How much a card shows: 15 rows of at most this length stay below 50 blocks and 12,000 characters on Slack,
 * and the bytes keep Teams near 28 KB whatever the script it is written in.
 */
const most = {
  ...{ rows: 15, title: 120, about: 240, why: 160, note: 300, bytes: 24_000 },
  ...{ alarms: 8, alarm: 200 },
}

/** What the template adds to a row, its buttons above all. */
const bytesAroundRow = 700

/** The day's message. `prefix` is how a command begins there: "/rag". */
export function reminderCard(
  {
    items,
    alarms = [],
  }: { readonly items: readonly RowItem[]; readonly alarms?: readonly string[] },
  prefix: string,
): Card {
  const rows = items.map((item) => ({ item, row: rowOf(item) }))
  const shown = withRoom(rows)
  const hidden = rows.length - shown.size
  const groups = [...Map.groupBy(shown, ({ item }) => urgency(item))].map(([heading, grouped]) => ({
    heading,
    rows: grouped.map(({ row }) => row),
  }))
  const more = hidden > 0 ? `${hidden} more of yours are due: type ${prefix} due to see them.` : ''
  const overdue = items.filter(({ workingDays }) => workingDays < 0).length
  const head = items.length > 0 ? heading(items.length, overdue) : alarmHeading
  const alarm = alarmInWords(alarms)
  return reminderDefinition({ ...head, note: '', alarm, groups, hidden, more })
}

interface Shown {
  readonly item: RowItem
  readonly row: Row
}

/** The rows a card has room for, in their order. What is said for the first time goes before what was said before. */
function withRoom(rows: readonly Shown[]): Set<Shown> {
  const isNews = ({ item }: Shown) => item.step !== null
  const inTurn = [...rows.filter(isNews), ...rows.filter((each) => !isNews(each))]
  const chosen = new Set(inTurn.slice(0, roomFor(inTurn.map(({ row }) => row))))
  return new Set(rows.filter((each) => chosen.has(each)))
}

/** What the plan holds of a milestone now; undefined where it is no longer there. */
export type Lookup = (milestoneId: string) => MilestoneNow | undefined

/** The same message with what was answered since, and in `note` what was just stored. */
export function redrawnCard(data: ReminderData, now: Lookup, note: string): Card {
  const groups = data.groups.map((group) => ({
    ...group,
    rows: group.rows.map((each) => ({
      ...each,
      answered: answerOf(each.told, now(each.milestone)),
    })),
  }))
  const open = groups.map((group) => group.rows.filter(({ answered }) => answered === '').length)
  const left = open.reduce((sum, count) => sum + count, data.hidden)
  const overdue = groups.findIndex(({ heading }) => heading === 'Overdue')
  return reminderDefinition({
    ...data,
    ...heading(left, open[overdue] ?? 0),
    note: shorten(note, most.note),
    groups,
  })
}

function answerOf(told: CivilDate, milestone: ReturnType<Lookup>): string {
  return milestone ? (answerInWords(told, milestone) ?? '') : '✓ Not in the plan any more'
}

const alarmHeading = {
  heading: 'Somebody cannot be reached',
  summary: 'Somebody who leads a project cannot be reached in chat.',
}

/** What to mend, and how; as much of it as a card has room for. */
function alarmInWords(alarms: readonly string[]): string {
  if (alarms.length === 0) return ''
  const shown = alarms.slice(0, most.alarms).map((alarm) => `${shorten(alarm, most.alarm)}.`)
  const rest = alarms.length > shown.length ? [`${alarms.length - shown.length} more are so.`] : []
  const remedy = 'Name another lead, or add their account to the people file.'
  return [...shown, ...rest, remedy].join('\n')
}

function heading(count: number, overdue: number): Pick<ReminderData, 'heading' | 'summary'> {
  if (count === 0)
    return { heading: 'All answered, thank you', summary: 'Nothing is left to answer here.' }
  const needs = `${plural(count, 'milestone')} ${count === 1 ? 'needs' : 'need'} an answer`
  return {
    heading: needs,
    summary: `${needs}${overdue > 0 ? `, ${overdue} of them overdue` : ''}.`,
  }
}

function rowOf(item: RowItem): Row {
  const { programme, project, milestone } = item
  return {
    programmeId: programme.id,
    project: project.id,
    milestone: milestone.id,
    told: item.due,
    title: `${project.ref} ${shorten(project.title, most.title)}`,
    about: `${milestone.number}. ${shorten(textOf(milestone), most.about)}`,
    when: whenInWords(item),
    why:
      item.why === null ? '' : shorten(`You get this ${asWhom[item.role]}: ${item.why}`, most.why),
    answered: '',
  }
}

function whenInWords(item: RowItem): string {
  const when =
    item.workingDays < 0
      ? `${capitalised(dueInWords(item))}: was due ${fullDate(item.due)}`
      : `${capitalised(dueInWords(item))}: ${dueDayInWords(item)}`
  return [when, slippage(item.milestone)].filter(Boolean).join('; ')
}

const asWhom: Record<Role, string> = {
  lead: 'as its lead',
  deputy: 'as deputy',
  'workstream lead': 'as lead of the workstream',
  sponsor: 'as sponsor of the workstream',
  'programme office': 'as programme office',
  nobody: '',
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
