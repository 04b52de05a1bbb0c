import type { Actor } from '../base/actor.ts'
import type { Address, ChatIdentity, Place, PlatformName } from '../base/addresses.ts'
import type { Clock } from '../base/clock.ts'
import { dateIn } from '../base/dates.ts'
import { Refusal } from '../base/errors.ts'
import { shorten } from '../base/text.ts'
import { type Database, inTransaction, isDatabaseAway, type Tx } from '../infra/db.ts'
import * as receipts from '../infra/idempotency-keys.ts'
import type { Card } from './cards.ts'
import { withDeadline } from './channel-deadline.ts'
import { type Command, type CommandContext, parseCommand } from './commands.ts'
import { type NoticeButton, noticeCard } from './notice.ts'
import type { Channel, ChatRequestHandler } from './port.ts'
import { type Reply, replySchema } from './reply.ts'
import type { ChatRequest } from './request.ts'

export interface RouterOptions {
  readonly db: Database
  readonly clock: Clock
  readonly commands: readonly Command[]
  /** How a command begins there: "/rag", "@Milepost". */
  prefix(platform: PlatformName): string
  resolveActor(tx: Tx, identity: ChatIdentity, place: Place): Promise<Actor>
  /** Who can read a channel, as far as its platform tells; left out where no platform is asked. */
  lookupChannel?: (place: Place) => Promise<Channel>
  /** How a message of ours looks now that `note` was done from it; undefined where it stays as it was. */
  redraw(tx: Tx, message: Address, note: string | undefined, now: Date): Promise<Card | undefined>
  /** Told of every fault of ours, before the person gets an apology. */
  onError(error: unknown, invocation: ChatRequest): void
  /** Told how each invocation ended. */
  onHandled?: (told: HandledRequest) => void
}

/** How an invocation ended, for figures. */
export interface HandledRequest {
  readonly platform: PlatformName
  /** The command's name; undefined where none was understood. */
  readonly command: string | undefined
  readonly outcome: RequestOutcome
  /** From receiving it to its answer. */
  readonly ms: number
}

export type RequestOutcome = 'answered' | 'form' | 'refused' | 'repeat' | 'fault'

interface RequestResult {
  readonly reply: Reply
  readonly outcome: RequestOutcome
}

/**
 * Turns an invocation into a reply: one transaction holds the receipt, what the command wrote and the answer,
 * so that a request which is repeated, even at the same moment, is done once and answered the same.
 */
export function createRouter(parts: RouterOptions): ChatRequestHandler {
  return async (received) => {
    const begun = performance.now()
    const invocation = stripUnstorable(received)
    const { reply, outcome } = await handleRequest(parts, invocation)
    const ms = performance.now() - begun
    if (parts.onHandled) {
      const { platform } = invocation.place
      const command = tryResolveCommand(parts, invocation)?.command.name
      parts.onHandled({ platform, command, outcome, ms })
    }
    return reply
  }
}

async function handleRequest(
  parts: RouterOptions,
  invocation: ChatRequest,
): Promise<RequestResult> {
  try {
    const reply =
      (await replyByInsert(parts, invocation)) ?? (await replyOnce(parts, invocation, buildReply))
    return { reply, outcome: outcomeOf(reply) }
  } catch (error) {
    if (error instanceof Refusal) return replyWithRefusal(parts, invocation, error)
    return replyWithError(parts, invocation, error)
  }
}

function outcomeOf({ kind, isRepeat }: Reply): RequestOutcome {
  if (isRepeat) return 'repeat'
  return kind === 'form' ? 'form' : 'answered'
}

/** What PostgreSQL cannot keep, as JSON writes it: NUL, and halves of a surrogate pair. */
const unstorablePattern = /\\u(?:0000|d[89a-f])/

/** What was asked, without the characters that PostgreSQL cannot keep. */
function stripUnstorable(received: ChatRequest): ChatRequest {
  const written = JSON.stringify(received)
  if (!unstorablePattern.test(written)) return received
  return JSON.parse(written, (_key, value) =>
    typeof value === 'string' ? value.replaceAll('\0', '').toWellFormed() : value,
  )
}

