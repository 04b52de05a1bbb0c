import { Refusal } from '../../base/errors.ts'
import { fold, quoted } from '../../base/text.ts'
import type { CommandContext, QueryContext } from '../../chat/commands.ts'
import {
  type PlanField,
  projectLeads,
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
import { findWorkstream } from '../../domain/plan/workstream-lookup.ts'
import { findMembers, formatMembers, type NoteRemark } from './members.ts'
import { resolveTags } from './tag-names.ts'

/** A field that the programme office changes by "set <project> <field> to <value>", besides the attributes. */
export interface EditableField {
  /** The first is its label. */
  readonly names: readonly string[]
  readonly field: PlanField
  /** The value that a text means. @throws Refusal that says what is wrong with it */
  parse(
    context: CommandContext,
    programmeId: string,
    text: string,
    noteRemark: NoteRemark,
  ): Promise<unknown>
  format(context: QueryContext, value: unknown): Promise<string>
  /** Where it names people: the role that they have with it. */
  readonly role?: 'lead' | 'sponsor'
}

const maxTitleLength = 300

export async function parseTitle(_: QueryContext, __: string, text: string): Promise<string> {
  if (text === '') throw new Refusal('Say what it is called. Nothing was saved.')
  if (text.length <= maxTitleLength) return text
  throw new Refusal(`A title has at most ${maxTitleLength} characters. Nothing was saved.`)
}

export const formatText = async (_: QueryContext, value: unknown) =>
  value ? String(value) : 'none'

const people = {
  parse: async (
    context: CommandContext,
    programmeId: string,
    text: string,
    noteRemark: NoteRemark,
  ) => (isNone(text) ? [] : findMembers(context, programmeId, text, noteRemark)),
  format: ({ tx }: QueryContext, value: unknown) => formatMembers(tx, value as string[]),
}

/** An input that was emptied, or the word for it. */
export const isNone = (text: string) => /^(?:none|nobody)?\.?$/i.test(text)

export const workstreamValue: Pick<EditableField, 'parse' | 'format'> = {
  parse: async (context, programmeId, text) => {
    const { id, programme } = await findWorkstream(context, text)
    if (programme.id === programmeId) return id
    throw new Refusal('That workstream is in another programme. Nothing was saved.')
  },
  format: async ({ tx }, value) => {
    if (!value) return 'none'
    const row = await tx.workstream.findUniqueOrThrow({ where: { id: String(value) } })
    return `${row.ref} ${row.title}`
  },
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
  { names: ['Leads', 'lead', 'owner', 'owners'], field: projectLeads, role: 'lead', ...people },
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
]

export const workstreamFields: readonly EditableField[] = [
  { names: ['Title', 'name'], field: workstreamTitle, parse: parseTitle, format: formatText },
  {
    names: ['Number', 'ref'],
    field: workstreamRef,
    parse: ({ tx }, programmeId, text) => assertFreeWorkstreamRef(tx, programmeId, text),
    format: formatText,
  },
  { names: ['Leads', 'lead', 'owner', 'owners'], field: workstreamLeads, role: 'lead', ...people },
  { names: ['Sponsors', 'sponsor'], field: workstreamSponsors, role: 'sponsor', ...people },
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
