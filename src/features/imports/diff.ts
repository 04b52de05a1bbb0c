import type { CivilDate } from '../../base/dates.ts'
import { fold } from '../../base/text.ts'
import { compareMeasures, type StoredMeasure } from './diff-measures.ts'
import { compareMilestones, type StoredMilestone } from './diff-milestones.ts'
import type { Changed, ChangedField, Difference } from './diff-types.ts'
import type { Contents, ProjectRow } from './parsed-plan.ts'

/** The plan as it is kept, as far as a file can differ from it. Left out: not compared. */
export interface StoredPlan {
  readonly workstreams: readonly StoredWorkstream[]
  readonly projects: readonly StoredProject[]
  readonly measures?: readonly StoredMeasure[]
  readonly outcomes?: readonly string[]
  /** Refs. */
  readonly recommendations?: readonly string[]
  /** The name of who holds each post (folded): a sheet may name an owner by either. */
  readonly posts?: ReadonlyMap<string, string>
}

export interface StoredWorkstream {
  readonly ref: string
  readonly title: string
  /** Names as written. */
  readonly sponsors?: readonly string[]
  readonly leads?: readonly string[]
}

/**
 * Give state and commentary as the last import left them, not as chat changed them since:
 * a sheet that still says the same has nothing new to say, and must not undo what a lead said.
 */
export interface StoredProject {
  readonly ref: string
  readonly title: string
  readonly state: string
  readonly commentary: string
  /** For our own export, which repeats what chat said: everything that was ever said. None of it is new. */
  readonly said?: readonly { readonly state: string; readonly commentary: string }[]
  readonly section?: string
  readonly start?: CivilDate | null
  readonly leads?: readonly string[]
  readonly recommendations?: readonly string[]
  readonly outcomes?: readonly string[]
  readonly tags?: readonly string[]
  readonly milestones: readonly StoredMilestone[]
}

export type { StoredMeasure, StoredReading } from './diff-measures.ts'
export type { StoredMilestone } from './diff-milestones.ts'
export type { Added, Changed, Difference, Missing } from './diff-types.ts'

/** Compares a file with the plan as kept. The same file twice gives no added, changed or missing. */
export function differenceBetween(stored: StoredPlan, file: Contents): Difference {
  const known = new Map(stored.projects.map((project) => [project.ref, project]))
  const measures = compareMeasures(stored.measures ?? [], file.measures)
  const parts = [
    compareAll('workstream', stored.workstreams, file.workstreams, (before, after) => {
      return changesOf('workstream', before.ref, [
        ['title', before.title, after.title],
        ['sponsors', ...people(stored, before.sponsors, after.sponsors)],
        ['leads', ...people(stored, before.leads, after.leads)],
      ])
    }),
    compareAll('project', stored.projects, file.projects, (before, after) => {
      return compareProjects(stored, before, after)
    }),
    ...file.projects.map((project) => {
      return compareMilestones(project, known.get(project.ref)?.milestones ?? [])
    }),
    measures,
    newTexts(stored, file),
  ]
  const whole = combine(parts)
  // A table of measures says nothing about projects by not naming them.
  return file.projects.length > 0 ? whole : { ...whole, missing: measures.missing }
}

function compareProjects(stored: StoredPlan, before: StoredProject, after: ProjectRow): Changed[] {
  const saidBefore = (before.said ?? []).some(({ state, commentary }) => {
    return state === after.state && tidy(commentary) === tidy(after.commentary)
  })
  const status: [ChangedField['field'], string, string][] = [
    ['state', before.state, after.state],
    ['commentary', before.commentary, after.commentary],
  ]
  return changesOf('project', before.ref, [
    ['title', before.title, after.title],
    ...(saidBefore ? [] : status),
    ['section', ...texts(before.section, after.section)],
    ['start', ...texts(before.start, after.start)],
    ['leads', ...people(stored, before.leads, after.leads)],
    ['recommendations', ...lists(before.recommendations, after.recommendations)],
    ['outcomes', ...lists(before.outcomes, after.outcomes)],
    ['tags', ...lists(before.tags, after.tags ?? [])],
  ])
}

interface Named {
  readonly ref: string
  readonly title: string
}

function compareAll<Before extends Named, After extends Named>(
  what: 'workstream' | 'project',
  stored: readonly Before[],
  file: readonly After[],
  compare: (before: Before, after: After) => Changed[],
): Difference {
  const known = new Map(stored.map((row) => [row.ref, row]))
  const told = new Set(file.map(({ ref }) => ref))
  const listed = ({ ref, title }: Named) => ({ what, ref, title })
  const both = file.flatMap((after) => {
    const before = known.get(after.ref)
    return before ? [compare(before, after)] : []
  })
  return {
    added: file.filter(({ ref }) => !known.has(ref)).map(listed),
    changed: both.flat(),
    missing: stored.filter(({ ref }) => !told.has(ref)).map(listed),
    unchanged: both.filter((changes) => changes.length === 0).length,
  }
}

function changesOf(
  what: 'workstream' | 'project',
  ref: string,
  fields: readonly [field: ChangedField['field'], from: string, to: string][],
): Changed[] {
  return fields
    .filter(([, from, to]) => tidy(from) !== tidy(to))
    .map(([field, from, to]) => ({ what, ref, field, from, to }))
}

/** Lists to compare: a file without names says nothing about them, and neither does a plan not asked. */
function lists(before: readonly string[] | undefined, after: readonly string[]): [string, string] {
  return before && after.length > 0 ? [before.join('; '), after.join('; ')] : ['', '']
}

/** The same for people, whom a sheet may name by their posts, and in other letters. */
function people(
  { posts }: StoredPlan,
  before: readonly string[] | undefined,
  after: readonly string[],
): [string, string] {
  const named = after.map((name) => posts?.get(fold(name)) ?? name)
  const same = before?.map(fold).join(';') === named.map(fold).join(';')
  return same ? ['', ''] : lists(before, named)
}

/** The same for one text. A plan without any has an empty one. */
function texts(before: string | null | undefined, after: string | undefined): [string, string] {
  return after === undefined ? ['', ''] : [before ?? '', after]
}

function newTexts(stored: StoredPlan, file: Contents): Difference {
  const [outcomes, refs] = [stored.outcomes, stored.recommendations].map((one) => new Set(one))
  return {
    added: [
      ...file.outcomes
        .filter((text) => !outcomes?.has(text))
        .map((title) => ({ what: 'outcome' as const, ref: '', title })),
      ...file.recommendations
        .filter(({ ref }) => !refs?.has(ref))
        .map(({ ref, text }) => ({ what: 'recommendation' as const, ref, title: text ?? '' })),
    ],
    changed: [],
    missing: [],
    unchanged: 0,
  }
}

function tidy(text: string): string {
  return text.normalize('NFC').replace(/\s+/g, ' ').trim()
}

function combine(parts: readonly Difference[]): Difference {
  return {
    added: parts.flatMap(({ added }) => added),
    changed: parts.flatMap(({ changed }) => changed),
    missing: parts.flatMap(({ missing }) => missing),
    unchanged: parts.reduce((sum, { unchanged }) => sum + unchanged, 0),
  }
}
