import { isAdminHere } from '../authority/admins.ts'
import type { Refusal } from '../base/errors.ts'
import { step } from '../base/tracing.ts'
import type { Card } from './cards.ts'
import type { CommandContext, CommandResult, ParsedCommand } from './commands.ts'
import type { ButtonFitter } from './fit-buttons.ts'
import { askOnce, questionIn } from './form-question.ts'
import { noticeCard } from './notice.ts'
import { redrawAnswer, withQueryNamed } from './redrawn-answer.ts'
import { refusalCard, unansweredCard } from './refusal-cards.ts'
import type { Reply } from './reply.ts'
import type { ChatRequest } from './request.ts'
import type { ResolvedRequest } from './resolve-request.ts'
import type { RouterOptions } from './router-options.ts'
import { unknownLineCard } from './unknown-line.ts'

/** What is answered to a request; src/chat/router.ts sees to it that it is done once. */

export interface RouterParts extends RouterOptions {
  readonly fitButtons: ButtonFitter
}

/** Builds the reply to a request within its transaction, in the language of who asked. @throws Refusal */
export type ReplyBuilder = (
  options: RouterParts,
  context: CommandContext,
  request: ResolvedRequest,
) => Promise<Reply>

const declinedText = 'Say it another way, if you like.'

export const buildReply: ReplyBuilder = async (options, context, request) => {
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

/** The answer to a refusal: in words, or the form that asks for what is missing. */
export async function buildRefusalReply(
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

/** Runs the command; a form is asked first about what is likely to be mistyped. @throws Refusal */
export async function runCommand(
  { checkForm }: RouterParts,
  context: CommandContext,
  { by }: ChatRequest['input'],
  { command, raw, asked }: ParsedCommand & { readonly asked?: string },
): Promise<CommandResult> {
  if (by === 'form') await askOnce(checkForm, context, { command, raw }, asked)
  return step('command', { command: command.name }, () => command.run(context, raw))
}
