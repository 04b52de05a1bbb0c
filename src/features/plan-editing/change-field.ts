import type { CommandContext, CommandResult } from '../../chat/commands.ts'
import { unchangedResult } from '../../chat/notice.ts'
import { grantRole } from '../../domain/people/members.ts'
import type { Provenance } from '../../domain/plan/milestone-store.ts'
import { reviseField } from '../../domain/plan/revise.ts'
import { lockProgramme } from '../../domain/programme/lock.ts'
import { type EditableField, labelOf } from './editable-fields.ts'
import { revisedResult } from './revised-result.ts'

/** What is changed: a project or a workstream. */
export interface EditedItem {
  readonly id: string
  /** "2.1 Practice standards", "Workstream 2 Practice". */
  readonly heading: string
  readonly programmeId: string
  readonly said: Provenance
}

/** What came of a change. */
export interface ChangedField {
  /** The revision that says so; null: it had that value already, and nothing was written. */
  readonly revision: string | null
  /** "Title: Standards for all, was Practice standards", and what was changed besides. */
  readonly lines: readonly string[]
}

/** Changes a field to what a person typed or chose, with its history. @throws Refusal that says what is wrong with it */
export async function applyField(
  context: CommandContext,
  editable: EditableField,
  { id, programmeId, said }: Omit<EditedItem, 'heading'>,
  text: string,
): Promise<ChangedField> {
  const { tx } = context
  const { field, role } = editable
  await lockProgramme(tx, programmeId)
  const before = await editable.format(context, await field.read(tx, id))
  const remarks: string[] = []
  const value = await editable.parse(context, programmeId, text, (remark) => remarks.push(remark))
  const line = `${labelOf(editable)}: ${await editable.format(context, value)}`
  const revision = await reviseField(tx, field, id, value, { programmeId, reason: null, said })
  if (revision === null) return { revision, lines: [line] }
  if (role) await grantRole(tx, programmeId, value as string[], role, said)
  return { revision, lines: [`${line}, was ${before}`, ...remarks] }
}

/** The same of one field by a typed line; the answer has a button that takes it back. */
export async function changeField(
  context: CommandContext,
  editable: EditableField,
  { heading, ...item }: EditedItem,
  text: string,
): Promise<CommandResult> {
  const { revision, lines } = await applyField(context, editable, item, text)
  if (revision === null) return unchangedResult([heading, ...lines])
  return revisedResult(revision, [heading, ...lines])
}
