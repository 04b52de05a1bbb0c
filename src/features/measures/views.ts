import { type CivilDate, fullDate } from '../../base/dates.ts'
import { plural, shorten } from '../../base/text.ts'
import { buttonTo } from '../../chat/card-button.ts'
import type { Card } from '../../chat/cards.ts'
import { implausibleFigures } from '../../domain/measures/checks.ts'
import {
  formatDirection,
  formatNextReadingDue,
  formatPeriod,
  formatRag,
  formatTarget,
} from '../../domain/measures/format.ts'
import { isOverdue } from '../../domain/measures/frequency.ts'
import { measureTitle } from '../../domain/measures/lookup.ts'
import { effectiveReadings, type Measure, type Reading } from '../../domain/measures/measure.ts'
import { countedState, type Thresholds } from '../../domain/measures/rules.ts'
import { authorName } from '../../domain/people/names.ts'
import { formatProject } from '../../domain/plan/format.ts'
import { formatState, rag } from '../../domain/scheme/schemes.ts'
import { measureCard, measuresCard } from './cards.ts'

/** How much a card shows before it counts the rest: both platforms stay well within their limits. */
const maxRows = 12
const maxHistory = 8
const maxDoubts = 3
const maxRawLength = 150
const maxReasonLength = 300
const maxTextLength = 1000

export interface MeasuresViewInput {
  readonly programme: string
  readonly measures: readonly Measure[]
  readonly thresholds: Thresholds
  readonly today: CivilDate
  readonly mayRecord: (measure: Measure) => boolean
  readonly prefix: string
}

/** A programme's measures: reds first, and counts in words beside the list. */
export function measuresView(viewed: MeasuresViewInput): Card {
  const { programme, measures, today, mayRecord, prefix } = viewed
  const rows = measures
    .map((measure) => ({ measure, rank: rankOf(measure, viewed.thresholds) }))
    .sort((a, b) => a.rank - b.rank || a.measure.number - b.measure.number)
  const rest = rows.length - maxRows
  return measuresCard({
    heading: 'Measures',
    programme,
    counts: formatCounts(rows, today),
    rows: rows.slice(0, maxRows).map(({ measure }) => ({
      title: measureTitle(measure),
      ...formatLatest(measure, viewed.thresholds),
      due: formatNextReadingDue(measure, today),
      buttons: [
        ...(mayRecord(measure) ? [buttonTo('Record', 'kpi:form', { measure: measure.id })] : []),
        buttonTo('Show', 'measure', { measure: measure.id }),
      ],
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
  const [latest] = effectiveReadings(measure)
  if (!latest) return rag.states.length + 1
  const key = countedState(measure, thresholds)
  const at = rag.states.findIndex((state) => state.key === key)
  return at === -1 ? rag.states.length : at
}

function formatCounts(
  rows: readonly { readonly measure: Measure; readonly rank: number }[],
  today: CivilDate,
): string {
  if (rows.length === 0) return 'There are no measures in this programme yet.'
  const labels = [...rag.states.map(formatState), '○ RAG not computable', '○ No reading yet']
  const counts = labels.flatMap((label, at) => {
    const count = rows.filter(({ rank }) => rank === at).length
    return count > 0 ? [`${label} ${count}`] : []
  })
  const overdue = rows.filter(({ measure }) => isOverdue(measure, today)).length
  const late = overdue > 0 ? ` ${plural(overdue, 'reading')} overdue.` : ''
  return `${plural(rows.length, 'measure')}: ${counts.join(', ')}.${late}`
}

function formatLatest(measure: Measure, thresholds: Thresholds) {
  const [latest] = effectiveReadings(measure)
  if (!latest) return { state: '○ No reading yet', latest: 'nothing recorded', direction: '' }
  return {
    state: formatRag(measure, latest, thresholds).state,
    latest: `${shorten(latest.raw, maxRawLength)} for ${formatPeriod(latest)}`,
    direction: shorten(formatDirection(measure, latest), maxReasonLength),
  }
}

export interface MeasureViewInput {
  readonly measure: Measure
  readonly thresholds: Thresholds
  readonly today: CivilDate
  /** People's names by id. */
  readonly names: ReadonlyMap<string, string>
  readonly mayRecord: boolean
  readonly mayChange: boolean
}

/** One measure with its history. */
export function measureView({
  measure,
  thresholds,
  today,
  names,
  mayRecord,
  mayChange,
}: MeasureViewInput): Card {
  const { allReadings } = measure
  const data = { measure: measure.id }
  const [latest] = effectiveReadings(measure)
  const counting = new Set(effectiveReadings(measure).map(({ id }) => id))
  const who = ({ byId, source }: Reading) => (byId ? authorName(names, byId) : source)
  return measureCard({
    title: measureTitle(measure),
    state: latest ? formatRag(measure, latest, thresholds).state : '○ No reading yet',
    latest: latest ? `${shorten(latest.raw, maxTextLength)} for ${formatPeriod(latest)}` : '',
    details: detailsOf(measure, latest, thresholds, today),
    doubts: implausibleFigures(measure).slice(0, maxDoubts),
    history: allReadings.slice(0, maxHistory).map((reading) => ({
      text: `${formatPeriod(reading)}: ${shorten(reading.raw, maxRawLength)}, ${
        counting.has(reading.id) ? formatRag(measure, reading, thresholds).state : 'corrected since'
      }`,
      by: `recorded ${fullDate(reading.onDay)}, by ${who(reading)}`,
    })),
    moreHistory:
      allReadings.length > maxHistory
        ? `${plural(allReadings.length - maxHistory, 'earlier reading')} not listed.`
        : '',
    buttons: [
      ...(mayRecord ? [buttonTo('Record a reading', 'kpi:form', data, 'positive')] : []),
      ...(mayChange ? [buttonTo('Change…', 'change-measure:form', data)] : []),
      ...(mayChange ? [buttonTo('Take out…', 'remove-measure:form', data)] : []),
      buttonTo('History', 'history-measure', data),
    ],
  })
}

const polarityTexts = {
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
    ['Why', latest && formatRag(measure, latest, thresholds).detail],
    ['Direction', latest && formatDirection(measure, latest)],
    ['Target', `${formatTarget(measure)}${polarity ? ` (${polarityTexts[polarity]})` : ''}`],
    ['Baseline', baseline],
    ['How often', frequency],
    ['How collected', method],
    ['Next', formatNextReadingDue(measure, today)],
    ['Projects', projects.map(formatProject).join('; ')],
    ['Outcomes', outcomes.map(({ number, text }) => `${number} ${text}`).join('; ')],
  ]
  return rows.flatMap(([label, text]) =>
    text ? [{ label, text: shorten(text, maxTextLength) }] : [],
  )
}
