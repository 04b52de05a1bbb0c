import { type CivilDate, fullDate } from '../../base/dates.ts'
import { fold, shorten } from '../../base/text.ts'
import { parseDeadlines } from '../deadlines/deadlines.ts'
import { formatProject } from '../plan/format.ts'
import { type Milestone, milestoneText, type Plan, type Project } from '../plan/plan.ts'
import { isOnScale, parseState, type Scheme, schemeOf } from '../scheme/schemes.ts'
import { ratingContextOf, ratingOf } from '../status/rating.ts'

/**
 * A paper that somebody wrote, held against the plan: ratings and days that differ, promises that the plan does not have.
 * Nothing is guessed: a line is about a project where it has its number in a cell, or its whole title; a day is about a
 * milestone where the line has its whole text.
 */

export interface PaperComparison {
  /** Sentences: what the paper says, and what the plan says. */
  readonly differing: readonly string[]
  /** Days to come that a line about a known project names, and that no milestone of it has. */
  readonly notInPlan: readonly string[]
  /** Lines with a day to come that are about no project and no milestone that is known. */
  readonly unmatched: readonly string[]
  /** How many ratings and days were found as the plan has them. */
  readonly agreeing: number
}

type Finding =
  | { readonly kind: 'differing' | 'notInPlan' | 'unmatched'; readonly text: string }
  | { readonly kind: 'agreeing' }

/** @param rows paragraphs and rows of tables @param asAt the day that the paper speaks for */
export function comparePaper(
  rows: readonly (readonly string[])[],
  plan: Plan,
  asAt: CivilDate,
): PaperComparison {
  const known = plan.projects.map(knownProject)
  const found = rows.flatMap((row) => {
    const about = projectIn(row, known)
    return [...ratingFindings(row, about?.project, plan), ...dayFindings(row, about, known, asAt)]
  })
  const texts = (kind: Finding['kind']) => [
    ...new Set(found.flatMap((one) => (one.kind === kind && 'text' in one ? one.text : []))),
  ]
  return {
    differing: texts('differing'),
    notInPlan: texts('notInPlan'),
    unmatched: texts('unmatched'),
    agreeing: found.filter(({ kind }) => kind === 'agreeing').length,
  }
}

/** Shorter titles and texts are words that a line may have by chance. */
const minLength = 8

/** A text of the plan, folded; null where it is too short to look for. */
type SoughtText = string | null

const sought = (text: string): SoughtText => (text.length >= minLength ? fold(text) : null)

/** @param line folded */
const has = (line: string, text: SoughtText): boolean => text !== null && line.includes(text)

/** A project with its texts as lines are searched for them: folded once, as every line is asked about every text. */
interface KnownProject {
  readonly project: Project
  readonly title: SoughtText
  /** Its number and title in one cell, folded. */
  readonly numbered: string
  readonly milestones: readonly KnownMilestone[]
}

interface KnownMilestone {
  readonly milestone: Milestone
  readonly about: SoughtText
}

const knownProject = (project: Project): KnownProject => ({
  project,
  title: sought(project.title),
  numbered: fold(`${project.ref} ${project.title}`),
  milestones: project.milestones.map((milestone) => ({
    milestone,
    about: sought(milestone.about),
  })),
})

/** The one project that a line is about; undefined where there is none, or more than one. */
function projectIn(
  row: readonly string[],
  known: readonly KnownProject[],
): KnownProject | undefined {
  const cells = row.map(fold)
  const line = cells.join(' ')
  const numbered = known.filter(
    ({ project, numbered }) => row.includes(project.ref) || cells.includes(numbered),
  )
  const named = numbered.length > 0 ? numbered : known.filter(({ title }) => has(line, title))
  return named.length === 1 ? named[0] : undefined
}

/** Of a row of a table about a project, its one cell that is a rating: of several, nobody can tell which is meant. */
function ratingFindings(
  row: readonly string[],
  project: Project | undefined,
  plan: Plan,
): Finding[] {
  if (!project || row.length < 2) return []
  const scheme: Scheme = schemeOf(plan.programme.settings)
  const isNumber = (cell: string) => cell === project.ref
  const said = row.flatMap((cell) => {
    const state = cell === '' || isNumber(cell) ? undefined : parseState(scheme, cell)
    return state && isOnScale(state) ? [state] : []
  })
  const [only, another] = said
  if (!only || another) return []
  const { state } = ratingOf(project, ratingContextOf(plan))
  if (state.key === only.key) return [{ kind: 'agreeing' }]
  const text = `${formatProject(project)}: the paper says ${only.label}, the plan ${state.label}.`
  return [{ kind: 'differing', text }]
}

function dayFindings(
  row: readonly string[],
  about: KnownProject | undefined,
  known: readonly KnownProject[],
  asAt: CivilDate,
): Finding[] {
  const days = new Set(
    row.flatMap((cell) =>
      parseDeadlines(withPlainDays(cell), asAt).flatMap(({ due }) =>
        due && due > asAt ? [due] : [],
      ),
    ),
  )
  if (days.size === 0) return []
  const line = fold(row.join(' '))
  const meant = (about ? [about] : known)
    .flatMap(({ milestones }) => milestones.filter((one) => has(line, one.about)))
    .map(({ milestone }) => milestone)
  return [...days].map((day) => dayFinding(row, day, { project: about?.project, meant }))
}

/** "As at 20 February" is that day, as plans write "on 20 February". */
const withPlainDays = (cell: string): string => cell.replace(/\bas at\b/gi, 'on')

interface Candidates {
  readonly project: Project | undefined
  /** Those whose text the line has. */
  readonly meant: readonly Milestone[]
}

function dayFinding(
  row: readonly string[],
  day: CivilDate,
  { project, meant }: Candidates,
): Finding {
  const line = shorten(row.filter(Boolean).join(' · '), 200)
  const isOn = ({ due, doneOn }: Milestone) => due === day || doneOn === day
  if (meant.some(isOn) || project?.milestones.some(isOn)) return { kind: 'agreeing' }
  const [only, another] = meant
  if (only && !another) {
    const planned = only.doneOn ? `done on ${fullDate(only.doneOn)}` : dueText(only)
    const what = shorten(milestoneText(only), 120)
    return {
      kind: 'differing',
      text: `${what}: the paper says ${fullDate(day)}, the plan ${planned}.`,
    }
  }
  const text = `${fullDate(day)}: ${line}`
  if (project) return { kind: 'notInPlan', text: `${formatProject(project)}, ${text}` }
  return { kind: 'unmatched', text }
}

const dueText = ({ due }: Milestone): string => (due ? fullDate(due) : 'no day')
