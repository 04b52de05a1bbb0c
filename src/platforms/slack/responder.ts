import type { types, webApi } from '@slack/bolt'
import { messageOf } from '../../base/errors.ts'
import type { Log } from '../../base/log.ts'
import { shorten } from '../../base/text.ts'
import { withTimeout } from '../../base/timeout.ts'
import type { AdaptiveCard, Card } from '../../chat/cards.ts'
import type { ChatRequestHandler } from '../../chat/port.ts'
import { pendingText, retryRateLimited, type Sleep } from '../../chat/rate-limit-retry.ts'
import type { ChatRequest } from '../../chat/request.ts'
import { sentenceCard, withProblems } from './builtin-cards.ts'
import { type SlackMessage, toMessage } from './converter/message.ts'
import { toModal, toReadOnlyModal } from './converter/modal.ts'
import { callSlack } from './errors.ts'
import { postToResponseUrl } from './response-url.ts'
import type { Origin } from './view-metadata.ts'

/** A reply with its cards drawn. */
export type ExpandedReply =
  | { kind: 'answer'; card: AdaptiveCard; refresh?: AdaptiveCard | undefined; repeat: boolean }
  | { kind: 'form'; card: AdaptiveCard; repeat: boolean }
  | { kind: 'invalid'; card: AdaptiveCard; fields: Record<string, string>; repeat: boolean }

export interface ResponderOptions {
  readonly client: webApi.WebClient
  readonly handle: ChatRequestHandler
  readonly expand: (card: Card) => AdaptiveCard
  readonly log: Log
  /** How long to wait for the handler before saying that it takes longer. */
  readonly replyTimeoutMs: number
  readonly wait: Sleep
}

/** Makes one call of Slack's, once or again where Slack asks to wait. */
export type CallRunner = <T>(call: () => Promise<T>) => Promise<T>

export type Responder = ReturnType<typeof createResponder>

const apologyText =
  'Sorry, something went wrong on my side. Please try again; your administrator can find it in the log.'

/** Asks the handler and shows what it says. Nothing here throws because of a card: it says it in plain words. */
export function createResponder({
  client,
  handle,
  expand,
  log,
  replyTimeoutMs,
  wait,
}: ResponderOptions) {
  async function ask(invocation: ChatRequest): Promise<ExpandedReply> {
    try {
      const { isRepeat = false, ...reply } = await handle(invocation)
      const card = expand(reply.card)
      if (reply.kind === 'form') return { kind: 'form', card, repeat: isRepeat }
      if (reply.kind === 'invalid')
        return { kind: 'invalid', card, fields: reply.fields, repeat: isRepeat }
      const refresh = reply.refresh && expand(reply.refresh)
      return { kind: 'answer', card, refresh, repeat: isRepeat }
    } catch (error) {
      log.error({ platform: 'slack', key: invocation.key, error: messageOf(error) }, 'No reply')
      return { kind: 'answer', card: sentenceCard(apologyText), repeat: false }
    }
  }

  /** The answer; where it takes longer, that is said meanwhile. The answer comes too where that fails. */
  async function soonerOrLater(
    asked: Promise<ExpandedReply>,
    say: (card: AdaptiveCard, how: CallRunner) => Promise<unknown>,
  ): Promise<ExpandedReply> {
    if (await withTimeout(replyTimeoutMs, asked)) return asked
    try {
      await say(sentenceCard(pendingText), callSlack)
    } catch (error) {
      log.warn(
        { platform: 'slack', error: messageOf(error) },
        'That an answer follows was not said',
      )
    }
    return asked
  }

  /** A card that cannot be drawn is still said, by the sentence it has for such a case. */
  function drawn<T>(card: AdaptiveCard, convert: (card: AdaptiveCard) => T): T {
    try {
      return convert(card)
    } catch (error) {
      log.error({ platform: 'slack', error: messageOf(error) }, 'A card could not be drawn')
      return convert(sentenceCard(shorten(card.fallbackText, 2000)))
    }
  }

  const message = (card: AdaptiveCard): SlackMessage => drawn(card, (each) => toMessage(each))

  function view(reply: ExpandedReply, origin: Origin): types.ModalView {
    if (reply.kind === 'answer') return drawn(reply.card, (card) => toReadOnlyModal(card, origin))
    const problems = reply.kind === 'invalid' ? reply.fields : {}
    return drawn(reply.card, (card) => toModal(withProblems(card, problems), origin))
  }

  /** One call that shows an answer, made again where Slack asks to wait. Throws as the port's calls do. */
  const patiently: CallRunner = (call) => retryRateLimited(() => callSlack(call), wait)

  /** Shows the message that a button was pressed in as it is now; false where it stayed as it was. */
  async function refresh(origin: Origin, card: AdaptiveCard): Promise<boolean> {
    const { conversation, message: ts, respondAt } = origin
    try {
      const content = message(card)
      if (ts) {
        await patiently(() => client.chat.update({ channel: conversation, ts, ...content }))
      } else if (respondAt) {
        await patiently(() => postToResponseUrl(respondAt, { replace_original: true, ...content }))
      }
      return Boolean(ts || respondAt)
    } catch (error) {
      log.warn({ platform: 'slack', error: messageOf(error) }, 'A message stayed as it was')
      return false
    }
  }

  return {
    client,
    log,
    patienceMs: replyTimeoutMs,
    ask,
    soonerOrLater,
    message,
    view,
    patiently,
    refresh,
  }
}
