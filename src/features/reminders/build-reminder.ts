import { dateIn, momentAt } from '../../base/dates.ts'
import { calendarOf, leaveOn } from '../../domain/calendars/calendar.ts'
import { firstSendingTime } from '../../domain/calendars/hours.ts'
import type { Programme } from '../../domain/programme/programme.ts'
import type { Agenda, ReminderContext } from './agendas.ts'
import type { Finding, ItemView, OpenItem, RuleInput, Trigger } from './finding.ts'
import { byUrgency, informationHeading } from './format.ts'
import type { Reminder, ReminderItem, ReminderReason } from './reminder.ts'
import { informationButtons } from './row-buttons.ts'
import { reminderRules } from './rules/registry.ts'
import type { ReminderRule } from './rules/rule.ts'
import { applySuppression, noSuppressions, type Suppressions } from './suppression.ts'

/** What all rules found about one subject, after suppression. */
interface AgendaFinding {
  readonly ruleInput: RuleInput
  readonly finding: Finding
  /** Those that were not sent before. */
  readonly unsentTriggers: readonly Trigger[]
}

/**
 * The message that an agenda makes, or undefined where it has nothing new. `now` is a moment of its day; left out, it
 * is when the message would be sent.
 */
export function buildReminder(
  agenda: Agenda,
  context: ReminderContext,
  now?: Date,
): Reminder | undefined {
  const { person, zone, day } = agenda
  const sentTopics = context.topicsSentTo(agenda.id)
  const suppressions = context.suppressionsOf?.(agenda.id) ?? noSuppressions
  const key = `reminder:${agenda.id}:${day}`
  const isSent = sentTopics.has(key)
  if (isSent && !canHaveSecondReminder(agenda, suppressions)) return undefined
  const sendAt = momentAt(day, firstSendingTime(person?.quiet ?? null), zone)
  const at = now ?? sendAt
  const findings = findingsOf(agenda, context, at)
  if (isSent) return buildSecondReminder(findings, { key, person, zone, day, at })
  const isAtWork = agenda.programmes.some((one) => calendarOf(person, one).isWorkingDay(day))
  const isNew = ({
    key: topic,
    programme,
  }: {
    readonly key: string
    readonly programme: Programme
  }) => isAtWork && !sentTopics.has(topic) && !(person && leaveOn(person, day, programme.id))
  const alarms = agenda.alarms.filter(isNew)
  const news = agenda.news.filter(isNew)
  const topics = [...unsentTopics(findings), ...[...alarms, ...news].map((notice) => notice.key)]
  if (topics.length === 0) return undefined
  const items = listedItems(findings)
  return {
    ...{ key, person, zone, day, at: sendAt, items, dailyLimitException: null },
    programmeIds: programmeIdsOf([...items, ...alarms, ...news]),
    alarms: alarms.map(({ text }) => text),
    news: news.map(({ text }) => text),
    topics: [key, ...topics],
  }
}

/**
 * Everything that waits for an answer on an agenda, the most urgent first: what the day's message would list if nothing
 * of it had been sent before.
 */
export function owedItems(agenda: Agenda, context: ReminderContext, now: Date): ReminderItem[] {
  return listedItems(findingsOf(agenda, { ...context, topicsSentTo: () => new Set() }, now))
}

function findingsOf(agenda: Agenda, context: ReminderContext, now: Date): AgendaFinding[] {
  const evaluation = {
    suppressions: context.suppressionsOf?.(agenda.id) ?? noSuppressions,
    sentTopics: context.topicsSentTo(agenda.id),
    ...{ zone: agenda.zone, now },
    rules: context.rules ?? reminderRules,
  }
  return uniqueBySubject(
    agenda
      .ruleInputs()
      .filter(({ calendar }) => calendar.isWorkingDay(agenda.day))
      .flatMap((ruleInput) => evaluateRules(ruleInput, evaluation)),
  )
}

function listedItems(findings: readonly AgendaFinding[]): ReminderItem[] {
  return findings
    .filter(({ finding, unsentTriggers }) => unsentTriggers.length > 0 || finding.isListedWhileOpen)
    .map(itemOf)
    .sort(byUrgency)
}

function programmeIdsOf(told: readonly { readonly programme: Programme }[]): string[] {
  return [...new Set(told.map(({ programme }) => programme.id))]
}

