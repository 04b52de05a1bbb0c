import { Refusal } from '../../base/errors.ts'
import { fold, quoted } from '../../base/text.ts'
import {
  type PlanField,
  projectLeads,
  projectOutcomes,
  projectRecommendations,
  projectRef,
  projectSection,
  projectTags,
  projectTitle,
  projectWorkstream,
  workstreamLeads,
  workstreamRef,
  workstreamSponsors,
  workstreamTitle,
} from '../../domain/plan/fields.ts'
import { assertFreeProjectRef, assertFreeWorkstreamRef } from '../../domain/plan/refs.ts'
import {
  type FieldValue,
  formatText,
  isNone,
  parseTitle,
  peopleValue,
  workstreamValue,
} from './field-value.ts'
import { outcomesValue, recommendationsValue } from './link-values.ts'
import { resolveTags } from './tag-names.ts'

/** A field that the programme office changes by "set <project> <field> to <value>", besides the attributes. */
export interface EditableField extends FieldValue {
  /** The first is its label. */
  readonly names: readonly string[]
  readonly field: PlanField
  /** Where it names people: the role that they have with it. */
  readonly role?: 'lead' | 'sponsor'
}

export const projectFields: readonly EditableField[] = [
  {
    names: ['Title', 'name'],
    field: projectTitle,
    parse: parseTitle,
    format: formatText,
  },
  {
    names: ['Number', 'ref'],
    field: projectRef,
    parse: ({ tx }, programmeId, text) => assertFreeProjectRef(tx, programmeId, text),
    format: formatText,
  },
  {
    names: ['Leads', 'lead', 'owner', 'owners'],
    field: projectLeads,
    role: 'lead',
    ...peopleValue,
  },
  { names: ['Workstream'], field: projectWorkstream, ...workstreamValue },
  {
    names: ['Section', 'heading'],
    field: projectSection,
    parse: async (context, id, text) => (isNone(text) ? null : parseTitle(context, id, text)),
    format: formatText,
  },
  {
    names: ['Tags', 'tag'],
    field: projectTags,
    parse: ({ tx }, programmeId, text) => resolveTags(tx, programmeId, isNone(text) ? '' : text),
    format: async (_, value) => (value as string[]).join(', ') || 'none',
  },
  {
    names: ['Recommendations', 'recommendation'],
    field: projectRecommendations,
    ...recommendationsValue,
  },
  { names: ['Outcomes', 'outcome'], field: projectOutcomes, ...outcomesValue },
]

export const workstreamFields: readonly EditableField[] = [
  { names: ['Title', 'name'], field: workstreamTitle, parse: parseTitle, format: formatText },
  {
    names: ['Number', 'ref'],
    field: workstreamRef,
    parse: ({ tx }, programmeId, text) => assertFreeWorkstreamRef(tx, programmeId, text),
    format: formatText,
  },
  {
    names: ['Leads', 'lead', 'owner', 'owners'],
    field: workstreamLeads,
    role: 'lead',
    ...peopleValue,
  },
  { names: ['Sponsors', 'sponsor'], field: workstreamSponsors, role: 'sponsor', ...peopleValue },
]

export function findField(
  fields: readonly EditableField[],
  words: string,
): EditableField | undefined {
  const folded = fold(words)
  return fields.find(({ names }) => names.some((name) => fold(name) === folded))
}

export const labelOf = ({ names: [label = ''] }: EditableField): string => label

/** @throws Refusal that lists what there is */
export function requireField(
  fields: readonly EditableField[],
  what: string,
  words: string,
): EditableField {
  const found = findField(fields, words)
  if (found) return found
  const list = fields.map(labelOf).join(', ')
  throw new Refusal(`${what} has no ${quoted(words)}. It has: ${list}. Nothing was saved.`)
}
