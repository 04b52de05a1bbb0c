import type { AckFn, RespondArguments } from '@slack/bolt'
import { withTimeout } from '../../base/timeout.ts'
import type { AdaptiveCard } from '../../chat/cards.ts'
import { pendingText } from '../../chat/rate-limit-retry.ts'
import { sentenceCard } from './builtin-cards.ts'
import { originOfCommand, parseSlashCommand } from './inbound.ts'
import { messageCardOf, openModal } from './open-modal.ts'
import type { SlashCommandPayload } from './payloads.ts'
import type { Responder } from './responder.ts'
import { postToResponseUrl } from './response-url.ts'

/**
 * Answers a slash command, visibly only to the person who typed it: in the acknowledgement if the reply comes in time,
 * else by the response_url.
 */
export async function handleCommand(
  command: SlashCommandPayload,
  ack: AckFn<string | RespondArguments>,
  responder: Responder,
): Promise<void> {
  const replying = responder.requestReply(parseSlashCommand(command))
  const replyInTime = await withTimeout(responder.replyTimeoutMs, replying)
  const acknowledgeWith = (card: AdaptiveCard) =>
    ack({ response_type: 'ephemeral', ...responder.toSlackMessage(card) })

  if (replyInTime?.kind === 'answer') return acknowledgeWith(replyInTime.card)
  if (replyInTime) await ack()
  else await acknowledgeWith(sentenceCard(pendingText))

  const reply = replyInTime ?? (await replying)
  // If Slack sends a command twice, the first request answers it.
  if (reply.isRepeat) return
  if (reply.kind !== 'answer') {
    const view = responder.toView(reply, originOfCommand(command))
    if (await openModal(responder, command.trigger_id, view)) return
  }
  const message = responder.toSlackMessage(messageCardOf(reply))
  await responder.callWithRetry(() =>
    postToResponseUrl(command.response_url, { replace_original: false, ...message }),
  )
}
