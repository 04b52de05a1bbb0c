import { z } from 'zod'
import { Refusal } from '../../base/errors.ts'
import { listOf, quoted, shorten } from '../../base/text.ts'
import {
  type Command,
  type CommandContext,
  type CommandResult,
  defineCommand,
  optionalText,
} from '../../chat/commands.ts'
import { slot } from '../../chat/grammar.ts'
import { savedResult, unchangedResult, undoButton } from '../../chat/notice.ts'
import {
  findAttribute,
  nearestAttribute,
  type PlanAttribute,
} from '../../domain/plan/attributes/attribute.ts'
import { planAttributes } from '../../domain/plan/attributes/registry.ts'
import { formatProject } from '../../domain/plan/format.ts'
import { findEditableProject } from '../../domain/plan/lookup.ts'
import { provenanceOf } from '../../domain/plan/milestones.ts'
import { findWorkstreamForOffice } from '../../domain/plan/workstream-lookup.ts'
import { changeField } from './change-field.ts'
import {
  type EditableField,
  findField,
  labelOf,
  projectFields,
  requireField,
  workstreamFields,
} from './editable-fields.ts'
import { findProjectForOffice, officeProvenance } from './office-lookup.ts'
import { setAttributeValue } from './set-attribute.ts'

const setArgs = z.object({
  project: z.string(),
  attribute: z.string(),
  value: z.string().trim().min(1).max(500, 'That is longer than 500 characters.'),
  fine: optionalText,
})
type SetArgs = z.infer<typeof setArgs>

/**
 * The one command by which every field of a project is changed: its attributes by whoever may change the project, and
 * what the plan is made of (title, number, leads …) by the programme office.
 */
export function createSetCommand(attributes: readonly PlanAttribute[] = planAttributes): Command {
  const columns = [...projectFields.map(labelOf), ...attributes.map(({ column }) => column)]
  return defineCommand({
    name: 'set',
    usages: ['set <project> <attribute> to <value> [words are fine because <fine>]'],
    slots: { project: slot.project, attribute: slot.text, value: slot.text, fine: slot.text },
    examples: [
      'set 2.1 starts to 1 Mar 2017',
      'set W17/2.1 start date to none',
      'set 2.1 leads to Asha Verity and Ben Okoro',
      'set 2.1 title to Practice standards for all',
    ],
    authority: ['change project', 'change plan'],
    summary: `Change what the plan says of a project: ${listOf(columns)}. “to none” takes it away. Title, number, leads, workstream, section, tags, recommendations and outcomes are for the programme office.`,
    args: setArgs,
    run: async (context, args) => {
      const field = findField(projectFields, args.attribute)
      return field ? setField(context, field, args) : setAttributeByLine(context, attributes, args)
    },
  })
}

async function setField(
  context: CommandContext,
  field: EditableField,
  args: SetArgs,
): Promise<CommandResult> {
  const found = await findProjectForOffice(context, args.project)
  const item = {
    id: found.id,
    heading: formatProject(found),
    programmeId: found.programme.id,
    said: provenanceOf(context, found),
  }
  return changeField(context, field, item, args.value)
}

/** The same for a workstream; all of its fields are for the programme office. */
export const setWorkstream = defineCommand({
  name: 'set-workstream',
  usages: ['set workstream <workstream> <field> to <value>'],
  slots: { workstream: slot.word, field: slot.text, value: slot.text },
  examples: ['set workstream 2 title to Practice', 'set workstream 2 sponsors to Ravi Sale'],
  authority: ['change plan'],
  summary: `Change a workstream: ${listOf(workstreamFields.map(labelOf))}. For the programme office.`,
  args: z.object({ workstream: z.string(), field: z.string(), value: setArgs.shape.value }),
  run: async (context, args) => {
    const { id, ref, title, programme } = await findWorkstreamForOffice(context, args.workstream)
    const field = requireField(workstreamFields, 'A workstream', args.field)
    const heading = `Workstream ${ref} ${shorten(title, 120)}`
    const item = { id, heading, programmeId: programme.id, said: officeProvenance(context) }
    return changeField(context, field, item, args.value)
  },
})

async function setAttributeByLine(
  context: CommandContext,
  attributes: readonly PlanAttribute[],
  { project, attribute: words, value: text, fine }: SetArgs,
): Promise<CommandResult> {
  const found = await findEditableProject(context, project)
  const attribute = requireAttribute(attributes, words)
  const { undo, line } = await setAttributeValue(context, found, attribute, { text, fine })
  const lines = [formatProject(found), line]
  return undo
    ? savedResult(lines, `${found.ref}: ${line}`, [undoButton(undo)])
    : unchangedResult(lines)
}

function requireAttribute(attributes: readonly PlanAttribute[], words: string): PlanAttribute {
  const attribute = findAttribute(attributes, words)
  if (attribute) return attribute
  const near = nearestAttribute(attributes, words)
  const columns = [...projectFields.map(labelOf), ...attributes.map(({ column }) => column)]
  const hint = near ? `Did you mean ${near}?` : `It has: ${listOf(columns)}.`
  throw new Refusal(`The plan of a project has no ${quoted(words)}. ${hint} Nothing was saved.`)
}
