import { addDays, type CivilDate, daysBetween, yearOf } from '../../base/dates.ts'
import type { Precision } from './precision.ts'

/** The days that a wording can mean, first to last. */
export interface Span {
  readonly earliest: CivilDate
  readonly due: CivilDate
  readonly precision: Precision
}

/** Which year is meant where none is written: one of the spans for the years around a day. */
export interface YearRule {
  readonly around: CivilDate
  choose(spans: readonly Span[]): Span | undefined
}

/** The years that a wording without one may mean, in their order. */
export function candidateYears({ around }: YearRule): number[] {
  const near = yearOf(around)
  return [near - 1, near, near + 1]
}

/** For a plan (rule 7 of the domain): the year that brings the date nearest to `asOf`; of two as near, the later. */
export function nearestYear(asOf: CivilDate): YearRule {
  const distance = ({ earliest, due }: Span) =>
    Math.max(daysBetween(asOf, earliest), daysBetween(due, asOf), 0)
  return {
    around: asOf,
    choose: (spans) =>
      spans.toSorted((a, b) => distance(a) - distance(b) || daysBetween(a.due, b.due) * -1)[0],
  }
}

/** How long ago a date without a year may lie when a person types it. */
const recentDays = 60

/** For chat: the next such date, or the last one where it is not more than 60 days past. */
export function nextOrRecentYear(today: CivilDate): YearRule {
  const oldest = addDays(today, -recentDays)
  return { around: today, choose: (spans) => spans.find(({ due }) => due >= oldest) }
}

/** For what comes before `end`: the first part of a range, the first items of a list. */
export function latestYearBefore(end: CivilDate): YearRule {
  return { around: end, choose: (spans) => spans.findLast(({ earliest }) => earliest <= end) }
}

/** How far a plan looks back and ahead, as a rule: what lies further away is asked about. */
export const planSpanYears = 5

/** No improvement plan looks further back or ahead: "2107" is 2017 mistyped. */
const farYears = 15

/** True where `date` is more than 15 years from `from`, before or after. */
export function isImplausiblyFar(date: CivilDate, from: CivilDate): boolean {
  return Math.abs(daysBetween(from, date)) > farYears * 365.25
}
