import { Refusal } from '../base/errors.ts'
import { inLanguage } from '../base/language.ts'
import { noteInSpan, trace } from '../base/tracing.ts'
import { inTransaction, isDatabaseUnavailable } from '../infra/db.ts'
import * as idempotencyKeys from '../infra/idempotency-keys.ts'
import {
  buildRefusalReply,
  buildReply,
  type ReplyBuilder,
  type RouterParts,
  runCommand,
} from './build-reply.ts'
import { contextOf } from './command-context.ts'
import { createButtonFitter } from './fit-buttons.ts'
import { nameMentions } from './mention-names.ts'
import type { ChatRequestHandler } from './port.ts'
import { readAhead } from './received-file.ts'
import { namesQuery } from './redrawn-answer.ts'
import { apologyCard } from './refusal-cards.ts'
import { type Reply, replySchema } from './reply.ts'
import type { ChatRequest } from './request.ts'
import { refuseLength, remarksOf } from './resolve-command.ts'
import { type ResolvedRequest, resolveRequest } from './resolve-request.ts'
import type { HandledRequest, RequestOutcome, RouterOptions } from './router-options.ts'
import { answerEach } from './several-lines.ts'
import { stripUnstorable } from './unstorable-characters.ts'

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
    await idempotencyKeys.saveReply(tx, request.key, reply)
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
  const row = { key, at: context.now, reply, row: insert.row }
  if (await insert.table.insertOnce(db, row)) return reply
  return repeatedReply(await idempotencyKeys.loadReply(db, key))
}

function withRemarks<Answer extends Reply>(reply: Answer, { remarks }: ResolvedRequest): Answer {
  return remarks.size === 0 ? reply : { ...reply, card: { ...reply.card, remarks: [...remarks] } }
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

function replyWithApology(
  options: RouterParts,
  request: ChatRequest,
  error: unknown,
): RequestResult {
  options.onError(error, request)
  const card = apologyCard(isDatabaseUnavailable(error))
  return { reply: { kind: 'answer', card }, outcome: 'fault' }
}
