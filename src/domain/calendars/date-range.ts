import { type CivilDate, fullDate, laterOf } from '../../base/dates.ts'
import { Refusal } from '../../base/errors.ts'
import { parseDateArg } from '../deadlines/date-args.ts'

/** From a day to a day, both included. */
export interface DateRange {
  readonly from: CivilDate
  readonly to: CivilDate
}

/**
 * Parses "3 Aug" to "14 Aug" as days ahead. The last day is read relative to the first, so that "20 Dec to 4 Jan" spans
 * New Year. A range that has begun counts from today: past days keep what held on them.
 * @throws Refusal where a day cannot be read, the range ends before it begins, or it has passed
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

/** 'Mon 3 Aug 2026 to Fri 14 Aug 2026'; one day alone for a range of one day. */
export function formatDateRange({ from, to }: DateRange): string {
  return from === to ? fullDate(from) : `${fullDate(from)} to ${fullDate(to)}`
}
