import { z } from 'zod'
import { fieldRefusal } from '../../../base/errors.ts'
import { defineCommand, optionalText } from '../../../chat/commands.ts'
import { addForm } from '../../../chat/edit-form.ts'
import { parseWith } from '../../../chat/fields.ts'
import { slot } from '../../../chat/grammar.ts'
import { measureRemoval } from '../../../domain/measures/fields.ts'
import { reviseField } from '../../../domain/plan/revise.ts'
import { lockProgramme } from '../../../domain/programme/lock.ts'
import { reasonInput } from '../forms/life-form.ts'
import { findMeasureForOffice, measureHeading, officeProvenance } from '../office-lookup.ts'
import { revisedResult } from '../revised-result.ts'

const args = z.object({ measure: z.string(), reason: optionalText })

export const removeMeasure = defineCommand({
  name: 'remove-measure',
  usages: ['remove measure <measure> [because <reason>]'],
  slots: { measure: slot.number, reason: slot.text },
  examples: ['remove measure 3 because nobody collects it'],
  authority: ['change plan'],
  summary:
    'Take a measure out of the plan, with the reason. Earlier days keep it and its readings, and Undo brings it back. For the programme office.',
  args,
  form: async (context, filled) => {
    const found = await findMeasureForOffice(context, parseWith(formValues, filled.values).measure)
    return addForm(
      {
        ...{ heading: 'Take out a measure', about: measureHeading(found), button: 'Take it out' },
        ...{ verb: 'remove-measure', data: { measure: found.measure.id } },
      },
      [reasonInput],
      filled,
    )
  },
  run: async (context, { measure, reason }) => {
    const found = await findMeasureForOffice(context, measure)
    if (!reason) throw fieldRefusal({ reason: 'Say why, in a few words: “because …”.' })
    const programmeId = found.programme.id
    await lockProgramme(context.tx, programmeId)
    const details = { programmeId, reason, said: officeProvenance(context) }
    const { id } = found.measure
    const revision = await reviseField(context.tx, measureRemoval, id, true, details)
    if (revision === null) throw new Error('A measure that is out of the plan was found in it')
    const line = `Taken out: ${measureHeading(found)}`
    return revisedResult(revision, [line, `Reason: ${reason}`], line)
  },
})

const formValues = z.looseObject({ measure: z.string() })
