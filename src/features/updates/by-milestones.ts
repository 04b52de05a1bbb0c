import { z } from 'zod'
import { fullDate } from '../../base/dates.ts'
import { fieldRefusal, Refusal } from '../../base/errors.ts'
import { defineCommand, optionalText, type QueryContext } from '../../chat/commands.ts'
import { addForm } from '../../chat/edit-form.ts'
import { parseWith } from '../../chat/fields.ts'
import { slot } from '../../chat/grammar.ts'
import { savedResult, unchangedResult, undoButton } from '../../chat/notice.ts'
import {
  requireSafeguardingAnswer,
  safeguardingQuestion,
  safeguardingSubjectOf,
} from '../../domain/checks/safeguarding-guard.ts'
import { formatProject } from '../../domain/plan/format.ts'
import { type FoundProject, findEditableProject } from '../../domain/plan/lookup.ts'
import type { Project } from '../../domain/plan/plan.ts'
import { loadRecentProject } from '../../domain/plan/store.ts'
import { commentaryAudienceSetting } from '../../domain/programme/audience.ts'
import { formatState, type State } from '../../domain/scheme/schemes.ts'
import { isRatedByMilestones, ratingContextOf, ratingOf } from '../../domain/status/rating.ts'
import { needsConfirmation, takesRatingAway, type ValidUpdate } from '../../domain/status/rules.ts'
import { buildUpdate, updateToAppend } from '../../domain/status/store.ts'

/** Takes out what was said of a project itself, so that its colour follows its milestones. */
export const byMilestones = defineCommand({
  name: 'by-milestones',
  usages: ['<project> by milestones [because <reason>] [words are fine because <fine>]'],
  slots: { project: slot.project, reason: slot.text, fine: slot.text },
  examples: ['2.1 by milestones', '2.1 by milestones because the plan rates these now'],
  authority: ['change project'],
  summary:
    'Let the colour of a project follow its milestones again, where these are rated and something was said of the project itself.',
  args: z.object({ project: z.string(), reason: optionalText, fine: optionalText }),
  run: async (context, { project: named, reason = null, fine }) => {
    const found = await findEditableProject(context, named)
    const { project, rated, before } = await loadRating(context, found)
    assertMilestonesAreRated(context, found, project)
    const title = formatProject(found)
    if (!before.update) {
      return unchangedResult([title, `It follows its milestones: ${formatState(before.state)}.`])
    }
    const { blank } = rated.scheme
    if (!reason && takesRatingAway(before, blank)) {
      throw fieldRefusal({ reason: reasonText(before.state) })
    }
    const subject = safeguardingSubjectOf(context, found)
    await requireSafeguardingAnswer(context, subject, [reason], fine)
    const toConfirm = needsConfirmation(before, blank, rated.settings)
    const recorded = { toConfirm, audience: commentaryAudienceSetting.of(rated.settings) }
    const said = buildUpdate(context, found, { state: blank, reason, ...nothingElse }, recorded)
    const after = ratingOf({ ...project, updates: [said, ...project.updates] }, rated)
    const line = toConfirm
      ? `It stays ${formatState(before.state)} until a second person confirms that it follows its milestones: ${context.prefix} confirm ${found.ref}`
      : `It follows its milestones: ${formatState(after.state)}, as at ${fullDate(context.today)}.`
    const lines = [title, line, ...(reason ? [`Reason: ${reason}`] : [])]
    const saved = savedResult(lines, `${found.ref}: ${line}`, [undoButton({ update: said.id })])
    return { ...saved, insert: updateToAppend(found.id, said) }
  },
  form: async (context, filled) => {
    const { project, reason } = parseWith(formValues, filled.values)
    const found = await findEditableProject(context, project)
    const { before } = await loadRating(context, found)
    const subject = safeguardingSubjectOf(context, found)
    return addForm(
      {
        ...{ heading: 'Follow its milestones', button: 'Save', verb: 'by-milestones' },
        about: `${formatProject(found)}, now ${formatState(before.state)}`,
        data: { project: found.id },
        question: await safeguardingQuestion(context, subject, [reason]),
      },
      [{ id: 'reason', label: 'Why?', kind: 'long', present: '' }],
      filled,
    )
  },
})

const formValues = z.looseObject({ project: z.string(), reason: z.string().optional() })

/** Nobody says how a project itself stands: none of what goes with that. */
const nothingElse = {
  ...{ path: null, greenBy: null, criteria: [], derived: null, divergenceReason: null },
} satisfies Partial<ValidUpdate>

async function loadRating({ tx, today }: QueryContext, { id, programme }: FoundProject) {
  const project = await loadRecentProject(tx, id, today)
  const rated = ratingContextOf({ programme, asAt: today })
  return { project, rated, before: ratingOf(project, rated) }
}

/** @throws Refusal where the project would be left without a colour */
function assertMilestonesAreRated({ prefix }: QueryContext, found: FoundProject, project: Project) {
  if (isRatedByMilestones(project)) return
  throw new Refusal(
    `No milestone of ${formatProject(found)} is rated. Rate them first: ${prefix} rate ${found.ref} 1 … Nothing was saved.`,
  )
}

const reasonText = (state: State) =>
  `Say in a few words why what was said does not count any more: it is ${formatState(state)}.`
