import type { ChartData } from '../../../src/base/charts/chart.ts'
import { civilDate } from '../../../src/base/dates.ts'
import type { TrendDigest } from '../../../src/domain/digests/archive/digest-store.ts'
import { buildChartData, type ChartSource } from '../../../src/domain/digests/chart-data.ts'
import { snapshotScheme } from '../../../src/domain/scheme/scheme-snapshot.ts'
import { rag, type Scheme } from '../../../src/domain/scheme/schemes.ts'

/** What a digest tells, for pictures of it. Figures stand in the order of the scheme, not rated last. */

type Figures = readonly number[]

function countsIn({ states, blank }: Scheme, figures: Figures) {
  return [...states, blank].map(({ key, label, shape }, at) => {
    return { state: key, label, shape, count: figures[at] ?? 0, was: null }
  })
}

export function earlier(day: string, figures: Figures, scheme: Scheme = rag): TrendDigest {
  return { asAt: civilDate(day), scheme: snapshotScheme(scheme), counts: countsIn(scheme, figures) }
}

/** A digest of workstreams 1, 2, …, each with its figures. */
export function digest(
  workstreams: readonly Figures[],
  { title = 'Better Together', scheme = rag }: { title?: string; scheme?: Scheme } = {},
): ChartSource {
  const sums = [...scheme.states, scheme.blank].map((_, at) =>
    workstreams.reduce((sum, figures) => sum + (figures[at] ?? 0), 0),
  )
  return {
    ...earlier('2017-02-24', sums, scheme),
    programme: { id: 'p1', key: 'P1', title },
    workstreams: workstreams.map((figures, at) => ({
      ...{ id: `w${at + 1}`, ref: String(at + 1), title: `Workstream ${at + 1}` },
      counts: countsIn(scheme, figures),
      override: null,
    })),
  }
}

/** What a picture of it shows. Throws where that is nothing. */
export function shown(of: ChartSource, before: readonly TrendDigest[] = []): ChartData {
  const data = buildChartData(of, before)
  if (!data) throw new Error('There is nothing to show.')
  return data
}

/** The counts of the published W17 sheet, by workstream. */
export const w17 = digest([
  [1, 3, 4],
  [3, 0, 4],
  [1, 0, 2],
  [1, 2, 2],
  [1, 3, 2],
  [0, 6, 3],
  [0, 2, 3],
  [1, 2, 1],
])

/** Twelve weeks up to that one. */
export const quarter = [
  ...['2016-12-02', '2016-12-09', '2016-12-16', '2016-12-23', '2016-12-30', '2017-01-06'],
  ...['2017-01-13', '2017-01-20', '2017-01-27', '2017-02-03', '2017-02-10', '2017-02-17'],
].map((day, at) => earlier(day, [14 - Math.floor(at / 2), 15 + (at % 4), 18 - (at % 4)]))