/** Works out the answer to an invocation. Throws Refusal. */
type ReplyBuilder = (parts: RouterOptions, tx: Tx, invocation: ChatRequest) => Promise<Reply>

function replyOnce(
  parts: RouterOptions,
  invocation: ChatRequest,
  work: ReplyBuilder,
): Promise<Reply> {
  return inTransaction(parts.db, async (tx) => {
    const claim = await receipts.claimKey(tx, invocation.key, parts.clock.now())
    if (claim !== 'new') return repeatedReply(claim.reply)
    const reply = await work(parts, tx, invocation)
    await receipts.saveReply(tx, invocation.key, jsonOf(reply))
    return reply
  })
}

const repeatedReply = (reply: unknown): Reply => ({ ...replySchema.parse(reply), isRepeat: true })

/**
 * The short way, for the command that comes most: it reads without a transaction, and the receipt, the answer and the
 * new row are one statement, shared with whoever else asks at this moment. Undefined for all other commands, where
 * there is nothing to append, and for what changes the message it was asked from.
 */
async function replyByInsert(
  parts: RouterOptions,
  invocation: ChatRequest,
): Promise<Reply | undefined> {
  const asked = tryResolveCommand(parts, invocation)
  if (!asked?.command.isInsertOnly || asked.opensForm || invocation.message) return undefined
  const { db } = parts
  const context = await contextOf(parts, db, invocation)
  const { card, insert } = await asked.command.run(context, asked.raw)
  if (!insert) return undefined
  const reply: Reply = { kind: 'answer', card }
  const { key } = invocation
  const request = { key, at: context.now, reply: jsonOf(reply), row: insert.row }
  if (await insert.table.insertOnce(db, request)) return reply
  return repeatedReply(await receipts.loadReply(db, key))
}

/** A reply is plain data already; this only lets go of what is undefined. */
function jsonOf(reply: Reply): receipts.StoredReply {
  return JSON.parse(JSON.stringify(reply))
}

interface ResolvedCommand {
  readonly command: Command
  readonly raw: Readonly<Record<string, unknown>>
  readonly opensForm: boolean
}

const formSuffix = ':form'

/** `verb` of a button: a command's name, or "<name>:form"; "back" returns to the message as it was. */
function resolveCommand(parts: RouterOptions, { input, place }: ChatRequest): ResolvedCommand {
  if (input.by === 'text') {
    return {
      ...parseCommand(parts.commands, input.text, parts.prefix(place.platform)),
      opensForm: false,
    }
  }
  const opensForm = input.verb.endsWith(formSuffix)
  const name = opensForm ? input.verb.slice(0, -formSuffix.length) : input.verb
  const command = parts.commands.find((candidate) => candidate.name === name)
  if (!command || (opensForm && !command.form)) {
    throw new Refusal(
      'That button belongs to an older version of me. Nothing was saved. Please ask again.',
    )
  }
  return { command, raw: input.args, opensForm }
}

const buildReply: ReplyBuilder = async (parts, tx, invocation) => {
  const context = await contextOf(parts, tx, invocation)
  const { message } = invocation
  if (invocation.input.by !== 'text' && invocation.input.verb === 'back') {
    const card = message && (await parts.redraw(tx, message, undefined, context.now))
    return {
      kind: 'answer',
      card: card ?? noticeCard({ heading: 'Closed', lines: ['Nothing was changed.'], buttons: [] }),
    }
  }
  const { command, raw, opensForm } = resolveCommand(parts, invocation)
  if (opensForm && command.form) {
    return { kind: 'form', card: await command.form(context, { values: raw, problems: {} }) }
  }
  const { card, note, insert } = await command.run(context, raw)
  await insert?.table.insert(tx, insert.row)
  const refresh = note && message ? await parts.redraw(tx, message, note, context.now) : undefined
  return { kind: 'answer', card, refresh }
}

async function contextOf(
  parts: RouterOptions,
  tx: Tx,
  { actor, place, message }: ChatRequest,
): Promise<CommandContext> {
  const now = parts.clock.now()
  const known = await parts.resolveActor(tx, actor, place)
  return {
    tx,
    now,
    today: dateIn(known.zone, now),
    actor: known,
    place,
    message,
    prefix: parts.prefix(place.platform),
    channel: (asked) => withDeadline(parts.lookupChannel?.(asked)),
  }
}

