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
import { redrawActionOf } from './inputs.ts'
import { withCardName } from './message.ts'
import { plainTextObject } from './text.ts'

/** The callback_id of every view: what a view does is in its metadata. */
export const callbackId = 'milepost'

/** A form; the card's first Action.Execute submits it. Throws CardError as toMessage does. */
export function toModal(
  card: AdaptiveCard,
  origin: Origin,
  name = cardLabel(card),
): types.ModalView {
  return buildModal(card, origin, name, submitActionOf)
}

/** A view without a submit button: every action stays a button. Throws CardError as toMessage does. */
export function toReadOnlyModal(
  card: AdaptiveCard,
  origin: Origin,
  name = cardLabel(card),
): types.ModalView {
  return buildModal(card, origin, name, () => undefined)
}

/** A placeholder until the reply is there: a trigger lasts three seconds, and a slow database may take longer. */
export function loadingModal(origin: Origin, text: string): types.ModalView {
  return {
    type: 'modal',
    callback_id: callbackId,
    private_metadata: JSON.stringify(origin),
    title: plainTextObject('Milepost', limits.modalText),
    close: plainTextObject('Close', limits.modalText),
    blocks: [{ type: 'context', elements: [plainTextObject(text, limits.contextText)] }],
  }
}

function buildModal(
  card: AdaptiveCard,
  origin: Origin,
  name: string,
  findSubmitAction: (card: ParsedCard) => ExecuteAction | undefined,
): types.ModalView {
  const parsed = parseCard(card, name)
  const { body, actions } = parsed
  const heading = body.find(isHeading)
  // Slack refuses a view without blocks, so a heading that is the whole body stays in it.
  const isHeadingTitle = heading && heading.text.length <= limits.modalText && body.length > 1
  const submit = findSubmitAction(parsed)
  const next = createButtonCounter()
  const blocks = withCardName(name, () => [
    ...blocksOf(isHeadingTitle ? body.filter((element) => element !== heading) : body, next),
    ...buttonRows(
      actions.filter((action) => action !== submit),
      next,
    ),
  ])
  const view: types.ModalView = {
    type: 'modal',
    callback_id: callbackId,
    private_metadata: metadataOf(name, origin, { submit, redraw: redrawActionIn(body) }),
    title: plainTextObject(heading?.text || 'Milepost', limits.modalText),
    close: plainTextObject(actions.find(isBack)?.title ?? 'Close', limits.modalText),
    ...(submit && { submit: plainTextObject(submit.title, limits.modalText) }),
    blocks,
  }
  assertFits(view, name)
  return view
}

/** The action that submits a form: its first Action.Execute that is not the back button. */
export function submitActionOf({ actions }: ParsedCard): ExecuteAction | undefined {
  return actions.find(
    (action): action is ExecuteAction => action.type === 'Action.Execute' && !isBack(action),
  )
}

function isHeading(element: CardElement): element is Extract<CardElement, { type: 'TextBlock' }> {
  return element.type === 'TextBlock' && element.style === 'heading'
}

/** Of the inputs that stand in the body itself: a form's inputs are in no box. */
function redrawActionIn(body: readonly CardElement[]): ViewAction | undefined {
  return body.map(redrawActionOf).find((action) => action !== undefined)
}

interface ViewAction {
  readonly verb: string
  readonly data: Record<string, unknown>
}

function metadataOf(
  name: string,
  origin: Origin,
  { submit, redraw }: Record<'submit' | 'redraw', ViewAction | undefined>,
): string {
  const metadata: ViewMetadata = {
    ...origin,
    ...(submit && { submit: { verb: submit.verb, data: submit.data } }),
    ...(redraw && { redraw: { verb: redraw.verb, data: redraw.data } }),
  }
  const text = JSON.stringify(metadata)
  if (text.length > limits.metadata) {
    throw new CardError(name, `its actions carry ${text.length} characters of data`)
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
