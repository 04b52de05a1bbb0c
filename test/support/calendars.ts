import { bankHolidaysOf, type Nation } from '../../src/base/bank-holidays.ts'
import { type CivilDate, weekdayOf } from '../../src/base/dates.ts'
import { type Calendar, calendarFrom } from '../../src/base/working-days.ts'

/** Monday to Friday without the bank holidays of a nation. */
export function calendarOfNation(nation: Nation): Calendar {
  const bankHoliday = bankHolidaysOf(nation)
  return calendarFrom((date) => bankHoliday(date) ?? weekendOf(date))
}

export const englandAndWales = (): Calendar => calendarOfNation('england-and-wales')

function weekendOf(date: CivilDate): string | undefined {
  const weekday = weekdayOf(date)
  if (weekday === 'saturday') return 'Saturday'
  return weekday === 'sunday' ? 'Sunday' : undefined
}
