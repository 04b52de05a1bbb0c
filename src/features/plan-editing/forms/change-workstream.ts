import { z } from 'zod'
import { defineCommand, type QueryContext } from '../../../chat/commands.ts'
import { type EditField, editForm, planEdits, saveEdits } from '../../../chat/edit-form.ts'
import { parseWith } from '../../../chat/fields.ts'
import { slot } from '../../../chat/grammar.ts'
import { noticeCard } from '../../../chat/notice.ts'
import {
  type FoundWorkstream,
  findWorkstreamForOffice,
} from '../../../domain/plan/workstream-lookup.ts'
import { ownProvenance } from '../../../domain/revisions/provenance.ts'
import { type EditableField, labelOf, workstreamFields } from '../editable-fields.ts'
import { formArgs } from './args.ts'
import { peopleInput } from './choices.ts'
import { fieldOfOthers, othersInput } from './picked-people.ts'
import { saveField } from './project-fields.ts'
import { formatLastRevision, savedFieldsResult } from './saved.ts'

const args = formArgs.extend({ workstream: z.string() })

/** The form that changes a workstream. A typed line leads to it. */
export const changeWorkstream = defineCommand({
  name: 'change-workstream',
  usages: ['change workstream <workstream>'],
  slots: { workstream: slot.word },
  examples: ['change workstream 2'],
  authority: ['change plan'],
  summary:
    'A form that changes a workstream: its title, number, leads and sponsors. For the programme office.',
  args,
  form: async (context, filled) => {
    const { workstream } = parseWith(args, filled.values)
    const found = await findWorkstreamForOffice(context, workstream)
    return editForm(
      {
        ...{ heading: 'Change a workstream', about: headingOf(found), button: 'Save' },
        ...{ verb: 'change-workstream', data: { workstream: found.id } },
      },
      await inputsOf(context, found),
      filled,
    )
  },
  run: async (context, values) => {
    const found = await findWorkstreamForOffice(context, values.workstream)
    if (values.seen === undefined) return formOffer(found)
    const { id, programme } = found
    const fields = await inputsOf(context, found)
    const plan = await planEdits(fields, values, (input) =>
      formatLastRevision(context, editableOf(input).field, id),
    )
    const item = { id, programmeId: programme.id, said: ownProvenance(context) }
    const saved = await saveEdits(context, plan, async (one, input, typed) => {
      const { revision, lines } = await saveField(one, workstreamFields, { input, item, typed })
      return { label: input.label, lines, undo: revision === null ? undefined : { revision } }
    })
    return savedFieldsResult(headingOf(found), saved, plan.remarks)
  },
})

const headingOf = ({ ref, title }: FoundWorkstream) => `Workstream ${ref} ${title}`

function editableOf(input: EditField): EditableField {
  const found =
    workstreamFields.find(({ field }) => field.key === input.id) ??
    fieldOfOthers(workstreamFields, input)
  if (!found) throw new Error(`No input of a workstream is called ${input.id}`)
  return found
}

async function inputsOf(
  context: QueryContext,
  { id, programme }: FoundWorkstream,
): Promise<EditField[]> {
  const inputs: EditField[] = []
  for (const editable of workstreamFields) {
    const { field, role } = editable
    const value = await field.read(context.tx, id)
    inputs.push({
      ...{ id: field.key, label: labelOf(editable) },
      ...(role
        ? await peopleInput(context, programme, value as string[])
        : { kind: 'text', present: String(value) }),
    })
    if (role) inputs.push(await othersInput(context, programme, editable))
  }
  return inputs
}

function formOffer(found: FoundWorkstream) {
  const data = { workstream: found.id }
  const buttons = [
    { title: 'Change…', verb: 'change-workstream:form', data },
    { title: 'Add a project…', verb: 'add-project:form', data },
    { title: 'Take out…', verb: 'remove-workstream:form', data },
  ]
  return { card: noticeCard({ heading: 'Change', lines: [headingOf(found)], buttons }) }
}
