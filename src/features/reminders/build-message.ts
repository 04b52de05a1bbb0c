import { type CivilDate, dateIn, momentAt } from '../../base/dates.ts'
import { calendarOf } from '../../domain/calendars/calendar.ts'
import { firstSendingTime } from '../../domain/calendars/hours.ts'
import type { Person } from '../../domain/people/person.ts'
import type { Agenda, ReminderContext } from './agendas.ts'
import { byUrgency, formatDue } from './format.ts'
import { reminderRules } from './rules/registry.ts'
import { applySuppression, noSuppressions, type Suppressions } from './suppression.ts'
import type { Finding, ReminderItem, ReminderReason, RuleInput, Trigger } from './types.ts'

/** One person's message of one day. */
export interface Reminder {
  /** `reminder:<person>:<day>`: there is never a second one, but for those in apart.ts. */
  readonly key: string
  /** Null where nobody is there to be told; then `key` names the programme. */
  readonly person: Person | null
  readonly zone: string
  readonly day: CivilDate
  /** When it is said if nothing is in the way. */
  readonly at: Date
  /** Most urgent first. */
  readonly items: readonly ReminderItem[]
  /** For the programme office: who leads something and cannot be reached. */
  readonly alarms: readonly string[]
  /** What changed about the projects that the person follows. */
  readonly news: readonly string[]
  /** What it tells of, for the ledger: its own key, and one for each thing that is said for the first time. */
  readonly topics: readonly string[]
  /** Why it is a second message that day; null for the one that everybody gets. */
  readonly dailyLimitException: Trigger['dailyLimitException'] | null
}

/** What is found of a thing, of all the rules that found it. */
interface AgendaFinding {
  readonly ruleInput: RuleInput
  readonly finding: Finding
  /** Those that were not said before. */
  readonly unsentTriggers: readonly Trigger[]
}

/**
 * The desk's message of its day, or undefined where there is nothing new to say. `now`: that moment of the day;
 * without it, when the message would be said.
 */
export function buildReminder(
  desk: Agenda,
  known: ReminderContext,
  now?: Date,
): Reminder | undefined {
  const { person, zone, day } = desk
  const said = known.topicsSentTo(desk.id)
  const pauses = known.suppressionsOf?.(desk.id) ?? noSuppressions
  const key = `reminder:${desk.id}:${day}`
  const isSaid = said.has(key)
  if (isSaid && !canHaveSecondReminder(desk, pauses)) return undefined
  const at = () => momentAt(day, firstSendingTime(person?.quiet ?? null), zone)
  const moment = now ?? at()
  const noticed = desk
    .ruleInputs()
    .filter(({ calendar }) => calendar.isWorkingDay(day))
    .flatMap((seen) => evaluateRules(seen, pauses, { now: moment, zone, said }))
  const all = uniqueBySubject(noticed)
  if (isSaid) return buildSecondReminder(all, { key, person, zone, day, at: moment })
  const isAtWork = desk.programmes.some((one) => calendarOf(person, one).isWorkingDay(day))
  const alarms = isAtWork ? desk.alarms.filter((alarm) => !said.has(alarm.key)) : []
  const news = isAtWork ? desk.news.filter((one) => !said.has(one.key)) : []
  const says = [...unsentTopics(all), ...[...alarms, ...news].map((one) => one.key)]
  if (says.length === 0) return undefined
  const items = all
    .filter(({ finding, unsentTriggers }) => unsentTriggers.length > 0 || finding.isListedWhileOpen)
    .map(itemOf)
    .sort(byUrgency)
  const textsOf = (notices: readonly { readonly text: string }[]) => notices.map(({ text }) => text)
  return {
    ...{ key, person, zone, day, at: at(), items, alarms: textsOf(alarms), news: textsOf(news) },
    ...{ topics: [key, ...says], dailyLimitException: null },
  }
}

