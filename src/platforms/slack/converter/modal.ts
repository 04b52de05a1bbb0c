import type { types } from '@slack/bolt'
import {
  type CardElement,
  CardError,
  cardLabel,
  type ExecuteAction,
  type ParsedCard,
  parseCard,
} from '../../../chat/card-schema.ts'
import type { AdaptiveCard } from '../../../chat/cards.ts'
import * as limits from '../limits.ts'
import type { Origin, ViewMetadata } from '../view-metadata.ts'
import { blocksOf } from './blocks.ts'
import { buttonRows, createButtonCounter, isBack } from './buttons.ts'
import { withCardName } from './message.ts'
import { plainTextObject } from './text.ts'

/** One callback for all: what a view does is in its metadata. */
export const callbackId = 'milepost'

/** A form: the first Action.Execute of the card submits it. Throws CardError as toMessage does. */
export function toModal(
  card: AdaptiveCard,
  origin: Origin,
  name = cardLabel(card),
): types.ModalView {
  return buildModal(card, origin, name, submitActionOf)
}

/** What is only to be read and closed; its buttons stay buttons. Throws CardError as toMessage does. */
export function toReadOnlyModal(
  card: AdaptiveCard,
  origin: Origin,
  name = cardLabel(card),
): types.ModalView {
  return buildModal(card, origin, name, () => undefined)
}

/** What stands there while the form is fetched: a trigger lasts three seconds, whatever the database does. */
export function loadingModal(origin: Origin, words: string): types.ModalView {
  return {
    type: 'modal',
    callback_id: callbackId,
    private_metadata: JSON.stringify(origin),
    title: plainTextObject('Milepost', limits.modalText),
    close: plainTextObject('Close', limits.modalText),
    blocks: [{ type: 'context', elements: [plainTextObject(words, limits.contextText)] }],
  }
}

function buildModal(
  card: AdaptiveCard,
  origin: Origin,
  name: string,
  submits: (card: ParsedCard) => ExecuteAction | undefined,
): types.ModalView {
  const read = parseCard(card, name)
  const { body, actions } = read
  const heading = body.find(isHeading)
  // A view without a single block is refused, so a lone heading stays in the body too.
  const fits = heading && heading.text.length <= limits.modalText && body.length > 1
  const submit = submits(read)
  const next = createButtonCounter()
  const blocks = withCardName(name, () => [
    ...blocksOf(fits ? body.filter((element) => element !== heading) : body, next),
    ...buttonRows(
      actions.filter((action) => action !== submit),
      next,
    ),
  ])
  const view: types.ModalView = {
    type: 'modal',
    callback_id: callbackId,
    private_metadata: metadataOf(name, origin, submit),
    title: plainTextObject(heading?.text || 'Milepost', limits.modalText),
    close: plainTextObject(actions.find(isBack)?.title ?? 'Close', limits.modalText),
    ...(submit && { submit: plainTextObject(submit.title, limits.modalText) }),
    blocks,
  }
  assertFits(view, name)
  return view
}

/** The button that submits a form: the first of its actions that is not the way back. */
export function submitActionOf({ actions }: ParsedCard): ExecuteAction | undefined {
  return actions.find(
    (action): action is ExecuteAction => action.type === 'Action.Execute' && !isBack(action),
  )
}

function isHeading(element: CardElement): element is Extract<CardElement, { type: 'TextBlock' }> {
  return element.type === 'TextBlock' && element.style === 'heading'
}

function metadataOf(name: string, origin: Origin, submit: ExecuteAction | undefined): string {
  const metadata: ViewMetadata = {
    ...origin,
    ...(submit && { submit: { verb: submit.verb, data: submit.data } }),
  }
  const text = JSON.stringify(metadata)
  if (text.length > limits.metadata) {
    throw new CardError(name, `its submit button carries ${text.length} characters of data`)
  }
  return text
}

function assertFits(view: types.ModalView, name: string): void {
  if (view.blocks.length > limits.blocksInView) {
    throw new CardError(name, `it has ${view.blocks.length} blocks, a Slack modal holds 100`)
  }
  if (!view.submit && view.blocks.some(({ type }) => type === 'input')) {
    throw new CardError(name, 'it has inputs but no Action.Execute to submit them')
  }
  const bytes = Buffer.byteLength(JSON.stringify(view))
  if (bytes > limits.viewBytes) {
    throw new CardError(name, `it takes ${bytes} bytes, a Slack view holds 250,000`)
  }
}
