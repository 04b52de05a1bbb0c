import type { Mention } from '../../../base/mentions.ts'
import type { CommandContext, QueryContext } from '../../../chat/commands.ts'
import type { EditField } from '../../../chat/edit-form.ts'
import { loadPeopleToChoose } from '../../../domain/people/accounts-here.ts'
import type { Programme } from '../../../domain/programme/programme.ts'
import { applyField, type ChangedField, type EditedItem } from '../change-field.ts'
import { type EditableField, labelOf } from '../editable-fields.ts'

/**
 * Beside the people of the programme a form offers everybody of the workspace, with the platform's own picker, to be
 * added to them: Slack's list cannot show a person who has no account there, and so cannot hold what is saved.
 */

const suffix = '-others'

/** The id of the input that adds people to the field. */
const othersIdOf = (key: string): string => `${key}${suffix}`

/** The field to which an input adds people; undefined for any other input. */
export function fieldOfOthers(
  fields: readonly EditableField[],
  { id }: Pick<EditField, 'id'>,
): EditableField | undefined {
  return fields.find(({ field }) => othersIdOf(field.key) === id)
}

/** "Leads from everybody here". */
export async function othersInput(
  context: QueryContext,
  { id: programmeId }: Programme,
  editable: EditableField,
): Promise<EditField> {
  const choices = await loadPeopleToChoose(context, programmeId)
  return {
    ...{ id: othersIdOf(editable.field.key), label: `${labelOf(editable)} from everybody here` },
    ...{ kind: 'people', present: '', choices, hint: 'Type a name' },
  }
}

/** What a picker gave as mentions: each is the account of somebody, and is looked up like one. */
export function mentionsOfPicked(
  { place: { platform, tenant } }: Pick<QueryContext, 'place'>,
  typed: string | undefined,
): Mention[] {
  const users = (typed ?? '').split(',').map((user) => user.trim())
  return users.filter(Boolean).map((user) => ({ text: user, account: { platform, tenant, user } }))
}

/** Adds those who were picked to the people that a field has. @throws Refusal for somebody who cannot be asked */
export async function addPicked(
  context: CommandContext,
  editable: EditableField,
  item: Omit<EditedItem, 'heading'>,
  typed: string,
): Promise<ChangedField> {
  const picked = mentionsOfPicked(context, typed)
  const present = (await editable.field.read(context.tx, item.id)) as readonly string[]
  const mentions = [...context.mentions, ...picked]
  const names = [...present, ...picked.map(({ text }) => text)]
  return applyField({ ...context, mentions }, editable, item, names.join(', '))
}
