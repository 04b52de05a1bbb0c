import { isAdminHere } from '../authority/admins.ts'
import { Refusal } from '../base/errors.ts'
import { inLanguage } from '../base/language.ts'
import { noteInSpan, step, trace } from '../base/tracing.ts'
import { inTransaction, isDatabaseUnavailable } from '../infra/db.ts'
import * as idempotencyKeys from '../infra/idempotency-keys.ts'
import type { Card } from './cards.ts'
import { contextOf } from './command-context.ts'
import type { CommandContext, CommandResult, ParsedCommand } from './commands.ts'
import { type ButtonFitter, createButtonFitter } from './fit-buttons.ts'
import { askOnce, questionIn } from './form-question.ts'
import { nameMentions } from './mention-names.ts'
import { noticeCard } from './notice.ts'
import type { ChatRequestHandler } from './port.ts'
import { readAhead } from './received-file.ts'
import { namesQuery, redrawAnswer, withQueryNamed } from './redrawn-answer.ts'
import { apologyCard, refusalCard, unansweredCard } from './refusal-cards.ts'
import { type Reply, replySchema } from './reply.ts'
import type { ChatRequest } from './request.ts'
import { refuseLength, remarksOf } from './resolve-command.ts'
import { type ResolvedRequest, resolveRequest } from './resolve-request.ts'
import type { HandledRequest, RequestOutcome, RouterOptions } from './router-options.ts'
import { answerEach } from './several-lines.ts'
import { unknownLineCard } from './unknown-line.ts'
import { stripUnstorable } from './unstorable-characters.ts'

interface RouterParts extends RouterOptions {
  readonly fitButtons: ButtonFitter
}

interface RequestResult {
  readonly reply: Reply
  readonly outcome: RequestOutcome
}

/**
 * Turns a request into a reply: one transaction holds the idempotency key, what the command wrote and the answer,
 * so that a request which is repeated, even at the same moment, is done once and answered the same.
 */
export function createRouter(parts: RouterOptions): ChatRequestHandler {
  const options: RouterParts = { ...parts, fitButtons: createButtonFitter(parts.commands) }
  const { splitMessage = (text: string) => [text] } = options
  const handleOne: ChatRequestHandler = (request) => {
    const facts = { platform: request.place.platform, askedBy: request.input.by }
    return trace(options.tracer, 'request', facts, () => handle(request))
  }
  const handle: ChatRequestHandler = async (request) => {
    const startedAt = performance.now()
    const { reply, outcome, command, args } = await handleRequest(options, request)
    noteInSpan({ command, outcome })
    options.onHandled?.({
      ...{ request, command, args, outcome },
      platform: request.place.platform,
      isSaved: reply.kind === 'answer' && reply.isSaved === true,
      ms: performance.now() - startedAt,
    })
    return reply
  }
  return async (received) => {
    const request = stripUnstorable(received)
    const { input } = request
    const isShort = input.by === 'text' && refuseLength(input.text) === undefined
    const things = isShort ? splitMessage(input.text) : []
    return things.length > 1 ? answerEach(request, things, handleOne) : handleOne(request)
  }
}

async function handleRequest(
  options: RouterParts,
  received: ChatRequest,
): Promise<RequestResult & Pick<HandledRequest, 'command' | 'args'>> {
  try {
    const request = await nameMentions(options, received)
    const { resolved, author } = await resolveRequest(options, request)
    const { command, args } =
      resolved.kind === 'command'
        ? { command: resolved.command.name, args: resolved.raw }
        : { command: undefined, args: {} }
    const resolvedRequest = { ...request, resolved, author, remarks: new Set(remarksOf(resolved)) }
    return { ...(await handleResolved(options, resolvedRequest)), command, args }
  } catch (error) {
    return { ...replyWithApology(options, received, error), command: undefined, args: {} }
  }
}

async function handleResolved(
  options: RouterParts,
  request: ResolvedRequest,
): Promise<RequestResult> {
  try {
    const ready = await downloadFiles(options, request)
    const reply =
      (await replyByInsert(options, ready)) ?? (await replyOnce(options, ready, buildReply))
    return { reply, outcome: outcomeOf(reply, request) }
  } catch (error) {
    if (error instanceof Refusal) return replyWithRefusal(options, request, error)
    return replyWithApology(options, request, error)
  }
}

/**
 * The request with its files downloaded: once it is known that the person may send them, and outside the transaction,
 * which a slow download would hold open. A repeat downloads nothing. @throws Refusal
 */
