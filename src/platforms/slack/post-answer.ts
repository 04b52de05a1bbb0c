import type { AdaptiveCard } from '../../chat/cards.ts'
import { callSlack } from './errors.ts'
import type { CallRunner, Responder } from './responder.ts'
import { postToResponseUrl } from './response-url.ts'
import type { Origin } from './view-metadata.ts'

/** Where somebody asked. */
export interface Asked {
  readonly origin: Origin
  readonly user: string
  /** Takes a message that the person alone sees, wherever Milepost is no member. */
  readonly responseUrl?: string | undefined
}

/**
 * Shows a card to the person who asked, and to nobody else, in the conversation where they asked.
 * @throws as the port's calls do
 */
export async function respondEphemerally(
  { responseUrl, origin: { conversation: channel }, user }: Asked,
  responder: Responder,
  card: AdaptiveCard,
  run: CallRunner = responder.callWithRetry,
): Promise<void> {
  const message = responder.toSlackMessage(card)
  await run(async () => {
    if (responseUrl) await postToResponseUrl(responseUrl, { replace_original: false, ...message })
    else await responder.client.chat.postEphemeral({ channel, user, ...message })
  })
}

/**
 * Posts an answer where its form was opened: in a chat with Milepost as a message that stays, elsewhere for the person
 * alone. One try: where it fails, the form itself shows the answer.
 * @throws as the port's calls do
 */
export async function postAnswer(
  asked: Asked,
  responder: Responder,
  card: AdaptiveCard,
): Promise<void> {
  const { kind, conversation: channel, respondAt: responseUrl } = asked.origin
  if (responseUrl || kind === 'channel') {
    await respondEphemerally({ ...asked, responseUrl }, responder, card, callSlack)
    return
  }
  const message = responder.toSlackMessage(card)
  await callSlack(() => responder.client.chat.postMessage({ channel, ...message }))
}