/**
 * Says what was not understood. What the command had written is rolled back; the receipt is written for itself,
 * with the note of where the person can be reached.
 */
async function replyWithRefusal(
  parts: RouterOptions,
  invocation: ChatRequest,
  refusal: Refusal,
): Promise<RequestResult> {
  try {
    const inWords: ReplyBuilder = (_, tx) => buildRefusalReply(parts, tx, invocation, refusal)
    return { reply: await replyOnce(parts, invocation, inWords), outcome: 'refused' }
  } catch (error) {
    // The form was refused in its turn (not theirs to change, say): then that is the answer.
    if (error instanceof Refusal)
      return replyWithRefusal(parts, invocation, new Refusal(error.message))
    return replyWithError(parts, invocation, error)
  }
}

async function buildRefusalReply(
  parts: RouterOptions,
  tx: Tx,
  invocation: ChatRequest,
  refusal: Refusal,
): Promise<Reply> {
  const context = await contextOf(parts, tx, invocation)
  if (isReadOnlyRequest(parts, invocation)) {
    const notice = { heading: 'I cannot tell', lines: [refusal.message], buttons: [] }
    return { kind: 'answer', card: noticeCard(notice) }
  }
  const inWords: Reply = { kind: 'answer', card: refusalCard([refusal.message]) }
  if (Object.keys(refusal.fields).length === 0) return inWords
  const { command, raw } = resolveCommand(parts, invocation)
  if (!command.form) return inWords
  if (invocation.input.by === 'form') {
    const card = await command.form(context, { values: raw, problems: refusal.fields })
    return { kind: 'invalid', card, fields: refusal.fields }
  }
  return { kind: 'answer', card: refusalWithFormButton(command, raw, refusal) }
}

/** Whether only an answer was asked for. What was not understood may have been meant to be stored. */
function isReadOnlyRequest(parts: RouterOptions, invocation: ChatRequest): boolean {
  return tryResolveCommand(parts, invocation)?.command.isReadOnly === true
}

function tryResolveCommand(
  parts: RouterOptions,
  invocation: ChatRequest,
): ResolvedCommand | undefined {
  try {
    return resolveCommand(parts, invocation)
  } catch {
    return undefined
  }
}

/** Of JSON: Slack's buttons take 2,000 characters. */
const maxButtonDataLength = 1900

/** A refusal with a button that opens the form with what was typed; what a button cannot carry is shown to be copied. */
function refusalWithFormButton(
  { name }: Command,
  raw: ResolvedCommand['raw'],
  { message }: Refusal,
): Card {
  const button = (data: Record<string, unknown>) => [
    { title: 'Fill in the form', verb: `${name}${formSuffix}`, data },
  ]
  if (JSON.stringify(raw).length <= maxButtonDataLength)
    return refusalCard([message], button({ ...raw }))
  const entries = Object.entries(raw)
  const long = entries.filter(([, value]) => JSON.stringify(value).length > 100)
  const short = Object.fromEntries(entries.filter((entry) => !long.includes(entry)))
  const lines = long.map(([, value]) => shorten(String(value), 3000))
  return refusalCard(
    [message, 'To copy into the form, this is what you wrote:', ...lines],
    button(short),
  )
}

function refusalCard(lines: string[], buttons: NoticeButton[] = []): Card {
  return noticeCard({ heading: 'Not saved', lines, buttons })
}

function replyWithError(
  parts: RouterOptions,
  invocation: ChatRequest,
  error: unknown,
): RequestResult {
  parts.onError(error, invocation)
  const lines = isDatabaseAway(error)
    ? [
        'I cannot reach my records just now, so I cannot say that this is saved.',
        'Please try again in a minute.',
      ]
    : [
        'Something went wrong on my side, and nothing was saved.',
        'Please try again. Your administrator can find it in the log.',
      ]
  const card = noticeCard({ heading: 'Sorry', lines, buttons: [] })
  return { reply: { kind: 'answer', card }, outcome: 'fault' }
}
