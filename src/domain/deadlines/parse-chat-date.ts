import { GB } from 'chrono-node/en'
import {
  addDays,
  type CivilDate,
  civil,
  civilDateIfValid,
  daysBetween,
  lastDayOfMonth,
  monthOf,
  weekdayOf,
  weekdays,
  yearOf,
} from '../../base/dates.ts'
import { fold } from '../../base/text.ts'
import { dateExpressionAt } from './date-expression.ts'
import { isImplausiblyFar, nextOrRecentYear } from './year-inference.ts'

/** In characters. "The Wednesday after the last week of September 2017" has half of it; a longer text is no date. */
const maxDateLength = 100

/**
 * Reads a date as a person types it in chat: "31 Mar", "31/03/2017" (British order), "end of March", "Apr 2017" (its
 * last day), "friday", "a week on Tuesday", "in 3 weeks", "the day after tomorrow".
 * Undefined where it is none, no such day exists, only a part is understood, or it may be two days: never a guess.
 * Without a year: the next such date, or the last one where it is not more than 60 days past.
 * "friday" is the first Friday after today; "next friday" the one of next week, Monday to Sunday.
 */
export function parseChatDate(text: string, today: CivilDate): CivilDate | undefined {
  const words = fold(text).replace(/[.,]$/, '')
  if (words.length > maxDateLength) return undefined
  const wording = dateExpressionAt(words, 0, nextOrRecentYear(today))
  if (wording?.length === words.length) {
    const { due, problem } = wording.reading
    if (wording.furtherDates.length > 0 || problem !== null || !due) return undefined
    return monthAndTwoFigures.test(words) ? nearMonth(words, due, today) : due
  }
  const date = parseRelativeDate(words.replace(/^(?:by|on) /, ''), today)
  return date && !isImplausiblyFar(date, today) ? date : undefined
}

const monthAndTwoFigures = /^(?<prefix>by |before )?(?<month>[a-z]{3,9})\.? (?<figures>\d\d)$/

/**
 * "Apr 27" is the month of a year soon to come (rule 7 of the domain). Nobody promises a day in chat for years to come,
 * so that "Apr 30" is a day where 2030 is far; between the two it may be either.
 */
function nearMonth(words: string, due: CivilDate, today: CivilDate): CivilDate | undefined {
  const daysAhead = Math.abs(daysBetween(today, due))
  if (daysAhead <= 2 * 366) return due
  if (daysAhead <= 4 * 366) return undefined
  const { prefix = '', month, figures } = monthAndTwoFigures.exec(words)?.groups ?? {}
  return parseChatDate(`${prefix}${figures} ${month}`, today)
}

function parseRelativeDate(words: string, today: CivilDate): CivilDate | undefined {
  if (/^(?:the )?end of (?:the |this )?month$/.test(words)) return lastDayOfMonth(today)
  if (words === 'next month') return lastDayOfMonth(addDays(lastDayOfMonth(today), 1))
  return (
    parseAnchoredDate(words, today) ??
    parseMonthsAhead(words, today) ??
    parseWithChrono(words, today)
  )
}

const countWords: Readonly<Record<string, number>> = { a: 1, one: 1, two: 2, three: 3, four: 4 }

/** "in 2 months": the same day of that month, or its last. Chrono makes 3 March of a month from 31 January. */
function parseMonthsAhead(words: string, today: CivilDate): CivilDate | undefined {
  const [, count = ''] = /^(?:in|within) ([a-z]+|\d\d?) months?$/.exec(words) ?? []
  const ahead = countWords[count] ?? Number(count || Number.NaN)
  if (Number.isNaN(ahead)) return undefined
  const months = monthOf(today) - 1 + ahead
  const first = civil(yearOf(today) + Math.floor(months / 12), (months % 12) + 1, 1)
  const last = lastDayOfMonth(first)
  return addDays(first, Math.min(Number(today.slice(8)), Number(last.slice(8))) - 1)
}

const anchors =
  'today|tomorrow|mon(?:day)?|tue(?:s|sday)?|wed(?:s|nesday)?|thu(?:rs?|rsday)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?'
const anchoredPattern = new RegExp(
  `^(?:(.+?) )??(?:(?:on|from) )?(${anchors})(?: (week|fortnight))?$`,
)

/** "fri", "next friday", "a week on friday", "friday week", "two weeks today", "tomorrow fortnight". */
function parseAnchoredDate(words: string, today: CivilDate): CivilDate | undefined {
  const [, before = '', anchor = '', after = ''] = anchoredPattern.exec(words) ?? []
  if (anchor === '' || (before !== '' && after !== '')) return undefined
  const wanted = weekdays.findIndex((weekday) => weekday.slice(0, 3) === anchor.slice(0, 3))
  const ahead = wanted - weekdays.indexOf(weekdayOf(today))
  if (before === 'next') return wanted === -1 ? undefined : addDays(today, ahead + 7)
  const further = before === 'this' ? 0 : parseWeeksAsDays(before || after)
  if (further === undefined) return undefined
  if (wanted === -1) return addDays(today, (anchor === 'today' ? 0 : 1) + further)
  return addDays(today, (ahead > 0 ? ahead : ahead + 7) + further)
}

/** The days in "a week", "3 weeks", "fortnight"; none in nothing. */
function parseWeeksAsDays(words: string): number | undefined {
  if (words === '') return 0
  const [, count = 'a', unit] = /^(?:([a-z]+|\d\d?) )?(week|fortnight)s?$/.exec(words) ?? []
  const number = countWords[count] ?? Number(count)
  if (!unit || Number.isNaN(number)) return undefined
  return number * (unit === 'week' ? 7 : 14)
}

const anchorInside = new RegExp(`\\b(?:${anchors})\\b`)
/** Any day of it may be meant, or its last working day. */
const vaguePeriod = /\b(?:this|next|last|the) (?:week|quarter|year)\b/

/**
 * What else chrono understands ("in 3 weeks", "the day after tomorrow", "end of next month"): only where
 * it has used every word and is sure of day, month and year. It is wrong about weekdays ("3 weeks after friday", and
 * "last friday" when told to look forward), so none may be left in the text.
 */
function parseWithChrono(written: string, today: CivilDate): CivilDate | undefined {
  const words = written
    .replace(/\ba fortnight\b/, '2 weeks')
    .replace(/^(in .* weeks?)'? time$/, '$1')
  const weekday = words.replace(/^the day after tomorrow$/, '')
  if (anchorInside.test(weekday) || vaguePeriod.test(words)) return undefined
  // Chrono reckons in the zone of this machine; at its noon the day is `today` in any zone.
  const noon = new Date(yearOf(today), monthOf(today) - 1, Number(today.slice(8)), 12)
  const [found, ...others] = GB.parse(words, noon, { forwardDate: true })
  if (!found || others.length > 0 || found.end || found.text.length !== words.length)
    return undefined
  const { start } = found
  const sure = (['year', 'month', 'day'] as const).every((part) => start.isCertain(part))
  if (!sure || start.isCertain('hour')) return undefined
  return civilDateIfValid(start.get('year') ?? 0, start.get('month') ?? 0, start.get('day') ?? 0)
}
