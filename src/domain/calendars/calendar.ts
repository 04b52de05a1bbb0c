import { bankHolidaysOf } from '../../base/bank-holidays.ts'
import {
  type CivilDate,
  dateIn,
  fullDate,
  timeIn,
  type Weekday,
  weekdayOf,
} from '../../base/dates.ts'
import { type Calendar, calendarFrom } from '../../base/working-days.ts'
import type { Leave, Person } from '../people/person.ts'
import type { Programme } from '../programme/programme.ts'
import { isWithin, officeHours, sendingHours, type TimeRange } from './hours.ts'
import { type Closure, closuresSetting, nationSetting } from './settings.ts'
import { fullWeek } from './working-pattern.ts'

type CalendarProgramme = Pick<Programme, 'settings'>
type CalendarPerson = Pick<Person, 'patterns' | 'leaves'>

/** The working days of a programme: Monday to Friday, except its nation's bank holidays and its council's closures. */
export function programmeCalendar(programme: CalendarProgramme): Calendar {
  return calendarOf(null, programme)
}

/**
 * The working days of a person in a programme: the weekdays they work, except bank holidays, closures and their leave.
 * For null, the working days of the programme. Pure: a pattern or leave changes only the days it covers.
 */
export function calendarOf(
  person: CalendarPerson | null,
  { settings }: CalendarProgramme,
): Calendar {
  const byPerson = calendarCache.get(settings) ?? new WeakMap<object, Calendar>()
  calendarCache.set(settings, byPerson)
  const cached = byPerson.get(person ?? settings)
  if (cached) return cached
  const calendar = createCalendar(person, settings)
  byPerson.set(person ?? settings, calendar)
  return calendar
}

/** Calendars memoise their days. By settings, then by person; the programme's own is stored under the settings. */
const calendarCache = new WeakMap<CalendarProgramme['settings'], WeakMap<object, Calendar>>()

function createCalendar(
  person: CalendarPerson | null,
  settings: CalendarProgramme['settings'],
): Calendar {
  const closures = closuresSetting.of(settings)
  const bankHoliday = bankHolidaysOf(nationSetting.of(settings))
  return calendarFrom(
    (day) =>
      bankHoliday(day) ??
      closureReason(closures, day) ??
      (person && leaveReason(person, day)) ??
      restDayReason(person, day),
  )
}

function closureReason(closures: readonly Closure[], day: CivilDate): string | undefined {
  const closure = closures.find(({ from, to }) => from <= day && day <= to)
  return closure && (closure.reason ?? 'The council is closed')
}

function leaveReason(person: CalendarPerson, day: CivilDate): string | undefined {
  const leave = leaveOn(person, day)
  return leave && `Away until ${fullDate(leave.to)}`
}

/** 'Saturday', where they do not work on that weekday. */
function restDayReason(person: CalendarPerson | null, day: CivilDate): string | undefined {
  const weekday = weekdayOf(day)
  if (patternOn(person, day).includes(weekday)) return undefined
  return weekday.charAt(0).toUpperCase() + weekday.slice(1)
}

/** The weekdays that somebody works, by the pattern in force on a day. */
export function patternOn(person: CalendarPerson | null, day: CivilDate): readonly Weekday[] {
  return person?.patterns.findLast(({ from }) => from <= day)?.weekdays ?? fullWeek
}

/** The leave a person is on that day. */
export function leaveOn({ leaves }: Pick<Person, 'leaves'>, day: CivilDate): Leave | undefined {
  return leaves.find(({ from, to }) => from <= day && day <= to)
}

/** Ids of the people whose deputy a person is on that day. */
export function coveredPersonIds(
  people: Iterable<Person>,
  deputyId: string,
  day: CivilDate,
): string[] {
  return [...people]
    .filter((person) => leaveOn(person, day)?.deputyId === deputyId)
    .map(({ id }) => id)
}

/** Whether a person may be written to at a moment: in their zone a working day, within hours. For null: the programme's. */
export function isWorkingMoment(
  person: Person | null,
  programme: Pick<Programme, 'settings' | 'zone'>,
  moment: Date,
  hours: TimeRange = officeHours,
): boolean {
  const zone = person?.zone ?? programme.zone
  const isSendingTime = isWithin(timeIn(zone, moment), sendingHours(hours, person?.quiet ?? null))
  return isSendingTime && calendarOf(person, programme).isWorkingDay(dateIn(zone, moment))
}
