import { z } from 'zod'
import { authorise, relationToProject } from '../../authority/rights.ts'
import { fullDate } from '../../base/dates.ts'
import { Refusal } from '../../base/errors.ts'
import {
  type CommandContext,
  type CommandResult,
  defineCommand,
  optionalText,
} from '../../chat/commands.ts'
import { slot } from '../../chat/grammar.ts'
import { savedResult, unchangedResult } from '../../chat/notice.ts'
import { recordConfirmation } from '../../domain/plan/confirmations.ts'
import { formatProject, shortMilestoneText } from '../../domain/plan/format.ts'
import { findProject, requirePersonId } from '../../domain/plan/lookup.ts'
import { confirmMilestone, findConfirmableMilestone } from '../../domain/plan/milestones.ts'
import { unconfirmedUpdate } from '../../domain/plan/plan.ts'
import { loadRecentProject } from '../../domain/plan/store.ts'
import { formatState, schemeOf, stateByKey } from '../../domain/scheme/schemes.ts'

/** A second person's word, where the programme asks for one: for an improvement, or for a milestone that is done. */
export const confirm = defineCommand({
  name: 'confirm',
  usages: ['confirm <project> [<milestone>]'],
  slots: { project: slot.project, milestone: slot.textUpToBecause },
  examples: ['confirm 2.1', 'confirm 2.1 website'],
  authority: ['confirm update', 'confirm milestone'],
  summary:
    'Confirm that a project improved, or that a milestone is done, where your programme asks for a second person.',
  args: z.object({ project: z.string().optional(), milestone: optionalText }),
  run: async (context, { project, milestone }) => {
    if (milestone) return confirmCompletion(context, { project, milestone })
    if (project) return confirmImprovement(context, project)
    throw new Refusal('Say which project, by its number. Nothing was saved.')
  },
})

const selfConfirmationText =
  'You said that yourself: a second person confirms it. Nothing was saved.'

async function confirmImprovement(context: CommandContext, ref: string): Promise<CommandResult> {
  const { tx, actor, today } = context
  const found = await findProject(context, ref)
  const personId = requirePersonId(actor)
  authorise('confirm update', relationToProject(personId, found), formatProject(found))
  const awaited = unconfirmedUpdate(await loadRecentProject(tx, found.id, today))
  if (!awaited) return unchangedResult([`Nothing that was said of ${formatProject(found)} waits.`])
  if (awaited.byId === personId) throw new Refusal(selfConfirmationText)
  const isNew = await recordConfirmation(context, { updateId: awaited.id })
  if (!isNew) return unchangedResult([`${formatProject(found)} was confirmed just now.`])
  const state = formatState(stateByKey(schemeOf(found.programme.settings), awaited.state))
  const line = `Confirmed: ${formatProject(found)} is ${state}, as said on ${fullDate(awaited.onDay)}.`
  return savedResult([line], line)
}

async function confirmCompletion(
  context: CommandContext,
  asked: { readonly project: string | undefined; readonly milestone: string },
): Promise<CommandResult> {
  const { project, milestone } = await findConfirmableMilestone(context, asked)
  const { completion } = milestone
  const about = `${project.ref}: ${shortMilestoneText(milestone)}`
  if (!completion)
    throw new Refusal(`Nobody said yet that it is done. ${about}. Nothing was saved.`)
  if (completion.awaitsConfirmation && completion.byId === requirePersonId(context.actor)) {
    throw new Refusal(selfConfirmationText)
  }
  const fresh = await confirmMilestone(context, milestone, completion.onDay)
  const day = fullDate(completion.onDay)
  if (!fresh) return unchangedResult([`It counts as done already, on ${day}. ${about}`])
  const line = `Confirmed, done on ${day}. ${about}`
  return savedResult([line], line)
}
