import { z } from 'zod'
import type { Action } from '../authority/actions.ts'
import type { ChatIdentity, Place, PlatformName } from '../base/addresses.ts'
import type { Mention } from '../base/mentions.ts'
import type { RequestContext } from '../base/request-context.ts'
import type { PendingInsert } from '../infra/batched-insert.ts'
import type { ReadTx, Tx } from '../infra/db.ts'
import type { Card } from './cards.ts'
import { type CommandPattern, compilePattern, slotNamesIn, wordsIn } from './command-pattern.ts'
import type { Directory } from './directory-lookup.ts'
import { parseWith } from './fields.ts'
import type { Slots } from './grammar.ts'
import type { Installation } from './installation.ts'
import type { Channel, UserProfile } from './port.ts'
import type { ReceivedFile } from './received-file.ts'

/** What a query, or the form of any command, gets: it can only read. */
export interface QueryContext extends RequestContext<ReadTx> {
  /** How a command begins on this platform: "/rag" or "@Milepost". */
  readonly prefix: string
  /** A platform as people know it: "Slack". */
  platformTitle(platform: PlatformName): string
  readonly installation: Installation
  /** Whom the line mentions: their words in it, and their accounts. */
  readonly mentions: readonly Mention[]
  /** What was sent with the request, for the command that takes files: its `run` reads them without waiting. */
  readonly files: readonly ReceivedFile[]
  /** What an account is called by its platform; undefined where that cannot be found out in a moment. Never throws. */
  profile(identity: ChatIdentity): Promise<UserProfile | undefined>
  /**
   * Who is in the workspace that the request came from. `channels`: those that Milepost is in, where a platform tells of
   * their members alone. Never throws.
   */
  directory(channels: readonly Place[]): Promise<Directory>
  /** Who can read a channel; what cannot be found out in a moment is not known. Never throws. */
  channel(place: Place): Promise<Channel>
}

/** What a command gets. */
export interface CommandContext extends QueryContext {
  /** The transaction of the request: what the command writes is committed together with its answer. */
  readonly tx: Tx
}

/** Null where what others hear belongs to no programme. */
export interface HeardIn {
  readonly programmeId: string | null
}

/** Out of which allowance a command has others hear something: see domain/amounts. */
export type Notifies = 'member' | 'office'

export interface CommandResult {
  readonly card: Card
  /** What was done, in one line, for the message whose button was pressed. Absent where that message stays the same. */
  readonly note?: string
  /** A row that is saved together with the answer, besides what the command wrote itself. */
  readonly insert?: PendingInsert
  /** Others hear something because of it, in this programme: only of a command that says `notifies`. */
  readonly heardIn?: HeardIn
}

/** What a form shows when it opens: the values filled in so far and the problems, both by the input's id. */
export interface FormState {
  readonly values: Readonly<Record<string, unknown>>
  readonly problems: Readonly<Record<string, string>>
}

/** At least one. */
export type AskedActions = readonly [Action, ...Action[]]

/** Asked before a file is downloaded: whether the person may send any. @throws Refusal where they may not */
export type FilesCheck = (context: QueryContext) => Promise<void>

export interface Command {
  readonly name: string
  readonly patterns: readonly CommandPattern[]
  readonly summary: string
  /** Lines that people may type: at least one for each pattern. */
  readonly examples: readonly string[]
  /**
   * The actions that it asks for, each with the thing that was named; which of them may depend on that thing. The first
   * is what everybody needs who is not refused, or one of several such; a later one may only show more. The authority
   * matrix is made from this.
   */
  readonly authority: AskedActions
  /** Others may hear something because of it, so there is a limit to how often. */
  readonly notifies: Notifies | undefined
  /** Files that people send are for it; absent for all commands but one. */
  readonly takesFiles: FilesCheck | undefined
  /** Files that are sent with its line are for it; absent where they are not read. */
  readonly readsFiles: FilesCheck | undefined
  /** It saves nothing, whatever the outcome. */
  readonly isReadOnly: boolean
  /** Its answer is drawn anew once a button in it has changed something. Queries alone. */
  readonly isRedrawn: boolean
  /** It writes nothing itself: what it saves is the `insert` of its result. */
  readonly isInsertOnly: boolean
  /** Checks the raw arguments, then runs. Throws Refusal, before anything is written, where it cannot be done. */
  readonly run: (
    context: CommandContext,
    raw: Readonly<Record<string, unknown>>,
  ) => Promise<CommandResult>
  readonly form: ((context: QueryContext, filled: FormState) => Promise<Card>) | undefined
}

