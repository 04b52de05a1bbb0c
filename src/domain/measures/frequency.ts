import { addDays, type CivilDate, monthOf } from '../../base/dates.ts'
import { fold } from '../../base/text.ts'
import { effectiveReadings, type Measure } from './measure.ts'
import { monthEnd } from './periods.ts'

/** How often a reading is due, and so when the next one is. */
export type Frequency = { readonly months: number } | { readonly days: number } | 'each term'

/** To add a wording: one row. "Bi-monthly" and "bi-weekly" mean two things and are not read. */
const frequencyPatterns: readonly (readonly [words: RegExp, frequency: Frequency])[] = [
  [/^(?:weekly|each week|every week)$/, { days: 7 }],
  [/^(?:fortnightly|every (?:fortnight|two weeks|2 weeks))$/, { days: 14 }],
  [/^(?:monthly|each month|every month)$/, { months: 1 }],
  [/^(?:quarterly|each quarter|every quarter|(?:three|3)[- ]monthly)$/, { months: 3 }],
  [/^(?:termly|each term|every term)$/, 'each term'],
  [
    /^(?:(?:six|6)[- ]monthly|every (?:six|6) months|half[- ]yearly|bi-?annual(?:ly)?|twice (?:a year|yearly))$/,
    { months: 6 },
  ],
  [
    /^(?:annual(?:ly)?|yearly|each year|every year|once a year|(?:twelve|12)[- ]monthly)$/,
    { months: 12 },
  ],
]

/** Ignores remarks in brackets: "Annually (baseline in place)". */
export function parseFrequency(text: string): Frequency | undefined {
  const words = fold(text)
    .replace(/\s*\([^()]*\)/g, '')
    .replace(/[.,;]$/, '')
  return frequencyPatterns.find(([wording]) => wording.test(words))?.[1]
}

/** School terms as readings are due for them, by the month they end in at the latest. */
const termEnds = [4, 8, 12] as const

/** The day by which the period after the one that ends on `last` has to be read. */
function nextPeriodEnd(last: CivilDate, frequency: Frequency): CivilDate {
  if (frequency === 'each term') {
    const end = termEnds.find((month) => month > monthOf(last)) ?? 16
    return monthEnd(last, end - monthOf(last))
  }
  return 'days' in frequency ? addDays(last, frequency.days) : monthEnd(last, frequency.months)
}

/**
 * The day by which the next reading is due: from the last reading, or from when the measure joined the plan, by its
 * frequency; not before the day that the plan promised. Null where neither is known.
 */
export function nextReadingDue(measure: Measure): CivilDate | null {
  const { frequency, nextDue, addedOn } = measure
  const last = effectiveReadings(measure)[0]?.forDay
  const every = frequency === null ? undefined : parseFrequency(frequency)
  const promised = nextDue !== null && (last === undefined || last < nextDue) ? nextDue : null
  if (last === undefined && promised) return promised
  const regular = every ? nextPeriodEnd(last ?? addedOn, every) : null
  return regular === null || (promised !== null && promised > regular) ? promised : regular
}

export function isOverdue(measure: Measure, asAt: CivilDate): boolean {
  const due = nextReadingDue(measure)
  return due !== null && due < asAt
}

/** Measures whose reading was due before the day, the longest overdue first. */
export function overdueMeasures(measures: readonly Measure[], asAt: CivilDate): Measure[] {
  return measures
    .filter((measure) => isOverdue(measure, asAt))
    .sort((a, b) => ((nextReadingDue(a) ?? '') < (nextReadingDue(b) ?? '') ? -1 : 1))
}
