import { z } from 'zod'
import { fullDate } from '../../base/dates.ts'
import { Refusal } from '../../base/errors.ts'
import { fold, nearest, plural, quoted } from '../../base/text.ts'
import { defineQuery, optionalText } from '../../chat/commands.ts'
import { slot } from '../../chat/grammar.ts'
import { noticeCard } from '../../chat/notice.ts'
import { formatProject } from '../../domain/plan/format.ts'
import { findProgramme } from '../../domain/plan/lookup.ts'
import type { Plan, Project } from '../../domain/plan/plan.ts'
import { loadRecentPlan } from '../../domain/plan/store.ts'
import { formatState, parseState, type State, schemeOf } from '../../domain/scheme/schemes.ts'
import { unknownStateText } from '../../domain/scheme/unknown-state.ts'
import { ratingContextOf, ratingOf } from '../../domain/status/rating.ts'

/** How many projects an answer lists; a message has room for more. */
const maxListed = 40

/** Every project in a line, or some of them: what a digest counts and does not list is found here. */
export const projects = defineQuery({
  name: 'projects',
  usages: ['projects [<rating>] [after <project>] [for <programme>]'],
  slots: { rating: slot.words, project: slot.project, programme: slot.text },
  examples: ['projects', 'projects red after 2.1 for W17'],
  authority: ['read plan'],
  summary:
    'The projects of a programme in a line each: all, those in one state, or “undated” for those with a milestone without a date.',
  args: z.object({ rating: optionalText, project: optionalText, programme: optionalText }),
  run: async ({ tx, actor, today, prefix }, args) => {
    const { id } = await findProgramme(tx, actor, args.programme)
    const plan = await loadRecentPlan(tx, id, today)
    const { description, matches } = parseProjectFilter(plan, args.rating)
    const all = plan.projects.filter(matches)
    const rest = all.slice(indexAfter(all, args.project))
    const told = rest.slice(0, maxListed)
    const last = told.at(-1)
    const more = rest.length - told.length
    const typed = [prefix, 'projects', args.rating, 'after', last?.ref].filter(Boolean).join(' ')
    return {
      card: noticeCard({
        heading: `${plural(all.length, 'project')} as at ${fullDate(today)}`,
        lines: [
          ...(description ? [description] : []),
          ...told.map(
            (project) => `${formatProject(project)}: ${formatState(projectState(plan, project))}`,
          ),
          ...(more > 0 ? [`${more} more: ${typed}`] : []),
        ],
        buttons: [],
      }),
    }
  },
})

interface ProjectFilter {
  /** Which ones, in words; '' for all. */
  readonly description: string
  matches(project: Project): boolean
}

function parseProjectFilter(plan: Plan, rating: string | undefined): ProjectFilter {
  if (rating === undefined) return { description: '', matches: () => true }
  if (fold(rating) === 'undated') {
    return {
      description: 'With a milestone that has no date',
      matches: ({ milestones }) => milestones.some(({ due, doneOn }) => due === null && !doneOn),
    }
  }
  const state = parseStateFilter(plan, rating)
  return {
    description: formatState(state),
    matches: (project) => projectState(plan, project).key === state.key,
  }
}

/** Accepts “not rated” too, which can be asked for although nobody can set it. */
function parseStateFilter({ programme }: Plan, rating: string): State {
  const scheme = schemeOf(programme.settings)
  const state = parseState(scheme, rating)
  if (state) return state
  if (fold(rating) === fold(scheme.blank.label)) return scheme.blank
  throw new Refusal(unknownStateText(rating, scheme))
}

const projectState = (plan: Plan, project: Project): State =>
  ratingOf(project, ratingContextOf(plan)).state

/** Where the projects after a named one begin. */
function indexAfter(projects: readonly Project[], ref: string | undefined): number {
  if (ref === undefined) return 0
  const at = projects.findIndex((project) => fold(project.ref) === fold(ref))
  if (at >= 0) return at + 1
  const refs = projects.map((project) => project.ref)
  const near = nearest(ref, refs)
  throw new Refusal(
    `There is no project ${quoted(ref)} among them.${near ? ` Did you mean ${near}?` : ''}`,
  )
}
