import { z } from 'zod'
import type { Card } from '../../chat/cards.ts'
import type { FormState, QueryContext } from '../../chat/commands.ts'
import { addForm } from '../../chat/edit-form.ts'
import { parseWith } from '../../chat/fields.ts'
import { formatProject, shortMilestoneText } from '../../domain/plan/format.ts'
import { findEditableProject } from '../../domain/plan/lookup.ts'
import { findEditableMilestone } from '../../domain/plan/milestones.ts'
import { hasCompletion, type Project } from '../../domain/plan/plan.ts'
import { loadRecentProject } from '../../domain/plan/store.ts'

const formValues = z.object({
  project: z.string().optional(),
  milestone: z.string().catch(''),
})

/** Slack's limit for a list. */
const maxChoices = 100

/** Which milestone is finished, and a link that shows it. @throws Refusal where the project is not theirs to change */
export async function doneForm(context: QueryContext, filled: FormState): Promise<Card> {
  const values = parseWith(formValues, filled.values)
  const project = await projectOf(context, values)
  const open = project.milestones.filter((one) => !hasCompletion(one)).slice(0, maxChoices)
  const choices = open.map((one) => ({
    title: `${one.number} ${shortMilestoneText(one)}`,
    value: one.id,
  }))
  const named = open.find(
    ({ id, number }) => id === values.milestone || String(number) === values.milestone,
  )
  const options = {
    ...{ heading: 'A milestone is done', about: formatProject(project), button: 'Save' },
    ...{ verb: 'done', data: { project: project.id } },
  }
  const which = { id: 'milestone', label: 'Which milestone?', present: named?.id ?? '' }
  return addForm(
    options,
    [
      choices.length > 0
        ? { ...which, kind: 'choice', choices, isRequired: true }
        : { ...which, kind: 'text', isRequired: true },
      { id: 'link', kind: 'text', label: 'Link that shows it', present: '', hint: 'https://…' },
    ],
    { ...filled, values: { ...filled.values, milestone: named?.id ?? '' } },
  )
}

async function projectOf(
  context: QueryContext,
  { project, milestone }: z.infer<typeof formValues>,
): Promise<Project> {
  if (project === undefined) return (await findEditableMilestone(context, { milestone })).project
  const found = await findEditableProject(context, project)
  return loadRecentProject(context.tx, found.id, context.today)
}
