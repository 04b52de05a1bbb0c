import { z } from 'zod'
import { fullDate } from '../../base/dates.ts'
import { Refusal } from '../../base/errors.ts'
import { dayPhrase, say } from '../../base/language.ts'
import {
  defineCommand,
  type FormState,
  optionalText,
  type QueryContext,
} from '../../chat/commands.ts'
import { parseWith } from '../../chat/fields.ts'
import { precedes, run, slot } from '../../chat/grammar.ts'
import { savedResult, unchangedResult, undoButton } from '../../chat/notice.ts'
import {
  requireSafeguardingAnswer,
  safeguardingQuestion,
  safeguardingSubjectOf,
} from '../../domain/checks/safeguarding-guard.ts'
import { readDate } from '../../domain/deadlines/deadlines.ts'
import {
  formatProject,
  formatTimingWithSlippage,
  shortMilestoneText,
} from '../../domain/plan/format.ts'
import {
  completeMilestone,
  findEditableMilestone,
  flagMilestone,
  milestoneArgs,
  moveMilestone,
} from '../../domain/plan/milestones.ts'
import { approvalReasonFor } from '../../domain/plan/move-governance.ts'
import { validateMove } from '../../domain/plan/move-rules.ts'
import type { Project } from '../../domain/plan/plan.ts'
import { confirmationSetting } from '../../domain/plan/settings.ts'
import { moveFormCard } from './cards.ts'
import { doneForm } from './done-form.ts'
import { requestGovernedMove } from './move-requests.ts'

/** "example.org/pages", "www.example.org": an address as people type one. "pages.docx" is a file. */
const bareAddress = /^(?:www\.|(?:[\w-]+\.)+[a-z]{2,}\/)\S*$/i

/**
 * A link as people give it; Slack puts angle brackets around one, and a label after a bar. Only https, which an address
 * without a scheme is taken for, as browsers do.
 */
const linkArg = optionalText
  .transform((text) => text?.replace(/^<([^|>]+)(\|[^>]*)?>$/, '$1'))
  .transform((text) => (text && bareAddress.test(text) ? `https://${text}` : text))
  .pipe(
    z
      .url({ protocol: /^https$/, error: 'The evidence is a link that begins with https://.' })
      .max(500, 'That link is longer than 500 characters.')
      .optional(),
  )

const linkPattern = new RegExp(`^<?[a-z]+://|${bareAddress.source}`, 'i')

// "move 2.1 roll out to schools to 30 Jun because we need to": the last "to" before "because" separates them.
// "done 2.1 gather evidence evidence https://…": "evidence" ends a milestone only in front of a link.
export const milestoneSlot = run({
  isGreedy: true,
  stop: (words, at) => precedes('because')(words, at) || isEvidence(words, at),
})

/** Whether the last two words are "evidence" and a link, and `at` is the place of the first. */
function isEvidence(words: readonly string[], at: number): boolean {
  return (
    at === words.length - 2 &&
    precedes('evidence')(words, at) &&
    linkPattern.test(words[at + 1] ?? '')
  )
}

export const done = defineCommand({
  name: 'done',
  usages: ['done <project> <milestone> [evidence <link>]'],
  slots: {
    project: slot.project,
    milestone: milestoneSlot,
    link: run({ each: linkPattern, most: 1 }),
  },
  examples: ['done 2.1 website', 'done 2.1 gather evidence evidence https://example.org/pages'],
  authority: ['change project'],
  summary:
    'Say that a milestone is finished. Name it by its number or some of its words; a link may show it.',
  args: milestoneArgs.extend({ link: linkArg }),
  run: async (context, args) => {
    const found = await findEditableMilestone(context, args)
    const { foundProject, project, milestone } = found
    const { link = null } = args
    const isNew = await completeMilestone(context, found, link)
    const { completion } = milestone
    const day = dayPhrase(completion?.onDay ?? context.today)
    const line = say(isNew ? 'Done on {day}: {what}' : 'It was done already, on {day}: {what}', {
      ...{ day, what: shortMilestoneText(milestone) },
    })
    const awaits = isNew
      ? confirmationSetting.of(foundProject.programme.settings).done
      : completion?.awaitsConfirmation === true
    const next = awaits
      ? [
          `It counts as finished when a second person confirms it: ${context.prefix} confirm ${project.ref} ${milestone.number}`,
        ]
      : []
    const evidence = isNew && link ? [`Evidence: ${link}`] : []
    const lines = [formatProject(project), line, ...evidence, ...next]
    const note = `${project.ref}: ${line}${awaits ? ', awaiting confirmation' : ''}`
    const saved = savedResult(lines, note, [undoButton({ done: milestone.id })])
    return isNew ? saved : { ...unchangedResult(lines), note }
  },
  form: doneForm,
})

