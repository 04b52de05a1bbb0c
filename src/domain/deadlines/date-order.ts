import { civilDateIfValid, weekdayOf } from '../../base/dates.ts'
import { latinLetters } from '../../base/text.ts'

/** Which number of "03/04/2027" is the day. unclear: nothing tells, or the cells contradict one another. */
export type DateOrder = 'day first' | 'month first' | 'unclear'

/** How many dates in figures can only be read in one order, and how many in both. */
export interface OrderEvidence {
  readonly dayFirst: number
  readonly monthFirst: number
  readonly either: number
}

/** With a weekday, which decides where the figures do not. */
const inFigures =
  /(?:(?<weekday>mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+)?(?<![\d./-])(?<first>\d{1,2})(?<sign>[/.-])(?<second>\d{1,2})\k<sign>(?<year>\d{4}|\d\d)(?!\d|[/.-]\d)/g
const withoutYear = /(?<![\d./-])(?<first>[0-3]\d)\/(?<second>[0-3]\d)(?![\d/.]|\s*%)/g

export function orderEvidence(texts: readonly string[]): OrderEvidence {
  const orders = texts.flatMap((text) => ordersIn(latinLetters(text)))
  const count = (order: PossibleOrder) => orders.filter((one) => one === order).length
  return {
    dayFirst: count('day first'),
    monthFirst: count('month first'),
    either: count('either'),
  }
}

export const addEvidence = (all: readonly OrderEvidence[]): OrderEvidence => ({
  dayFirst: all.reduce((sum, { dayFirst }) => sum + dayFirst, 0),
  monthFirst: all.reduce((sum, { monthFirst }) => sum + monthFirst, 0),
  either: all.reduce((sum, { either }) => sum + either, 0),
})

/** The order that the evidence leaves; unclear where it has none or both. */
export function orderOf({ dayFirst, monthFirst }: OrderEvidence): DateOrder {
  if (dayFirst > 0 === monthFirst > 0) return 'unclear'
  return dayFirst > 0 ? 'day first' : 'month first'
}

type PossibleOrder = 'day first' | 'month first' | 'either' | 'same'

function ordersIn(text: string): PossibleOrder[] {
  return datesIn(text).map(({ groups = {} }) => possibleOrder(groups))
}

function possibleOrder(parts: Readonly<Record<string, string | undefined>>): PossibleOrder {
  const [first, second] = [Number(parts.first), Number(parts.second)]
  if (first > 12 && second <= 12) return 'day first'
  if (second > 12 && first <= 12) return 'month first'
  if (first > 12 || first === second) return 'same'
  const year = (parts.year?.length === 2 ? 2000 : 0) + Number(parts.year)
  const falls = (month: number, day: number) => {
    const date = civilDateIfValid(year, month, day)
    return parts.weekday !== undefined && date && weekdayOf(date).startsWith(parts.weekday)
  }
  const [british, american] = [falls(second, first), falls(first, second)]
  if (british === american) return 'either'
  return british ? 'day first' : 'month first'
}

/** The dates of a text in figures that may be two days. */
export function ambiguousDates(text: string): string[] {
  return datesIn(latinLetters(text))
    .filter(({ groups = {} }) => possibleOrder(groups) === 'either')
    .map(({ index, 0: { length } }) => text.slice(index, index + length))
}

/** The text with the day before the month, of the same length: "4/13/2027" becomes "13/4/2027". */
export function withDayFirst(text: string): string {
  const latin = latinLetters(text)
  let turned = text
  for (const { index, groups = {}, 0: whole } of datesIn(latin)) {
    const { first = '', second = '', sign = '/' } = groups
    // Only the other order makes a day of it.
    if (Number(first) > 12 && Number(second) <= 12) continue
    // Behind a weekday; in "6/26/26" the same figures come again.
    const at = index + whole.indexOf(`${first}${sign}${second}`)
    const swapped = `${second}${sign}${first}`
    turned = turned.slice(0, at) + swapped + turned.slice(at + swapped.length)
  }
  return turned
}

const datesIn = (latin: string): RegExpExecArray[] => [
  ...latin.matchAll(inFigures),
  ...latin.matchAll(withoutYear),
]
