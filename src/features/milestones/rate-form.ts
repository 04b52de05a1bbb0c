import { z } from 'zod'
import type { Card } from '../../chat/cards.ts'
import type { FormState, QueryContext } from '../../chat/commands.ts'
import { addForm } from '../../chat/edit-form.ts'
import { parseWith } from '../../chat/fields.ts'
import {
  safeguardingQuestion,
  safeguardingSubjectOf,
} from '../../domain/checks/safeguarding-guard.ts'
import { formatProject, shortMilestoneText } from '../../domain/plan/format.ts'
import type { FoundMilestone } from '../../domain/plan/milestones.ts'
import {
  allStates,
  formatState,
  isComplete,
  parseState,
  schemeOf,
} from '../../domain/scheme/schemes.ts'
import { milestoneStateAt } from '../../domain/status/milestone-rating.ts'

const formValues = z.looseObject({ state: z.string().catch(''), reason: z.string().optional() })

/** How a milestone stands, and why. What is complete is reported done instead. */
export async function rateForm(
  context: QueryContext,
  { foundProject, milestone }: FoundMilestone,
  filled: FormState,
): Promise<Card> {
  const { state, reason } = parseWith(formValues, filled.values)
  const scheme = schemeOf(foundProject.programme.settings)
  const present = milestoneStateAt(milestone, context.today, scheme) ?? scheme.blank
  const states = allStates(scheme).filter((one) => !isComplete(one))
  const choices = states.map((one) => ({ title: formatState(one), value: one.key }))
  const chosen = parseState(scheme, state)
  const subject = safeguardingSubjectOf(context, foundProject)
  const what = `${formatProject(foundProject)}: ${milestone.number}. ${shortMilestoneText(milestone)}`
  return addForm(
    {
      ...{ heading: 'Rate a milestone', button: 'Save', verb: 'rate' },
      about: `${what}, ${formatState(present)}`,
      data: { milestone: milestone.id },
      question: await safeguardingQuestion(context, subject, [reason]),
    },
    [
      {
        ...{ id: 'state', label: 'Status', kind: 'choice', choices, isRequired: true },
        present: chosen?.key ?? '',
      },
      { id: 'reason', label: 'Why? Red and Amber need a reason', kind: 'long', present: '' },
    ],
    { ...filled, values: { ...filled.values, state: chosen?.key ?? '' } },
  )
}