/** A second message that day, of what cannot wait for tomorrow's. */
function buildSecondReminder(
  all: readonly AgendaFinding[],
  message: Pick<Reminder, 'key' | 'person' | 'zone' | 'day' | 'at'>,
): Reminder | undefined {
  const cannotWait = all.flatMap((one) => {
    const unsentTriggers = one.unsentTriggers.filter((trigger) => trigger.dailyLimitException)
    return unsentTriggers.length > 0 ? [{ ...one, unsentTriggers }] : []
  })
  const [first] = cannotWait.flatMap(({ unsentTriggers }) => unsentTriggers)
  if (!first?.dailyLimitException) return undefined
  const key = `${message.key}:${first.key}`
  const items = cannotWait.map(itemOf).sort(byUrgency)
  const says = [key, ...unsentTopics(cannotWait)]
  return {
    ...message,
    key,
    items,
    alarms: [],
    news: [],
    topics: says,
    dailyLimitException: first.dailyLimitException,
  }
}

/** Whether anything on the desk can be worth a second message that day: a question asked of everybody each minute. */
function canHaveSecondReminder(
  { wasNudged, day, zone }: Agenda,
  { snoozes }: Suppressions,
): boolean {
  return wasNudged || snoozes.some(({ until }) => dateIn(zone, until) === day)
}

function evaluateRules(
  seen: RuleInput,
  pauses: Suppressions,
  { now, zone, said }: { now: Date; zone: string; said: ReadonlySet<string> },
): AgendaFinding[] {
  const whose = { now, zone, calendar: seen.calendar }
  return [...mergeBySubject(reminderRules.flatMap(({ find }) => find(seen))).values()].flatMap(
    (found) => {
      const finding = applySuppression(found, pauses, whose)
      if (!finding) return []
      return {
        ruleInput: seen,
        finding,
        unsentTriggers: finding.triggers.filter(({ key }) => !said.has(key)),
      }
    },
  )
}

/** What several rules find is one thing, with what each says of it. */
function mergeBySubject(findings: readonly Finding[]): Map<string, Finding> {
  const bySubject = new Map<string, Finding>()
  for (const finding of findings) {
    const before = bySubject.get(finding.subject)
    bySubject.set(
      finding.subject,
      before
        ? {
            ...before,
            triggers: [...before.triggers, ...finding.triggers],
            isListedWhileOpen: before.isListedWhileOpen || finding.isListedWhileOpen,
            hasBegun: before.hasBegun || finding.hasBegun,
          }
        : finding,
    )
  }
  return bySubject
}

/** A measure may belong to several projects of one person, and is one thing. */
function uniqueBySubject(noticed: readonly AgendaFinding[]): AgendaFinding[] {
  const bySubject = new Map<string, AgendaFinding>()
  for (const one of noticed) {
    if (!bySubject.has(one.finding.subject)) bySubject.set(one.finding.subject, one)
  }
  return [...bySubject.values()]
}

function unsentTopics(noticed: readonly AgendaFinding[]): string[] {
  return [...new Set(noticed.flatMap(({ unsentTriggers }) => unsentTriggers.map(({ key }) => key)))]
}

function itemOf({ ruleInput, finding, unsentTriggers }: AgendaFinding): ReminderItem {
  const { programme, recipient, escalationLevel } = ruleInput
  const { subject, item } = finding
  const newest = latestTrigger(unsentTriggers)
  const told: ReminderReason = {
    ...{ programme, subject, role: recipient.role },
    why: recipient.why ?? (escalationLevel === 'lead' ? null : escalationReason(item)),
    step: newest?.step ?? null,
    ruleText: newest?.ruleText ?? null,
  }
  return { ...item, ...told }
}

/** Several rules may speak at once: the last of the steps is the one that counts today. */
function latestTrigger(fresh: readonly Trigger[]): Trigger | undefined {
  return fresh.toSorted((a, b) => (a.step ?? -Infinity) - (b.step ?? -Infinity)).at(-1)
}

/** Only what is overdue climbs the ladder. */
function escalationReason(thing: Finding['item']): string | null {
  return thing.kind === 'milestone' ? `it is ${formatDue(thing)}` : null
}
