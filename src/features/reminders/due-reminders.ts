import { type CivilDate, dateIn, timeIn } from '../../base/dates.ts'
import { calendarOf } from '../../domain/calendars/calendar.ts'
import { isWithin, officeHours, sendingHours } from '../../domain/calendars/hours.ts'
import type { Plan } from '../../domain/plan/plan.ts'
import { type Agenda, agendasFor, type ReminderContext } from './agendas.ts'
import { buildReminder, type Reminder } from './build-message.ts'

export type { ReminderContext as WhatIsKnown } from './agendas.ts'
export type { Reminder } from './build-message.ts'

export interface DueReminders {
  readonly reminders: readonly Reminder[]
  /** What should be said and there is nobody to say it to. */
  readonly unowned: readonly Reminder[]
}

/**
 * What should have been said by `now`: one message per person and working day of theirs, from 09:00 to 17:00 in their
 * zone and outside their quiet hours. Asked twice, or late, it answers the same; what `said` holds is not said again.
 */
export function remindersDue({
  now,
  ...known
}: ReminderContext & { readonly now: Date }): DueReminders {
  const clock = wallClockAt(now)
  const messages = [...activeDays(known.plans, clock)].flatMap((day) =>
    agendasFor(day, known, now)
      .filter((desk) => clock(desk.zone).day === day && canSendNow(desk, clock))
      .flatMap((desk) => buildReminder(desk, known, now) ?? []),
  )
  return {
    reminders: messages.filter(({ person }) => person !== null),
    unowned: messages.filter(({ person }) => person === null),
  }
}

/** What a wall clock and a calendar in a zone show at one moment. */
type WallClock = (zone: string) => { readonly day: CivilDate; readonly time: string }

// People are many, and the zones they live in few.
function wallClockAt(now: Date): WallClock {
  const known = new Map<string, ReturnType<WallClock>>()
  return (zone) => {
    const shown = known.get(zone) ?? { day: dateIn(zone, now), time: timeIn(zone, now) }
    known.set(zone, shown)
    return shown
  }
}

/** The days it is now where somebody may be spoken to, if only as far as the time of day goes. */
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

/** Whether somebody may be written to now: it is a working moment of theirs in one of their programmes. */
function canSendNow({ person, zone, programmes }: Agenda, clock: WallClock): boolean {
  const { day, time } = clock(zone)
  return (
    isWithin(time, sendingHours(officeHours, person?.quiet ?? null)) &&
    programmes.some((programme) => calendarOf(person, programme).isWorkingDay(day))
  )
}
