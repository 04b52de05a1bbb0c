import type { types } from '@slack/bolt'
import { CardError, cardLabel, parseCard } from '../../../chat/card-schema.ts'
import type { AdaptiveCard } from '../../../chat/cards.ts'
import * as limits from '../limits.ts'
import type { Origin } from '../view-metadata.ts'
import { blocksOf } from './blocks.ts'
import { buttonRows, createButtonCounter } from './buttons.ts'
import { withCardName } from './message.ts'
import { callbackId } from './modal.ts'

/**
 * A card as the Home tab of a person. `origin`: where its buttons are pressed from. Throws CardError as toMessage does.
 */
export function toHomeView(
  card: AdaptiveCard,
  origin: Origin,
  name = cardLabel(card),
): types.HomeView {
  const { body, actions } = parseCard(card, name)
  const next = createButtonCounter()
  const blocks = withCardName(name, () => [...blocksOf(body, next), ...buttonRows(actions, next)])
  const view: types.HomeView = {
    type: 'home',
    callback_id: callbackId,
    private_metadata: JSON.stringify(origin),
    blocks,
  }
  if (blocks.length > limits.blocksInView) {
    throw new CardError(name, `it has ${blocks.length} blocks, a Home tab holds 100`)
  }
  const bytes = Buffer.byteLength(JSON.stringify(view))
  if (bytes > limits.viewBytes) {
    throw new CardError(name, `it takes ${bytes} bytes, a Slack view holds 250,000`)
  }
  return view
}
