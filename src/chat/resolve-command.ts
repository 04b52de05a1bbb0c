import { strangerRefusal } from '../authority/refusals.ts'
import { adminsRelation, may, type Relation, strangersRelation } from '../authority/rights.ts'
import type { Actor } from '../base/actor.ts'
import { Refusal } from '../base/errors.ts'
import { plural } from '../base/text.ts'
import type { Card } from './cards.ts'
import { type Command, type ParsedCommand, parseCommand } from './commands.ts'
import { parseFields } from './fields.ts'
import type { LineReading } from './line-reading.ts'
import { declineVerb, questionMark } from './question-cards.ts'
import { fileLimits, type ReceivedFile } from './received-file.ts'
import type { ChatAction, SentFiles } from './request.ts'

/** `verb` of the button that shows a message again as it was before its form was opened. */
const backVerb = 'back'
const formSuffix = ':form'

/** `verb` of a button that opens the form of a command. */
export const formVerbOf = ({ name }: Pick<Command, 'name'>): string => `${name}${formSuffix}`

/** The command that a button calls or whose form it opens. */
export const commandNameOf = (verb: string): string =>
  verb.endsWith(formSuffix) ? verb.slice(0, -formSuffix.length) : verb

/** What a request asks for, found once per request. */
export type ResolvedInput =
  | (ParsedCommand & {
      readonly kind: 'command'
      readonly opensForm: boolean
      /** It is the answer to a question card, which has nothing left to ask. */
      readonly answersQuestion?: true
      /** The fingerprint of what its form asked before. */
      readonly asked?: string
      /** Those that the command is to read. */
      readonly files?: readonly ReceivedFile[]
      /** Files came with it that nobody reads. */
      readonly isBesideFiles?: true
    })
  | { readonly kind: 'back' }
  /** A question was answered by No. */
  | { readonly kind: 'declined' }
  /** Something has to be asked before the line can be done. */
  | { readonly kind: 'question'; readonly card: Card }
  /** A line that no command reads, of somebody who may type them. */
  | { readonly kind: 'unread'; readonly typed: string }
  /** No command: the answer is the refusal. */
  | { readonly kind: 'unknown'; readonly refusal: Refusal }

/**
 * In characters (UTF-16 code units, as in the forms' inputs): twice what the longest field of a form takes. Whoever has
 * more to say has a document to link to.
 */
const maxTypedLength = 4_000

/** Why a typed line is not read at all, whoever wrote it; undefined where it may be. */
export function refuseLength(line: string): ResolvedInput | undefined {
  if (line.length <= maxTypedLength) return undefined
  const refusal = new Refusal(
    `That is ${plural(line.length, 'character')} long, and I read ${plural(maxTypedLength, 'character')} at most. Nothing was saved. Please say it in fewer, or in several messages.`,
  )
  return { kind: 'unknown', refusal }
}

export interface LineContext {
  readonly actor: Actor
  /** How a command begins on the platform, for the words of a refusal. */
  readonly prefix: string
  /** The installation names the account as its administrator. */
  readonly isAdmin?: boolean
}

/** Never throws Refusal. */
export function resolveLine(
  commands: readonly Command[],
  line: string,
  { actor, prefix, isAdmin = false }: LineContext,
): ResolvedInput {
  if (actor.personId === null) {
    return isAdmin
      ? resolveAdminsLine(commands, line, prefix)
      : resolveStrangersLine(commands, line, actor)
  }
  const parsed = parseCommand(commands, line)
  return parsed ? { kind: 'command', ...parsed, opensForm: false } : { kind: 'unread', typed: line }
}

/**
 * What files ask for: the command that takes them, by its line or without one. `isDirect`: they were sent to Milepost
 * alone. Never throws Refusal.
 */
export function resolveFiles(
  commands: readonly Command[],
  { text, files }: SentFiles,
  asked: LineContext & { readonly isDirect: boolean },
): ResolvedInput {
  const { actor, isAdmin = false } = asked
  const line = text === '' ? undefined : resolveLine(commands, text, asked)
  if (line?.kind === 'command' && !isForFiles(line.command)) return { ...line, isBesideFiles: true }
  const taker = commands.find(({ takesFiles }) => takesFiles)
  const isKnown = actor.personId !== null || (isAdmin && taker && isFor(taker, adminsRelation))
  if (!isKnown) {
    const refusal = isAdmin ? noProgrammeRefusal(asked.prefix) : strangerRefusal(actor)
    return { kind: 'unknown', refusal }
  }
  if (!taker) return unread('I cannot read files here: please write it instead.')
  if (!asked.isDirect)
    return unread('Everybody here can read it. Please send it to me in a direct message.')
  if (files.length > fileLimits.files)
    return unread(`I read ${fileLimits.files} files at a time at most. Please send fewer.`)
  if (line?.kind === 'command') return { ...line, files }
  return { kind: 'command', command: taker, raw: {}, opensForm: false, files }
}

