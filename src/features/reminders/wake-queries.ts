import { type CivilDate, dateIn, latestToday, timeIn, weekdayOf } from '../../base/dates.ts'
import { isWithin, sendingHours, type TimeRange } from '../../domain/calendars/hours.ts'
import { fullWeek } from '../../domain/calendars/working-pattern.ts'
import type { Plan } from '../../domain/plan/plan.ts'
import { allProgrammes, loadPlan } from '../../domain/plan/store.ts'
import type { Tx } from '../../infra/db.ts'

/** Every programme's plan with all that is known at `now`. */
export async function loadCurrentPlans(tx: Tx, now: Date): Promise<Plan[]> {
  const plans: Plan[] = []
  for (const { id } of await allProgrammes(tx)) plans.push(await loadPlan(tx, id, latestToday(now)))
  return plans
}

/**
 * Whether it is the time of day to speak to anybody: a question that each minute of a night answers with no, without
 * reading the plans.
 */
export async function isSendingTime(tx: Tx, now: Date, hours: TimeRange): Promise<boolean> {
  return (await activeZonesKey(tx, now, hours)) !== ''
}

/**
 * The clocks by which somebody may be spoken to now, and the day there, as one text: a new one opens new messages. On
 * a weekend there is one only where somebody works then.
 */
export async function activeZonesKey(tx: Tx, now: Date, hours: TimeRange): Promise<string> {
  // Grouped where the people are: each minute asks, and there are many more of them than clocks.
  const programmes = await tx.programme.groupBy({ by: ['zone'] })
  const people = await tx.person.groupBy({ by: ['zone', 'quietFrom', 'quietTo'] })
  const zones = programmes.map(({ zone }) => zone)
  const asked = people.flatMap(({ zone, quietFrom: from, quietTo: to }) => {
    const quiet = from !== null && to !== null ? { from, to } : null
    return (zone ? [zone] : zones).map((where) => ({ zone: where, quiet }))
  })
  const all = [...zones.map((zone) => ({ zone, quiet: null })), ...asked]
  const open = all
    .filter(({ zone, quiet }) => isWithin(timeIn(zone, now), sendingHours(hours, quiet)))
    .map(({ zone, quiet }) => ({
      day: dateIn(zone, now),
      name: `${zone} ${quiet?.from}-${quiet?.to}`,
    }))
  const worked = await daysWorked(tx, new Set(open.map(({ day }) => day)))
  const names = open.flatMap(({ day, name }) => (worked.has(day) ? `${name} ${day}` : []))
  return [...new Set(names)].toSorted().join(', ')
}

/** Those of the days on which anybody at all may work, bank holidays and leave aside. */
async function daysWorked(tx: Tx, days: ReadonlySet<CivilDate>): Promise<ReadonlySet<CivilDate>> {
  const isUsual = (day: CivilDate) => fullWeek.includes(weekdayOf(day))
  const unusual = [...days].filter((day) => !isUsual(day)).map(weekdayOf)
  const patterns =
    unusual.length > 0
      ? await tx.workingPattern.findMany({
          where: { weekdays: { hasSome: unusual } },
          select: { weekdays: true },
        })
      : []
  const worked = new Set(patterns.flatMap(({ weekdays }) => weekdays))
  return new Set([...days].filter((day) => isUsual(day) || worked.has(weekdayOf(day))))
}

/** What another transaction wrote a moment ago may only be seen now. */
const overlapMs = 10_000

/**
 * Whether somebody waits to be told at once: a snooze is over since then, or a programme office nudged, closed or
 * opened a round.
 */
export async function hasWakeEvent(tx: Tx, since: Date, now: Date): Promise<boolean> {
  const written = new Date(since.getTime() - overlapMs)
  const [row] = await tx.$queryRaw<{ found: boolean }[]>`
    SELECT EXISTS (SELECT FROM "Snooze" WHERE until > ${since}::timestamptz AND until <= ${now}::timestamptz)
      OR EXISTS (SELECT FROM "RoundChange" WHERE at > ${written}::timestamptz) AS found`
  return row?.found ?? false
}
