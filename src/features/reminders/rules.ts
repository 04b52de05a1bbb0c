import { type CivilDate, dateIn, timeIn } from '../../base/dates.ts'
import { isWorkingMoment } from '../calendars/calendar.ts'
import { isWithin, officeHours, speakingHours } from '../calendars/hours.ts'
import type { Plan } from '../plan/plan.ts'
import { type Desk, desksOn, type WhatIsKnown } from './desks.ts'
import { messageOf, type Reminder } from './message.ts'

export type { WhatIsKnown } from './desks.ts'
export type { Reminder } from './message.ts'

export interface Reminders {
  readonly reminders: readonly Reminder[]
  /** What should be said and there is nobody to say it to. */
  readonly unowned: readonly Reminder[]
}

/**
 * What should have been said by `now`: one message per person and working day of theirs, from 09:00 to 17:00 in their
 * zone and outside their quiet hours. Asked twice, or late, it answers the same; what `said` holds is not said again.
 */
export function remindersDue({ now, ...known }: WhatIsKnown & { readonly now: Date }): Reminders {
  const messages = [...daysAt(known.plans, now)].flatMap((day) =>
    desksOn(day, known, now)
      .filter((desk) => dateIn(desk.zone, now) === day && isOpen(desk, now))
      .flatMap((desk) => messageOf(desk, known, now) ?? []),
  )
  return {
    reminders: messages.filter(({ person }) => person !== null),
    unowned: messages.filter(({ person }) => person === null),
  }
}

/** The days it is now where somebody may be spoken to, if only as far as the time of day goes. */
function daysAt(plans: readonly Plan[], now: Date): Set<CivilDate> {
  const days = new Set<CivilDate>()
  for (const { programme, people } of plans) {
    const everyone = [{ zone: null, quiet: null }, ...people.values()]
    // People are many, and the clocks they live by few.
    const clocks = Map.groupBy(everyone, ({ zone, quiet }) => `${zone} ${quiet?.from} ${quiet?.to}`)
    for (const [first] of clocks.values()) {
      const zone = first?.zone ?? programme.zone
      const isSpokenTo = isWithin(
        timeIn(zone, now),
        speakingHours(officeHours, first?.quiet ?? null),
      )
      if (isSpokenTo) days.add(dateIn(zone, now))
    }
  }
  return days
}

/** Whether somebody may be written to now: it is a working moment of theirs in one of their programmes. */
export function isOpen({ person, zone, programmes }: Desk, now: Date): boolean {
  return programmes.some(({ settings }) => isWorkingMoment(person, { zone, settings }, now))
}
