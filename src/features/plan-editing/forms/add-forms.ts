import { z } from 'zod'
import { Refusal } from '../../../base/errors.ts'
import type { Card } from '../../../chat/cards.ts'
import type { FormState, QueryContext } from '../../../chat/commands.ts'
import { addForm, type EditField } from '../../../chat/edit-form.ts'
import { parseWith } from '../../../chat/fields.ts'
import {
  safeguardingQuestion,
  safeguardingSubjectOf,
} from '../../../domain/checks/safeguarding-guard.ts'
import { formatProject } from '../../../domain/plan/format.ts'
import { findEditableProject, findProgrammeTo } from '../../../domain/plan/lookup.ts'
import { findWorkstreamForOffice } from '../../../domain/plan/workstream-lookup.ts'
import type { Programme } from '../../../domain/programme/programme.ts'
import { projectFields, requireField } from '../editable-fields.ts'
import { assertMayAddMilestones } from '../lead-milestones.ts'
import { peopleInput, workstreamChoices } from './choices.ts'
import { othersInput } from './picked-people.ts'

/** The forms that add a workstream, a project or a milestone: the same arguments as the typed lines have. */

const text = z.string().optional()
const formValues = z.looseObject({ programme: text, workstream: text, project: text, text })

const title: EditField = {
  id: 'title',
  label: 'Title',
  kind: 'text',
  present: '',
  isRequired: true,
}
const number: EditField = {
  ...{ id: 'number', label: 'Number: the next free one if left out', kind: 'text', present: '' },
}

export async function addWorkstreamForm(context: QueryContext, filled: FormState): Promise<Card> {
  const values = parseWith(formValues, filled.values)
  const programme = await findProgrammeTo(context, 'change plan', values.programme)
  const options = { heading: 'Add a workstream', button: 'Add', verb: 'add-workstream' }
  const data = { programme: programme.key }
  return addForm({ ...options, about: programme.title, data }, [title, number], filled)
}

export async function addProjectForm(context: QueryContext, filled: FormState): Promise<Card> {
  const { workstream = '', programme: key } = parseWith(formValues, filled.values)
  const chosen = workstream ? await findWorkstreamForOffice(context, workstream) : undefined
  const programme = chosen?.programme ?? (await findProgrammeTo(context, 'change plan', key))
  const choices = await requireWorkstreams(context, programme)
  const options = { heading: 'Add a project', button: 'Add', verb: 'add-project' }
  const fields: EditField[] = [
    title,
    {
      ...{ id: 'workstream', label: 'Workstream', kind: 'choice', choices },
      present: chosen?.id ?? choices[0]?.value ?? '',
    },
    number,
    { id: 'leads', label: 'Leads', ...(await peopleInput(context, programme, [])) },
    await othersInput(context, programme, requireField(projectFields, 'A project', 'leads')),
  ]
  // What a line typed is the workstream's number; the list has ids.
  const values = chosen ? { ...filled.values, workstream: chosen.id } : filled.values
  const data = { programme: programme.key }
  return addForm({ ...options, about: programme.title, data }, fields, { ...filled, values })
}

async function requireWorkstreams(context: QueryContext, programme: Programme) {
  const choices = await workstreamChoices(context, programme)
  if (choices.length > 0) return choices
  throw new Refusal(
    `${programme.title} has no workstream yet. Add one first: ${context.prefix} add workstream <title>`,
  )
}

export async function addMilestoneForm(context: QueryContext, filled: FormState): Promise<Card> {
  const values = parseWith(formValues, filled.values)
  const found = await findEditableProject(context, values.project ?? '')
  assertMayAddMilestones(context, found)
  const subject = safeguardingSubjectOf(context, found)
  const options = { heading: 'Add a milestone', button: 'Add', verb: 'add-milestone' }
  const fields: EditField[] = [
    { id: 'text', label: 'What is to be done?', kind: 'long', present: '', isRequired: true },
    { id: 'date', label: 'By when?', kind: 'date', present: '' },
    {
      ...{ id: 'column', label: 'Column of your sheet', kind: 'text', present: '' },
      hint: 'March',
    },
  ]
  const question = await safeguardingQuestion(context, subject, [values.text])
  const about = formatProject(found)
  return addForm({ ...options, about, data: { project: found.id }, question }, fields, filled)
}
