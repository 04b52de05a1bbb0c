import {
  addDays,
  type CivilDate,
  civil,
  lastDayOfMonth,
  monthOf,
  yearOf,
} from '../../../base/dates.ts'

/** A month that a summary sheet has a column for. */
export interface Month {
  /** "March": as W17 heads its columns. */
  readonly name: string
  readonly first: CivilDate
  readonly last: CivilDate
}

/** From this day of a month on there is more to say of the next one: W17's sheet of 24 February is for March and April. */
const lookAheadFrom = 21

const names = [
  ...['January', 'February', 'March', 'April', 'May', 'June'],
  ...['July', 'August', 'September', 'October', 'November', 'December'],
]

/** The two months that a sheet as at a day is for. */
export function monthsFor(asAt: CivilDate): readonly [Month, Month] {
  const own = monthAt(asAt)
  const first = Number(asAt.slice(8)) < lookAheadFrom ? own : monthAt(addDays(own.last, 1))
  return [first, monthAt(addDays(first.last, 1))]
}

function monthAt(day: CivilDate): Month {
  const month = monthOf(day)
  return {
    name: names[month - 1] ?? '',
    first: civil(yearOf(day), month, 1),
    last: lastDayOfMonth(day),
  }
}
