import type { AdaptiveCard } from '../../chat/cards.ts'
import { editNotReadText } from '../../chat/edited-message.ts'
import { sentenceCard } from './builtin-cards.ts'
import { parseMessageEvent } from './inbound.ts'
import { messageCardOf } from './open-modal.ts'
import type { EditedMessagePayload, MessageEventPayload } from './payloads.ts'
import type { CallRunner, Responder } from './responder.ts'

/**
 * Answers a direct message or a mention. In a channel only the person who asked sees the answer, because it may contain
 * what others there may not know.
 */
export async function handleMessage(
  payload: MessageEventPayload,
  responder: Responder,
  botUser: string,
): Promise<void> {
  const request = parseMessageEvent(payload, botUser, responder.receiveFile)
  const { chat } = responder.client
  const { channel, user, thread_ts } = payload.event
  const show = (card: AdaptiveCard, run: CallRunner = responder.callWithRetry) =>
    run(async () => {
      const content = responder.toSlackMessage(card)
      const message = { channel, ...content, ...(thread_ts && { thread_ts }) }
      if (request.directPlace) await chat.postMessage(message)
      else await chat.postEphemeral({ user, ...message })
    })

  const reply = await responder.awaitWithPendingNotice(responder.requestReply(request), show)
  // Slack may send an event for one message twice; the first is answered.
  if (!reply.isRepeat) await show(messageCardOf(reply))
}

/** Answers whoever has changed what they wrote. */
export async function handleEdit(
  { event: { channel, message } }: EditedMessagePayload,
  responder: Responder,
): Promise<void> {
  const { thread_ts } = message
  const content = responder.toSlackMessage(sentenceCard(editNotReadText))
  await responder.callWithRetry(() =>
    responder.client.chat.postMessage({ channel, ...content, ...(thread_ts && { thread_ts }) }),
  )
}
