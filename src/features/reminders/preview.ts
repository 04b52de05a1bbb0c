import { addDays, type CivilDate, timeIn } from '../../base/dates.ts'
import { listOf } from '../../base/text.ts'
import { type Programme, textOf } from '../../domain/plan/plan.ts'
import type { Role } from '../../domain/plan/recipients.ts'
import { desksOn, type WhatIsKnown } from './agendas.ts'
import { messageOf, type Reminder } from './build-message.ts'
import { dueInWords, itemInWords } from './format.ts'
import { stepName } from './rules/due-date.ts'
import type { Item } from './types.ts'

export interface DatedReminders {
  readonly on: CivilDate
  readonly reminders: readonly Reminder[]
  readonly unowned: readonly Reminder[]
}

export interface Period {
  readonly from: CivilDate
  readonly to: CivilDate
}

type PreviewQuestion = Period & Omit<WhatIsKnown, 'said'> & Partial<Pick<WhatIsKnown, 'said'>>

/**
 * What would be said on each day from `from` to `to`, if nothing in the plans changed meanwhile: each
 * day's messages count as said on the next. Days with nothing to say are left out. `said` is what was said before.
 */
export function preview({ from, to, said, ...known }: PreviewQuestion): DatedReminders[] {
  const told = new Map<string, Set<string>>()
  const saidTo = (id: string): Set<string> => {
    const before = told.get(id) ?? new Set(said?.(id))
    told.set(id, before)
    return before
  }
  const whatIsKnown = { ...known, said: saidTo }
  const days: DatedReminders[] = []
  for (let on = from; on <= to; on = addDays(on, 1)) {
    const messages = desksOn(on, whatIsKnown).flatMap((desk) => {
      const message = messageOf(desk, whatIsKnown)
      for (const key of message?.says ?? []) saidTo(desk.id).add(key)
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
  period: Period,
  days: readonly DatedReminders[],
  hasAccount: (personId: string) => boolean = () => true,
) {
  const messages = days
    .flatMap(({ reminders, unowned }) => [...reminders, ...unowned])
    .map((reminder) => described(reminder, hasAccount))
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

const notLinked =
  'They have no account in chat yet: until one is linked, the programme office gets this.'

function described(
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
      why: isReached ? whyInWords(items) : `${whyInWords(items)} ${notLinked}`,
    },
    items: items.map(describedItem),
  }
}

function describedItem(item: Item) {
  const { project, rule, step } = item
  const common = {
    kind: item.kind,
    ref: project?.ref ?? null,
    project: project?.title ?? null,
    /** Null: said before, and listed because it is open still. */
    step: step === null ? null : stepName(step),
    rule,
    text: itemInWords(item),
  }
  if (item.kind === 'reading') return { ...common, measure: item.measure.number, due: item.due }
  if (item.kind !== 'milestone' && item.kind !== 'undated') return common
  const { milestone } = item
  const named = { ...common, milestone: textOf(milestone), number: milestone.number }
  if (item.kind === 'undated') return { ...named, due: null }
  const { due, workingDays } = item
  return { ...named, due, dueInWords: dueInWords(item), workingDays }
}

const roles: readonly Role[] = [
  ...(['lead', 'deputy', 'workstream lead', 'sponsor', 'programme office', 'nobody'] as const),
]

function strongestRole(items: readonly Item[]): Role {
  return roles.find((role) => items.some((item) => item.role === role)) ?? 'nobody'
}

/** 'Leads 2.1 and 2.3. Leads the workstream of 4.2 (no lead is recorded).' */
function whyInWords(items: readonly Item[]): string {
  const reasons = Map.groupBy(items, ({ role, why }) => JSON.stringify([role, why]))
  return [...reasons.values()]
    .flatMap(([first, ...more]) => (first ? reason(first, more) : []))
    .join(' ')
}

function reason(first: Item, more: readonly Item[]): string {
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
    nobody: `${nobodysReason(first.why, refs)} Record a lead, or somebody in the programme office, and this will reach them.`,
  }
  return sentences[first.role]
}

function nobodysReason(why: string | null, refs: string): string {
  return why === 'no lead is recorded' ? `No lead is recorded for ${refs}.` : `${refs}: ${why}.`
}
