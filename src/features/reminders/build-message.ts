import { type CivilDate, dateIn, momentAt } from '../../base/dates.ts'
import { calendarOf } from '../../domain/calendars/calendar.ts'
import { officeHours, speakingHours } from '../../domain/calendars/hours.ts'
import type { Person } from '../../domain/plan/plan.ts'
import type { Desk, WhatIsKnown } from './agendas.ts'
import { byUrgency, dueInWords } from './format.ts'
import { table } from './rules/registry.ts'
import { heard, noPauses, type Pauses } from './suppression.ts'
import type { Finding, Item, Seen, Told, Trigger } from './types.ts'

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
  readonly items: readonly Item[]
  /** For the programme office: who leads something and cannot be reached. */
  readonly alarms: readonly string[]
  /** What changed about the projects that the person follows. */
  readonly news: readonly string[]
  /** What it tells of, for the ledger: its own key, and one for each thing that is said for the first time. */
  readonly says: readonly string[]
  /** Why it is a second message that day; null for the one that everybody gets. */
  readonly apart: Trigger['apart'] | null
}

/** What is found of a thing, of all the rules that found it. */
interface Noticed {
  readonly seen: Seen
  readonly finding: Finding
  /** Those that were not said before. */
  readonly fresh: readonly Trigger[]
}

/**
 * The desk's message of its day, or undefined where there is nothing new to say. `now`: that moment of the day;
 * without it, when the message would be said.
 */
export function messageOf(desk: Desk, known: WhatIsKnown, now?: Date): Reminder | undefined {
  const { person, zone, day } = desk
  const said = known.said(desk.id)
  const pauses = known.pauses?.(desk.id) ?? noPauses
  const key = `reminder:${desk.id}:${day}`
  const isSaid = said.has(key)
  if (isSaid && !mayBeApart(desk, pauses)) return undefined
  const at = () => momentAt(day, firstTime(person), zone)
  const moment = now ?? at()
  const noticed = desk
    .seen()
    .filter(({ calendar }) => calendar.isWorkingDay(day))
    .flatMap((seen) => noticedIn(seen, pauses, { now: moment, zone, said }))
  const all = eachOnce(noticed)
  if (isSaid) return apartFrom(all, { key, person, zone, day, at: moment })
  const isAtWork = desk.programmes.some((one) => calendarOf(person, one).isWorkingDay(day))
  const alarms = isAtWork ? desk.alarms.filter((alarm) => !said.has(alarm.key)) : []
  const news = isAtWork ? desk.news.filter((one) => !said.has(one.key)) : []
  const says = [...freshKeys(all), ...[...alarms, ...news].map((one) => one.key)]
  if (says.length === 0) return undefined
  const items = all
    .filter(({ finding, fresh }) => fresh.length > 0 || finding.stays)
    .map(itemOf)
    .sort(byUrgency)
  const inWords = (told: readonly { readonly says: string }[]) => told.map((one) => one.says)
  return {
    ...{ key, person, zone, day, at: at(), items, alarms: inWords(alarms), news: inWords(news) },
    ...{ says: [key, ...says], apart: null },
  }
}

/** A second message that day, of what cannot wait for tomorrow's. */
function apartFrom(
  all: readonly Noticed[],
  message: Pick<Reminder, 'key' | 'person' | 'zone' | 'day' | 'at'>,
): Reminder | undefined {
  const cannotWait = all.flatMap((one) => {
    const fresh = one.fresh.filter((trigger) => trigger.apart)
    return fresh.length > 0 ? [{ ...one, fresh }] : []
  })
  const [first] = cannotWait.flatMap(({ fresh }) => fresh)
  if (!first?.apart) return undefined
  const key = `${message.key}:${first.key}`
  const items = cannotWait.map(itemOf).sort(byUrgency)
  const says = [key, ...freshKeys(cannotWait)]
  return { ...message, key, items, alarms: [], news: [], says, apart: first.apart }
}

/** Whether anything on the desk can be worth a second message that day: a question asked of everybody each minute. */
function mayBeApart({ wasNudged, day, zone }: Desk, { snoozes }: Pauses): boolean {
  return wasNudged || snoozes.some(({ until }) => dateIn(zone, until) === day)
}

function noticedIn(
  seen: Seen,
  pauses: Pauses,
  { now, zone, said }: { now: Date; zone: string; said: ReadonlySet<string> },
): Noticed[] {
  const whose = { now, zone, calendar: seen.calendar }
  return [...merged(table.flatMap(({ find }) => find(seen))).values()].flatMap((found) => {
    const finding = heard(found, pauses, whose)
    if (!finding) return []
    return { seen, finding, fresh: finding.triggers.filter(({ key }) => !said.has(key)) }
  })
}

/** What several rules find is one thing, with what each says of it. */
function merged(findings: readonly Finding[]): Map<string, Finding> {
  const bySubject = new Map<string, Finding>()
  for (const finding of findings) {
    const before = bySubject.get(finding.subject)
    bySubject.set(
      finding.subject,
      before
        ? {
            ...before,
            triggers: [...before.triggers, ...finding.triggers],
            stays: before.stays || finding.stays,
            hasBegun: before.hasBegun || finding.hasBegun,
          }
        : finding,
    )
  }
  return bySubject
}

/** A measure may belong to several projects of one person, and is one thing. */
function eachOnce(noticed: readonly Noticed[]): Noticed[] {
  const bySubject = new Map<string, Noticed>()
  for (const one of noticed) {
    if (!bySubject.has(one.finding.subject)) bySubject.set(one.finding.subject, one)
  }
  return [...bySubject.values()]
}

function freshKeys(noticed: readonly Noticed[]): string[] {
  return [...new Set(noticed.flatMap(({ fresh }) => fresh.map(({ key }) => key)))]
}

/** When on a working day the person is first spoken to. */
function firstTime(person: Person | null): string {
  return speakingHours(officeHours, person?.quiet ?? null)[0]?.from ?? officeHours.from
}

function itemOf({ seen, finding, fresh }: Noticed): Item {
  const { programme, recipient, rung } = seen
  const { subject, thing } = finding
  const newest = latest(fresh)
  const told: Told = {
    ...{ programme, subject, role: recipient.role },
    why: recipient.why ?? (rung === 'lead' ? null : escalatedBecause(thing)),
    step: newest?.step ?? null,
    rule: newest?.rule ?? null,
  }
  return { ...thing, ...told }
}

/** Several rules may speak at once: the last of the steps is the one that counts today. */
function latest(fresh: readonly Trigger[]): Trigger | undefined {
  return fresh.toSorted((a, b) => (a.step ?? -Infinity) - (b.step ?? -Infinity)).at(-1)
}

/** Only what is overdue climbs the ladder. */
function escalatedBecause(thing: Finding['thing']): string | null {
  return thing.kind === 'milestone' ? `it is ${dueInWords(thing)}` : null
}
