import type { AdaptiveCard } from '../../chat/cards.ts'
import { parseMessageEvent } from './inbound.ts'
import { messageCardOf } from './open-modal.ts'
import type { MessageEventPayload } from './payloads.ts'
import type { CallRunner, Responder } from './responder.ts'

/**
 * A direct message or a mention. In a channel only the person who asked sees the answer:
 * it may hold what the others there may not know.
 */
export async function handleMessage(
  said: MessageEventPayload,
  desk: Responder,
  botUser: string,
): Promise<void> {
  const invocation = parseMessageEvent(said, botUser)
  const { chat } = desk.client
  const { channel, user, thread_ts } = said.event
  const say = (card: AdaptiveCard, how: CallRunner = desk.patiently) =>
    how(async () => {
      const message = { channel, ...desk.message(card), ...(thread_ts && { thread_ts }) }
      if (invocation.place.kind === 'direct') await chat.postMessage(message)
      else await chat.postEphemeral({ user, ...message })
    })

  const reply = await desk.soonerOrLater(desk.ask(invocation), say)
  // Slack may tell of one message twice; it is answered once.
  if (!reply.repeat) await say(messageCardOf(reply))
}
