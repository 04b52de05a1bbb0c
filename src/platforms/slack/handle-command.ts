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
 * A slash command. An answer that is soon ready goes out with the acknowledgement, a later one follows by the
 * response_url. Only the person who asked sees it.
 */
export async function handleCommand(
  command: SlashCommandPayload,
  ack: AckFn<string | RespondArguments>,
  desk: Responder,
): Promise<void> {
  const asked = desk.ask(parseSlashCommand(command))
  const soon = await withTimeout(desk.patienceMs, asked)
  const acknowledge = (card: AdaptiveCard) =>
    ack({ response_type: 'ephemeral', ...desk.message(card) })

  if (soon?.kind === 'answer') return acknowledge(soon.card)
  if (soon) await ack()
  else await acknowledge(sentenceCard(pendingText))

  const reply = soon ?? (await asked)
  // Of two deliveries the first one answers.
  if (reply.repeat) return
  if (reply.kind !== 'answer') {
    const view = desk.view(reply, originOfCommand(command))
    if (await openModal(desk, command.trigger_id, view)) return
  }
  const message = desk.message(messageCardOf(reply))
  await desk.patiently(() =>
    postToResponseUrl(command.response_url, { replace_original: false, ...message }),
  )
}