async function downloadFiles(
  options: RouterParts,
  request: ResolvedRequest,
): Promise<ResolvedRequest> {
  const { key, resolved } = request
  if (resolved.kind !== 'command' || !resolved.files) return request
  if (await idempotencyKeys.isClaimed(options.db, key)) return request
  const { takesFiles, readsFiles } = resolved.command
  await (takesFiles ?? readsFiles)?.(await contextOf(options, options.db, request))
  return { ...request, resolved: { ...resolved, files: await readAhead(resolved.files) } }
}

function outcomeOf({ kind, isRepeat }: Reply, { resolved }: ResolvedRequest): RequestOutcome {
  if (isRepeat) return 'repeat'
  if (resolved.kind === 'unread') return 'refused'
  return kind === 'form' ? 'form' : 'answered'
}

/** Builds the reply to a request within its transaction, in the language of who asked. @throws Refusal */
type ReplyBuilder = (
  options: RouterParts,
  context: CommandContext,
  request: ResolvedRequest,
) => Promise<Reply>

function replyOnce(
  options: RouterParts,
  request: ResolvedRequest,
  build: ReplyBuilder,
): Promise<Reply> {
  return inTransaction(options.db, async (tx) => {
    const claim = await idempotencyKeys.claimKey(tx, request.key, options.clock.now())
    if (claim !== 'new') return repeatedReply(claim.reply)
    const context = await contextOf(options, tx, request)
    const built = await inLanguage(context.actor.language, () => build(options, context, request))
    const reply = withRemarks(built, request)
    await idempotencyKeys.saveReply(tx, request.key, jsonOf(reply))
    return reply
  })
}

const repeatedReply = (reply: unknown): Reply => ({ ...replySchema.parse(reply), isRepeat: true })

/**
 * The short way, for the command that comes most: it reads without a transaction, and its idempotency key, answer and
 * new row are one statement, shared with other requests of the same moment. Undefined for all other commands, for an
 * answer without a row to insert, and for a request that changes the message it came from.
 */
async function replyByInsert(
  options: RouterParts,
  request: ResolvedRequest,
): Promise<Reply | undefined> {
  const { key, message, resolved } = request
  if (resolved.kind !== 'command' || !resolved.command.isInsertOnly) return undefined
  if (resolved.opensForm || resolved.answersQuestion || message) return undefined
  if (namesQuery(resolved.raw)) return undefined
  const { db } = options
  const context = await contextOf(options, db, request)
  const { card, insert } = await inLanguage(context.actor.language, () =>
    runCommand(options, context, request.input, resolved),
  )
  if (!insert) return undefined
  const reply = withRemarks({ kind: 'answer', card, isSaved: true }, request)
  const row = { key, at: context.now, reply: jsonOf(reply), row: insert.row }
  if (await insert.table.insertOnce(db, row)) return reply
  return repeatedReply(await idempotencyKeys.loadReply(db, key))
}

async function runCommand(
  { checkForm }: RouterParts,
  context: CommandContext,
  { by }: ChatRequest['input'],
  { command, raw, asked }: ParsedCommand & { readonly asked?: string },
): Promise<CommandResult> {
  if (by === 'form') await askOnce(checkForm, context, { command, raw }, asked)
  return step('command', { command: command.name }, () => command.run(context, raw))
}

function withRemarks<Answer extends Reply>(reply: Answer, { remarks }: ResolvedRequest): Answer {
  return remarks.size === 0 ? reply : { ...reply, card: { ...reply.card, remarks: [...remarks] } }
}

/** A reply is plain data already; JSON only drops the properties that are undefined. */
function jsonOf(reply: Reply): idempotencyKeys.StoredReply {
  return JSON.parse(JSON.stringify(reply))
}

const declinedText = 'Say it another way, if you like.'

