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

type CalendarProgramme = Pick<Programme, 'id' | 'settings'>
type CalendarPerson = Pick<Person, 'patterns' | 'leaves'>

/** The working days of a programme: Monday to Friday, except its nation's bank holidays and its council's closures. */
export function programmeCalendar({ settings }: Pick<Programme, 'settings'>): Calendar {
  return cachedCalendar(settings, settings, '', () =>
    createCalendar(settings, () => undefined, null),
  )
}

/**
 * The working days of a person in a programme: the weekdays they work, except bank holidays, closures and the leave that
 * counts there. For null, the working days of the programme. Pure: a pattern or leave changes only the days it covers.
 */
export function calendarOf(person: CalendarPerson | null, programme: CalendarProgramme): Calendar {
  if (!person) return programmeCalendar(programme)
  const { id, settings } = programme
  return cachedCalendar(settings, person, id, () =>
    createCalendar(settings, (day) => leaveReason(person, day, id), person),
  )
}

type Settings = CalendarProgramme['settings']

/** Calendars memoise their days. By settings, by person (of a programme's own, the settings again), by programme. */
const calendarCache = new WeakMap<Settings, WeakMap<object, Map<string, Calendar>>>()

function cachedCalendar(
  settings: Settings,
  owner: object,
  programmeId: string,
  create: () => Calendar,
): Calendar {
  const byOwner = calendarCache.get(settings) ?? new WeakMap<object, Map<string, Calendar>>()
  calendarCache.set(settings, byOwner)
  const byProgramme = byOwner.get(owner) ?? new Map<string, Calendar>()
  byOwner.set(owner, byProgramme)
  const calendar = byProgramme.get(programmeId) ?? create()
  byProgramme.set(programmeId, calendar)
  return calendar
}

function createCalendar(
  settings: Settings,
  awayReason: (day: CivilDate) => string | undefined,
  person: CalendarPerson | null,
): Calendar {
  const closures = closuresSetting.of(settings)
  const bankHoliday = bankHolidaysOf(nationSetting.of(settings))
  return calendarFrom(
    (day) =>
      bankHoliday(day) ??
      closureReason(closures, day) ??
      awayReason(day) ??
      restDayReason(person, day),
  )
}

function closureReason(closures: readonly Closure[], day: CivilDate): string | undefined {
  const closure = closures.find(({ from, to }) => from <= day && day <= to)
  return closure && (closure.reason ?? 'The council is closed')
}

function leaveReason(
  person: CalendarPerson,
  day: CivilDate,
  programmeId: string,
): string | undefined {
  const leave = leaveOn(person, day, programmeId)
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

/** Whether leave counts in a programme: that of its own office, and what the person said themselves. */
export function countsIn(leave: Pick<Leave, 'programmeId'>, programmeId: string): boolean {
  return leave.programmeId === null || leave.programmeId === programmeId
}

/** The leave that a person is on in a programme that day. */
export function leaveOn(
  { leaves }: Pick<Person, 'leaves'>,
  day: CivilDate,
  programmeId: string,
): Leave | undefined {
  return leaves.find(
    (leave) => leave.from <= day && day <= leave.to && countsIn(leave, programmeId),
  )
}

/** Ids of the people whose deputy a person is that day in a programme. */
export function coveredPersonIds(
  people: Iterable<Person>,
  deputyId: string,
  day: CivilDate,
  programmeId: string,
): string[] {
  return [...people]
    .filter((person) => leaveOn(person, day, programmeId)?.deputyId === deputyId)
    .map(({ id }) => id)
}

/** Whether a person may be written to at a moment: in their zone a working day, within hours. For null: the programme's. */
export function isWorkingMoment(
  person: Person | null,
  programme: CalendarProgramme & Pick<Programme, 'zone'>,
  moment: Date,
  hours: TimeRange = officeHours,
): boolean {
  const zone = person?.zone ?? programme.zone
  const isSendingTime = isWithin(timeIn(zone, moment), sendingHours(hours, person?.quiet ?? null))
  return isSendingTime && calendarOf(person, programme).isWorkingDay(dateIn(zone, moment))
}