const isForFiles = ({ takesFiles, readsFiles }: Command): boolean =>
  takesFiles !== undefined || readsFiles !== undefined

/** Above the answer to a line whose command takes no files: a screenshot beside "done 2.1 1", say. */
const filesNotReadText =
  'I did not read or keep the file that came with this. To point to it later, put a link to it into the line.'

/** What the answer says beside its own words, as far as the request tells. */
export function remarksOf(resolved: ResolvedInput): readonly string[] {
  return resolved.kind === 'command' && resolved.isBesideFiles ? [filesNotReadText] : []
}

const unread = (why: string): ResolvedInput => ({
  kind: 'unknown',
  refusal: new Refusal(`I did not read what you sent. Nothing was saved. ${why}`),
})

/** What a line asks for that was read beforehand. Never throws Refusal. */
export function resolveReading(
  commands: readonly Command[],
  reading: LineReading,
  asked: LineContext,
): ResolvedInput {
  if (reading.kind === 'question') return reading
  if (reading.kind === 'line') return resolveLine(commands, reading.line, asked)
  return resolveAction(commands, {
    by: 'button',
    verb: `${reading.command}${formSuffix}`,
    args: reading.args,
  })
}

/** What a button or a form asks for. */
export function resolveAction(
  commands: readonly Command[],
  { verb, args }: ChatAction,
): ResolvedInput {
  if (verb === backVerb) return { kind: 'back' }
  if (verb === declineVerb) return { kind: 'declined' }
  const opensForm = verb.endsWith(formSuffix)
  const command = commands.find(({ name }) => name === commandNameOf(verb))
  if (command && (command.form || !opensForm)) {
    return resolveFields(command, args, opensForm)
  }
  const refusal = new Refusal(
    'That button belongs to an older version of me. Nothing was saved. Please ask again.',
  )
  return { kind: 'unknown', refusal }
}

/**
 * What the line of a stranger asks for: a command that is for everybody, by its name alone or with a code. The grammar is
 * not run over more of what somebody writes whose account is linked to nobody.
 */
function resolveStrangersLine(
  commands: readonly Command[],
  line: string,
  actor: Actor,
): ResolvedInput {
  const [word] = line.trim().toLowerCase().split(' ', 1)
  const theirs = commands.filter((command) => isFor(command, strangersRelation))
  const command = theirs.find(({ name }) => name === word)
  if (command) return { kind: 'command', command, raw: {}, opensForm: false }
  const parsed = codeLine.test(line) ? parseCommand(theirs, line) : undefined
  return parsed
    ? { kind: 'command', ...parsed, opensForm: false }
    : { kind: 'unknown', refusal: strangerRefusal(actor) }
}

/** A word, and a code or none: "link BCDF-2345". */
const codeLine = /^\s*[a-z]{1,20}(?:\s+[a-z0-9][a-z0-9 -]{0,19})?\s*$/i

const isFor = ({ authority }: Command, relation: Relation) => may(authority[0], relation)

/**
 * What the line of an administrator asks for whose account is linked to nobody: the commands that administrators need.
 * All others would answer that the account is not known, and whoever is to make it known is this very person.
 */
function resolveAdminsLine(
  commands: readonly Command[],
  line: string,
  prefix: string,
): ResolvedInput {
  const theirs = commands.filter((command) => isFor(command, adminsRelation))
  const parsed = parseCommand(theirs, line)
  return parsed
    ? { kind: 'command', ...parsed, opensForm: false }
    : { kind: 'unknown', refusal: noProgrammeRefusal(prefix) }
}

/** The answer to an administrator whose account is linked to nobody: what they want needs a programme first. */
const noProgrammeRefusal = (prefix: string) =>
  new Refusal(
    `You are an administrator of Milepost here, and in no programme yet. Type ${prefix} setup to set one up, or ${prefix} help. Nothing was saved.`,
  )

function resolveFields(
  command: Command,
  args: ChatAction['args'],
  opensForm: boolean,
): ResolvedInput {
  try {
    const { answersQuestion, wasAsked, ...raw } = parseFields(args)
    const isAnswer = answersQuestion === questionMark.answersQuestion
    return {
      ...{ kind: 'command', command, raw, opensForm },
      ...(isAnswer && { answersQuestion: true }),
      ...(typeof wasAsked === 'string' && { asked: wasAsked }),
    }
  } catch (error) {
    if (error instanceof Refusal) return { kind: 'unknown', refusal: error }
    throw error
  }
}
