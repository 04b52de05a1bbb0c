import { trendAltText } from '../../../../base/charts/alt-text.ts'
import { fullDate } from '../../../../base/dates.ts'
import { headingBlock, missing, type PaperBlock } from '../../../../base/papers/paper.ts'
import { buildTrendChart } from '../../../../domain/digests/chart-data.ts'
import { tableOr } from '../parts.ts'
import type { PaperSnapshot } from '../snapshot.ts'

/** How many projects had each rating at the end of each month: a picture, and the same figures in a table. */
export function ratingsOverTime({ digest, monthEnds }: PaperSnapshot): PaperBlock[] {
  const heading = headingBlock(1, 'Ratings over time')
  const chart = buildTrendChart(digest, monthEnds)
  if (!chart) return [heading, missing('No rating of an earlier month is known to compare with.')]
  const { title, styles, rounds } = chart
  return [
    heading,
    { kind: 'figure', chart, alt: trendAltText(chart) },
    tableOr(
      '',
      title,
      [['As at', 2], ...styles.map(({ label }) => [label, 1] as const)],
      rounds.map(({ asAt, counts }) => [
        { text: fullDate(asAt) },
        ...styles.map(({ state }) => ({ text: String(counts[state] ?? 0) })),
      ]),
    ),
  ]
}
