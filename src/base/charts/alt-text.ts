import { fullDate } from '../dates.ts'
import { plural, shorten } from '../text.ts'
import type { ChartData, StateCounts, TrendChart } from './chart.ts'

/** Slack takes 2,000 characters of alternative text. */
const maxAltTextLength = 2000
/** How long the names of workstreams may be, tried in turn until all figures fit. */
const nameLengths = [80, 40, 12]

/** The chart in words, with all its figures: for readers who do not see it, and where it cannot be shown. */
export function chartAltText(data: ChartData): string {
  const texts = nameLengths.map((length) => formatAltText(data, length))
  return (
    texts.find((text) => text.length <= maxAltTextLength) ??
    shorten(texts.at(-1) ?? '', maxAltTextLength)
  )
}

/** The chart of a paper in words, with all its figures. */
export function trendAltText({ title, styles, rounds }: TrendChart): string {
  return `${title}, as a picture. ${formatRounds({ styles, rounds })}.`
}

function formatAltText(data: ChartData, nameLength: number): string {
  const { programme, asAt, projects, counts, workstreams, rounds } = data
  const figures = (some: StateCounts) => formatCounts(data, some)
  const whole = `${shorten(programme, nameLength)} as at ${fullDate(asAt)}, ${plural(projects, 'project')}: ${figures(counts)}.`
  const each = workstreams.map((one) => `${shorten(one.name, nameLength)}: ${figures(one.counts)}`)
  return [
    `A picture of ${whole}`,
    `By workstream: ${each.join('; ')}.`,
    ...(rounds.length > 1 ? [`Over the last ${rounds.length} rounds: ${formatRounds(data)}.`] : []),
  ].join(' ')
}

/** "Fri 17 Feb 2017: Red 2, Amber 3; Fri 24 Feb 2017: …" */
function formatRounds({ styles, rounds }: Pick<ChartData, 'styles' | 'rounds'>): string {
  return rounds
    .map(({ asAt, counts }) => `${fullDate(asAt)}: ${formatCounts({ styles }, counts)}`)
    .join('; ')
}

/** "Red 8, Amber 18, Green 21"; what there is none of is left out. */
function formatCounts({ styles }: Pick<ChartData, 'styles'>, counts: StateCounts): string {
  const parts = styles.flatMap(({ state, label }) => {
    const count = counts[state] ?? 0
    return count > 0 ? [`${label} ${count}`] : []
  })
  return parts.length > 0 ? parts.join(', ') : 'no live project'
}
