import { z } from 'zod'
import { fieldRefusal, Refusal } from '../../base/errors.ts'
import {
  type CommandContext,
  type CommandResult,
  defineCommand,
  optionalText,
} from '../../chat/commands.ts'
import { slot } from '../../chat/grammar.ts'
import { unchangedResult } from '../../chat/notice.ts'
import {
  requireSafeguardingAnswer,
  safeguardingSubjectOf,
} from '../../domain/checks/safeguarding-guard.ts'
import type { PlanField } from '../../domain/plan/fields.ts'
import { formatProject, shortMilestoneText } from '../../domain/plan/format.ts'
import {
  milestoneCompletion,
  milestoneRemoval,
  milestoneText,
} from '../../domain/plan/milestone-fields.ts'
import {
  type FoundMilestone,
  findEditableMilestone,
  milestoneArgs,
  provenanceOf,
} from '../../domain/plan/milestones.ts'
import { reviseField } from '../../domain/plan/revise.ts'
import { lockProgramme } from '../../domain/programme/lock.ts'
import { requireOffice } from './office-lookup.ts'
import { revisedResult } from './revised-result.ts'

export const milestoneWords = z
  .string()
  .trim()
  .min(1, 'Say what it is about.')
  .max(500, 'That is longer than 500 characters.')

/** The heading of a column of the sheet, as typed ("March:") or in a form. */
export const milestoneColumn = z
  .string()
  .trim()
  .max(100, 'A column has at most 100 characters.')
  .transform((text) => text.replace(/\s*:$/, '') || undefined)
  .optional()

const milestoneSlot = slot.textUpToBecause

interface MilestoneRevision {
  readonly field: PlanField
  readonly to: unknown
  readonly reason: string | undefined
  readonly fine: string | undefined
  readonly line: string
}

async function reviseMilestone(
  context: CommandContext,
  found: FoundMilestone,
  change: MilestoneRevision,
): Promise<CommandResult> {
  const { project } = found
  const { line, reason } = change
  const revision = await applyMilestoneChange(context, found, change)
  if (revision === null) return unchangedResult([formatProject(project), line])
  const lines = [formatProject(project), line, ...(reason ? [`Reason: ${reason}`] : [])]
  return revisedResult(revision, lines, `${project.ref}: ${line}`)
}

/** Gives the revision's id; null where it was so already. @throws Refusal that asks about words that may tell of a child */
export async function applyMilestoneChange(
  context: CommandContext,
  { foundProject, milestone }: Pick<FoundMilestone, 'foundProject' | 'milestone'>,
  { field, to, reason = '', fine }: Omit<MilestoneRevision, 'line'>,
): Promise<string | null> {
  const subject = safeguardingSubjectOf(context, foundProject)
  const written = typeof to === 'string' ? [to, reason] : [reason]
  await requireSafeguardingAnswer(context, subject, written, fine)
  const programmeId = foundProject.programme.id
  await lockProgramme(context.tx, programmeId)
  const said = provenanceOf(context, foundProject)
  return reviseField(context.tx, field, milestone.id, to, {
    ...{ programmeId, reason: reason || null, said },
  })
}

export const reword = defineCommand({
  name: 'reword',
  usages: ['reword <project> <milestone> to <text>'],
  slots: { project: slot.project, milestone: slot.text, text: slot.text },
  examples: ['reword 2.1 3 to Publish the standards for every team'],
  authority: ['change plan'],
  summary: 'Change the words of a milestone; its date stays. For the programme office.',
  args: milestoneArgs.extend({ text: milestoneWords, fine: optionalText }),
  run: async (context, args) => {
    const found = await findEditableMilestone(context, args)
    requireOffice(context, found.foundProject)
    const line = `Milestone ${found.milestone.number}: ${args.text}, was: ${shortMilestoneText(found.milestone)}`
    const { fine, text: to } = args
    return reviseMilestone(context, found, {
      field: milestoneText,
      to,
      reason: undefined,
      fine,
      line,
    })
  },
})

export const removeMilestone = defineCommand({
  name: 'remove-milestone',
  usages: ['remove milestone <project> <milestone> [because <reason>]'],
  slots: { project: slot.project, milestone: milestoneSlot, reason: slot.text },
  examples: ['remove milestone 2.1 3 because it is the same as 2'],
  authority: ['change plan'],
  summary:
    'Take a milestone out of the plan, with the reason. Earlier days keep it. For the programme office.',
  args: milestoneArgs.extend({ reason: optionalText, fine: optionalText }),
  run: async (context, args) => {
    const found = await findEditableMilestone(context, args)
    requireOffice(context, found.foundProject)
    if (!args.reason) throw fieldRefusal({ reason: 'Say why, in a few words: “because …”.' })
    const line = `Taken out: milestone ${found.milestone.number}, ${shortMilestoneText(found.milestone)}`
    const { reason, fine } = args
    return reviseMilestone(context, found, {
      field: milestoneRemoval,
      to: true,
      reason,
      fine,
      line,
    })
  },
})

export const reopen = defineCommand({
  name: 'reopen',
  usages: ['reopen <project> <milestone> [because <reason>]'],
  slots: { project: slot.project, milestone: milestoneSlot, reason: slot.text },
  examples: ['reopen 2.5 1 because one team is still to move'],
  authority: ['change project'],
  summary: 'Say that a milestone is not finished after all, with the reason.',
  args: milestoneArgs.extend({ reason: optionalText, fine: optionalText }),
  run: async (context, args) => {
    const found = await findEditableMilestone(context, args)
    const { milestone } = found
    if (!milestone.completion) throw new Refusal('That milestone is open. Nothing was changed.')
    if (!args.reason) throw fieldRefusal({ reason: 'Say why, in a few words: “because …”.' })
    const line = `Open again: ${shortMilestoneText(milestone)}`
    const { reason, fine } = args
    return reviseMilestone(context, found, {
      field: milestoneCompletion,
      to: null,
      reason,
      fine,
      line,
    })
  },
})
