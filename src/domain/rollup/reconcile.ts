import { Refusal } from '../../base/errors.ts'
import type { Sheet } from '../../base/sheets/read-sheet.ts'
import { fold, listOf, plural, quoted } from '../../base/text.ts'
import type { Measure, MeasureKind } from '../measures/measure.ts'
import { countedState } from '../measures/rules.ts'
import { thresholdsSetting } from '../measures/settings.ts'
import { type Tally, tallyOf } from '../scheme/roll-up.ts'
import { parseState, rag, type Scheme, schemeOf } from '../scheme/schemes.ts'
import type { Contradiction } from './consistency.ts'
import type { RollUpSnapshot } from './store.ts'

/** Counts or percentages that a paper printed of one thing: "Actions: 39 Green, 24 Amber, 1 Red, of 70". */
export interface PublishedFigures {
  /** "programme", a workstream's ref, or whatever else it was printed of: "KPIs", "Sufficiency KPIs". */
  readonly subject: string
  readonly row: number
  /** By what was printed: "Green", "no update required". */
  readonly parts: readonly { readonly label: string; readonly count: number }[]
  readonly areShares: boolean
  /** The total that was printed, if any. */
  readonly total: number | null
}

/**
 * Reads a sheet of figures as they were printed: `Of | <one column for each state> | Total`; cells are counts, or
 * percentages with their sign. @throws Refusal that names the row and the column.
 */
export function parsePublishedFigures(sheet: Sheet): PublishedFigures[] {
  const [headings, ...rows] = sheet.rows
  const labels = headings?.cells.map((cell) => cell.trim()) ?? []
  const first = labels.findIndex((label) => fold(label) === 'of')
  if (first < 0) {
    throw new Refusal(
      'The figures need the columns Of, one for each state, and Total if one was printed.',
    )
  }
  return rows.flatMap(({ number, cells }) => {
    const figures = cells.flatMap((cell, at) => {
      const label = labels[at] ?? ''
      if (at === first || label === '' || cell.trim() === '') return []
      return [{ label, ...parseFigure(cell, `row ${number}, ${label}`) }]
    })
    if (figures.length === 0) return []
    const isTotal = ({ label }: { label: string }) => fold(label) === 'total'
    const parts = figures.filter((each) => !isTotal(each))
    return [
      {
        subject: cells[first]?.trim() ?? '',
        row: number,
        parts: parts.map(({ label, count }) => ({ label, count })),
        areShares: parts.some(({ isShare }) => isShare),
        total: figures.find(isTotal)?.count ?? null,
      },
    ]
  })
}

function parseFigure(cell: string, at: string): { count: number; isShare: boolean } {
  const [, digits, sign] = /^([\d,]+(?:\.\d+)?)\s*(%?)$/.exec(cell.trim()) ?? []
  if (digits === undefined) {
    throw new Refusal(
      `${quoted(cell)} (${at}) is no figure. Write a count, or a percentage with %.`,
    )
  }
  return { count: Number(digits.replaceAll(',', '')), isShare: sign === '%' }
}

/**
 * Checks printed figures against their own total and, for the programme, a workstream or a dimension ("Activity", "KPI",
 * "QA measures", "Feedback measures"), against the plan. `measures`: of the programme, as at the same day.
 */
export function reconcilePublished(
  figures: readonly PublishedFigures[],
  loaded: RollUpSnapshot,
  measures: readonly Measure[] = [],
): Contradiction[] {
  return figures.flatMap((each) => {
    const own = each.areShares ? undefined : ownCountsFor(each.subject, loaded, measures)
    return [...checkTotal(each), ...(own ? compareWithPlan(each, own) : [])]
  })
}

function checkTotal({ subject, parts, areShares, total }: PublishedFigures): Contradiction[] {
  const sum = Math.round(parts.reduce((all, { count }) => all + count, 0) * 10) / 10
  const unit = areShares ? '%' : ''
  const target = areShares ? 100 : total
  if (parts.length === 0 || target === null || sum === target) return []
  const listed = listOf(parts.map(({ label, count }) => `${label} ${count}${unit}`))
  return [
    {
      kind: areShares ? 'percentages' : 'published total',
      ref: subject,
      says: `Printed: ${listed}; that is ${sum}${unit}.`,
      should: `To add up to ${target}${unit}${areShares ? '; rounding may be why' : ', the total that was printed'}.`,
      certain: true,
    },
  ]
}

/** What the plan itself gives of a subject. */
interface OwnCounts {
  readonly tally: Tally
  readonly scheme: Scheme
  /** What is counted: "project". */
  readonly noun: string
  /** Where the counts come from: "rows". */
  readonly source: string
}

/** Undefined for a subject of which the plan holds nothing. */
function ownCountsFor(
  subject: string,
  { plan, rollUp }: RollUpSnapshot,
  measures: readonly Measure[],
): OwnCounts | undefined {
  const { settings } = plan.programme
  const of = fold(subject)
  const kind = dimensions.find(([words]) => words.test(of))?.[1]
  if (kind) {
    const ofKind = measures.filter((measure) => measure.kind === kind)
    if (ofKind.length === 0) return undefined
    // Measures are rated Red, Amber and Green whatever the programme's scheme.
    const states = ofKind.map((one) => countedState(one, thresholdsSetting.of(settings)))
    const tally = tallyOf(
      states.map((state) => state ?? rag.blank.key),
      rag,
    )
    return { tally, scheme: rag, noun: 'measure', source: 'readings' }
  }
  const tally = /^(?:programme|activity)$/.test(of)
    ? rollUp.projects
    : rollUp.workstreams.find(({ workstream }) => fold(workstream.ref) === of)?.standing.parts
  return tally && { tally, scheme: schemeOf(settings), noun: 'project', source: 'rows' }
}

/** Dimensions of measures as quarterly overviews call them (CUM: "KPI", "QA measures", "Feedback measures"). */
const dimensions: readonly (readonly [RegExp, MeasureKind])[] = [
  [/^kpis?$/, 'kpi'],
  [/^(?:qa|quality)(?: measures?)?$/, 'quality'],
  [/^feedback(?: measures?)?$/, 'feedback'],
]

function compareWithPlan(
  { subject, parts, total }: PublishedFigures,
  { tally, scheme, noun, source }: OwnCounts,
): Contradiction[] {
  const all = [...tally.counts, ...tally.offScale]
  const ofStates = parts.flatMap(({ label, count }) => {
    const state = parseState(scheme, label)
    const own = all.find((each) => each.state.key === state?.key)?.count ?? 0
    return state && own !== count ? [{ printed: `${state.label} ${count}`, own: String(own) }] : []
  })
  const ofTotal =
    total !== null && total !== tally.total
      ? [{ printed: `Total ${total}`, own: plural(tally.total, noun) }]
      : []
  return [...ofStates, ...ofTotal].map(({ printed, own }) => ({
    kind: 'published count' as const,
    ref: subject,
    says: `Printed: ${printed}.`,
    should: `The plan's ${source} give ${own}.`,
    certain: true,
  }))
}
