import { fieldRefusal } from '../../base/errors.ts'
import { isId } from '../../base/ids.ts'
import { shorten } from '../../base/text.ts'
import type { ReadContext } from '../context.ts'
import { type FoundProject, findProgramme, findProject } from '../plan/lookup.ts'
import type { Project } from '../plan/plan.ts'
import { loadRecentPlan } from '../plan/store.ts'
import { ratingContextOf, ratingOf } from './rating.ts'

/** The projects of a programme to choose from in a list. */
export interface ProjectChoices {
  /** The programme's key. */
  readonly programme: string
  /** Worst state first; empty where there are more than a list holds. */
  readonly choices: readonly { readonly title: string; readonly value: string }[]
  /** The one chosen so far: its id where there is a list, what was typed otherwise. */
  readonly project: string
}

/** The most that a list holds, on either platform. */
export const maxChoices = 100
/** Longer titles are cut: Slack's limit for an option. */
export const maxTitleLength = 75

/** Loads the projects of a programme for a list, those a digest speaks of first. @throws Refusal for no such programme */
export async function loadProjectChoices(
  { tx, actor, today }: ReadContext,
  chosen: { readonly programme: string; readonly project: string },
): Promise<ProjectChoices> {
  const programme = await findProgramme(tx, actor, chosen.programme || undefined)
  const plan = await loadRecentPlan(tx, programme.id, today)
  const { projects } = plan
  const context = ratingContextOf(plan)
  const severity = (project: Project) => ratingOf(project, context).state.severity
  const ordered = projects.toSorted((one, other) => severity(other) - severity(one))
  const match = projects.find(({ id, ref }) => [id, ref].includes(chosen.project))
  const choices =
    projects.length > maxChoices
      ? []
      : ordered.map(({ id, ref, title }) => ({
          title: shorten(`${ref} ${title}`, maxTitleLength),
          value: id,
        }))
  return {
    programme: programme.key,
    choices,
    project: choices.length > 0 ? (match?.id ?? '') : chosen.project,
  }
}

const missingProjectText = 'Choose a project.'

/** "2.1" in the programme whose digest it was asked from. @throws Refusal */
export async function resolveProject(
  context: ReadContext,
  {
    project,
    programme,
  }: { readonly project?: string | undefined; readonly programme?: string | undefined },
): Promise<FoundProject> {
  if (!project) throw fieldRefusal({ project: missingProjectText })
  const isWhole = !programme || isId(project) || project.includes('/')
  return findProject(context, isWhole ? project : `${programme}/${project}`)
}