export interface CommandDefinition<Args, Context = CommandContext> {
  /** The name that buttons and forms call it by. */
  readonly name: string
  /** What people type after the prefix; '' for nothing. Help, manifests and the grammar come from it. */
  readonly usages: readonly string[]
  /** What each <slot> of the usages takes: a shared one of grammar.ts, or the command's own. */
  readonly slots?: Slots
  /** Lines that people may type, without the prefix: at least one for each usage. Tests run them. */
  readonly examples: readonly string[]
  readonly authority: AskedActions
  readonly summary: string
  readonly notifies?: Notifies
  /** Makes it the one command that files are for. It is run without arguments, unless its line was written beside them. */
  readonly takesFiles?: FilesCheck
  /** It reads files where its own line is written beside them. */
  readonly readsFiles?: FilesCheck
  /** Of a query: its answer is drawn anew once a button in it has changed something. */
  readonly isRedrawn?: true
  readonly args: z.ZodType<Args>
  readonly run: (context: Context, args: Args) => Promise<CommandResult>
  /** The form of the command; absent where it has none. */
  readonly form?: (context: QueryContext, filled: FormState) => Promise<Card>
}

/**
 * Declares a command once for typing, buttons and forms, on every platform.
 * @throws Error where the slots are not those that the usages name
 */
export function defineCommand<Args>(definition: CommandDefinition<Args>): Command {
  return commandOf(definition, { isReadOnly: false, isInsertOnly: false })
}

/** A command that only reads: its context has no way to write, and its refusals do not say that nothing was saved. */
export function defineQuery<Args>(definition: CommandDefinition<Args, QueryContext>): Command {
  return commandOf(definition, { isReadOnly: true, isInsertOnly: false })
}

/**
 * A command that only reads, and saves no more than the `insert` of its result: requests of the same moment then share
 * their statements.
 */
export function defineInsertCommand<Args>(
  definition: CommandDefinition<Args, QueryContext>,
): Command {
  return commandOf(definition, { isReadOnly: false, isInsertOnly: true })
}

function commandOf<Args>(
  definition: CommandDefinition<Args>,
  kind: Pick<Command, 'isReadOnly' | 'isInsertOnly'>,
): Command {
  const { name, usages, slots = {}, examples, authority, summary, args, form } = definition
  const { notifies, takesFiles, readsFiles, isRedrawn = false } = definition
  const named = new Set(usages.flatMap(slotNamesIn))
  const unused = Object.keys(slots).filter((slot) => !named.has(slot))
  if (unused.length > 0)
    throw new Error(`No usage of "${name}" has a slot <${unused.join('>, <')}>`)
  return {
    ...{ name, summary, examples, authority, notifies, takesFiles, readsFiles, isRedrawn, form },
    ...kind,
    patterns: usages.map((usage) => compilePattern(usage, slots)),
    run: async (context, raw) => definition.run(context, parseWith(args, raw)),
  }
}

/**
 * An optional text of a form or command; an empty or blank one is undefined. Typed text has the same limit as the
 * forms' inputs (maxLength in the templates), so that a form can always show again what was typed.
 */
export const optionalText = z
  .string()
  .max(2000, 'That is longer than 2,000 characters. Please say it in fewer.')
  .optional()
  .transform((text) => text?.trim() || undefined)

export interface ParsedCommand {
  readonly command: Command
  readonly raw: Readonly<Record<string, unknown>>
}

/** The first command that a typed line fits; undefined where it fits none (unknown-line.ts answers that). */
export function parseCommand(
  commands: readonly Command[],
  typed: string,
): ParsedCommand | undefined {
  const words = wordsIn(typed)
  for (const command of commands) {
    for (const candidate of command.patterns) {
      const raw = candidate.matchWords(words)
      if (raw) return { command, raw }
    }
  }
  return undefined
}
