import { momentAt, timeIn } from '../../base/dates.ts'
import { listOf } from '../../base/text.ts'
import type { DateRange } from '../../domain/calendars/date-range.ts'
import type { Role } from '../../domain/plan/recipients.ts'
import type { Programme } from '../../domain/programme/programme.ts'
import type { ReadTx } from '../../infra/db.ts'
import { loadContext, loadReminderPlan } from './load-context.ts'
import { type DayPreview, preview } from './preview.ts'
import type { Reminder, ReminderItem } from './reminder.ts'
import { stepName } from './rules/due-date.ts'

/**
 * What would be sent to whom from `from` to `to`, by the plan as at `from`. People who cannot be reached get theirs all
 * the same, so that their chat accounts can be linked after the preview.
 * @throws Refusal where there is no such programme
 */
export async function describeReminders(
  tx: ReadTx,
  { programmeId, from, to }: DateRange & { readonly programmeId: string },
) {
  const plan = await loadReminderPlan(tx, programmeId, from)
  const start = momentAt(from, '00:00', plan.programme.zone)
  const { contactabilityOf, ...context } = await loadContext(tx, [plan], start)
  const days = preview({ ...context, from, to })
  const hasAccount = (id: string) => contactabilityOf(id) === 'reached'
  return describePreview(plan.programme, { from, to }, days, hasAccount)
}

/**
 * A preview as JSON for the command line: what would be sent, to whom and when. People whose chat accounts are not
 * linked yet are shown too, with a sentence that says so.
 */
export function describePreview(
  programme: Programme,
  range: DateRange,
  days: readonly DayPreview[],
  hasAccount: (personId: string) => boolean = () => true,
) {
  const messages = days
    .flatMap(({ reminders, unowned }) => [...reminders, ...unowned])
    .map((reminder) => describeReminder(reminder, hasAccount))
  const items = messages.flatMap((message) => message.items)
  const people = new Set(days.flatMap(({ reminders }) => reminders.map(({ person }) => person?.id)))
  const milestones = items.flatMap(({ ref, number }) =>
    number === undefined ? [] : `${ref} ${number}`,
  )
  return {
    programme: { key: programme.key, title: programme.title },
    ...range,
    messages,
    totals: {
      messages: messages.length,
      people: people.size,
      toNobody: messages.filter(({ to }) => to.role === 'nobody').length,
      milestones: new Set(milestones).size,
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

function describeItem({ kind, project, ruleText, step, view }: ReminderItem) {
  return {
    kind,
    ref: project?.ref ?? null,
    project: project?.title ?? null,
    /** Null: it was sent before, and is listed because it is still open. */
    step: step === null ? null : stepName(step),
    rule: ruleText,
    text: view.text,
    ...view.details,
  }
}

const roles: readonly Role[] = [
  ...([
    'lead',
    'owner',
    'deputy',
    'workstream lead',
    'sponsor',
    'programme office',
    'nobody',
  ] as const),
]

function strongestRole(items: readonly ReminderItem[]): Role {
  return roles.find((role) => items.some((item) => item.role === role)) ?? 'nobody'
}

/** 'Leads 2.1 and 2.3. Leads the workstream of 4.2 (no lead yet).' */
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
    owner: `Owns an entry of the register in ${refs}.`,
    deputy: `Stands in for the lead of ${refs}${why}.`,
    'workstream lead': `Leads the workstream of ${refs}${why}.`,
    sponsor: `Sponsors the workstream of ${refs}${why}.`,
    'programme office': `In the programme office, which answers for ${refs}${why}.`,
    nobody: `${noRecipientText(first, refs)} Record a lead, or somebody in the programme office, and this will reach them.`,
  }
  return sentences[first.role]
}

function noRecipientText({ reason, why }: ReminderItem, refs: string): string {
  return reason === 'no lead' ? `No lead is recorded for ${refs}.` : `${refs}: ${why}.`
}
