import { type CivilDate, civilDate, fullDate, isCivilDate } from '../../../base/dates.ts'
import { parseDeadlines } from '../../deadlines/deadlines.ts'
import { definePlanAttribute, type ParsedAttribute } from './attribute.ts'

/** Which measures a project is to move, from when, and by how much: what it is for, in figures. */
export interface Benefit {
  /** Of the measure. */
  readonly measure: number
  /** From this day on it should be seen. */
  readonly from: CivilDate
  /** As far as the measure should go in its own direction, in its own unit. */
  readonly by: number
}

/** Saved as '3 from 2017-04-01 by 5; 4 from …'. */
const savedPattern = /^(\d+) from (\d{4}-\d{2}-\d{2}) by (\d+(?:\.\d+)?)$/
const writtenPattern =
  /^(?:moves?\s+)?(?:measure\s+|kpi\s+|m|#)?(\d{1,6})\s+from\s+(.+?)\s+by\s+(\d{1,9}(?:\.\d{1,6})?)\s*%?$/i

export function formatBenefits(benefits: readonly Benefit[]): string {
  return benefits.map(({ measure, from, by }) => `${measure} from ${from} by ${by}`).join('; ')
}

/** Of a saved value; undefined: none. */
export function benefitsOf(value: string | undefined): readonly Benefit[] {
  return (value ?? '').split('; ').flatMap((part) => {
    const [, measure = '', from = '', by = ''] = savedPattern.exec(part) ?? []
    return isCivilDate(from)
      ? [{ measure: Number(measure), from: civilDate(from), by: Number(by) }]
      : []
  })
}

function parse(text: string, asOf: CivilDate): ParsedAttribute {
  const benefits: Benefit[] = []
  for (const part of text.split(';').map((one) => one.trim())) {
    const [, measure = '', day = '', by = ''] = writtenPattern.exec(part) ?? []
    const from = firstDay(day, asOf)
    if (from === null) return { value: null, problem: part === '' ? null : notReadText }
    benefits.push({ measure: Number(measure), from, by: Number(by) })
  }
  return { value: formatBenefits(benefits), problem: null }
}

/** Of a month its first day. */
function firstDay(text: string, asOf: CivilDate): CivilDate | null {
  if (isCivilDate(text)) return civilDate(text)
  if (text === '') return null
  const [entry] = parseDeadlines(text, asOf)
  return entry?.earliest ?? entry?.due ?? null
}

const notReadText = 'Say which measure, from when and by how much: “3 from Apr 2017 by 5”.'

export const benefits = definePlanAttribute({
  key: 'benefits',
  column: 'Moves measures',
  noun: 'measure to move',
  example: '3 from 2017-04-01 by 5',
  audience: 'board',
  parse,
  format: (value) =>
    benefitsOf(value)
      .map(({ measure, from, by }) => `measure ${measure} by ${by} from ${fullDate(from)}`)
      .join('; '),
})
