import type { types } from '@slack/bolt'
import { messageOf } from '../../base/errors.ts'
import type { AdaptiveCard } from '../../chat/cards.ts'
import { openFormCard } from './builtin-cards.ts'
import type { ExpandedReply, Responder } from './responder.ts'

/** Opens a modal and returns its id; undefined if Slack refuses, usually because the trigger's three seconds are over. */
export async function openModal(
  responder: Responder,
  triggerId: string,
  view: types.ModalView,
): Promise<string | undefined> {
  try {
    const opened = await responder.client.views.open({ trigger_id: triggerId, view })
    return opened.view?.id
  } catch (error) {
    responder.log.warn({ platform: 'slack', error: messageOf(error) }, 'A form could not be opened')
    return undefined
  }
}

/** A reply as a message: an answer is its own card, a form becomes a button that opens it. */
export function messageCardOf(reply: ExpandedReply): AdaptiveCard {
  if (reply.kind === 'answer') return reply.card
  return openFormCard(reply.card, reply.kind === 'invalid' ? Object.values(reply.fields) : [])
}