export const flag = defineCommand({
  name: 'flag',
  usages: ['flag <project> <milestone> [because <reason>] [words are fine because <fine>]'],
  slots: { project: slot.project, milestone: milestoneSlot, reason: slot.text, fine: slot.text },
  examples: ['flag 2.1 3 because the supplier is late'],
  authority: ['change project'],
  summary: 'Say that a milestone is at risk, and why. It stays due on its day.',
  args: milestoneArgs.extend({ reason: optionalText, fine: optionalText }),
  run: async (context, args) => {
    const found = await findOpenMilestone(context, args)
    const { project, milestone } = found
    if (!args.reason)
      throw new Refusal('Say why it is at risk, in a few words: “because …”. Nothing was saved.')
    await requireSafeguardingAnswer(
      context,
      safeguardingSubjectOf(context, found.foundProject),
      [args.reason],
      args.fine,
    )
    const id = await flagMilestone(context, found, { atRisk: true, reason: args.reason })
    const line = `At risk: ${shortMilestoneText(milestone)}`
    return flagAnswer(project, id, [line, `Reason: ${args.reason}`])
  },
})

export const unflag = defineCommand({
  name: 'unflag',
  usages: ['unflag <project> <milestone>'],
  slots: { project: slot.project, milestone: milestoneSlot },
  examples: ['unflag 2.1 3'],
  authority: ['change project'],
  summary: 'Say that a milestone is no longer at risk.',
  args: milestoneArgs,
  run: async (context, args) => {
    const found = await findEditableMilestone(context, args)
    const { project, milestone } = found
    if (!milestone.flag) {
      return unchangedResult([
        formatProject(project),
        `It was not at risk: ${shortMilestoneText(milestone)}`,
      ])
    }
    const id = await flagMilestone(context, found, { atRisk: false, reason: null })
    return flagAnswer(project, id, [`No longer at risk: ${shortMilestoneText(milestone)}`])
  },
})

function flagAnswer(project: Project, flagId: string, lines: readonly [string, ...string[]]) {
  const note = `${project.ref}: ${lines[0]}`
  return savedResult([formatProject(project), ...lines], note, [undoButton({ flag: flagId })])
}

export const move = defineCommand({
  name: 'move',
  usages: ['move <project> <milestone> to <date> [because <reason>]'],
  slots: { project: slot.project, milestone: milestoneSlot, date: slot.date, reason: slot.text },
  examples: ['move 2.1 roll out to schools to 30 Jun because we need to wait'],
  authority: ['change project'],
  notifies: 'member',
  summary:
    'Move a milestone to another date, with the reason. Earlier dates stay in sight. Where your programme asks for it, a long move waits for the sponsor.',
  args: milestoneArgs.extend({ date: optionalText, reason: optionalText, fine: optionalText }),
  run: async (context, args) => {
    const found = await findOpenMilestone(context, args)
    const { project, milestone } = found
    const { to, reason } = validateMove(milestone, args, context.today)
    await requireSafeguardingAnswer(
      context,
      safeguardingSubjectOf(context, found.foundProject),
      [reason],
      args.fine,
    )
    const waits = await approvalReasonFor(context, found, to)
    if (waits) return requestGovernedMove(context, found, { to, reason }, waits)
    const id = await moveMilestone(context, found, to, reason)
    const from = milestone.due ? `from ${fullDate(milestone.due)} ` : ''
    const line = `Moved ${from}to ${fullDate(to)}: ${shortMilestoneText(milestone)}`
    return savedResult(
      [formatProject(project), line, `Reason: ${reason}`],
      `${project.ref}: ${line}`,
      [undoButton({ move: id })],
    )
  },
  form: moveForm,
})

/** @throws Refusal for one that was reported done, and as `findEditableMilestone` does */
export async function findOpenMilestone(
  context: QueryContext,
  named: z.infer<typeof milestoneArgs>,
) {
  const found = await findEditableMilestone(context, named)
  const { completion } = found.milestone
  if (completion) {
    throw new Refusal(
      `That milestone was done on ${fullDate(completion.onDay)}. Nothing was saved.`,
    )
  }
  return found
}

const formValues = z.object({
  project: z.string().optional(),
  milestone: z.string(),
  date: z.string().catch(''),
  reason: z.string().catch(''),
  fine: z.string().catch(''),
})

async function moveForm(context: QueryContext, filled: FormState) {
  const values = parseWith(formValues, filled.values)
  const { foundProject, project, milestone } = await findOpenMilestone(context, values)
  const question = await safeguardingQuestion(
    context,
    safeguardingSubjectOf(context, foundProject),
    [values.reason],
  )
  return moveFormCard({
    milestone: milestone.id,
    project: formatProject(project),
    about: shortMilestoneText(milestone),
    now: formatTimingWithSlippage(milestone, context.today),
    // A date picker takes a full date only; what was typed in words stands again if it can be read.
    date: readDate(values.date, context.today) ?? '',
    reason: values.reason,
    problems: { date: filled.problems.date ?? '', reason: filled.problems.reason ?? '' },
    child: { question, fine: values.fine },
  })
}
