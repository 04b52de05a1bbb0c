import { collapseWhitespace, fold } from '../../base/text.ts'
import { diffMeasures, type StoredMeasure } from './diff-measures.ts'
import { diffMilestones, type StoredMilestone } from './diff-milestones.ts'
import { type FieldChange, type PlanChange, type PlanDiff, takenBackField } from './diff-types.ts'
import { type PlanContents, type ProjectRow, wholePlan } from './parsed-plan.ts'
import type { RefWithTitle } from './resolve-refs.ts'

/** The saved plan, as far as a file can differ from it. What is left out is not compared. */
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

export interface StoredWorkstream extends WithKnownValues {
  /** It was taken out of the plan in chat. */
  readonly isRemoved?: boolean
  readonly ref: string
  readonly title: string
  /** Names as written. */
  readonly sponsors?: readonly string[]
  readonly leads?: readonly string[]
}

/** Values of title, section, leads, sponsors and tags that say nothing new: known-values.ts. Lists joined by "; ". */
interface WithKnownValues {
  readonly known?: Readonly<Record<string, readonly string[]>>
  /** An import added it and was taken back: a file that has it puts it back. */
  readonly isTakenBack?: boolean
}

/**
 * State and commentary are as the last import left them, not as chat changed them since: an unchanged sheet must not
 * undo what a lead reported.
 */
export interface StoredProject extends WithKnownValues {
  readonly ref: string
  readonly title: string
  readonly workstreamRef?: string | undefined
  /** It is in the pipeline, on hold or closed: a file that lacks it does not miss it. */
  readonly isSetAside?: boolean
  readonly state: string
  readonly commentary: string
  /** Only for our own export, which repeats what was reported in chat: the whole history. None of it counts as new. */
  readonly statusHistory?: readonly { readonly state: string; readonly commentary: string }[]
  readonly section?: string
  /** By key, as the last import left each; null where it had none. */
  readonly attributes?: Readonly<Record<string, string | null>>
  /** Only for our own export: every value that each attribute ever had. None of them counts as new. */
  readonly attributeHistory?: Readonly<Record<string, readonly (string | null)[]>>
  readonly leads?: readonly string[]
  readonly recommendations?: readonly string[]
  readonly outcomes?: readonly string[]
  readonly tags?: readonly string[]
  readonly milestones: readonly StoredMilestone[]
}

export type { StoredMeasure, StoredReading } from './diff-measures.ts'
export type { StoredMilestone } from './diff-milestones.ts'
export type {
  MissingItem as Missing,
  PlanAddition as Added,
  PlanChange as Changed,
  PlanDiff as Difference,
} from './diff-types.ts'

/**
 * Compares a file with the saved plan. A file that was imported already gives an empty diff. `newRows`:
 * of which a person says that they are none of what is in the plan in other words.
 */
export function diffPlans(
  stored: StoredPlan,
  file: PlanContents,
  newRows: readonly number[] = [],
): PlanDiff {
  const known = new Map(stored.projects.map((project) => [project.ref, project]))
  const unnamed = new Set(
    file.workstreams.flatMap(({ ref, title }) => (title === wholePlan ? [ref] : [])),
  )
  const projects = diffByRef(
    'project',
    stored.projects,
    file.projects,
    (before, after) => {
      const isSaid = before.workstreamRef !== undefined && !unnamed.has(after.workstreamRef)
      return diffProjectFields(stored, before, after, isSaid ? after.workstreamRef : undefined)
    },
    ({ isSetAside, isTakenBack }) => !isSetAside && !isTakenBack,
  )
  /** The file puts something into the workstream: what is new, or from another one. */
  const isNeeded = (ref: string) =>
    file.projects.some((project) => project.workstreamRef === ref && !known.has(project.ref)) ||
    projects.changed.some((change) => change.field === 'workstream' && change.to === ref)
  const measures = diffMeasures(stored.measures ?? [], file.measures, newRows)
  const parts = [
    diffByRef(
      'workstream',
      stored.workstreams,
      file.workstreams,
      (before, after) => {
        const fields = changesOf('workstream', before.ref, [
          ['title', before.title, after.title],
          ['sponsors', ...ownerPair(stored, before.sponsors, after.sponsors)],
          ['leads', ...ownerPair(stored, before.leads, after.leads)],
        ])
        const isBack = before.isTakenBack || (before.isRemoved && isNeeded(before.ref))
        const back = takenBack('workstream', { ref: before.ref, isTakenBack: isBack })
        return [...back, ...withoutKnown(stored, before, fields)]
      },
      ({ isTakenBack, isRemoved }) => !isTakenBack && !isRemoved,
    ),
    projects,
    ...file.projects.map((project) => {
      return diffMilestones(project, known.get(project.ref)?.milestones ?? [], newRows)
    }),
    measures,
    diffTexts(stored, file),
  ]
  const whole = mergeDiffs(parts)
  // A table of measures without projects does not mean that the projects are missing.
  return file.projects.length > 0 ? whole : { ...whole, missing: measures.missing }
}

