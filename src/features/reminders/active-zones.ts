import { type CivilDate, dateIn, timeIn, weekdayOf } from '../../base/dates.ts'
import { isWithin, officeHours, sendingHours } from '../../domain/calendars/hours.ts'
import { fullWeek } from '../../domain/calendars/working-pattern.ts'
import { sendingHoursOfPeople, weekdaysOfPatterns } from '../../domain/people/person-store.ts'
import { programmeZones } from '../../domain/plan/store.ts'
import type { ReadTx } from '../../infra/db.ts'

/**
 * Names the zones and quiet hours by which somebody may be written to at `now`, each with its civil date. A name that is
 * new means that somebody's day has begun or their quiet hours have ended; '' means that nobody may be written to. It is
 * asked each minute, so it reads no plan. Bank holidays and leave are not looked at.
 */
export async function activeZonesKey(tx: ReadTx, now: Date): Promise<string> {
  const zones = await programmeZones(tx)
  const ofPeople = await sendingHoursOfPeople(tx)
  const candidates = [
    ...zones.map((zone) => ({ zone, quiet: null })),
    ...ofPeople.flatMap(({ zone, quiet }) =>
      (zone ? [zone] : zones).map((where) => ({ zone: where, quiet })),
    ),
  ]
  const active = candidates
    .filter(({ zone, quiet }) => isWithin(timeIn(zone, now), sendingHours(officeHours, quiet)))
    .map(({ zone, quiet }) => ({
      day: dateIn(zone, now),
      name: `${zone} ${quiet?.from}-${quiet?.to}`,
    }))
  const worked = await workedDays(tx, new Set(active.map(({ day }) => day)))
  const names = active.flatMap(({ day, name }) => (worked.has(day) ? `${name} ${day}` : []))
  return [...new Set(names)].toSorted().join(', ')
}

/** Those of the days on which anybody may work: Monday to Friday, and others that are in somebody's pattern. */
async function workedDays(
  tx: ReadTx,
  days: ReadonlySet<CivilDate>,
): Promise<ReadonlySet<CivilDate>> {
  const isUsual = (day: CivilDate) => fullWeek.includes(weekdayOf(day))
  const unusual = [...days].filter((day) => !isUsual(day)).map(weekdayOf)
  const worked = unusual.length > 0 ? await weekdaysOfPatterns(tx, unusual) : new Set<string>()
  return new Set([...days].filter((day) => isUsual(day) || worked.has(weekdayOf(day))))
}
