import type { Milestone, Project, StatusUpdate } from '../../plan/plan.ts'
import type { Reopening, SetAsideProjects } from '../../plan/set-aside.ts'

/** What becomes of the words that people wrote about a project. Null where nobody wrote any: that stays null. */
export interface TextMapping {
  /** The reason, the way back to Green and the reason of a divergence, all of one update. */
  readonly update: (text: string, update: StatusUpdate) => string | null
  /** Why a date was moved. */
  readonly move: (text: string) => string
  /** Why a milestone is at risk. */
  readonly flag: (text: string) => string | null
}

/** The project with other words: the one place that knows where in a project people's words are. */
export function mapTexts(project: Project, mapping: TextMapping): Project {
  const { past } = project
  return {
    ...project,
    milestones: project.milestones.map((milestone) => mapMilestoneTexts(milestone, mapping)),
    updates: project.updates.map((update) => mapUpdateTexts(update, mapping)),
    ...(past && { past: { ...past, ticks: past.ticks && mapUpdateTexts(past.ticks, mapping) } }),
  }
}

function mapUpdateTexts(update: StatusUpdate, mapping: TextMapping): StatusUpdate {
  const map = (text: string | null) => (text === null ? null : mapping.update(text, update))
  return {
    ...update,
    reason: map(update.reason),
    path: map(update.path),
    divergenceReason: map(update.divergenceReason),
  }
}

function mapMilestoneTexts(milestone: Milestone, mapping: TextMapping): Milestone {
  const { moves, flag } = milestone
  return {
    ...milestone,
    moves: moves.map((move) => ({ ...move, reason: mapping.move(move.reason) })),
    flag: flag && { ...flag, reason: flag.reason === null ? null : mapping.flag(flag.reason) },
  }
}

/** The projects that are set aside, with other words for why they are or are not any more. */
export function mapSetAsideTexts(
  { projects, reopenings, ...counted }: SetAsideProjects,
  map: (text: string) => string,
): SetAsideProjects {
  const mapped = <Said extends { readonly reason: string | null }>(said: Said): Said => ({
    ...said,
    reason: said.reason === null ? null : map(said.reason),
  })
  const reopened = ([id, { from, ...said }]: readonly [string, Reopening]) =>
    [id, { ...mapped(said), from: mapped(from) }] as const
  return {
    ...counted,
    projects: projects.map(({ life, ...project }) => ({ ...project, life: mapped(life) })),
    reopenings: new Map([...reopenings].map(reopened)),
  }
}
