import { addDays, type CivilDate, dateIn, momentAt } from '../../base/dates.ts'
import { calendarOf } from '../../domain/calendars/calendar.ts'
import type { Person } from '../../domain/people/person.ts'
import type { Plan } from '../../domain/plan/plan.ts'
import type { ReadTx } from '../../infra/db.ts'
import { agendasFor } from './agendas.ts'
import { owedItems } from './build-reminder.ts'
import { rowOf } from './cards.ts'
import { loadContext } from './load-context.ts'
import type { ReminderRow } from './reminder-data.ts'

export interface OwedQuery {
  /** Of every programme the person is in, as at latestToday. */
  readonly plans: readonly Plan[]
  readonly personId: string
  readonly now: Date
}

/** A row of the day's message, and the heading it stands under there. */
export type OwedRow = ReminderRow & { readonly heading: string }

/** After so many days off no next working day is looked for. */
const maxDaysAhead = 14

/**
 * What a person's message of the day lists, by the same rules, as it stands now: what was answered since is gone. On a
 * day off it is what the message of their next working day will list. Everything is listed that was due to be told of
 * in the last days, whether it was told or not.
 */
export async function loadOwedRows(tx: ReadTx, query: OwedQuery): Promise<OwedRow[]> {
  const { plans, personId, now } = query
  const theirs = plans.filter(({ people }) => people.has(personId))
  const person = theirs[0]?.people.get(personId)
  if (!person) return []
  const context = await loadContext(tx, theirs, now, [personId])
  const zone = person.zone ?? theirs[0]?.programme.zone ?? 'UTC'
  const day = workingDayFrom(dateIn(zone, now), person, theirs)
  const moment = day === dateIn(zone, now) ? now : momentAt(day, '09:00', zone)
  const agenda = agendasFor(day, context, moment).find(({ id }) => id === personId)
  const items = agenda ? owedItems(agenda, context, moment) : []
  return items.map((item) => ({ ...rowOf(item), heading: item.view.heading }))
}

function workingDayFrom(today: CivilDate, person: Person, plans: readonly Plan[]): CivilDate {
  const isWorked = (day: CivilDate) =>
    plans.some(({ programme }) => calendarOf(person, programme).isWorkingDay(day))
  for (let days = 0; days < maxDaysAhead; days += 1) {
    const day = addDays(today, days)
    if (isWorked(day)) return day
  }
  return today
}