/** A second message that day, with what cannot wait for the next one; undefined where there is no such thing. */
function buildSecondReminder(
  findings: readonly AgendaFinding[],
  { key, ...message }: Pick<Reminder, 'key' | 'person' | 'zone' | 'day' | 'at'>,
): Reminder | undefined {
  const urgent = findings.flatMap((one) => {
    const unsentTriggers = one.unsentTriggers.filter((trigger) => trigger.dailyLimitException)
    return unsentTriggers.length > 0 ? [{ ...one, unsentTriggers }] : []
  })
  const [first] = urgent.flatMap(({ unsentTriggers }) => unsentTriggers)
  if (!first?.dailyLimitException) return undefined
  const secondKey = `${key}:${first.key}`
  const items = urgent.map(itemOf).sort(byUrgency)
  return {
    ...{ ...message, key: secondKey, items, alarms: [], news: [] },
    programmeIds: programmeIdsOf(items),
    topics: [secondKey, ...unsentTopics(urgent)],
    dailyLimitException: first.dailyLimitException,
  }
}

/** Whether the agenda can have a second message that day. Cheap: it is asked of everybody each time the job runs. */
function canHaveSecondReminder(
  { wasNudged, day, zone }: Agenda,
  { snoozes }: Suppressions,
): boolean {
  return wasNudged || snoozes.some(({ until }) => dateIn(zone, until) === day)
}

interface Evaluation {
  readonly rules: readonly ReminderRule[]
  readonly suppressions: Suppressions
  readonly sentTopics: ReadonlySet<string>
  readonly now: Date
  readonly zone: string
}

function evaluateRules(
  ruleInput: RuleInput,
  { rules, suppressions, sentTopics, now, zone }: Evaluation,
): AgendaFinding[] {
  const { calendar } = ruleInput
  return mergeBySubject(rules.flatMap(({ find }) => find(ruleInput))).flatMap((merged) => {
    const finding = applySuppression(merged, suppressions, { now, zone, calendar })
    if (!finding) return []
    const unsentTriggers = finding.triggers.filter(({ key }) => !sentTopics.has(key))
    return { ruleInput, finding, unsentTriggers }
  })
}

/** Joins what several rules found about one subject: the item of the first, the triggers of all. */
function mergeBySubject(findings: readonly Finding[]): Finding[] {
  const merged = new Map<string, Finding>()
  for (const finding of findings) {
    const before = merged.get(finding.subject)
    const joined = before && {
      ...before,
      triggers: [...before.triggers, ...finding.triggers],
      isListedWhileOpen: before.isListedWhileOpen || finding.isListedWhileOpen,
      hasBegun: before.hasBegun || finding.hasBegun,
    }
    merged.set(finding.subject, joined ?? finding)
  }
  return [...merged.values()]
}

/** A measure may belong to several projects of one person, and has one row. */
function uniqueBySubject(findings: readonly AgendaFinding[]): AgendaFinding[] {
  const unique = new Map<string, AgendaFinding>()
  for (const one of findings) {
    if (!unique.has(one.finding.subject)) unique.set(one.finding.subject, one)
  }
  return [...unique.values()]
}

function unsentTopics(findings: readonly AgendaFinding[]): string[] {
  return [
    ...new Set(findings.flatMap(({ unsentTriggers }) => unsentTriggers.map(({ key }) => key))),
  ]
}

function itemOf({ ruleInput, finding, unsentTriggers }: AgendaFinding): ReminderItem {
  const { programme, recipient, escalationLevel } = ruleInput
  const { subject, item } = finding
  const view = viewFor(escalationLevel, item)
  const trigger = latestTrigger(unsentTriggers)
  const escalationText = escalationLevel === 'lead' ? null : (view.escalationText ?? null)
  const reason: ReminderReason = {
    ...{ programme, subject, role: recipient.role, reason: recipient.reason },
    why: recipient.why ?? escalationText,
    step: trigger?.step ?? null,
    ruleText: trigger?.ruleText ?? null,
  }
  return { ...item, ...reason, view }
}

/** A sponsor is told of what others answer for: nothing is asked of them. */
function viewFor(escalationLevel: RuleInput['escalationLevel'], item: OpenItem): ItemView {
  const view = item.format()
  if (escalationLevel !== 'sponsor' || !item.project) return view
  const buttons = informationButtons(item.project.id)
  return { ...view, rank: informationRank, heading: informationHeading, asks: false, buttons }
}

/** After everything that asks for an answer. */
const informationRank = 9

/** Of several triggers, the one with the last step is the one that counts today. */
function latestTrigger(triggers: readonly Trigger[]): Trigger | undefined {
  return triggers.toSorted((a, b) => (a.step ?? -Infinity) - (b.step ?? -Infinity)).at(-1)
}
