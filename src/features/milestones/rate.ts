import type { z } from 'zod'
import { may, relationToProject } from '../../authority/rights.ts'
import { fullDate } from '../../base/dates.ts'
import { fieldRefusal, Refusal } from '../../base/errors.ts'
import { defineCommand, optionalText, type QueryContext } from '../../chat/commands.ts'
import { parseWith } from '../../chat/fields.ts'
import { slot } from '../../chat/grammar.ts'
import { type NoticeButton, savedResult, undoButton } from '../../chat/notice.ts'
import {
  requireSafeguardingAnswer,
  safeguardingSubjectOf,
} from '../../domain/checks/safeguarding-guard.ts'
import { formatProject, shortMilestoneText } from '../../domain/plan/format.ts'
import {
  type FoundProject,
  findEditableProject,
  requirePersonId,
} from '../../domain/plan/lookup.ts'
import {
  type FoundMilestone,
  findEditableMilestone,
  milestoneArgs,
  rateMilestone,
} from '../../domain/plan/milestones.ts'
import { loadRatedItems } from '../../domain/plan/rated-items.ts'
import { loadRecentProject } from '../../domain/plan/store.ts'
import { formatState, type State, schemeOf, splitState } from '../../domain/scheme/schemes.ts'
import { stateListText } from '../../domain/scheme/unknown-state.ts'
import { milestoneStateAt } from '../../domain/status/milestone-rating.ts'
import {
  type MilestoneRatingProblem,
  milestoneRatingProblem,
  splitMilestoneAndState,
} from '../../domain/status/milestone-rating-rules.ts'
import { type Rating, ratingContextOf, ratingOf } from '../../domain/status/rating.ts'
import { findOpenMilestone, milestoneSlot } from './commands.ts'
import { rateForm } from './rate-form.ts'

export const rate = defineCommand({
  name: 'rate',
  usages: ['rate <project> <milestone> <state> [because <reason>] [words are fine because <fine>]'],
  slots: {
    project: slot.project,
    milestone: milestoneSlot,
    state: slot.word,
    reason: slot.text,
    fine: slot.text,
  },
  examples: ['rate 2.1 3 amber because the supplier is late', 'rate 2.1 website green'],
  authority: ['change project'],
  summary:
    'Say how a milestone stands, where your plan rates milestones and not projects. Red and Amber need a reason. The project’s colour follows.',
  args: milestoneArgs.extend({
    state: optionalText,
    reason: optionalText,
    fine: optionalText,
  }),
  run: async (context, { fine, ...args }) => {
    const foundProject = await findRatedProject(context, args)
    const { programme } = foundProject
    const text = `${args.milestone} ${args.state ?? ''}`
    await assertRatesMilestones(context, foundProject, text)
    const scheme = schemeOf(programme.settings)
    const said = splitMilestoneAndState(text, scheme)
    if (!said) {
      throw new Refusal(
        `Say which milestone, and how it stands: ${context.prefix} rate ${foundProject.ref} 3 ${scheme.states.at(0)?.label.toLowerCase()} because … ${stateListText(scheme)} Nothing was saved.`,
      )
    }
    const found = await findOpenMilestone(context, { ...args, milestone: said.milestone })
    const { state } = said
    const reason = args.reason ?? null
    assertMayBeSaved(context, found, state, reason)
    const subject = safeguardingSubjectOf(context, foundProject)
    await requireSafeguardingAnswer(context, subject, [reason], fine)
    const id = await rateMilestone(context, found, { state: state.key, reason })
    const line = `${formatState(state)}, as at ${fullDate(context.today)}: ${shortMilestoneText(found.milestone)}`
    const now = await ratingNow(context, foundProject)
    const lines = [
      formatProject(foundProject),
      line,
      ...(reason ? [`Reason: ${reason}`] : []),
      formatProjectNow(now),
    ]
    return savedResult(lines, `${foundProject.ref}: ${line}`, [
      undoButton({ rating: id }),
      ...(now.update ? [byMilestonesButton(foundProject)] : []),
    ])
  },
  form: async (context, filled) => {
    const values = parseWith(milestoneArgs, filled.values)
    const foundProject = await findRatedProject(context, values)
    await assertRatesMilestones(context, foundProject, '')
    return rateForm(context, await findOpenMilestone(context, values), filled)
  },
})

/** The project that a line names, or that of the milestone that a button names. */
async function findRatedProject(
  context: QueryContext,
  named: z.infer<typeof milestoneArgs>,
): Promise<FoundProject> {
  if (named.project !== undefined) return findEditableProject(context, named.project)
  return (await findEditableMilestone(context, named)).foundProject
}

/** @throws Refusal that says how the project is rated, in a plan that rates projects */
async function assertRatesMilestones(
  { tx, prefix }: QueryContext,
  { ref, programme }: FoundProject,
  text: string,
): Promise<void> {
  if ((await loadRatedItems(tx, programme)).items === 'milestones') return
  const scheme = schemeOf(programme.settings)
  const state = splitMilestoneAndState(text, scheme)?.state ?? splitState(scheme, text).state
  const example = (state ?? scheme.states.at(1) ?? scheme.blank).label.toLowerCase()
  throw new Refusal(
    `${programme.title} rates its projects, not each milestone. Say it of the project: ${prefix} ${ref} ${example} … Its programme office can choose otherwise: ${prefix} admin rates milestones. Nothing was saved.`,
  )
}

/** @throws Refusal with what is missing */
function assertMayBeSaved(
  context: QueryContext,
  { foundProject, milestone }: FoundMilestone,
  state: State,
  reason: string | null,
): void {
  const { settings } = foundProject.programme
  const scheme = schemeOf(settings)
  const before = milestoneStateAt(milestone, context.today, scheme) ?? scheme.blank
  const relation = relationToProject(requirePersonId(context.actor), foundProject)
  const mayConfirm = may('confirm update', relation)
  const problem = milestoneRatingProblem({ state, reason, before, mayConfirm }, settings)
  if (!problem) return
  const line = `${context.prefix} rate ${foundProject.ref} ${milestone.number} ${state.label.toLowerCase()} because …`
  const texts: Readonly<Record<MilestoneRatingProblem, string>> = {
    done: `A milestone that is finished is reported done: ${context.prefix} done ${foundProject.ref} ${milestone.number}.`,
    reason: `Say in a few words why it is ${state.label}: ${line}.`,
    'unrated reason': `Say in a few words why it is ${state.label}: it was ${formatState(before)}, and would not be rated any more. ${line}.`,
    'second person': `It is ${formatState(before)}, and your programme asks for a second person where that gets better: ask your programme office to rate it.`,
  }
  const text = `${texts[problem]} Nothing was saved.`
  throw problem.endsWith('reason') ? fieldRefusal({ reason: text }) : new Refusal(text)
}

/** How the project stands with what was just said. */
async function ratingNow(
  { tx, today }: QueryContext,
  { id, programme }: FoundProject,
): Promise<Rating> {
  const project = await loadRecentProject(tx, id, today)
  return ratingOf(project, ratingContextOf({ programme, asAt: today }))
}

/** 'The project is ▲ Amber.'; and why the milestone changes nothing of that, where it does not. */
function formatProjectNow({ state, update }: Rating): string {
  const line = `The project is ${formatState(state)}.`
  if (!update) return line
  return `${line} That was said of the project itself on ${fullDate(update.onDay)}, and goes before its milestones.`
}

const byMilestonesButton = ({ id }: FoundProject): NoticeButton => ({
  ...{ title: 'Follow its milestones…', verb: 'by-milestones:form', data: { project: id } },
})
