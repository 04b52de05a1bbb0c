import { z } from 'zod'
import { Refusal } from '../../base/errors.ts'
import { isId } from '../../base/ids.ts'
import { shorten } from '../../base/text.ts'
import type { Card } from '../../chat/cards.ts'
import type { Context, Filled } from '../../chat/commands.ts'
import { type FoundProject, findProgramme, findProject } from '../../domain/plan/lookup.ts'
import { stateOf } from '../../domain/plan/plan.ts'
import { loadPlan } from '../../domain/plan/store.ts'
import { schemeOf } from '../../domain/scheme/schemes.ts'
import { projectFormCard } from './cards.ts'

/** What a form that chooses a project is for. */
export interface Choosing {
  /** At most 24 characters: the title of a modal. */
  readonly heading: string
  readonly button: string
  readonly verb: string
  /** What is to be written beside; absent for nothing. */
  readonly textLabel?: string
  /** What to ask of the words that were written, if anything. */
  readonly question?: string
}

const text = z.string().catch('')
const formValues = z.object({ programme: text, project: text, text, fine: text })

/** What both platforms' lists hold. */
const mostChoices = 100

/**
 * The form that chooses a project of a programme: those that a digest speaks of first. A list holds a hundred; where
 * there are more, it asks for the number.
 */
export async function chooseProject(
  context: Context,
  filled: Filled,
  { heading, button, verb, textLabel = '', question = '' }: Choosing,
): Promise<Card> {
  const { tx, actor, today } = context
  const values = formValues.parse(filled.values)
  const programme = await findProgramme(tx, actor, values.programme || undefined)
  const { projects } = await loadPlan(tx, programme.id, today)
  const scheme = schemeOf(programme.settings)
  const worst = scheme.states.map(({ key }) => key).toReversed()
  const ordered = projects.toSorted(
    (one, other) => worst.indexOf(stateOf(other)) - worst.indexOf(stateOf(one)),
  )
  const meant = projects.find(({ id, ref }) => [id, ref].includes(values.project))
  const choices =
    projects.length > mostChoices
      ? []
      : ordered.map(({ id, ref, title }) => ({ title: shorten(`${ref} ${title}`, 75), value: id }))
  return projectFormCard({
    ...{ heading, button, verb, textLabel, choices },
    programme: programme.key,
    project: choices.length > 0 ? (meant?.id ?? '') : values.project,
    text: values.text,
    problems: Object.values(filled.problems).filter((problem) => problem !== question),
    child: { question, fine: values.fine },
  })
}

const sayWhich = 'Choose a project.'

/** "2.1" in the programme whose digest it was asked from. @throws Refusal */
export async function projectMeant(
  context: Context,
  {
    project,
    programme,
  }: { readonly project?: string | undefined; readonly programme?: string | undefined },
): Promise<FoundProject> {
  if (!project) throw new Refusal(`${sayWhich} Nothing was stored.`, { project: sayWhich })
  const isWhole = !programme || isId(project) || project.includes('/')
  return findProject(context, isWhole ? project : `${programme}/${project}`)
}
