import { addDays, civilDateIfValid } from '../../base/dates.ts'
import { recurrenceOrCondition } from './conditions.ts'
import {
  type DateForm,
  type DateProblem,
  fourDigits,
  fullYear,
  type MatchGroups,
  month,
  monthNames,
  monthNumber,
  sticky,
} from './date-form.ts'
import type { Span } from './year-inference.ts'

/** Forms that name days (rule 7 of the domain). To add one: a row here, its examples in the table test. */

const weekday =
  '(?:(?<weekday>mon|tue|wed|thu|fri|sat|sun)(?:s|nes|rs|ur)?(?:day)?(?![a-z]),?\\s+)?'
const ordinal = '(?:st|nd|rd|th)'
/** "09", "31st", and "o1" where the 0 was typed as a letter. The day may be glued to the word before it. */
const day = `(?<day>(?<![a-z0-9])o[1-9]|(?<!\\d|\\d[./-])[0-3]?\\d)${ordinal}?`
/** Behind a year of two digits stands its end, a sign or a remark: "14 Apr 20 people" and "14 Apr 20:00" are none. */
const endOfYear = `(?=\\s*(?:$|[-,;)(&*+"!?]|[./:](?!\\d))|[^\\S\\n]*\\n|\\s+(?:and|to|until|${recurrenceOrCondition})(?![a-z]))`
const year = `'?(?<year>${fourDigits}(?!\\d)|\\d\\d${endOfYear})`
export const maybeYear = `(?:(?:-|\\s*(?:,\\s*)?)${year})?`
const inFigures =
  '(?<day>\\d{1,2})(?<dot>[/.-])(?<month>\\d{1,2})\\k<dot>(?<year>\\d{4}|\\d\\d)(?!\\d|[/.-]\\d)'
const dayAndMonth = `${weekday}${day}(?:-|\\s*(?:of\\s+)?)${month}${maybeYear}`
/** A time of day behind a date in figures, as programs write it. */
const timeOfDay = ',?\\s+\\d{1,2}:\\d\\d(?::\\d\\d)?(?:\\s*[ap]m)?(?![\\d:a-z])'
const time = `(?:${timeOfDay})?`

