import { Refusal } from '../base/errors.ts'
import { type Command, type ParsedCommand, parseCommand } from './commands.ts'
import type { ChatInput } from './request.ts'

/** `verb` of the button that shows a message again as it was before its form was opened. */
const backVerb = 'back'
const formSuffix = ':form'

/** `verb` of a button that opens the form of a command. */
export const formVerbOf = ({ name }: Command): string => `${name}${formSuffix}`

/** What a request asks for, found once per request. */
export type ResolvedInput =
  | (ParsedCommand & { readonly kind: 'command'; readonly opensForm: boolean })
  | { readonly kind: 'back' }
  /** No command: the answer is the refusal. */
  | { readonly kind: 'unknown'; readonly refusal: Refusal }

/** `prefix`: how a command begins on the platform, for the words of a refusal. Never throws Refusal. */
export function resolveInput(
  commands: readonly Command[],
  input: ChatInput,
  prefix: string,
): ResolvedInput {
  if (input.by === 'text') return resolveLine(commands, input.text, prefix)
  const { verb, args } = input
  if (verb === backVerb) return { kind: 'back' }
  const opensForm = verb.endsWith(formSuffix)
  const name = opensForm ? verb.slice(0, -formSuffix.length) : verb
  const command = commands.find((candidate) => candidate.name === name)
  if (command && (command.form || !opensForm)) {
    return { kind: 'command', command, raw: args, opensForm }
  }
  const refusal = new Refusal(
    'That button belongs to an older version of me. Nothing was saved. Please ask again.',
  )
  return { kind: 'unknown', refusal }
}

function resolveLine(commands: readonly Command[], line: string, prefix: string): ResolvedInput {
  try {
    return { kind: 'command', ...parseCommand(commands, line, prefix), opensForm: false }
  } catch (error) {
    if (error instanceof Refusal) return { kind: 'unknown', refusal: error }
    throw error
  }
}
