import { type CivilDate, fullDate, weekdayOf, weekdays } from '../../base/dates.ts'
import { type DateForm, type DateProblem, fullYear, type MatchGroups } from './date-form.ts'
import { dayForms } from './day-forms.ts'
import { periodForms } from './period-forms.ts'
import type { Precision } from './precision.ts'
import { candidateYears, isImplausiblyFar, type Span, type YearRule } from './year-inference.ts'

/**
 * Finds the forms in which one date or period is written (rule 7 of the domain), and what they mean.
 * All texts here have gone through `latinLetters`: lower case, plain dashes, no look-alike letters.
 */

/**
 * The days a wording can mean. earliest null: open ("by Mar 20"). due null: no day that is sure ("TBC", "31 Feb"), or
 * none at all: what is "not before 1 April" has a start and no deadline.
 */
export interface ParsedDate {
  readonly earliest: CivilDate | null
  readonly due: CivilDate | null
  readonly precision: Precision
  /** What is wrong with the date as written, in a sentence for the plan's office. */
  readonly problem: string | null
}

export const undated: ParsedDate = { earliest: null, due: null, precision: 'none', problem: null }

const dateForms: readonly DateForm[] = [...dayForms, ...periodForms]

/** A form found in a text. */
export interface FormMatch {
  readonly form: DateForm
  readonly parts: MatchGroups
  readonly length: number
}

/** The form that takes most of `text` at `at`. */
export function matchFormAt(text: string, at: number): FormMatch | undefined {
  const found = dateForms.flatMap((form): FormMatch[] => {
    form.pattern.lastIndex = at
    const match = form.pattern.exec(text)
    const parts = match?.groups ?? {}
    return match && (form.isValid?.(parts) ?? true)
      ? [{ form, parts, length: match[0].length }]
      : []
  })
  return found.toSorted((a, b) => b.length - a.length)[0]
}

/** What a form means where a missing year is chosen by `rule`. */
export function resolveSpan({ form, parts }: FormMatch, rule: YearRule): Span | DateProblem {
  const years = parts.year === undefined ? candidateYears(rule) : [fullYear(parts.year)]
  const outcomes = years.map((year) => form.parse(parts, year))
  const spans = outcomes.filter((outcome) => isSpan(outcome))
  const span = parts.year === undefined ? rule.choose(spans) : spans[0]
  if (!span) return outcomes.find((outcome) => !isSpan(outcome)) ?? { problem: 'No year fits.' }
  if (!isImplausiblyFar(span.due, rule.around)) return span
  return { problem: `${fullDate(span.due)} is more than 15 years from ${fullDate(rule.around)}.` }
}

function isSpan(outcome: Span | DateProblem): outcome is Span {
  return !('problem' in outcome)
}

/** "Fri 4 Mar 2017" was a Saturday: one of the two is wrong. Null where no weekday is written, or the right one. */
export function weekdayProblem({ parts }: FormMatch, { earliest, due }: Span): string | null {
  const written = weekdays.find((name) => parts.weekday && name.startsWith(parts.weekday))
  if (!written || earliest !== due || weekdayOf(due) === written) return null
  return `${fullDate(due)} is not a ${written.charAt(0).toUpperCase()}${written.slice(1)}.`
}
