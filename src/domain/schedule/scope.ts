import { Refusal } from '../../base/errors.ts'
import { fold, listOf, nearest, plural, quoted } from '../../base/text.ts'
import type { Measure } from '../measures/measure.ts'
import type { Plan, Project } from '../plan/plan.ts'
import type { Entry } from '../register/entry.ts'
import type { OverrideRow } from '../rollup/overrides.ts'

/**
 * The part of a programme that a digest covers: the projects in one of these workstreams or with one of these tags. With
 * neither it is the whole programme.
 */
export interface Scope {
  /** Refs of workstreams. */
  readonly workstreams: readonly string[]
  readonly tags: readonly string[]
}

export const wholeProgramme: Scope = { workstreams: [], tags: [] }

export function isWholeProgramme({ workstreams, tags }: Scope): boolean {
  return workstreams.length === 0 && tags.length === 0
}

/** The plan with only the projects in scope, so that a digest composed from it cannot mention any other. */
export function planWithin(plan: Plan, scope: Scope): Plan {
  if (isWholeProgramme(scope)) return plan
  const projects = plan.projects.filter(belongsTo(plan, scope))
  const theirs = new Set(projects.map(({ workstreamId }) => workstreamId))
  return { ...plan, projects, workstreams: plan.workstreams.filter(({ id }) => theirs.has(id)) }
}

type Placed = Pick<Project, 'workstreamId' | 'tags'>

/** Whether a project, be it live or set aside, is in scope. */
export function belongsTo({ workstreams }: Plan, scope: Scope): (project: Placed) => boolean {
  if (isWholeProgramme(scope)) return () => true
  const refs = new Set(scope.workstreams.map(fold))
  const tags = new Set(scope.tags.map(fold))
  const ids = new Set(workstreams.filter(({ ref }) => refs.has(fold(ref))).map(({ id }) => id))
  return (project) =>
    ids.has(project.workstreamId) || project.tags.some((tag) => tags.has(fold(tag)))
}

/**
 * The register entries about the projects of a part. Left out: entries about the whole programme, and dependencies on a
 * project outside the part, whose state the part does not have.
 */
export function registerWithin(
  register: readonly Entry[],
  whole: Plan,
  part: Plan,
): readonly Entry[] {
  if (whole === part) return register
  const ids = new Set(part.projects.map(({ id }) => id))
  const outside = new Set(
    whole.projects.filter(({ id }) => !ids.has(id)).map(({ ref }) => fold(ref)),
  )
  return register.filter(
    (entry) =>
      entry.project !== null &&
      ids.has(entry.project.id) &&
      !(entry.kind === 'dependency' && outside.has(fold(entry.dependsOn))),
  )
}

/** Overrides of workstreams in the part. An override of the whole programme's RAG does not apply to a part. */
export function overridesWithin(
  overrides: readonly OverrideRow[],
  whole: Plan,
  part: Plan,
): readonly OverrideRow[] {
  return whole === part ? overrides : overrides.filter(({ workstreamId }) => workstreamId !== null)
}

/** The measures of the projects of a part. */
export function measuresWithin(
  measures: readonly Measure[],
  whole: Plan,
  part: Plan,
): readonly Measure[] {
  if (whole === part) return measures
  const ids = new Set(part.projects.map(({ id }) => id))
  return measures.filter(({ projects }) => projects.some(({ id }) => ids.has(id)))
}

/** 'About workstream 2 and projects tagged Ofsted: 12 of 47 projects.'; null for the whole. */
export function formatScopeCoverage(scope: Scope, whole: Plan): string | null {
  if (isWholeProgramme(scope)) return null
  const { projects } = planWithin(whole, scope)
  return `About ${formatScope(scope)}: ${projects.length} of ${plural(whole.projects.length, 'project')}`
}

/** 'workstreams 2 and 3, and projects tagged Ofsted', 'the whole programme'. */
export function formatScope(scope: Scope): string {
  const { workstreams, tags } = scope
  const parts = [
    workstreams.length > 0 &&
      `${workstreams.length === 1 ? 'workstream' : 'workstreams'} ${listOf(workstreams)}`,
    tags.length > 0 && `projects tagged ${listOf(tags)}`,
  ].filter((part) => part !== false)
  return parts.join(', and ') || 'the whole programme'
}

/**
 * Parses "2, 3 and Ofsted": each term is the number or title of a workstream, or a tag of some project. The result is
 * sorted and without repeats, so that equal scopes are stored alike. @throws Refusal
 */
export function parseScope(text: string | undefined, plan: Plan): Scope {
  const workstreams = new Set<string>()
  const tags = new Set<string>()
  const terms = text ?? ''
  for (const word of isWorkstreamTitle(terms, plan) ? [terms] : splitScopeTerms(terms)) {
    const workstream = plan.workstreams.find(
      ({ ref, title }) => fold(ref) === fold(word) || fold(title) === fold(word),
    )
    const tag = allTags(plan).find((one) => fold(one) === fold(word))
    if (workstream) workstreams.add(workstream.ref)
    else if (tag) tags.add(tag)
    else throw unknownScopeTerm(word, plan)
  }
  return { workstreams: [...workstreams].toSorted(), tags: [...tags].toSorted() }
}

/** Checked before the text is split: a title may contain "and", as in "Help and protection". */
function isWorkstreamTitle(text: string, { workstreams }: Plan): boolean {
  return workstreams.some(({ title }) => fold(title) === fold(text))
}

/** Splits 'a, b and c'; drops the word in 'workstream 2'. */
export function splitScopeTerms(text: string): string[] {
  const terms = text
    .split(/,|;|\sand\s/i)
    .map((word) => word.trim().replace(/^workstreams?\s+/i, ''))
  return [...new Set(terms)].filter(Boolean)
}

/** The tags of all projects, sorted, without repeats. */
export function allTags({ projects }: Plan): string[] {
  return [...new Set(projects.flatMap(({ tags }) => tags))].toSorted()
}

function unknownScopeTerm(word: string, plan: Plan): Refusal {
  const refs = plan.workstreams.map(({ ref }) => ref)
  const tags = allTags(plan)
  const near = nearest(word, [...refs, ...plan.workstreams.map(({ title }) => title), ...tags])
  const hint = near ? ` Did you mean ${near}?` : ''
  const tagged = tags.length > 0 ? ` Tags: ${listOf(tags.slice(0, 20))}.` : ' No project has a tag.'
  return new Refusal(
    `There is no workstream and no tag ${quoted(word)}.${hint} Workstreams: ${listOf(refs.slice(0, 20))}.${tagged} Nothing was saved.`,
  )
}
