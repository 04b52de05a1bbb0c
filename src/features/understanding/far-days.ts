import { type CivilDate, daysBetween, fullDate, yearOf } from '../../base/dates.ts'
import { quoted } from '../../base/text.ts'
import { parseDeadlines, readDate } from '../../domain/deadlines/deadlines.ts'
import { planSpanYears } from '../../domain/deadlines/year-inference.ts'
import type { PlanWords } from '../../domain/plan/vocabulary-store.ts'
import type { UnderstandingContext } from './reading.ts'

/** Days years outside the plan's span: mistyped as a rule, in chat as in sheets, so that they are shown first. */

/** What commands call the days that they save. */
const dayArgs: readonly string[] = ['date', 'day', 'due', 'first', 'last', 'until', 'value']

/** The days among a command's arguments that are years from today, and from all that the plan has. */
export function farDays(
  command: string,
  args: Readonly<Record<string, string>>,
  { today, vocabulary }: UnderstandingContext,
): CivilDate[] {
  const named = dayArgs.flatMap((name) => args[name] ?? [])
  const days = [...daysOf(named, today), ...daysInWords(command, args, today)]
  return daysOutside(days, today, duesIn(vocabulary))
}

/** The days that texts are as a whole. */
export const daysOf = (texts: readonly string[], today: CivilDate): CivilDate[] =>
  texts.flatMap((text) => readDay(text, today) ?? [])

/** A milestone is added with its day in its text. */
export function daysInWords(
  command: string,
  args: Readonly<Record<string, string>>,
  today: CivilDate,
): CivilDate[] {
  const entries = command === 'add-milestone' ? parseDeadlines(args.text ?? '', today) : []
  return entries.flatMap(({ due }) => due ?? [])
}

/** Those that are years from today, and from all of `dues`. */
export function daysOutside(
  days: readonly CivilDate[],
  today: CivilDate,
  dues: readonly CivilDate[],
): CivilDate[] {
  return days.filter((day) => {
    const side = day < today ? -1 : 1
    const isNear = daysBetween(today, day) * side <= planSpanYears * daysInYear
    return !isNear && !dues.some((due) => daysBetween(due, day) * side <= daysInYear)
  })
}

export const duesIn = ({ projects }: Pick<PlanWords, 'projects'>): CivilDate[] =>
  projects.flatMap(({ milestones }) => milestones.flatMap(({ due }) => due ?? []))

const daysInYear = 365.25

/** Of a figure alone, "2030", nobody can tell that it is a year. */
const readDay = (text: string, today: CivilDate): CivilDate | undefined =>
  /[a-z]{3}|\d[/.-]\d/i.test(text) ? readDate(text, today) : undefined

export const farDayText = (day: CivilDate): string =>
  `${fullDate(day)} is more than ${planSpanYears} years from today, and from the other dates of the plan.`

/** A day so far away that it is read as none: which day it would be. Undefined for any other text. */
export function tooFarText(text: string, today: CivilDate): string | undefined {
  const [entry, second] = parseDeadlines(text, today)
  if (!entry?.problem?.includes('years from') || entry.about !== '' || second) return undefined
  return `${quoted(text)}: ${entry.problem}`
}

/** Whether a line ends with a year that no plan's span has: what is read at once otherwise is then looked at. */
export function endsInFarYear(line: string, today: CivilDate): boolean {
  const [year] = /\d{4}$/.exec(line) ?? []
  return year !== undefined && Math.abs(Number(year) - yearOf(today)) >= planSpanYears
}
