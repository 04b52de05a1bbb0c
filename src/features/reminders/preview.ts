import { addDays, type CivilDate, timeIn } from '../../base/dates.ts'
import { listOf } from '../../base/text.ts'
import { milestoneText } from '../../domain/plan/plan.ts'
import type { Role } from '../../domain/plan/recipients.ts'
import type { Programme } from '../../domain/programme/programme.ts'
import { agendasFor, type ReminderContext } from './agendas.ts'
import { buildReminder, type Reminder } from './build-message.ts'
import { formatDue, formatItem } from './format.ts'
import { stepName } from './rules/due-date.ts'
import type { ReminderItem } from './types.ts'

export interface DayPreview {
  readonly on: CivilDate
  readonly reminders: readonly Reminder[]
  readonly unowned: readonly Reminder[]
}

export interface PreviewRange {
  readonly from: CivilDate
  readonly to: CivilDate
}

type PreviewQuery = PreviewRange &
  Omit<ReminderContext, 'topicsSentTo'> &
  Partial<Pick<ReminderContext, 'topicsSentTo'>>

/**
 * What would be said on each day from `from` to `to`, if nothing in the plans changed meanwhile: each
 * day's messages count as said on the next. Days with nothing to say are left out. `said` is what was said before.
 */
export function preview({ from, to, topicsSentTo, ...known }: PreviewQuery): DayPreview[] {
  const told = new Map<string, Set<string>>()
  const saidTo = (id: string): Set<string> => {
    const before = told.get(id) ?? new Set(topicsSentTo?.(id))
    told.set(id, before)
    return before
  }
  const whatIsKnown = { ...known, topicsSentTo: saidTo }
  const days: DayPreview[] = []
  for (let on = from; on <= to; on = addDays(on, 1)) {
    const messages = agendasFor(on, whatIsKnown).flatMap((desk) => {
      const message = buildReminder(desk, whatIsKnown)
      for (const key of message?.topics ?? []) saidTo(desk.id).add(key)
      return message ?? []
    })
    const reminders = messages.filter(({ person }) => person !== null)
    const unowned = messages.filter(({ person }) => person === null)
    if (messages.length > 0) days.push({ on, reminders, unowned })
  }
  return days
}

/**
 * The same as JSON for the command line: what would be sent, to whom and when. It shows who answers for what
 * also where their chat accounts are not linked yet, and says that they are not.
 */
export function describePreview(
  programme: Programme,
  period: PreviewRange,
  days: readonly DayPreview[],
  hasAccount: (personId: string) => boolean = () => true,
) {
  const messages = days
    .flatMap(({ reminders, unowned }) => [...reminders, ...unowned])
    .map((reminder) => describeReminder(reminder, hasAccount))
  const items = messages.flatMap((message) => message.items)
  const people = new Set(days.flatMap(({ reminders }) => reminders.map(({ person }) => person?.id)))
  return {
    programme: { key: programme.key, title: programme.title },
    ...period,
    messages,
    totals: {
      messages: messages.length,
      people: people.size,
      toNobody: messages.filter(({ to }) => to.role === 'nobody').length,
      milestones: new Set(
        items.flatMap((item) => ('number' in item ? `${item.ref} ${item.number}` : [])),
      ).size,
      mentions: items.length,
    },
  }
}

const notLinkedText =
  'They have no account in chat yet: until one is linked, the programme office gets this.'

function describeReminder(
  { day, at, zone, person, items }: Reminder,
  hasAccount: (personId: string) => boolean,
) {
  const isReached = person === null || hasAccount(person.id)
  return {
    on: day,
    at: at.toISOString(),
    localTime: timeIn(zone, at),
    zone,
    to: {
      name: person?.name ?? 'the programme office (nobody holds this yet)',
      post: person?.post ?? null,
      role: strongestRole(items),
      why: isReached ? formatReasons(items) : `${formatReasons(items)} ${notLinkedText}`,
    },
    items: items.map(describeItem),
  }
}

function describeItem(item: ReminderItem) {
  const { project, ruleText, step } = item
  const common = {
    kind: item.kind,
    ref: project?.ref ?? null,
    project: project?.title ?? null,
    /** Null: said before, and listed because it is open still. */
    step: step === null ? null : stepName(step),
    rule: ruleText,
    text: formatItem(item),
  }
  if (item.kind === 'reading') return { ...common, measure: item.measure.number, due: item.due }
  if (item.kind !== 'milestone' && item.kind !== 'undated') return common
  const { milestone } = item
  const named = { ...common, milestone: milestoneText(milestone), number: milestone.number }
  if (item.kind === 'undated') return { ...named, due: null }
  const { due, workingDaysLeft } = item
  return { ...named, due, dueInWords: formatDue(item), workingDays: workingDaysLeft }
}

const roles: readonly Role[] = [
  ...(['lead', 'deputy', 'workstream lead', 'sponsor', 'programme office', 'nobody'] as const),
]

function strongestRole(items: readonly ReminderItem[]): Role {
  return roles.find((role) => items.some((item) => item.role === role)) ?? 'nobody'
}

/** 'Leads 2.1 and 2.3. Leads the workstream of 4.2 (no lead is recorded).' */
function formatReasons(items: readonly ReminderItem[]): string {
  const reasons = Map.groupBy(items, ({ role, why }) => JSON.stringify([role, why]))
  return [...reasons.values()]
    .flatMap(([first, ...more]) => (first ? formatReason(first, more) : []))
    .join(' ')
}

function formatReason(first: ReminderItem, more: readonly ReminderItem[]): string {
  const refs = listOf([
    ...new Set([first, ...more].map(({ project, programme }) => project?.ref ?? programme.key)),
  ])
  const why = first.why ? ` (${first.why})` : ''
  const sentences: Record<Role, string> = {
    lead: `Leads ${refs}.`,
    deputy: `Stands in for the lead of ${refs}${why}.`,
    'workstream lead': `Leads the workstream of ${refs}${why}.`,
    sponsor: `Sponsors the workstream of ${refs}${why}.`,
    'programme office': `In the programme office, which answers for ${refs}${why}.`,
    nobody: `${noRecipientText(first.why, refs)} Record a lead, or somebody in the programme office, and this will reach them.`,
  }
  return sentences[first.role]
}

function noRecipientText(why: string | null, refs: string): string {
  return why === 'no lead is recorded' ? `No lead is recorded for ${refs}.` : `${refs}: ${why}.`
}
