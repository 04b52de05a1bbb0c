import { Refusal } from '../../base/errors.ts'
import { quoted } from '../../base/text.ts'
import type { CommandContext, QueryContext } from '../../chat/commands.ts'
import {
  requireSafeguardingAnswer,
  safeguardingSubjectOf,
} from '../../domain/checks/safeguarding-guard.ts'
import type { PlanAttribute } from '../../domain/plan/attributes/attribute.ts'
import { setAttribute } from '../../domain/plan/attributes/store.ts'
import type { FoundProject } from '../../domain/plan/lookup.ts'
import { loadRecentProject } from '../../domain/plan/store.ts'

/** What came of it, and a line that says it: "Starts: Wed 1 Mar 2017, was Fri 24 Feb 2017". */
export interface AttributeResult {
  /** What the Undo button names; undefined where nothing changed. */
  readonly undo: Readonly<Record<string, string>> | undefined
  readonly line: string
}

/**
 * Gives an attribute of a project the value that a person typed or chose. `fine`: why words that may tell of a child are
 * fine as they are. @throws Refusal that says what is wrong with it
 */
export async function setAttributeValue(
  context: CommandContext,
  found: FoundProject,
  attribute: PlanAttribute,
  { text, fine }: { readonly text: string; readonly fine: string | undefined },
): Promise<AttributeResult> {
  const { key, column, isFreeText, format } = attribute
  const value = parseValue(context, attribute, text)
  const { [key]: before = null } = (await loadRecentProject(context.tx, found.id, context.today))
    .attributes
  const valueText = (one: string | null) => (one === null ? 'none' : format(one))
  if (value === before) return { undo: undefined, line: `${column}: ${valueText(before)}` }
  if (isFreeText) {
    const subject = safeguardingSubjectOf(context, found)
    await requireSafeguardingAnswer(context, subject, [value], fine)
  }
  const attributeId = await setAttribute(context, found, { key, value })
  const was = before === null ? '' : `, was ${format(before)}`
  const undo = { attribute: attributeId }
  return { undo, line: `${column}: ${valueText(value)}${was}` }
}

/** null: the value is taken away. @throws Refusal that shows how a value is written */
function parseValue(
  { today }: QueryContext,
  { noun, example, parseTyped }: PlanAttribute,
  text: string,
): string | null {
  if (/^(?:none|nothing)?\.?$/i.test(text)) return null
  const { value, problem } = parseTyped(text, today)
  if (problem !== null) throw new Refusal(`${quoted(text)}: ${problem} Nothing was saved.`)
  if (value !== null) return value
  throw new Refusal(`${quoted(text)} is no ${noun}. Write it as ${example}. Nothing was saved.`)
}
