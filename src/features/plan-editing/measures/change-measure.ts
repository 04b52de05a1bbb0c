import { z } from 'zod'
import { listOf } from '../../../base/text.ts'
import { defineCommand, type QueryContext } from '../../../chat/commands.ts'
import { type EditField, editForm, planEdits, saveEdits } from '../../../chat/edit-form.ts'
import { parseWith } from '../../../chat/fields.ts'
import { slot } from '../../../chat/grammar.ts'
import { noticeCard } from '../../../chat/notice.ts'
import type { FoundMeasure } from '../../../domain/measures/lookup.ts'
import { applyField, changeField } from '../change-field.ts'
import { type EditableField, labelOf, requireField } from '../editable-fields.ts'
import { formArgs } from '../forms/args.ts'
import { formatLastRevision, savedFieldsResult } from '../forms/saved.ts'
import { findMeasureForOffice, measureHeading, officeProvenance } from '../office-lookup.ts'
import { editableMeasureFields } from './measure-fields.ts'
import { measureInputs } from './measure-form.ts'

const itemOf = (context: QueryContext, found: FoundMeasure) => ({
  ...{ id: found.measure.id, programmeId: found.programme.id, heading: measureHeading(found) },
  said: officeProvenance(context),
})

export const setMeasure = defineCommand({
  name: 'set-measure',
  usages: ['set measure <measure> <field> to <value>'],
  slots: { measure: slot.number, field: slot.text, value: slot.text },
  examples: [
    'set measure 3 target to 65%',
    'set measure 3 target day to 31 Mar 2018',
    'set measure W17/3 projects to 2.1 and 2.2',
  ],
  authority: ['change plan'],
  summary: `Change a measure: ${listOf(editableMeasureFields.map(labelOf))}. “to none” takes it away. For the programme office.`,
  args: z.object({
    measure: z.string(),
    field: z.string(),
    value: z.string().trim().min(1).max(500, 'That is longer than 500 characters.'),
  }),
  run: async (context, { measure, field, value }) => {
    const found = await findMeasureForOffice(context, measure)
    const editable = requireField(editableMeasureFields, 'A measure', field)
    return changeField(context, editable, itemOf(context, found), value)
  },
})

/** The form that changes a measure. A typed line leads to it. */
export const changeMeasure = defineCommand({
  name: 'change-measure',
  usages: ['change measure <measure>'],
  slots: { measure: slot.number },
  examples: ['change measure 3'],
  authority: ['change plan'],
  summary:
    'A form that changes a measure: its title, target, baseline, how often it is read, its projects. For the programme office.',
  args: formArgs.extend({ measure: z.string() }),
  form: async (context, filled) => {
    const named = parseWith(z.looseObject({ measure: z.string() }), filled.values).measure
    const found = await findMeasureForOffice(context, named)
    return editForm(
      {
        ...{ heading: 'Change a measure', about: measureHeading(found), button: 'Save' },
        ...{ verb: 'change-measure', data: { measure: found.measure.id } },
      },
      await inputsOf(context, found),
      filled,
    )
  },
  run: async (context, values) => {
    const found = await findMeasureForOffice(context, values.measure)
    if (values.seen === undefined) return formOffer(found)
    const fields = await inputsOf(context, found)
    const { id } = found.measure
    const plan = await planEdits(fields, values, (input) =>
      formatLastRevision(context, editableOf(input).field, id),
    )
    const saved = await saveEdits(context, plan, async (one, input, typed) => {
      const { revision, lines } = await applyField(
        one,
        editableOf(input),
        itemOf(one, found),
        typed,
      )
      return { label: input.label, lines, undo: revision === null ? undefined : { revision } }
    })
    return savedFieldsResult(measureHeading(found), saved, plan.remarks)
  },
})

function editableOf({ id }: EditField): EditableField {
  const found = editableMeasureFields.find(({ field }) => field.key === id)
  if (!found) throw new Error(`No input of a measure is called ${id}`)
  return found
}

function inputsOf(
  context: QueryContext,
  { programme, measure }: FoundMeasure,
): Promise<EditField[]> {
  return measureInputs(context, programme, editableMeasureFields, async (editable) => {
    const value = await editable.field.read(context.tx, measure.id)
    if (!Array.isArray(value)) return String(value ?? '')
    return value.length === 0 ? '' : editable.format(context, value)
  })
}

function formOffer(found: FoundMeasure) {
  const data = { measure: found.measure.id }
  const buttons = [
    { title: 'Change…', verb: 'change-measure:form', data },
    { title: 'Take out…', verb: 'remove-measure:form', data },
    { title: 'History', verb: 'history-measure', data },
  ]
  return { card: noticeCard({ heading: 'Change', lines: [measureHeading(found)], buttons }) }
}
