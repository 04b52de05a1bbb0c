import { type CivilDate, fullDate } from '../../base/dates.ts'
import { plural, shorten } from '../../base/text.ts'
import type { Card } from '../../chat/cards.ts'
import { doubtsOf } from '../../domain/measures/checks.ts'
import {
  directionInWords,
  dueInWords,
  periodInWords,
  ragInWords,
  targetInWords,
} from '../../domain/measures/format.ts'
import { isOverdue } from '../../domain/measures/frequency.ts'
import { titleOf } from '../../domain/measures/lookup.ts'
import { type Measure, type Reading, readingsOf } from '../../domain/measures/measure.ts'
import { rate, type Thresholds } from '../../domain/measures/rules.ts'
import { named } from '../../domain/plan/format.ts'
import { rag, shown } from '../../domain/scheme/schemes.ts'
import { measureCard, measuresCard } from './cards.ts'

/** How much a card shows before it counts the rest: both platforms stay well within their limits. */
const rowsShown = 12
const historyShown = 8
const doubtsShown = 3
const rawShown = 150
const reasonShown = 300
const wholeShown = 1000

export interface MeasuresViewed {
  readonly programme: string
  readonly measures: readonly Measure[]
  readonly thresholds: Thresholds
  readonly today: CivilDate
  readonly mayRecord: (measure: Measure) => boolean
  readonly prefix: string
}

/** A programme's measures: reds first, and counts in words beside the list. */
export function measuresView(viewed: MeasuresViewed): Card {
  const { programme, measures, today, mayRecord, prefix } = viewed
  const rows = measures
    .map((measure) => ({ measure, rank: rankOf(measure, viewed.thresholds) }))
    .sort((a, b) => a.rank - b.rank || a.measure.number - b.measure.number)
  const rest = rows.length - rowsShown
  return measuresCard({
    heading: 'Measures',
    programme,
    counts: countsInWords(rows, today),
    rows: rows.slice(0, rowsShown).map(({ measure }) => ({
      measure: measure.id,
      title: titleOf(measure),
      ...latestInWords(measure, viewed.thresholds),
      due: dueInWords(measure, today),
      mine: mayRecord(measure),
    })),
    more: rest > 0 ? `${plural(rest, 'more measure')} not listed.` : '',
    hint:
      rows.length === 0
        ? ''
        : `Type ${prefix} kpi and a number or words of its title to see one, ${prefix} kpi 3 58.6% to record one.`,
  })
}

/** Where a measure stands in the list: the worst first; what has no RAG after those that have. */
function rankOf(measure: Measure, thresholds: Thresholds): number {
  const [latest] = readingsOf(measure)
  if (!latest) return rag.states.length + 1
  const rated = rate(measure, latest.raw, thresholds)
  const key = rated.computable ? rated.state : latest.declared
  const at = rag.states.findIndex((state) => state.key === key)
  return at === -1 ? rag.states.length : at
}

function countsInWords(
  rows: readonly { readonly measure: Measure; readonly rank: number }[],
  today: CivilDate,
): string {
  if (rows.length === 0) return 'There are no measures in this programme yet.'
  const labels = [...rag.states.map(shown), '○ RAG not computable', '○ No reading yet']
  const counts = labels.flatMap((label, at) => {
    const count = rows.filter(({ rank }) => rank === at).length
    return count > 0 ? [`${label} ${count}`] : []
  })
  const overdue = rows.filter(({ measure }) => isOverdue(measure, today)).length
  const late = overdue > 0 ? ` ${plural(overdue, 'reading')} overdue.` : ''
  return `${plural(rows.length, 'measure')}: ${counts.join(', ')}.${late}`
}

function latestInWords(measure: Measure, thresholds: Thresholds) {
  const [latest] = readingsOf(measure)
  if (!latest) return { state: '○ No reading yet', latest: 'nothing recorded', direction: '' }
  return {
    state: ragInWords(measure, latest, thresholds).state,
    latest: `${shorten(latest.raw, rawShown)} for ${periodInWords(latest)}`,
    direction: shorten(directionInWords(measure, latest), reasonShown),
  }
}

export interface MeasureViewed {
  readonly measure: Measure
  readonly thresholds: Thresholds
  readonly today: CivilDate
  /** People's names by id. */
  readonly names: ReadonlyMap<string, string>
  readonly mine: boolean
}

/** One measure with its history. */
export function measureView({ measure, thresholds, today, names, mine }: MeasureViewed): Card {
  const { said } = measure
  const [latest] = readingsOf(measure)
  const counting = new Set(readingsOf(measure).map(({ id }) => id))
  const who = ({ byId, source }: Reading) =>
    byId ? (names.get(byId) ?? 'a former member') : source
  return measureCard({
    measure: measure.id,
    title: titleOf(measure),
    state: latest ? ragInWords(measure, latest, thresholds).state : '○ No reading yet',
    latest: latest ? `${shorten(latest.raw, wholeShown)} for ${periodInWords(latest)}` : '',
    details: detailsOf(measure, latest, thresholds, today),
    doubts: doubtsOf(measure).slice(0, doubtsShown),
    history: said.slice(0, historyShown).map((reading) => ({
      text: `${periodInWords(reading)}: ${shorten(reading.raw, rawShown)}, ${
        counting.has(reading.id)
          ? ragInWords(measure, reading, thresholds).state
          : 'corrected since'
      }`,
      by: `recorded ${fullDate(reading.onDay)}, by ${who(reading)}`,
    })),
    moreHistory:
      said.length > historyShown
        ? `${plural(said.length - historyShown, 'earlier reading')} not listed.`
        : '',
    mine,
  })
}

const ways = {
  increase: 'the figure should rise',
  decrease: 'the figure should fall',
  maintain: 'the figure should stay',
} as const

function detailsOf(
  measure: Measure,
  latest: Reading | undefined,
  thresholds: Thresholds,
  today: CivilDate,
) {
  const { polarity, baseline, frequency, method, projects, outcomes } = measure
  const rows: readonly (readonly [label: string, text: string | null | undefined])[] = [
    ['Why', latest && ragInWords(measure, latest, thresholds).detail],
    ['Direction', latest && directionInWords(measure, latest)],
    ['Target', `${targetInWords(measure)}${polarity ? ` (${ways[polarity]})` : ''}`],
    ['Baseline', baseline],
    ['How often', frequency],
    ['How collected', method],
    ['Next', dueInWords(measure, today)],
    ['Projects', projects.map(named).join('; ')],
    ['Outcomes', outcomes.map(({ number, text }) => `${number} ${text}`).join('; ')],
  ]
  return rows.flatMap(([label, text]) => (text ? [{ label, text: shorten(text, wholeShown) }] : []))
}
