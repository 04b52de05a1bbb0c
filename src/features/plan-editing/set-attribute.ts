import { z } from 'zod'
import { Refusal } from '../../base/errors.ts'
import { listOf, quoted } from '../../base/text.ts'
import {
  type Command,
  defineCommand,
  optionalText,
  type QueryContext,
} from '../../chat/commands.ts'
import { slot } from '../../chat/grammar.ts'
import { savedResult, unchangedResult } from '../../chat/notice.ts'
import {
  requireSafeguardingAnswer,
  safeguardingSubjectOf,
} from '../../domain/checks/safeguarding-guard.ts'
import {
  findAttribute,
  nearestAttribute,
  type PlanAttribute,
} from '../../domain/plan/attributes/attribute.ts'
import { planAttributes } from '../../domain/plan/attributes/registry.ts'
import { setAttribute } from '../../domain/plan/attributes/store.ts'
import { formatProject } from '../../domain/plan/format.ts'
import { findEditableProject } from '../../domain/plan/lookup.ts'
import { loadProject } from '../../domain/plan/store.ts'

/** The one command by which every attribute of a project is changed. */
export function createSetAttributeCommand(
  attributes: readonly PlanAttribute[] = planAttributes,
): Command {
  const columns = attributes.map(({ column }) => column)
  return defineCommand({
    name: 'set',
    usages: ['set <project> <attribute> to <value> [words are fine because <fine>]'],
    slots: { project: slot.project, attribute: slot.text, value: slot.text, fine: slot.text },
    examples: ['set 2.1 starts to 1 Mar 2017', 'set W17/2.1 start date to none'],
    authority: ['change project'],
    summary: `Change what the plan says of a project: ${listOf(columns)}. “to none” takes it away.`,
    args: z.object({
      project: z.string(),
      attribute: z.string(),
      value: z.string().trim().max(500, 'That is longer than 500 characters.'),
      fine: optionalText,
    }),
    run: async (context, args) => {
      const found = await findEditableProject(context, args.project)
      const attribute = requireAttribute(attributes, args.attribute)
      const { key, column, isFreeText, format } = attribute
      const value = parseValue(context, attribute, args.value)
      const { [key]: before = null } = (await loadProject(context.tx, found.id, context.today))
        .attributes
      const valueText = (one: string | null) => (one === null ? 'none' : format(one))
      if (value === before) {
        return unchangedResult([formatProject(found), `${column}: ${valueText(before)}`])
      }
      if (isFreeText) {
        const subject = safeguardingSubjectOf(context, found)
        await requireSafeguardingAnswer(context, subject, [value], args.fine)
      }
      await setAttribute(context, found, key, value)
      const line = `${column}: ${valueText(value)}${before === null ? '' : `, was ${format(before)}`}`
      return savedResult([formatProject(found), line], `${found.ref}: ${line}`)
    },
  })
}

function requireAttribute(attributes: readonly PlanAttribute[], words: string): PlanAttribute {
  const attribute = findAttribute(attributes, words)
  if (attribute) return attribute
  const near = nearestAttribute(attributes, words)
  const hint = near
    ? `Did you mean ${near}?`
    : `It has: ${listOf(attributes.map(({ column }) => column))}.`
  throw new Refusal(`The plan of a project has no ${quoted(words)}. ${hint} Nothing was saved.`)
}

/** null: the value is taken away. @throws Refusal that shows how a value is written */
function parseValue(
  { today }: QueryContext,
  { noun, example, parseTyped }: PlanAttribute,
  text: string,
): string | null {
  if (/^(?:none|nothing)\.?$/i.test(text)) return null
  const { value, problem } = parseTyped(text, today)
  if (problem !== null) throw new Refusal(`${quoted(text)}: ${problem} Nothing was saved.`)
  if (value !== null) return value
  throw new Refusal(`${quoted(text)} is no ${noun}. Write it as ${example}. Nothing was saved.`)
}
