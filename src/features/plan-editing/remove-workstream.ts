import { z } from 'zod'
import { fieldRefusal } from '../../base/errors.ts'
import { defineCommand, optionalText } from '../../chat/commands.ts'
import { addForm } from '../../chat/edit-form.ts'
import { parseWith } from '../../chat/fields.ts'
import { slot } from '../../chat/grammar.ts'
import { workstreamRemoval } from '../../domain/plan/fields.ts'
import { assertProjectsHaveWorkstreams } from '../../domain/plan/placement.ts'
import { reviseField } from '../../domain/plan/revise.ts'
import {
  type FoundWorkstream,
  findWorkstreamForOffice,
} from '../../domain/plan/workstream-lookup.ts'
import { lockProgramme } from '../../domain/programme/lock.ts'
import { reasonInput } from './forms/life-form.ts'
import { officeProvenance } from './office-lookup.ts'
import { revisedResult } from './revised-result.ts'

export const removeWorkstream = defineCommand({
  name: 'remove-workstream',
  usages: ['remove workstream <workstream> [because <reason>]'],
  slots: { workstream: slot.word, reason: slot.text },
  examples: ['remove workstream 7 because it was joined with 2'],
  authority: ['change plan'],
  summary:
    'Take a workstream without projects out of the plan, with the reason. Earlier days keep it, and Undo brings it back. For the programme office.',
  args: z.object({ workstream: z.string(), reason: optionalText }),
  form: async (context, filled) => {
    const { workstream } = parseWith(formValues, filled.values)
    const found = await findWorkstreamForOffice(context, workstream)
    return addForm(
      {
        ...{ heading: 'Take out a workstream', about: headingOf(found), button: 'Take it out' },
        ...{ verb: 'remove-workstream', data: { workstream: found.id } },
      },
      [reasonInput],
      filled,
    )
  },
  run: async (context, { workstream, reason }) => {
    const found = await findWorkstreamForOffice(context, workstream)
    if (!reason) throw fieldRefusal({ reason: 'Say why, in a few words: “because …”.' })
    const { id, programme } = found
    await lockProgramme(context.tx, programme.id)
    const details = { programmeId: programme.id, reason, said: officeProvenance(context) }
    const revision = await reviseField(context.tx, workstreamRemoval, id, true, details)
    if (revision === null) throw new Error('A workstream that is out of the plan was found in it')
    await assertProjectsHaveWorkstreams(context.tx, programme.id)
    const line = `Taken out: ${headingOf(found)}`
    return revisedResult(revision, [line, `Reason: ${reason}`], line)
  },
})

const formValues = z.looseObject({ workstream: z.string() })

const headingOf = ({ ref, title }: FoundWorkstream) => `Workstream ${ref} ${title}`
