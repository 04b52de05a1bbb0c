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

/** Changes a field to what a person typed, with its history; the answer has a button that takes it back. */
export async function changeField(
  context: CommandContext,
  editable: EditableField,
  { id, heading, programmeId, said }: EditedItem,
  text: string,
): Promise<CommandResult> {
  const { tx } = context
  const { field, role } = editable
  await lockProgramme(tx, programmeId)
  const before = await editable.format(context, await field.read(tx, id))
  const remarks: string[] = []
  const value = await editable.parse(context, programmeId, text, (remark) => remarks.push(remark))
  const line = `${labelOf(editable)}: ${await editable.format(context, value)}`
  const revision = await reviseField(tx, field, id, value, { programmeId, reason: null, said })
  if (revision === null) return unchangedResult([heading, line])
  if (role) await grantRole(tx, programmeId, value as string[], role, said)
  return revisedResult(revision, [heading, `${line}, was ${before}`, ...remarks])
}
