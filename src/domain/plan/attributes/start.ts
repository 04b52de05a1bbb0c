import { type CivilDate, civilDate, fullDate, isCivilDate } from '../../../base/dates.ts'
import { parseDeadlines, readDate } from '../../deadlines/deadlines.ts'
import { definePlanAttribute, type ParsedAttribute } from './attribute.ts'

/** The first day of a project's work. A deadline before it is a problem of the sheet. */
export const start = definePlanAttribute({
  key: 'start',
  column: 'Starts',
  headings: [
    ...['start', 'start date', 'start day', 'planned start', 'planned start date'],
    ...['project - start date', 'timeline - start'],
  ],
  noun: 'day',
  example: '2017-02-24',
  // The days of a plan are published with it.
  audience: 'public',
  isDay: true,
  parse: parseDay,
  parseTyped,
  format: (value) => fullDate(civilDate(value)),
})

/** Only what is understood as a whole. Of a month its first day: "Apr 2017" is 1 April. */
function parseTyped(text: string, today: CivilDate): ParsedAttribute {
  const day = readDate(text, today) ?? null
  const [entry] = day ? parseDeadlines(text, today) : []
  return { value: entry?.due === day ? (entry?.earliest ?? day) : day, problem: null }
}

/** The first day that a cell can mean. */
function parseDay(text: string, asOf: CivilDate): ParsedAttribute {
  if (isCivilDate(text)) return { value: text, problem: null }
  const [entry] = parseDeadlines(text, asOf)
  return { value: entry?.earliest ?? entry?.due ?? null, problem: entry?.problem ?? null }
}
