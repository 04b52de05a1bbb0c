import type { CommandContext, QueryContext } from '../../../chat/commands.ts'
import type { EditField } from '../../../chat/edit-form.ts'
import { planAttributes } from '../../../domain/plan/attributes/registry.ts'
import { latestAttributeAuthor } from '../../../domain/plan/attributes/store.ts'
import { projectOutcomes, projectRecommendations } from '../../../domain/plan/fields.ts'
import type { FoundProject } from '../../../domain/plan/lookup.ts'
import { provenanceOf } from '../../../domain/plan/milestones.ts'
import { loadRecentProject } from '../../../domain/plan/store.ts'
import { applyField, type ChangedField, type EditedItem } from '../change-field.ts'
import { type EditableField, labelOf, projectFields } from '../editable-fields.ts'
import { setAttributeValue } from '../set-attribute.ts'
import { peopleInput, workstreamChoices } from './choices.ts'
import { addPicked, fieldOfOthers, othersInput } from './picked-people.ts'
import { formatChangeAuthor, formatLastRevision, type SavedField } from './saved.ts'

/** The inputs of a project's form, and how each is saved: by the same rules as "set <project> <field> to <value>". */

/** What the plan is made of, for the programme office. */
export async function officeInputs(
  context: QueryContext,
  { id, programme }: FoundProject,
): Promise<EditField[]> {
  const inputs: EditField[] = []
  for (const editable of projectFields) {
    const { field } = editable
    const value = await field.read(context.tx, id)
    const isLink = linkKeys.includes(field.key) && textOf(value) !== ''
    const present = isLink ? await editable.format(context, value) : textOf(value)
    inputs.push({
      ...{ id: field.key, label: labelOf(editable), kind: 'text', present },
      ...(field.key === 'leads' && (await peopleInput(context, programme, value as string[]))),
      ...(field.key === 'workstreamId' && {
        kind: 'choice',
        choices: await workstreamChoices(context, programme),
      }),
    })
    if (editable.role) inputs.push(await othersInput(context, programme, editable))
  }
  return inputs
}

/** What is saved as ids and shown by its numbers. */
const linkKeys = [projectRecommendations.key, projectOutcomes.key]

const textOf = (value: unknown) => (Array.isArray(value) ? value.join(', ') : String(value ?? ''))

/** The attributes of a project, for whoever may change it. */
export async function attributeInputs(
  { tx, today }: QueryContext,
  { id }: FoundProject,
): Promise<EditField[]> {
  const { attributes } = await loadRecentProject(tx, id, today)
  return planAttributes.map(({ key, column, isDay }) => ({
    ...{ id: key, label: column, kind: isDay ? 'date' : 'text', present: attributes[key] ?? '' },
  }))
}

const editableOf = ({ id }: Pick<EditField, 'id'>): EditableField | undefined =>
  projectFields.find(({ field }) => field.key === id)

export async function saveProjectInput(
  context: CommandContext,
  found: FoundProject,
  input: EditField,
  typed: string,
): Promise<SavedField> {
  const { label } = input
  const attribute = planAttributes.find(({ key }) => key === input.id)
  if (attribute) {
    const written = { text: typed, fine: undefined }
    const { line, undo } = await setAttributeValue(context, found, attribute, written)
    return { label, lines: [line], undo }
  }
  const said = provenanceOf(context, found)
  const item = { id: found.id, programmeId: found.programme.id, said }
  const { revision, lines } = await saveField(context, projectFields, { input, item, typed })
  return { label, lines, undo: revision === null ? undefined : { revision } }
}

interface TypedInput {
  readonly input: EditField
  readonly item: Omit<EditedItem, 'heading'>
  readonly typed: string
}

/** Saves an input that is a field, or adds people to one. */
export async function saveField(
  context: CommandContext,
  fields: readonly EditableField[],
  { input, item, typed }: TypedInput,
): Promise<ChangedField> {
  const added = fieldOfOthers(fields, input)
  if (added) return addPicked(context, added, item, typed)
  const editable = fields.find(({ field }) => field.key === input.id)
  if (!editable) throw new Error(`No input of the form is called ${input.id}`)
  return applyField(context, editable, item, typed)
}

export async function lastProjectChange(
  context: QueryContext,
  { id }: FoundProject,
  input: EditField,
): Promise<string | undefined> {
  const editable = editableOf(input) ?? fieldOfOthers(projectFields, input)
  if (editable) return formatLastRevision(context, editable.field, id)
  const author = await latestAttributeAuthor(context.tx, id, input.id)
  return author && formatChangeAuthor(context, author)
}
