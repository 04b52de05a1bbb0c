import {
  addDays,
  type CivilDate,
  civilDateIfValid,
  weekdayOf,
  weekdays,
  yearOf,
} from '../../base/dates.ts'
import { readDate } from '../../domain/deadlines/deadlines.ts'

/** Days as people say them in chat, where the reader of dates wants them more exactly. */

const monthName =
  'jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?'
const monthNames = [
  'jan',
  'feb',
  'mar',
  'apr',
  'may',
  'jun',
  'jul',
  'aug',
  'sep',
  'oct',
  'nov',
  'dec',
]
const monthAndDay = new RegExp(`^(${monthName})\\.? (\\d{1,2})(?:st|nd|rd|th)?$`)
const dayOfMonth = new RegExp(`^(?:the )?(\\d{1,2})(?:st|nd|rd|th)? of (${monthName})( \\d{4})?$`)
const dayAndMonthNumbers = /^(\d{1,2})[/.](\d{1,2})$/
const vaguePart = /^(?:mid|middle of|early|late|beginning of|start of)\b/
const weekEnd = /^(?:the )?end of (this|the|next) week$/

/** Undefined where the text is no single day: "mid April" is none. */
export function spokenDay(said: string, today: CivilDate): CivilDate | undefined {
  const text = said
    .toLowerCase()
    .replace(/^(?:by|on|to|until|till|before) /, '')
    .replace(/(?<![\s.,;:!])[\s.,;:!]+$/, '')
  if (vaguePart.test(text)) return undefined
  const [, whichWeek] = weekEnd.exec(text) ?? []
  if (whichWeek) return addDays(mondayOf(today), whichWeek === 'next' ? 11 : 4)
  const [, month, day] = monthAndDay.exec(text) ?? []
  // "Apr 30" is a day where it would else be a month years away.
  if (month && day) return readDate(`${day} ${month}`, today)
  const [, nth, ofMonth, year = ''] = dayOfMonth.exec(text) ?? []
  if (nth && ofMonth) return readDate(`${nth} ${ofMonth}${year}`, today)
  const [, first, second] = dayAndMonthNumbers.exec(text) ?? []
  if (first && second) return nextDayAndMonth(Number(first), Number(second), today)
  return readDate(text, today)
}

/** British order. The next such day; undefined where both orders would be days. */
function nextDayAndMonth(day: number, month: number, today: CivilDate): CivilDate | undefined {
  if (day <= 12 && day !== month) return undefined
  const thisYear = civilDateIfValid(yearOf(today), month, day)
  if (thisYear && thisYear >= today) return thisYear
  return civilDateIfValid(yearOf(today) + 1, month, day)
}

const mondayOf = (day: CivilDate): CivilDate => addDays(day, -weekdays.indexOf(weekdayOf(day)))

/** A day found at the beginning or the end of some words. */
export interface DayInWords {
  readonly day: CivilDate
  /** The words that are no part of it. */
  readonly rest: string
}

/** In words: "the Friday after the end of next month" is longer than what people write. */
const longestDay = 6

const yearAhead = /^[\s,]*(?:19|20)\d\d\b/

/** The longest beginning of the text that is a day, and not the beginning of another. */
export function leadingDay(text: string, today: CivilDate): DayInWords | undefined {
  const words = text.split(' ')
  for (let count = Math.min(longestDay, words.length); count > 0; count -= 1) {
    const day = spokenDay(words.slice(0, count).join(' '), today)
    const rest = words.slice(count).join(' ')
    // "31 March 2062" is not 31 March of this year, although its year is too far away for a day.
    if (day && !yearAhead.test(rest)) return { day, rest }
  }
  return undefined
}

/** The longest end of the text that is a day. */
export function trailingDay(text: string, today: CivilDate): DayInWords | undefined {
  const words = text.split(' ')
  for (let count = Math.min(longestDay, words.length); count > 0; count -= 1) {
    const day = spokenDay(words.slice(-count).join(' '), today)
    if (day) return { day, rest: words.slice(0, -count).join(' ') }
  }
  return undefined
}

const lengthPattern =
  /^(?:for |by )?(?:(an?|one|two|three|four|five|six|\d{1,2}) )?(day|week|fortnight|month)s?$/
const counts: Readonly<Record<string, number>> = {
  ...{ a: 1, an: 1, one: 1, two: 2, three: 3, four: 4, five: 5, six: 6 },
}

/** "two weeks", "a fortnight", "10 days" after a day; undefined for other words. */
export function lengthAfter(said: string, from: CivilDate): CivilDate | undefined {
  const [, count = 'a', unit] = lengthPattern.exec(said.toLowerCase()) ?? []
  const many = counts[count] ?? Number(count)
  if (!unit || Number.isNaN(many)) return undefined
  if (unit === 'month') return readDate(`in ${many} months`, from)
  return addDays(
    from,
    many * { day: 1, week: 7, fortnight: 14 }[unit as 'day' | 'week' | 'fortnight'],
  )
}

/** From a day to a day: "3 Aug - 14 Aug", "3–14 August", "2 Mar until 8 Mar", "next week". */
export function spokenRange(
  said: string,
  today: CivilDate,
): { readonly from: CivilDate; readonly to: CivilDate } | undefined {
  const text = said.toLowerCase().trim()
  if (/^(?:all )?next week$/.test(text)) {
    const from = addDays(mondayOf(today), 7)
    return { from, to: addDays(from, 6) }
  }
  const [, week] =
    /^(?:the )?(?:w\/c|wc|week (?:commencing|beginning|starting|of))\.? (.+)$/.exec(text) ?? []
  const commencing = week && spokenDay(week, today)
  if (commencing) return { from: commencing, to: addDays(commencing, 6) }
  const [, until] = /^(?:from now )?(?:until|till) (.+)$/.exec(text) ?? []
  const end = until && spokenDay(until, today)
  if (end) return { from: today, to: end }
  const [, since, length] = /^(?:from )?(.+?) for (.+)$/.exec(text) ?? []
  const begin = since && spokenDay(since, today)
  const after = begin && length && lengthAfter(length, begin)
  if (begin && after) return { from: begin, to: addDays(after, -1) }
  const [first = '', last, ...others] = text.split(
    /\s*(?:–|—|\s-\s|-(?=\d)|\bto\b|\buntil\b|\btill?\b|\bthrough\b|\bthru\b)\s*/,
  )
  if (others.length > 0) return undefined
  if (last === undefined) {
    const day = spokenDay(first, today)
    return day && { from: day, to: day }
  }
  const start = first.replace(/^from /, '')
  const [, month] = new RegExp(`\\d(?:st|nd|rd|th)? (${monthName})( \\d{4})?$`).exec(last) ?? []
  // "3/8 - 14/8": the last day tells the order of the first.
  const [, day, ofMonth] = dayAndMonthNumbers.exec(start) ?? []
  const isBritish = Number(dayAndMonthNumbers.exec(last)?.[1]) > 12
  const from =
    day && ofMonth && isBritish
      ? spokenDay(`${day} ${monthNames[Number(ofMonth) - 1]}`, today)
      : /^\d{1,2}(?:st|nd|rd|th)?$/.test(start) && month
        ? spokenDay(`${start} ${month}`, today)
        : spokenDay(start, today)
  const to = from && spokenDay(last, from)
  return from && to && to >= from ? { from, to } : undefined
}
