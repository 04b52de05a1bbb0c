import { Refusal } from '../../base/errors.ts'
import type { CommandContext, QueryContext } from '../../chat/commands.ts'
import { findWorkstream } from '../../domain/plan/workstream-lookup.ts'
import { findMembers, formatMembers, type NoteRemark } from './members.ts'

/** How people write the value of a field, and how it is shown to them. */
export interface FieldValue {
  /** The value that a text means. @throws Refusal that says what is wrong with it */
  parse(
    context: CommandContext,
    programmeId: string,
    text: string,
    noteRemark: NoteRemark,
  ): Promise<unknown>
  format(context: QueryContext, value: unknown): Promise<string>
}

/** An input that was emptied, or the word for it. */
export const isNone = (text: string) => /^(?:none|nobody)?\.?$/i.test(text)

const maxTitleLength = 300

export async function parseTitle(_: QueryContext, __: string, text: string): Promise<string> {
  if (text === '') throw new Refusal('Say what it is called. Nothing was saved.')
  if (text.length <= maxTitleLength) return text
  throw new Refusal(`A title has at most ${maxTitleLength} characters. Nothing was saved.`)
}

export const formatText = async (_: QueryContext, value: unknown) =>
  value ? String(value) : 'none'

export const peopleValue: FieldValue = {
  parse: async (context, programmeId, text, noteRemark) =>
    isNone(text) ? [] : findMembers(context, programmeId, text, noteRemark),
  format: ({ tx }, value) => formatMembers(tx, value as string[]),
}

export const workstreamValue: FieldValue = {
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
