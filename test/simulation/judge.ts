import { closuresSetting, nationSetting } from '../../src/domain/calendars/settings.ts'
import type { Person } from '../../src/domain/people/person.ts'
import type { Plan } from '../../src/domain/plan/plan.ts'
import type { Programme } from '../../src/domain/programme/programme.ts'
import {
  bankHolidays,
  type Day,
  dayAfter,
  isQuiet,
  localTime,
  weekday,
} from './independent-calendar.ts'
import type { Owed, Sent, Year } from './year.ts'

/** What is wrong with a year, in sentences; nothing where all was well. Knows days and leave by itself (independent-calendar.ts). */

interface Someone {
  readonly person: Person
  readonly programme: Programme
}

export function judge(plans: readonly Plan[], year: Year): string[] {
  const people = new Map<string, Someone>()
  for (const { programme, people: theirs } of plans) {
    for (const person of theirs.values()) people.set(person.id, { person, programme })
  }
  return [
    ...saidTwice(year.sent),
    ...onDaysOff(year.sent, people),
    ...twoInADay(year.sent, people),
    ...afterTheEnd(year),
  ]
}

function saidTwice(sent: readonly Sent[]): string[] {
  const known = new Map<string, Date>()
  return sent.flatMap(({ to, says, sentAt }) =>
    says.flatMap((what) => {
      const id = `${to} ${what}`
      const before = known.get(id)
      known.set(id, sentAt)
      if (!before) return []
      // An alarm comes again a month later while nothing is mended.
      if (what.startsWith('alarm:') && sentAt.getTime() - before.getTime() > 29 * 86_400_000)
        return []
      return `${to} was told ${what} twice: ${before.toISOString()} and ${sentAt.toISOString()}`
    }),
  )
}

function onDaysOff(sent: readonly Sent[], people: ReadonlyMap<string, Someone>): string[] {
  return sent.flatMap(({ to, sentAt, key }) => {
    const someone = people.get(to)
    if (!someone) return `${key} went to nobody known`
    const { day, time } = localTime(someone.person.zone ?? someone.programme.zone, sentAt)
    const off = dayOff(someone, day)
    if (off) return `${key} was sent on ${day}: ${off}`
    if (time < '09:00' || time > '17:00') return `${key} was sent at ${time}`
    const quiet = someone.person.quiet
    return quiet && isQuiet(quiet, time) ? `${key} was sent in quiet hours, at ${time}` : []
  })
}

/** Why a person does not work on a day; undefined where they do. */
function dayOff({ person, programme }: Someone, day: Day): string | undefined {
  const calendar = nationSetting.of(programme.settings)
  const closures = closuresSetting.of(programme.settings)
  const pattern = person.patterns.at(-1)?.weekdays ?? []
  if (!pattern.some((worked) => worked === weekday(day))) return `a ${weekday(day)}`
  if (bankHolidays[calendar === 'northern-ireland' ? calendar : 'england-and-wales'].has(day)) {
    return 'a bank holiday'
  }
  if (closures.some(({ from, to }) => from <= day && day <= to)) return 'a closure'
  return person.leaves.some(({ from, to }) => from <= day && day <= to) ? 'leave' : undefined
}

function twoInADay(sent: readonly Sent[], people: ReadonlyMap<string, Someone>): string[] {
  const known = new Set<string>()
  return sent.flatMap(({ to, sentAt }) => {
    const someone = people.get(to)
    const zone = someone?.person.zone ?? someone?.programme.zone ?? 'UTC'
    const id = `${to} ${localTime(zone, sentAt).day}`
    if (known.has(id)) return `${id}: a second message`
    known.add(id)
    return []
  })
}

/** Nothing of a milestone is sent from the day on which it was finished, nor by a date that it no longer has. */
function afterTheEnd({ sent, owed }: Year): string[] {
  const ends = new Map<string, Day>()
  const open = new Set(
    owed.flatMap(({ milestoneId, until }) => (until === null ? milestoneId : [])),
  )
  for (const { milestoneId, until } of owed) {
    const before = ends.get(milestoneId)
    if (until !== null && !open.has(milestoneId) && (!before || until > before)) {
      ends.set(milestoneId, until)
    }
  }
  return sent.flatMap(({ key, subjects, sentAt }) =>
    subjects.flatMap((subject) => {
      const end = ends.get(subject.replace('milestone:', ''))
      const day = sentAt.toISOString().slice(0, 10)
      return end && day >= end ? `${key} tells of ${subject} on ${day}, which ended on ${end}` : []
    }),
  )
}

const steps = [-10, -3, 0, 2, 5, 10]
const catchUp = 3

/**
 * What should have been said and was not: each step of each date, counted in the working days of the project's lead, to
 * that lead, or to their deputy where the lead is away about then. Dates that were set, moved or finished within the
 * days of a step are left out: what is right there is for the table tests.
 */
export function unsaid(
  plans: readonly Plan[],
  { sent, owed }: Pick<Year, 'sent' | 'owed'>,
  { from, to, isTested }: { from: Day; to: Day; isTested: (day: Day, personId: string) => boolean },
): { readonly missing: string[]; readonly checked: number } {
  const told = new Map<string, Set<string>>()
  for (const message of sent) {
    const theirs = told.get(message.to) ?? new Set()
    for (const what of message.says) theirs.add(what)
    told.set(message.to, theirs)
  }
  const missing: string[] = []
  let checked = 0
  for (const one of owed) {
    const plan = plans.find(({ programme }) => programme.id === one.planId)
    const project = plan?.projects.find(({ id }) => id === one.projectId)
    if (!plan || !project) throw new Error(`${one.projectId} is in no plan`)
    for (const personId of project.leads) {
      const person = plan.people.get(personId)
      if (!person) throw new Error(`${personId} is nobody`)
      const someone = { person, programme: plan.programme }
      for (const step of steps) {
        const window = windowOf(one, someone, step)
        if (!window || window.first <= from || window.last >= to) continue
        if (!isDue(one, window) || !isTested(window.first, personId)) continue
        checked += 1
        const deputies = deputiesIn(person, window)
        const key = `${one.milestoneId}:${one.due}:${step > 0 ? `+${step}` : step}`
        const heard = [personId, ...deputies].some((id) => told.get(id)?.has(key))
        // A deputy's own days are counted for a deputy, so that a step may fall before or after the leave.
        if (!heard && deputies.length === 0) {
          missing.push(`${personId} was not told ${key} from ${window.first} to ${window.last}`)
        }
      }
    }
  }
  return { missing, checked }
}

interface Window {
  readonly first: Day
  readonly last: Day
}

/** From the day of the step to the last one on which it is still said. */
function windowOf({ due }: Owed, someone: Someone, step: number): Window | undefined {
  let by = due
  while (dayOff(someone, by)) by = dayAfter(by, -1)
  const first = worked(someone, by, step)
  return { first, last: worked(someone, first, catchUp) }
}

function worked(someone: Someone, from: Day, count: number): Day {
  let day = from
  for (let left = Math.abs(count); left > 0; ) {
    day = dayAfter(day, Math.sign(count))
    if (!dayOff(someone, day)) left -= 1
  }
  return day
}

function isDue({ from, until }: Owed, { first, last }: Window): boolean {
  return from < first && (until === null || until > last)
}

function deputiesIn({ leaves }: Person, { first, last }: Window): string[] {
  return leaves.flatMap(({ from, to, deputyId }) =>
    deputyId && from <= dayAfter(last) && to >= dayAfter(first, -1) ? deputyId : [],
  )
}
