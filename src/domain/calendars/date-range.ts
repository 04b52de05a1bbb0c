import { type CivilDate, fullDate, laterOf } from '../../base/dates.ts'
import { Refusal } from '../../base/errors.ts'
import { parseDateArg } from '../deadlines/date-args.ts'

/** From a day to a day, both included. */
export interface DateRange {
  readonly from: CivilDate
  readonly to: CivilDate
}

/**
 * "3 Aug" to "14 Aug": days ahead. The second is read as seen from the first, so that "20 Dec to 4 Jan" is over New
 * Year. What has begun already counts from today on: what was said on the days before stays as it was.
 * @throws Refusal of what cannot be read, ends before it begins, or has passed.
 */
export function parseDateRange(
  first: string,
  last: string | undefined,
  today: CivilDate,
): DateRange {
  const from = parseDateArg(first, today)
  const to = last === undefined ? from : parseDateArg(last, from)
  if (to < from) {
    throw new Refusal(
      `${fullDate(to)} is before ${fullDate(from)}. Say the first day, then the last one, such as 3 Aug to 14 Aug. Nothing was saved.`,
    )
  }
  if (to < today) {
    throw new Refusal(
      `${fullDate(to)} has passed, and what was said then stays. Say days ahead. Nothing was saved.`,
    )
  }
  return { from: laterOf(from, today), to }
}

/** 'Mon 3 Aug 2026 to Fri 14 Aug 2026', or the day where it is one. */
export function formatDateRange({ from, to }: DateRange): string {
  return from === to ? fullDate(from) : `${fullDate(from)} to ${fullDate(to)}`
}
