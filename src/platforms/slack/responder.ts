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
import { toHomeView } from './converter/home.ts'
import { type SlackMessage, toMessage } from './converter/message.ts'
import { toModal, toReadOnlyModal } from './converter/modal.ts'
import { callSlack } from './errors.ts'
import type { FormRedraws } from './form-redraws.ts'
import type { ReceiveFile } from './receive-file.ts'
import { postToResponseUrl } from './response-url.ts'
import type { Origin } from './view-metadata.ts'

/** A reply with its cards expanded. */
export type ExpandedReply =
  | {
      kind: 'answer'
      card: AdaptiveCard
      refresh?: AdaptiveCard | undefined
      /** What was asked is saved. */
      isSaved: boolean
      isRepeat: boolean
    }
  | { kind: 'form'; card: AdaptiveCard; isRepeat: boolean }
  | { kind: 'invalid'; card: AdaptiveCard; fields: Record<string, string>; isRepeat: boolean }

export interface ResponderOptions {
  readonly client: webApi.WebClient
  readonly handle: ChatRequestHandler
  readonly expand: (card: Card) => AdaptiveCard
  readonly log: Log
  readonly receiveFile: ReceiveFile
  /** Of all requests: a form that one redraws, the next may redraw again. */
  readonly formRedraws: FormRedraws
  /** How long to wait for the handler, in milliseconds, before a notice says that it takes longer. */
  readonly replyTimeoutMs: number
  readonly wait: Sleep
}

/** Runs a call to Slack, once or with retries. */
export type CallRunner = <T>(call: () => Promise<T>) => Promise<T>

/** Gets replies from the handler and shows them in Slack. A card that Slack cannot show becomes its one sentence. */
export interface Responder {
  readonly client: webApi.WebClient
  readonly log: Log
  readonly receiveFile: ReceiveFile
  readonly replyTimeoutMs: number
  readonly formRedraws: FormRedraws
  /** The handler's reply; an apology if the handler throws. */
  requestReply(request: ChatRequest): Promise<ExpandedReply>
  /**
   * Waits for the reply. If it takes longer than `replyTimeoutMs`, `show` is called with a notice that says so; the
   * reply is returned even if `show` fails.
   */
  awaitWithPendingNotice(
    replying: Promise<ExpandedReply>,
    show: (card: AdaptiveCard, run: CallRunner) => Promise<unknown>,
  ): Promise<ExpandedReply>
  toSlackMessage(card: AdaptiveCard): SlackMessage
  toHomeView(card: AdaptiveCard, origin: Origin): types.HomeView
  /** A reply as a modal: read-only for an answer, else a form. */
  toView(reply: ExpandedReply, origin: Origin): types.ModalView
  /** Makes a call, again after a 429 (see retryRateLimited). Throws as the port's calls do. */
  readonly callWithRetry: CallRunner
  /** Replaces the message whose button was pressed. Returns false if it could not be replaced. */
  refreshOriginMessage(origin: Origin, card: AdaptiveCard): Promise<boolean>
}

const apologyText =
  'Sorry, something went wrong on my side. Please try again; your administrator can find it in the log.'

export function createResponder({
  client,
  handle,
  expand,
  log,
  receiveFile,
  formRedraws,
  replyTimeoutMs,
  wait,
}: ResponderOptions): Responder {
  async function requestReply(request: ChatRequest): Promise<ExpandedReply> {
    try {
      const { isRepeat = false, ...reply } = await handle(request)
      const card = expand(reply.card)
      if (reply.kind === 'form') return { kind: 'form', card, isRepeat }
      if (reply.kind === 'invalid') return { kind: 'invalid', card, fields: reply.fields, isRepeat }
      const refresh = reply.refresh && expand(reply.refresh)
      return { kind: 'answer', card, refresh, isSaved: reply.isSaved === true, isRepeat }
    } catch (error) {
      log.error({ platform: 'slack', key: request.key, error: messageOf(error) }, 'No reply')
      const card = sentenceCard(apologyText)
      return { kind: 'answer', card, isSaved: false, isRepeat: false }
    }
  }

  async function awaitWithPendingNotice(
    replying: Promise<ExpandedReply>,
    show: (card: AdaptiveCard, run: CallRunner) => Promise<unknown>,
  ): Promise<ExpandedReply> {
    if (await withTimeout(replyTimeoutMs, replying)) return replying
    try {
      await show(sentenceCard(pendingText), callSlack)
    } catch (error) {
      log.warn(
        { platform: 'slack', error: messageOf(error) },
        'The notice that a reply takes longer was not shown',
      )
    }
    return replying
  }

  /** Falls back to the card's one sentence if the card cannot be converted. */
  function convertOrFallback<T>(card: AdaptiveCard, convert: (card: AdaptiveCard) => T): T {
    try {
      return convert(card)
    } catch (error) {
      log.error({ platform: 'slack', error: messageOf(error) }, 'A card could not be converted')
      return convert(sentenceCard(shorten(card.fallbackText, 2000)))
    }
  }

  const toSlackMessage = (card: AdaptiveCard): SlackMessage =>
    convertOrFallback(card, (converted) => toMessage(converted))

  const toHome = (card: AdaptiveCard, origin: Origin): types.HomeView =>
    convertOrFallback(card, (converted) => toHomeView(converted, origin))

  function toView(reply: ExpandedReply, origin: Origin): types.ModalView {
    if (reply.kind === 'answer') {
      return convertOrFallback(reply.card, (card) => toReadOnlyModal(card, origin))
    }
    const problems = reply.kind === 'invalid' ? reply.fields : {}
    return convertOrFallback(reply.card, (card) => toModal(withProblems(card, problems), origin))
  }

  const callWithRetry: CallRunner = (call) => retryRateLimited(() => callSlack(call), wait)

  async function refreshOriginMessage(origin: Origin, card: AdaptiveCard): Promise<boolean> {
    const { conversation, message: ts, respondAt: responseUrl } = origin
    try {
      const message = toSlackMessage(card)
      if (ts) {
        await callWithRetry(() => client.chat.update({ channel: conversation, ts, ...message }))
      } else if (responseUrl) {
        await callWithRetry(() =>
          postToResponseUrl(responseUrl, { replace_original: true, ...message }),
        )
      }
      return Boolean(ts || responseUrl)
    } catch (error) {
      log.warn({ platform: 'slack', error: messageOf(error) }, 'A message was not refreshed')
      return false
    }
  }

  return {
    client,
    log,
    receiveFile,
    replyTimeoutMs,
    formRedraws,
    requestReply,
    awaitWithPendingNotice,
    toSlackMessage,
    toHomeView: toHome,
    toView,
    callWithRetry,
    refreshOriginMessage,
  }
}