const buildReply: ReplyBuilder = async (options, context, request) => {
  const { message, resolved } = request
  const { tx } = context
  if (resolved.kind === 'unknown') throw resolved.refusal
  if (resolved.kind === 'unread') {
    const card = unknownLineCard(options.commands, resolved.typed, context.prefix)
    return { kind: 'answer', card: await fitted(options, context, card) }
  }
  if (resolved.kind === 'question') {
    return { kind: 'answer', card: await fitted(options, context, resolved.card) }
  }
  if (resolved.kind === 'back') {
    const card =
      message && (await options.redraw(tx, message, context.actor, undefined, context.now))
    return {
      kind: 'answer',
      card: card ?? noticeCard({ heading: 'Closed', lines: ['Nothing was changed.'], buttons: [] }),
    }
  }
  if (resolved.kind === 'declined') {
    const card = noticeCard({ heading: 'Nothing was saved', lines: [declinedText], buttons: [] })
    return { kind: 'answer', card, refresh: card }
  }
  const { command, raw, opensForm, answersQuestion } = resolved
  if (opensForm && command.form) {
    const card = await command.form(context, { values: raw, problems: {} })
    return { kind: 'form', card: answersQuestion ? { ...card, answersQuestion } : card }
  }
  const ran = await runCommand(options, context, request.input, resolved)
  const { card, note, insert, heardIn } = ran
  if (heardIn) {
    // After it was found that somebody hears of it; what was written for that is rolled back with the refusal.
    if (!command.notifies) throw new Error(`"${command.name}" does not say that it notifies`)
    await options.countNotifyingRequest(context, { ...heardIn, allowance: command.notifies })
  }
  await insert?.table.insert(tx, insert.row)
  const answer = await fitted(options, context, withQueryNamed(command, raw, card))
  const redrawn = note && (await redrawnOrigin(options, context, request, { raw, note, answer }))
  return {
    kind: 'answer',
    card: answer,
    refresh: redrawn || (answersQuestion ? answer : undefined),
    ...(!command.isReadOnly && { isSaved: true }),
  }
}

/** How the message looks now whose button was pressed: one of the outbox, or an answer that its reader alone sees. */
async function redrawnOrigin(
  options: RouterParts,
  context: CommandContext,
  request: ResolvedRequest,
  { raw, ...done }: { raw: Readonly<Record<string, unknown>>; note: string; answer: Card },
): Promise<Card | undefined> {
  const { message, place } = request
  const { tx, actor, now } = context
  const sent = message && (await options.redraw(tx, message, actor, done.note, now))
  // What stands in a channel is read by others: an answer never takes its place.
  if (sent || (message && place.kind !== 'direct')) return sent
  const card = await redrawAnswer(options.commands, context, raw, done)
  return card && fitted(options, context, card)
}

/** The answer's card with the buttons that its reader may press: it is shown to nobody else. */
function fitted(
  { fitButtons, installation }: RouterParts,
  { tx, actor, today }: CommandContext,
  card: Card,
): Promise<Card> {
  const isAdmin = isAdminHere(installation?.admins ?? [], actor)
  return fitButtons(tx, { personId: actor.personId, today, isAdmin }, card)
}

/**
 * Answers with a refusal. What the command had written is rolled back; the idempotency key is written in a transaction
 * of its own, with the note of where the person can be reached.
 */
async function replyWithRefusal(
  options: RouterParts,
  request: ResolvedRequest,
  refusal: Refusal,
): Promise<RequestResult> {
  try {
    const build: ReplyBuilder = (_, context) => buildRefusalReply(context, request, refusal)
    return { reply: await replyOnce(options, request, build), outcome: 'refused' }
  } catch (error) {
    // The form was refused in its turn (not theirs to change, say): that is then the answer.
    if (error instanceof Refusal) {
      return replyWithRefusal(options, request, new Refusal(error.message))
    }
    return replyWithApology(options, request, error)
  }
}

async function buildRefusalReply(
  context: CommandContext,
  { input, resolved }: ResolvedRequest,
  refusal: Refusal,
): Promise<Reply> {
  const plain: Reply = { kind: 'answer', card: refusalCard([refusal.message]) }
  if (resolved.kind !== 'command') return plain
  const { command, raw, answersQuestion } = resolved
  const { fields } = refusal
  const form = Object.keys(fields).length > 0 ? command.form : undefined
  // Whoever typed a line or pressed a button gets the form that asks for what is missing, with what they said in it.
  if (form && (input.by === 'form' || !command.isReadOnly)) {
    const card = await form(context, { values: raw, problems: fields })
    const marks = { asked: questionIn(fields), answersQuestion }
    return { kind: 'invalid', card: { ...card, ...marks }, fields }
  }
  return command.isReadOnly ? { kind: 'answer', card: unansweredCard(refusal) } : plain
}

function replyWithApology(
  options: RouterParts,
  request: ChatRequest,
  error: unknown,
): RequestResult {
  options.onError(error, request)
  const card = apologyCard(isDatabaseUnavailable(error))
  return { reply: { kind: 'answer', card }, outcome: 'fault' }
}