function diffProjectFields(
  stored: StoredPlan,
  before: StoredProject,
  after: ProjectRow,
  /** The workstream that the sheet says; undefined where it says none. */
  place: string | undefined,
): PlanChange[] {
  const saidBefore = (before.statusHistory ?? []).some(({ state, commentary }) => {
    return state === after.state && normaliseText(commentary) === normaliseText(after.commentary)
  })
  const status: [FieldChange['field'], string, string][] = [
    ['state', before.state, after.state],
    ['commentary', before.commentary, after.commentary],
  ]
  const fields = changesOf('project', before.ref, [
    ['title', before.title, after.title],
    ['workstream', ...textPair(before.workstreamRef, place)],
    ...(saidBefore ? [] : status),
    ['section', ...textPair(before.section, after.section)],
    ...attributeFields(before, after),
    ['leads', ...ownerPair(stored, before.leads, after.leads)],
    ['recommendations', ...listPair(before.recommendations, after.recommendations)],
    ['outcomes', ...listPair(before.outcomes, after.outcomes)],
    ['tags', ...listPair(before.tags, after.tags ?? [])],
  ])
  return [...takenBack('project', before), ...withoutKnown(stored, before, fields)]
}

function takenBack(
  what: FieldChange['what'],
  {
    ref,
    isTakenBack = false,
  }: { readonly ref: string; readonly isTakenBack?: boolean | undefined },
): FieldChange[] {
  const change = { field: takenBackField, from: 'taken back', to: 'in the plan' }
  return isTakenBack ? [{ what, ref, ...change }] : []
}

/** Without the changes to a value that the sheet only repeats. People may be named by their posts. */
function withoutKnown<Change extends FieldChange>(
  { posts }: StoredPlan,
  { known = {} }: WithKnownValues,
  changes: readonly Change[],
): Change[] {
  const asNamed = (text: string) =>
    text
      .split('; ')
      .map((name) => fold(posts?.get(fold(name)) ?? name))
      .join('; ')
  return changes.filter(({ field, to }) => {
    const values = known[field] ?? []
    return !values.some((value) => asNamed(value) === asNamed(to ?? ''))
  })
}

/** An empty cell changes nothing, and neither does a sheet without the column. */
function attributeFields(
  { attributes = {}, attributeHistory = {} }: StoredProject,
  after: ProjectRow,
): [field: string, from: string, to: string][] {
  return Object.entries(after.attributes ?? {}).flatMap(([key, to]) =>
    attributeHistory[key]?.includes(to) ? [] : [[key, attributes[key] ?? '', to]],
  )
}

function diffByRef<Before extends RefWithTitle, After extends RefWithTitle>(
  what: 'workstream' | 'project',
  stored: readonly Before[],
  file: readonly After[],
  compare: (before: Before, after: After) => PlanChange[],
  isExpected: (before: Before) => boolean = () => true,
): PlanDiff {
  const known = new Map(stored.map((row) => [row.ref, row]))
  const fileRefs = new Set(file.map(({ ref }) => ref))
  const listed = ({ ref, title }: RefWithTitle) => ({ what, ref, title })
  const both = file.flatMap((after) => {
    const before = known.get(after.ref)
    return before ? [compare(before, after)] : []
  })
  return {
    added: file.filter(({ ref }) => !known.has(ref)).map(listed),
    changed: both.flat(),
    missing: stored.filter((row) => !fileRefs.has(row.ref) && isExpected(row)).map(listed),
    unchanged: both.filter((changes) => changes.length === 0).length,
  }
}

function changesOf(
  what: 'workstream' | 'project',
  ref: string,
  fields: readonly [field: FieldChange['field'], from: string, to: string][],
): FieldChange[] {
  return fields
    .filter(([, from, to]) => normaliseText(from) !== normaliseText(to))
    .map(([field, from, to]) => ({ what, ref, field, from, to }))
}

/** Two lists to compare; equal where the file has none, or where the plan was not loaded that far. */
function listPair(
  before: readonly string[] | undefined,
  after: readonly string[],
): [string, string] {
  return before && after.length > 0 ? [before.join('; '), after.join('; ')] : ['', '']
}

/** The same for people, whom a sheet may name by their posts or in another case. */
function ownerPair(
  { posts }: StoredPlan,
  before: readonly string[] | undefined,
  after: readonly string[],
): [string, string] {
  const named = after.map((name) => posts?.get(fold(name)) ?? name)
  const same = before?.map(fold).join(';') === named.map(fold).join(';')
  return same ? ['', ''] : listPair(before, named)
}

/** The same for one text; null counts as empty. */
function textPair(before: string | null | undefined, after: string | undefined): [string, string] {
  return after === undefined ? ['', ''] : [before ?? '', after]
}

function diffTexts(stored: StoredPlan, file: PlanContents): PlanDiff {
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

function normaliseText(text: string): string {
  return collapseWhitespace(text.normalize('NFC'))
}

export const noDiff: PlanDiff = { added: [], changed: [], missing: [], unchanged: 0 }

export function mergeDiffs(parts: readonly PlanDiff[]): PlanDiff {
  return {
    added: parts.flatMap(({ added }) => added),
    changed: parts.flatMap(({ changed }) => changed),
    missing: parts.flatMap(({ missing }) => missing),
    unchanged: parts.reduce((sum, { unchanged }) => sum + unchanged, 0),
  }
}
