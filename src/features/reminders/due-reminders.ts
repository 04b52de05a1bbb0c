import { type CivilDate, dateIn, timeIn } from '../../base/dates.ts'
import { inLanguage } from '../../base/language.ts'
import { calendarOf } from '../../domain/calendars/calendar.ts'
import { isWithin, officeHours, sendingHours } from '../../domain/calendars/hours.ts'
import type { Plan } from '../../domain/plan/plan.ts'
import { type Agenda, agendasFor, type ReminderContext } from './agendas.ts'
import { buildReminder } from './build-reminder.ts'
import type { Reminder } from './reminder.ts'

export interface DueReminders {
  readonly reminders: readonly Reminder[]
  /** What should be sent and there is nobody to send it to. */
  readonly unowned: readonly Reminder[]
}

/**
 * What should have been sent by `now`: one message per person and working day of theirs, from 09:00 to 17:00 in their
 * zone and outside their quiet hours. Asked twice, or late, the answer is the same; topics that were sent are left out.
 */
export function remindersDue({
  now,
  personIds,
  ...context
}: ReminderContext & {
  readonly now: Date
  /** Whose messages are worked out. Left out: everybody's, and what is nobody's. */
  readonly personIds?: ReadonlySet<string>
}): DueReminders {
  const clock = wallClockAt(now)
  const isWanted = ({ id }: Agenda) => personIds?.has(id) ?? true
  const reminders = [...activeDays(context.plans, clock)].flatMap((day) =>
    agendasFor(day, context, now)
      .filter((agenda) => clock(agenda.zone).day === day && canSendNow(agenda, clock))
      .filter(isWanted)
      .flatMap(
        (agenda) =>
          inLanguage(agenda.person?.language, () => buildReminder(agenda, context, now)) ?? [],
      ),
  )
  return {
    reminders: reminders.filter(({ person }) => person !== null),
    unowned: reminders.filter(({ person }) => person === null),
  }
}

/** What a wall clock and a calendar in a zone show at one moment. */
type WallClock = (zone: string) => { readonly day: CivilDate; readonly time: string }

// People are many, and the zones they live in few.
function wallClockAt(now: Date): WallClock {
  const byZone = new Map<string, ReturnType<WallClock>>()
  return (zone) => {
    const shown = byZone.get(zone) ?? { day: dateIn(zone, now), time: timeIn(zone, now) }
    byZone.set(zone, shown)
    return shown
  }
}

/** The civil dates now of everybody who may be written to at this time of day; days off are not looked at yet. */
function activeDays(plans: readonly Plan[], clock: WallClock): Set<CivilDate> {
  const days = new Set<CivilDate>()
  for (const { programme, people } of plans) {
    for (const { zone, quiet } of [{ zone: null, quiet: null }, ...people.values()]) {
      const { day, time } = clock(zone ?? programme.zone)
      if (!days.has(day) && isWithin(time, sendingHours(officeHours, quiet))) days.add(day)
    }
  }
  return days
}

/** Whether it is a working moment of the person in one of their programmes. */
function canSendNow({ person, zone, programmes }: Agenda, clock: WallClock): boolean {
  const { day, time } = clock(zone)
  return (
    isWithin(time, sendingHours(officeHours, person?.quiet ?? null)) &&
    programmes.some((programme) => calendarOf(person, programme).isWorkingDay(day))
  )
}
