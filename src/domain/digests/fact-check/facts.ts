import type { CivilDate } from '../../../base/dates.ts'
import { fold } from '../../../base/text.ts'
import type { Audience } from '../../programme/audience.ts'
import type { Entry } from '../../register/entry.ts'
import { type Scheme, schemeOf } from '../../scheme/schemes.ts'
import { type ColourFact, colourFacts } from './colour-facts.ts'
import { type Coverage, coverageOf } from './coverage-facts.ts'
import { type DimensionFact, dimensionFacts } from './dimension-facts.ts'
import { type LifeFacts, lifeFacts } from './life-facts.ts'
import { type MeasureFact, measureFacts } from './measure-facts.ts'
import { type MilestoneFact, milestoneFacts } from './milestone-facts.ts'
import { type ProjectFact, projectFacts } from './project-facts.ts'
import { isOpenOn, type RegisterFact, registerFacts } from './register-facts.ts'
import type { FactSources } from './sources.ts'
import { knownState } from './standing.ts'

/** What is so, by itself and since the digest before. */
export interface DigestFacts {
  readonly asAt: CivilDate
  /** The day of the digest before it; of a first one, the day since which it looks back. */
  readonly from: CivilDate
  readonly dueUntil: CivilDate
  readonly audience: Audience
  readonly isFirst: boolean
  readonly scheme: Scheme
  readonly projects: readonly ProjectFact[]
  /** Projects that the digest before it had and the plan has not, by their ids. */
  readonly gone: readonly string[]
  readonly setAside: ReadonlySet<string>
  readonly lives: LifeFacts
  readonly milestones: readonly MilestoneFact[]
  readonly measures: readonly MeasureFact[]
  readonly dimensions: readonly DimensionFact[]
  /** The states of all projects in the digest before it, as far as its scale has them. */
  readonly statesBefore: readonly string[]
  /** How many projects were updated, of those of which an update was due. */
  readonly coverage: Coverage
  /** Ids of the decisions that are needed. */
  readonly decisions: readonly string[]
  /** Ids of those among them that somebody else is asked for than the boards that read it. */
  readonly decisionsOfOthers: readonly string[]
  /** Ids of those that the digest before asked for and that have an outcome. */
  readonly askedBefore: readonly string[]
  readonly register: readonly RegisterFact[]
  /** Of the programme (id null) and of each workstream. */
  readonly colours: readonly ColourFact[]
}

export function gatherFacts(sources: FactSources): DigestFacts {
  const { plan, previous, register, setAside, since, dueUntil, audience } = sources
  const { asAt, programme } = plan
  const scheme = schemeOf(programme.settings)
  const from = previous?.asAt ?? since
  const projects = projectFacts(sources, scheme)
  const ids = new Set(plan.projects.map(({ id }) => id))
  const before = previous?.snapshot.projects ?? []
  const milestones = milestoneFacts(plan, previous, from)
  const needed = register.filter((entry) => entry.kind === 'decision' && isOpenOn(entry, asAt))
  const asked = previous?.decisions.map(({ entryId }) => entryId) ?? []
  return {
    ...{ asAt, from, dueUntil, audience, scheme, projects, setAside },
    isFirst: previous === null,
    lives: lifeFacts(sources),
    statesBefore: before.map(({ state }) => knownState(scheme, state).key),
    coverage: coverageOf(sources, scheme),
    decisions: needed.map(({ id }) => id),
    decisionsOfOthers: needed.flatMap((one) => (isOfOthers(one, sources.boards) ? one.id : [])),
    askedBefore: asked.filter((id) => {
      const closing = register.find((entry) => entry.id === id)?.closing
      return closing?.outcome && closing.onDay <= asAt
    }),
    gone: before.map(({ id }) => id).filter((id) => !ids.has(id)),
    milestones,
    register: registerFacts(sources, { projects, milestones, worst: scheme.states[0]?.key }),
    measures: measureFacts(sources),
    dimensions: dimensionFacts(sources, projects),
    colours: colourFacts(sources, projects, scheme),
  }
}

/** A name of a board is a run of words in what the decision is asked of; "the" before it is not part of it. */
function isOfOthers(entry: Entry, boards: readonly string[]): boolean {
  if (entry.kind !== 'decision' || boards.length === 0) return false
  const asked = words(entry.askedOf ?? '')
  const isIn = (name: readonly string[]) =>
    asked.some((_, at) => name.every((word, index) => asked[at + index] === word))
  return asked.length > 0 && !boards.some((name) => isIn(words(name)))
}

const words = (text: string): readonly string[] =>
  fold(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word, at) => word !== '' && !(at === 0 && word === 'the'))
