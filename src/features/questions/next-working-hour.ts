import { addDays, dateIn, laterOf, momentAt, timeIn } from '../../base/dates.ts'
import { calendarOf, isWorkingMoment } from '../../domain/calendars/calendar.ts'
import { officeHours, sendingHours } from '../../domain/calendars/hours.ts'
import type { Person } from '../../domain/people/person.ts'
import type { Programme } from '../../domain/programme/programme.ts'

/** In days. Where nobody works within them, the message is sent at once. */
const maxDaysAhead = 60

/** The first time, `now` included, at which the person works and is outside their quiet hours, in their zone. */
export function nextWorkingHour(
  person: Person,
  programme: Pick<Programme, 'id' | 'settings' | 'zone'>,
  now: Date,
): Date {
  if (isWorkingMoment(person, programme, now)) return now
  const zone = person.zone ?? programme.zone
  const calendar = calendarOf(person, programme)
  const [today, time] = [dateIn(zone, now), timeIn(zone, now)]
  for (let ahead = 0; ahead < maxDaysAhead; ahead += 1) {
    const day = addDays(today, ahead)
    if (!calendar.isWorkingDay(day)) continue
    for (const { from, until } of sendingHours(officeHours, person.quiet)) {
      if (ahead > 0 || until > time)
        return momentAt(day, ahead > 0 ? from : laterOf(from, time), zone)
    }
  }
  return now
}
