import {
  type ChartData,
  type ChartWorkstream,
  type StateCounts,
  sumOf,
  type TrendChart,
  type TrendRound,
} from '../../base/charts/chart.ts'
import { stateStyles } from '../scheme/palette.ts'
import { hasSameStates, type SchemeSnapshot } from '../scheme/scheme-snapshot.ts'
import type { TrendDigest } from './archive/digest-store.ts'
import type { DigestContent } from './content/content.ts'

/** The part of a digest that a chart shows. */
export type ChartSource = Pick<
  DigestContent,
  'programme' | 'asAt' | 'scheme' | 'counts' | 'workstreams'
>

/** Nobody reads more rows on a phone. */
const maxWorkstreams = 10
/** A quarter of weekly digests. */
export const maxTrendRounds = 12

/**
 * The chart of a digest and of those before it; undefined where the digest has no projects. `earlier` is oldest first;
 * digests on another scale are left out, since nobody can compare them.
 */
export function buildChartData(
  digest: ChartSource,
  earlier: readonly TrendDigest[],
): ChartData | undefined {
  const { programme, asAt, scheme } = digest
  const { counts } = trendRoundOf(digest)
  const projects = sumOf(counts)
  if (projects === 0) return undefined
  return {
    ...trendOf(digest, earlier),
    programme: programme.title,
    asAt,
    projects,
    counts,
    workstreams: limitWorkstreams(
      digest.workstreams.map(({ ref, title, counts }) => {
        return { name: `${ref} ${title}`, counts: toStateCounts(counts) }
      }),
      scheme,
    ),
  }
}

/** The chart of months alone, as papers show it; undefined where there is nothing earlier to compare with. */
export function buildTrendChart(
  now: TrendDigest,
  earlier: readonly TrendDigest[],
): TrendChart | undefined {
  const trend = trendOf(now, earlier)
  if (trend.rounds.length < 2) return undefined
  return { title: 'Projects by rating, month by month', ...trend }
}

function trendOf(
  now: TrendDigest,
  earlier: readonly TrendDigest[],
): Pick<TrendChart, 'styles' | 'rounds'> {
  const { asAt, scheme } = now
  const before = earlier.filter((one) => one.asAt < asAt && hasSameStates(one.scheme, scheme))
  const rounds = [...before, now].map(trendRoundOf).slice(-maxTrendRounds)
  const occurs = (key: string) => rounds.some(({ counts }) => (counts[key] ?? 0) > 0)
  const states = [...scheme.states, scheme.blank].filter(
    ({ key, colour }) => colour !== 'grey' || occurs(key),
  )
  return { styles: stateStyles(states), rounds }
}

function trendRoundOf({ asAt, counts }: TrendDigest): TrendRound {
  return { asAt, counts: toStateCounts(counts) }
}

function toStateCounts(
  counts: readonly { readonly state: string; readonly count: number }[],
): StateCounts {
  return Object.fromEntries(
    counts.filter(({ count }) => count > 0).map(({ state, count }) => [state, count]),
  )
}

/** Of many, those with the most in the worst states, in their order; the others are counted together. */
function limitWorkstreams(
  all: readonly ChartWorkstream[],
  scheme: SchemeSnapshot,
): ChartWorkstream[] {
  if (all.length <= maxWorkstreams) return [...all]
  const worst = all
    .toSorted((a, b) => compareByWorstStates(b, a, scheme))
    .slice(0, maxWorkstreams - 1)
  const rest = all.filter((one) => !worst.includes(one))
  return [
    ...all.filter((one) => worst.includes(one)),
    {
      name: `${rest.length} other workstreams together`,
      counts: rest.map(({ counts }) => counts).reduce(addCounts, {}),
    },
  ]
}

function addCounts(one: StateCounts, other: StateCounts): StateCounts {
  const keys = [...new Set([...Object.keys(one), ...Object.keys(other)])]
  return Object.fromEntries(keys.map((key) => [key, (one[key] ?? 0) + (other[key] ?? 0)]))
}

/** By the number in the worst state, then in the next. */
function compareByWorstStates(
  a: ChartWorkstream,
  b: ChartWorkstream,
  { states }: SchemeSnapshot,
): number {
  const differences = states.map(({ key }) => (a.counts[key] ?? 0) - (b.counts[key] ?? 0))
  return differences.find((difference) => difference !== 0) ?? 0
}
