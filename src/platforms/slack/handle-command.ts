import type { AckFn, RespondArguments } from '@slack/bolt'
import { within } from '../../base/timeout.ts'
import type { AdaptiveCard } from '../../chat/cards.ts'
import { gotIt } from '../../chat/rate-limit-retry.ts'
import { sentence } from './builtin-cards.ts'
import { fromCommand, originOfCommand } from './inbound.ts'
import { openView, sayable } from './open-modal.ts'
import type { Command } from './payloads.ts'
import type { Desk } from './responder.ts'
import { postTo } from './response-url.ts'

/**
 * A slash command. An answer that is soon ready goes out with the acknowledgement, a later one follows by the
 * response_url. Only the person who asked sees it.
 */
export async function answerCommand(
  command: Command,
  ack: AckFn<string | RespondArguments>,
  desk: Desk,
): Promise<void> {
  const asked = desk.ask(fromCommand(command))
  const soon = await within(desk.patienceMs, asked)
  const acknowledge = (card: AdaptiveCard) =>
    ack({ response_type: 'ephemeral', ...desk.message(card) })

  if (soon?.kind === 'answer') return acknowledge(soon.card)
  if (soon) await ack()
  else await acknowledge(sentence(gotIt))

  const reply = soon ?? (await asked)
  // Of two deliveries the first one answers.
  if (reply.repeat) return
  if (reply.kind !== 'answer') {
    const view = desk.view(reply, originOfCommand(command))
    if (await openView(desk, command.trigger_id, view)) return
  }
  const message = desk.message(sayable(reply))
  await desk.patiently(() => postTo(command.response_url, { replace_original: false, ...message }))
}
