import { type Weekday, weekdays } from '../../base/dates.ts'
import { fold, listOf } from '../../base/text.ts'

/** The pattern of people who recorded none. */
export const fullWeek: readonly Weekday[] = weekdays.slice(0, 5)

const fullWeekPattern = /^(?:the )?(?:full|whole) (?:week|time)$|^full[- ]?time$/

/**
 * Parses working weekdays: 'mon-wed', 'mon,tue,thu', 'monday to wednesday and friday', 'fri-mon', 'full week'.
 * Returns them in the order of the week, each once; undefined where a word is no weekday.
 */
export function parseWorkingPattern(text: string): readonly Weekday[] | undefined {
  const words = fold(text)
  if (fullWeekPattern.test(words)) return fullWeek
  if (words === 'every day') return weekdays
  const parts = words
    .replace(/\s*(?:-|\bto\b)\s*/g, '-')
    .split(/[\s,;&/+]+/)
    .filter((part) => part !== '' && part !== 'and')
  const found = new Set<Weekday>()
  for (const part of parts) {
    const [first = '', last = first, ...more] = part.split('-')
    const run = more.length === 0 ? weekdayRange(first, last) : undefined
    if (!run) return undefined
    for (const day of run) found.add(day)
  }
  return found.size > 0 ? weekdays.filter((day) => found.has(day)) : undefined
}

/** From one weekday to another, wrapping over the weekend. */
function weekdayRange(first: string, last: string): Weekday[] | undefined {
  const [from, to] = [parseWeekday(first), parseWeekday(last)]
  if (!from || !to) return undefined
  const begin = weekdays.indexOf(from)
  const length = (weekdays.indexOf(to) - begin + 7) % 7
  return Array.from({ length: length + 1 }, (_, at) => weekdays[(begin + at) % 7] as Weekday)
}

/** By its first three letters or more: 'mon', 'tues', 'wednesday', 'mondays'. */
function parseWeekday(word: string): Weekday | undefined {
  const typed = word.replace(/\.$/, '')
  return weekdays.find((day) => typed.length >= 3 && (day.startsWith(typed) || `${day}s` === typed))
}

/** 'Monday, Tuesday and Wednesday'; 'Monday to Friday'. */
export function formatWorkingPattern(pattern: readonly Weekday[]): string {
  const names = pattern.map((day) => day.charAt(0).toUpperCase() + day.slice(1))
  const begin = weekdays.indexOf(pattern[0] ?? 'monday')
  const isRun = pattern.every((day, at) => weekdays.indexOf(day) === begin + at)
  return isRun && names.length > 3 ? `${names[0]} to ${names.at(-1)}` : listOf(names)
}
