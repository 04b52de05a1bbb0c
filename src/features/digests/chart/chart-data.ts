import type { CivilDate } from '../../../base/dates.ts'
import type { DigestContent } from '../../../domain/digests/content/content.ts'
import { type Look, looksOf } from '../../../domain/scheme/palette.ts'
import type { SchemeTold } from '../../../domain/scheme/scheme-snapshot.ts'

/** Projects by the key of their state. */
export type Counts = Readonly<Record<string, number>>

/** All that a picture shows, as plain data. Its alternative text says the same. */
export interface PictureData {
  readonly programme: string
  readonly asAt: CivilDate
  /** The whole scale, worst first, and what else occurs; what is not rated last. */
  readonly looks: readonly Look[]
  readonly projects: number
  readonly counts: Counts
  /** In the order of the plan. */
  readonly workstreams: readonly Workstream[]
  /** Oldest first, this one last; one alone is no trend. */
  readonly rounds: readonly Round[]
}

export interface Workstream {
  readonly name: string
  readonly counts: Counts
}

/** How the projects stood on the day that a digest spoke for, as it said then. */
export interface Round {
  readonly asAt: CivilDate
  readonly counts: Counts
}

/** What a picture shows of a digest: what it says, and nothing that it does not. */
export type Shown = Pick<DigestContent, 'programme' | 'asAt' | 'scheme' | 'counts' | 'workstreams'>

/** As much of an earlier digest as its place in the trend needs. */
export type Earlier = Pick<DigestContent, 'asAt' | 'scheme' | 'counts'>

/** More rows than these nobody reads on a phone. */
const mostWorkstreams = 10
/** A quarter of weekly digests. */
export const mostRounds = 12

/**
 * What there is to show of a digest, beside those before it; undefined where it tells of no project. `earlier` is
 * oldest first. Those in another scale are left out: nobody can compare them.
 */
export function pictureData(digest: Shown, earlier: readonly Earlier[]): PictureData | undefined {
  const { programme, asAt, scheme } = digest
  const now = roundOf(digest)
  const projects = sumOf(now.counts)
  if (projects === 0) return undefined
  const before = earlier.filter((one) => one.asAt < asAt && isSameScale(one.scheme, scheme))
  const rounds = [...before.map(roundOf), now].slice(-mostRounds)
  const occurs = (key: string) => rounds.some(({ counts }) => (counts[key] ?? 0) > 0)
  const states = [...scheme.states, scheme.blank].filter(
    ({ key, colour }) => colour !== 'grey' || occurs(key),
  )
  return {
    programme: programme.title,
    asAt,
    looks: looksOf(states),
    projects,
    counts: now.counts,
    workstreams: folded(
      digest.workstreams.map(({ ref, title, counts }) => {
        return { name: `${ref} ${title}`, counts: byState(counts) }
      }),
      scheme,
    ),
    rounds,
  }
}

function roundOf({ asAt, counts }: Earlier): Round {
  return { asAt, counts: byState(counts) }
}

function byState(counts: readonly { readonly state: string; readonly count: number }[]): Counts {
  return Object.fromEntries(
    counts.filter(({ count }) => count > 0).map(({ state, count }) => [state, count]),
  )
}

export function sumOf(counts: Counts): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0)
}

function isSameScale(one: SchemeTold, other: SchemeTold): boolean {
  const keys = ({ states }: SchemeTold) => states.map(({ key }) => key).join()
  return keys(one) === keys(other)
}

/** Of many, those with the most in the worst states, in their order; the others are counted together. */
function folded(all: readonly Workstream[], scheme: SchemeTold): Workstream[] {
  if (all.length <= mostWorkstreams) return [...all]
  const worst = all.toSorted((a, b) => compare(b, a, scheme)).slice(0, mostWorkstreams - 1)
  const rest = all.filter((one) => !worst.includes(one))
  return [
    ...all.filter((one) => worst.includes(one)),
    {
      name: `${rest.length} other workstreams together`,
      counts: rest.map(({ counts }) => counts).reduce(together, {}),
    },
  ]
}

function together(one: Counts, other: Counts): Counts {
  const keys = [...new Set([...Object.keys(one), ...Object.keys(other)])]
  return Object.fromEntries(keys.map((key) => [key, (one[key] ?? 0) + (other[key] ?? 0)]))
}

/** By the number in the worst state, then in the next. */
function compare(a: Workstream, b: Workstream, { states }: SchemeTold): number {
  const differences = states.map(({ key }) => (a.counts[key] ?? 0) - (b.counts[key] ?? 0))
  return differences.find((difference) => difference !== 0) ?? 0
}
