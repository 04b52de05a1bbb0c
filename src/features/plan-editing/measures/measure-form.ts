import { z } from 'zod'
import type { Card } from '../../../chat/cards.ts'
import type { FormState, QueryContext } from '../../../chat/commands.ts'
import { addForm, type EditChoice, type EditField } from '../../../chat/edit-form.ts'
import { parseWith } from '../../../chat/fields.ts'
import { measureKinds, polarities } from '../../../domain/measures/measure.ts'
import { findProgrammeTo } from '../../../domain/plan/lookup.ts'
import type { Programme } from '../../../domain/programme/programme.ts'
import { formatState, rag } from '../../../domain/scheme/schemes.ts'
import { type EditableField, labelOf } from '../editable-fields.ts'
import { workstreamChoices } from '../forms/choices.ts'
import { editableMeasureFields, kindTitles, polarityTitles } from './measure-fields.ts'

/** The inputs of the forms that add and change a measure. */

/** What is chosen from a list; all others are typed or picked as a day. */
async function choicesOf(
  context: QueryContext,
  programme: Programme,
): Promise<ReadonlyMap<string, readonly EditChoice[]>> {
  return new Map([
    ['polarity', polarities.map((value) => ({ value, title: polarityTitles[value] }))],
    ['kind', measureKinds.map((value) => ({ value, title: kindTitles[value] }))],
    ['baselineState', rag.states.map((state) => ({ value: state.key, title: formatState(state) }))],
    ['workstreamId', await workstreamChoices(context, programme)],
  ])
}

const days: readonly string[] = ['targetOn', 'nextDue']
const hints: Readonly<Record<string, string>> = {
  target: '65%',
  frequency: 'Quarterly',
  projects: '2.1, 2.2',
}

/** `presentOf`: what is saved, as the input holds it. */
export async function measureInputs(
  context: QueryContext,
  programme: Programme,
  fields: readonly EditableField[],
  presentOf: (editable: EditableField) => Promise<string>,
): Promise<EditField[]> {
  const choices = await choicesOf(context, programme)
  const inputs: EditField[] = []
  for (const editable of fields) {
    const { key } = editable.field
    const list = choices.get(key)
    // A programme may have no workstream to choose yet.
    if (list?.length === 0) continue
    const kind = list ? 'choice' : days.includes(key) ? 'date' : 'text'
    inputs.push({
      ...{ id: key, label: labelOf(editable), kind, present: await presentOf(editable) },
      ...(list && { choices: list }),
      ...(hints[key] && { hint: hints[key] }),
    })
  }
  return inputs
}

/** A measure's title and its details one below the other. */
export async function addMeasureForm(context: QueryContext, filled: FormState): Promise<Card> {
  const { programme: key } = parseWith(formValues, filled.values)
  const programme = await findProgrammeTo(context, 'change plan', key)
  const fields = editableMeasureFields.filter(({ field }) => field.key !== 'outcomes')
  const inputs = await measureInputs(context, programme, fields, async ({ field }) =>
    field.key === 'kind' ? 'kpi' : '',
  )
  return addForm(
    {
      ...{ heading: 'Add a measure', about: programme.title, button: 'Add', verb: 'add-measure' },
      data: { programme: programme.key },
    },
    inputs,
    filled,
  )
}

const formValues = z.looseObject({ programme: z.string().optional() })