export const dayForms: readonly DateForm[] = [
  {
    example: '2017-03-31, 2017-03-31T00:00:00Z, 2017-03-31T00:00:00+01:00, 2017-03-31 09:30',
    pattern:
      /(?<!\d)(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d)(?:[t ](?<hour>\d\d):\d\d(?::\d\d(?:\.\d+)?)?(?:(?<utc>z|\+00:?00)|[+-]\d\d:?\d\d)?)?(?![\d:])/y,
    namesDay: true,
    parse: (parts, year) =>
      parts.utc && Number(parts.hour) >= 23 ? dayInSummer(parts) : parseDay(parts, year),
  },
  {
    example: '2017/03/31, 2017.3.31',
    pattern: sticky(
      `(?<![\\d./])(?<year>${fourDigits})(?<dot>[/.])(?<month>\\d{1,2})\\k<dot>(?<day>\\d{1,2})(?!\\d)${time}`,
    ),
    namesDay: true,
    parse: parseDay,
  },
  {
    example: '31/03/2017, Fri 31.3.17, 31-03-2017, 31/03/2017 12:00 AM: British order',
    pattern: sticky(`${weekday}(?<![\\d./-])${inFigures}${time}`),
    namesDay: true,
    parse: parseDay,
  },
  {
    example: '31/Mar/17 12:00 AM',
    pattern: sticky(`(?<![\\d./-])(?<day>\\d{1,2})/${month}/(?<year>\\d{4}|\\d\\d)(?!\\d)${time}`),
    namesDay: true,
    parse: parseDay,
  },
  {
    example: '31/03: both of two figures, so that 1/2 stays a half',
    pattern: /(?<![\d./-])(?<day>[0-3]\d)\/(?<month>0[1-9]|1[0-2])(?![\d/.]|\s*%)/y,
    namesDay: false,
    // 09/10 may be a financial year.
    isValid: ({ day: first, month: second }) => Number(first) + 1 !== Number(second),
    parse: parseDay,
  },
  {
    example: '31-Mar-17 17:00, 31 Mar 2017 17:00',
    pattern: sticky(
      `${weekday}(?<!\\d|\\d[./-])(?<day>[0-3]?\\d)[\\s-]${month}[\\s-](?<year>${fourDigits}|\\d\\d)${timeOfDay}`,
    ),
    namesDay: true,
    parse: parseDay,
  },
  {
    example: '31 Mar, 1st of June 2018, Fri 31 Mar 2017, 27th Nov 19',
    pattern: sticky(dayAndMonth),
    namesDay: true,
    parse: parseDay,
  },
  {
    example: 'March 31st, March 31st 2017: the ordinal is needed, "Mar 20" is March 2020',
    pattern: sticky(`(?<![a-z])${month}\\s+(?<day>[0-3]?\\d)${ordinal}(?![a-z])${maybeYear}`),
    namesDay: true,
    parse: parseDay,
  },
  {
    example: 'March 31, 2017, Fri Mar 31 2017: the year is needed, "Mar 20" is March 2020',
    pattern: sticky(
      `${weekday}(?<![a-z])${month}[\\s-]+(?<day>[0-3]?\\d)(?:,\\s*|\\s+)(?<year>${fourDigits})(?![\\d/-])${time}`,
    ),
    namesDay: true,
    parse: parseDay,
  },
  {
    example: '6-9 Mar, 13th to 15th March 2018, 30/31 March, between 6 and 9 March',
    pattern: sticky(
      `(?<!\\d|\\d[./-])(?:(?<between>between\\s+)?(?<first>[0-3]?\\d)${ordinal}?\\s*(?:[-/]|to\\s|(?<and>and)\\s))\\s*(?<day>[0-3]?\\d)${ordinal}?\\s*(?:of\\s+)?${month}${maybeYear}`,
    ),
    namesDay: false,
    isValid: ({ between, and }) => (between === undefined) === (and === undefined),
    parse: parseDayRange,
  },
  {
    example: 'w/c 6 March, week commencing 6 Mar 2017: Monday to Sunday',
    pattern: sticky(
      `(?<![a-z])(?:w/c|w/b|wc|week\\s+(?:commencing|beginning|of))\\s+${dayAndMonth}`,
    ),
    namesDay: true,
    parse: (parts, year) => widenSpan(parseDay(parts, year), 0, 6),
  },
  {
    example: 'w/c 06/03/2017',
    pattern: sticky(`(?<![a-z])(?:w/c|w/b|wc|week\\s+(?:commencing|beginning|of))\\s+${inFigures}`),
    namesDay: true,
    parse: (parts, year) => widenSpan(parseDay(parts, year), 0, 6),
  },
  {
    example: 'w/e 10/03/2017',
    pattern: sticky(`(?<![a-z])(?:w/e|week\\s+ending)\\s+${inFigures}`),
    namesDay: true,
    parse: (parts, year) => widenSpan(parseDay(parts, year), -6, 0),
  },
  {
    example: 'w/e 10 March, week ending 10 Mar 2017',
    pattern: sticky(`(?<![a-z])(?:w/e|week\\s+ending)\\s+${dayAndMonth}`),
    namesDay: true,
    parse: (parts, year) => widenSpan(parseDay(parts, year), -6, 0),
  },
]

/** Midnight in Britain is 23:00 UTC of the day before while its summer time lasts. */
function dayInSummer({ year, month: number, day: on }: MatchGroups): DateProblem {
  return {
    problem: `It is late on ${year}-${number}-${on} in UTC, which may be the day after in Britain.`,
  }
}

function parseDay(parts: MatchGroups, year: number): Span | DateProblem {
  const number = Number(parts.day?.replace('o', '0'))
  const date = civilDateIfValid(year, monthNumber(parts.month), number)
  return date ? { earliest: date, due: date, precision: 'day' } : noSuchDay(parts, number)
}

function noSuchDay({ month: name, year: written }: MatchGroups, number: number): DateProblem {
  const monthName = monthNames[monthNumber(name) - 1]
  if (!monthName) return { problem: `There is no month ${name}.` }
  const leap = monthName === 'February' && number === 29
  if (leap && !written) return { problem: 'Only leap years have a 29 February: write the year.' }
  return {
    problem: `There is no ${number} ${monthName}${leap ? ` ${fullYear(written ?? '')}` : ''}.`,
  }
}

function parseDayRange(parts: MatchGroups, year: number): Span | DateProblem {
  const first = parseDay({ ...parts, day: parts.first }, year)
  const last = parseDay(parts, year)
  if ('problem' in first) return first
  if ('problem' in last) return last
  if (first.due > last.due) return { problem: `${parts.first} comes after ${parts.day}.` }
  return { earliest: first.earliest, due: last.due, precision: 'range' }
}

function widenSpan(span: Span | DateProblem, before: number, after: number): Span | DateProblem {
  if ('problem' in span) return span
  const { due } = span
  return { earliest: addDays(due, before), due: addDays(due, after), precision: 'range' }
}
