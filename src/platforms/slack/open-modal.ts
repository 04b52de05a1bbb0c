import type { types } from '@slack/bolt'
import { messageOf } from '../../base/errors.ts'
import type { AdaptiveCard } from '../../chat/cards.ts'
import { openFormCard } from './builtin-cards.ts'
import type { ExpandedReply, Responder } from './responder.ts'

/** Opens a modal and gives its id; undefined where it was too late: a trigger lasts three seconds. */
export async function openModal(
  desk: Responder,
  triggerId: string,
  view: types.ModalView,
): Promise<string | undefined> {
  try {
    const opened = await desk.client.views.open({ trigger_id: triggerId, view })
    return opened.view?.id
  } catch (error) {
    desk.log.warn({ platform: 'slack', error: messageOf(error) }, 'A form could not be opened')
    return undefined
  }
}

/** What is said where a form cannot open by itself: a button that opens it. An answer is said as it is. */
export function messageCardOf(reply: ExpandedReply): AdaptiveCard {
  if (reply.kind === 'answer') return reply.card
  return openFormCard(reply.card, reply.kind === 'invalid' ? Object.values(reply.fields) : [])
}
