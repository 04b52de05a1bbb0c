import { z } from 'zod'
import { fieldRefusal, type Refusal } from '../base/errors.ts'

/** What buttons and forms carry is data of a client: it is parsed before a command looks at it. */

export type Fields = Readonly<Record<string, string | readonly string[]>>

/** In characters: as many as a typed line may have. The longest input of a form takes half of it. */
const maxTextLength = 4_000
/** Ticks of a list: more than any of ours has. */
const maxListLength = 200
const maxFieldCount = 50

// A text that is only a number or a tick may come as one; every command takes texts.
const text = z
  .union([z.string(), z.number().transform(String), z.boolean().transform(String)])
  .pipe(z.string().max(maxTextLength))
const field = z.union([text, z.array(z.string().max(maxTextLength)).max(maxListLength)])

/** The fields that hold something. @throws Refusal that names each field which holds what no form of ours sends */
export function parseFields(args: Readonly<Record<string, unknown>>): Fields {
  const given = Object.entries(args).filter(([, value]) => value !== undefined && value !== null)
  const parsed = given.map(([name, value]) => [name, field.safeParse(value)] as const)
  const unreadable = parsed.filter(([, { success }]) => !success).map(([name]) => name)
  if (given.length > maxFieldCount) throw unreadableRefusal(['form'])
  if (unreadable.length > 0) throw unreadableRefusal(unreadable)
  return Object.fromEntries(
    parsed.flatMap(([name, { data }]) => (data === undefined ? [] : [[name, data]])),
  )
}

function unreadableRefusal(names: readonly string[]): Refusal {
  const problems = names.map((name) => [name, `I cannot read what stands in “${name}”.`] as const)
  return fieldRefusal(Object.fromEntries(problems))
}

/**
 * What a command or its form takes of the fields. @throws Refusal with the problem of each field, in the schema's words
 * where it has some
 */
export function parseWith<Output>(schema: z.ZodType<Output>, raw: unknown): Output {
  const { success, data, error } = schema.safeParse(raw, { error: wordlessIssueText })
  if (success) return data
  const fields: Record<string, string> = {}
  for (const { path, message } of error.issues) fields[String(path[0] ?? '')] ??= message
  // The messages say themselves what was kept.
  throw fieldRefusal(fields, '')
}

/** For an issue without words of the schema's. */
function wordlessIssueText({
  path,
  input,
}: {
  path?: PropertyKey[] | undefined
  input?: unknown
}): string {
  const name = String(path?.[0] ?? '')
  return input === undefined
    ? `“${name}” is missing. Nothing was saved.`
    : `I cannot read what stands in “${name}”. Nothing was saved.`
}
