import type { Desk } from './desk.ts'
import { fromWords } from './inbound.ts'
import { sayable } from './open-form.ts'
import type { Said } from './payloads.ts'

/**
 * A direct message or a mention. In a channel only the person who asked sees the answer:
 * it may hold what the others there may not know.
 */
export async function answerWords(said: Said, desk: Desk, botUser: string): Promise<void> {
  const invocation = fromWords(said, botUser)
  const reply = await desk.ask(invocation)
  // Slack may tell of one message twice; it is answered once.
  if (reply.repeat) return
  const { chat } = desk.client
  const { channel, user, thread_ts } = said.event
  const message = { channel, ...desk.message(sayable(reply)), ...(thread_ts && { thread_ts }) }
  await desk.patiently(async () => {
    if (invocation.place.kind === 'direct') await chat.postMessage(message)
    else await chat.postEphemeral({ user, ...message })
  })
}
