import { z } from 'zod'
import { may, relationToProject } from '../../../authority/rights.ts'
import { type CommandContext, defineCommand, type QueryContext } from '../../../chat/commands.ts'
import { type EditField, editForm, planEdits, saveEdits } from '../../../chat/edit-form.ts'
import { parseWith } from '../../../chat/fields.ts'
import { slot } from '../../../chat/grammar.ts'
import { formatProject } from '../../../domain/plan/format.ts'
import {
  type FoundProject,
  findEditableProject,
  findProject,
  requirePersonId,
} from '../../../domain/plan/lookup.ts'
import { formArgs } from './args.ts'
import { changesCard } from './changes-card.ts'
import {
  attributeInputs,
  lastProjectChange,
  officeInputs,
  saveProjectInput,
} from './project-fields.ts'
import { savedFieldsResult } from './saved.ts'

const args = formArgs.extend({ project: z.string() })

/** The form that changes what the plan says of a project. A typed line leads to it. */
export const changeProject = defineCommand({
  name: 'change-project',
  usages: ['change <project>'],
  slots: { project: slot.project },
  examples: ['change 2.1'],
  authority: ['change project', 'change plan'],
  summary:
    'A form that changes a project: its title, number, workstream, leads, tags and days. Leads change its days.',
  args,
  form: async (context, filled) => {
    const { found, fields } = await loadForm(context, parseWith(args, filled.values).project)
    const about = formatProject(found)
    const options = { heading: 'Change a project', about, button: 'Save', verb: 'change-project' }
    return editForm({ ...options, data: { project: found.id } }, fields, filled)
  },
  run: async (context, values) => {
    const { found, fields } = await loadForm(context, values.project)
    if (values.seen === undefined) return { card: changesCard(context, found) }
    const lastChange = (field: EditField) => lastProjectChange(context, found, field)
    const plan = await planEdits(fields, values, lastChange)
    const save = (one: CommandContext, field: EditField, typed: string) =>
      saveProjectInput(one, found, field, typed)
    const saved = await saveEdits(context, plan, save)
    return savedFieldsResult(formatProject(found), saved, plan.remarks)
  },
})

/** What the person may change of it: the office all, whoever else may change the project its attributes. */
async function loadForm(
  context: QueryContext,
  named: string,
): Promise<{ readonly found: FoundProject; readonly fields: EditField[] }> {
  const found = await findProject(context, named)
  const relation = relationToProject(requirePersonId(context.actor), found)
  const isOffice = may('change plan', relation)
  // Its refusal names whom to tell.
  if (!isOffice) await findEditableProject(context, named)
  const own = isOffice ? await officeInputs(context, found) : []
  return { found, fields: [...own, ...(await attributeInputs(context, found))] }
}
