import type { CivilDate } from '../../../base/dates.ts'
import type { TrendDigest } from '../../../domain/digests/archive/digest-store.ts'
import type { DigestContent } from '../../../domain/digests/content/content.ts'
import { type StateStyle, stateStyles } from '../../../domain/scheme/palette.ts'
import { hasSameStates, type SchemeSnapshot } from '../../../domain/scheme/scheme-snapshot.ts'

/** Projects by the key of their state. */
export type StateCounts = Readonly<Record<string, number>>

/** Everything that a chart shows, as plain data. Its alternative text says the same. */
export interface ChartData {
  readonly programme: string
  readonly asAt: CivilDate
  /** The whole scale, worst first, and what else occurs; what is not rated last. */
  readonly styles: readonly StateStyle[]
  readonly projects: number
  readonly counts: StateCounts
  /** In the order of the plan. */
  readonly workstreams: readonly ChartWorkstream[]
  /** Oldest first, this one last; one alone is no trend. */
  readonly rounds: readonly TrendRound[]
}

export interface ChartWorkstream {
  readonly name: string
  readonly counts: StateCounts
}

/** How the projects stood on the day that a digest spoke for, as it said then. */
export interface TrendRound {
  readonly asAt: CivilDate
  readonly counts: StateCounts
}

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
  const now = trendRoundOf(digest)
  const projects = sumOf(now.counts)
  if (projects === 0) return undefined
  const before = earlier.filter((one) => one.asAt < asAt && hasSameStates(one.scheme, scheme))
  const rounds = [...before.map(trendRoundOf), now].slice(-maxTrendRounds)
  const occurs = (key: string) => rounds.some(({ counts }) => (counts[key] ?? 0) > 0)
  const states = [...scheme.states, scheme.blank].filter(
    ({ key, colour }) => colour !== 'grey' || occurs(key),
  )
  return {
    programme: programme.title,
    asAt,
    styles: stateStyles(states),
    projects,
    counts: now.counts,
    workstreams: limitWorkstreams(
      digest.workstreams.map(({ ref, title, counts }) => {
        return { name: `${ref} ${title}`, counts: toStateCounts(counts) }
      }),
      scheme,
    ),
    rounds,
  }
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

export function sumOf(counts: StateCounts): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0)
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
