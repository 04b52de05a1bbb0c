import type { Span } from './year-inference.ts'

/** What the forms of dates share. All texts here have gone through `latinLetters`. */

/** A date that is written but cannot be used. */
export interface DateProblem {
  /** What is wrong with it, in a sentence for the plan's office. */
  readonly problem: string
}

/** One way in which a date or period is written. */
export interface DateForm {
  readonly example: string
  readonly pattern: RegExp
  /** Whether it names one day of a month. Only such a date begins an entry in the middle of a text. */
  readonly namesDay: boolean
  /** Further conditions on the parts: "16/18" is no financial year. */
  isValid?(parts: MatchGroups): boolean
  parse(parts: MatchGroups, year: number): Span | DateProblem
}

export type MatchGroups = Readonly<Record<string, string | undefined>>

export const sticky = (source: string) => new RegExp(source, 'y')

export const monthNames = [
  ...['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September'],
  ...['October', 'November', 'December'],
]
export const month =
  '(?<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|' +
  'sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?![a-z])\\.?'
export const fourDigits = '(?:19|2\\d)\\d\\d'
export const endOf = '(?<end>(?:the\\s+)?end\\s+(?:of\\s+)?(?:the\\s+)?)?'
/** "2018/19", "2018/2019", "2018-19", "19/20": never "19-20", which may be ages or days. */
export const financialYear = `(?<![\\d/.-])(?:(?<year>${fourDigits})\\s*[/-]\\s*|(?<year>\\d\\d)/)(?<next>${fourDigits}|\\d\\d)(?![\\d/-])`

export function isYearPair({ year: first = '', next = '' }: MatchGroups): boolean {
  return (Number(first) + 1) % 100 === Number(next) % 100 && first.length >= next.length
}

/** 1–12 of a month's name or number; 0 or more than 12 where it is neither. */
export function monthNumber(name = ''): number {
  if (/^\d+$/.test(name)) return Number(name)
  return monthNames.findIndex((one) => one.toLowerCase().startsWith(name.slice(0, 3))) + 1
}

/** Plans speak of this century: "19" is 2019. */
export function fullYear(digits: string): number {
  return digits.length === 2 ? 2000 + Number(digits) : Number(digits)
}
