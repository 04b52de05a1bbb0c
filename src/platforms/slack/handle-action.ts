import type { types } from '@slack/bolt'
import { withTimeout } from '../../base/timeout.ts'
import type { AdaptiveCard } from '../../chat/cards.ts'
import { loadingModal } from './converter/modal.ts'
import { isHashConflict } from './errors.ts'
import type { BlockActionRequest } from './inbound.ts'
import { messageCardOf, openModal } from './open-modal.ts'
import type { ViewPayload } from './payloads.ts'
import type { CallRunner, Responder } from './responder.ts'
import { postToResponseUrl } from './response-url.ts'

/** A button, after it was acknowledged. */
export function handleAction(pressed: BlockActionRequest, desk: Responder): Promise<void> {
  if (pressed.view) return handleViewAction(pressed, pressed.view, desk)
  const { input } = pressed.request
  const opensForm = input.by !== 'text' && input.verb.endsWith(':form')
  return opensForm ? openFormModal(pressed, desk) : handleMessageAction(pressed, desk)
}

async function handleMessageAction(pressed: BlockActionRequest, desk: Responder): Promise<void> {
  const { request, origin, triggerId } = pressed
  const say = (card: AdaptiveCard, how = desk.patiently) =>
    respondEphemerally(pressed, desk, card, how)
  const reply = await desk.soonerOrLater(desk.ask(request), say)
  if (reply.kind !== 'answer') {
    if (await openModal(desk, triggerId, desk.view(reply, origin))) return
  } else if (reply.refresh && (await desk.refresh(origin, reply.refresh))) return
  if (!reply.repeat) await say(messageCardOf(reply))
}

/**
 * A form opens empty at once and is filled when it is ready: the trigger lasts three seconds,
 * a slow database may take longer.
 */
async function openFormModal(pressed: BlockActionRequest, desk: Responder): Promise<void> {
  const { request, origin, triggerId } = pressed
  const asked = desk.ask(request)
  const viewId = await openModal(desk, triggerId, loadingModal(origin, 'Loading…'))
  const reply = await asked
  if (viewId === undefined) {
    if (!reply.repeat) await respondEphemerally(pressed, desk, messageCardOf(reply))
    return
  }
  const view = desk.view(reply, origin)
  await desk.patiently(() => desk.client.views.update({ view_id: viewId, view }))
  if (reply.kind === 'answer' && reply.refresh) await desk.refresh(origin, reply.refresh)
}

async function handleViewAction(
  { request, origin }: BlockActionRequest,
  { id, hash }: ViewPayload,
  desk: Responder,
) {
  const asked = desk.ask(request)
  // The hash keeps a slow answer from overwriting a view that has changed since.
  const show = async (view: types.ModalView, was: string | undefined) => {
    const shown = await desk.patiently(() =>
      desk.client.views.update({ view_id: id, view, ...(was && { hash: was }) }),
    )
    return shown.view?.hash
  }
  const isSoon = await withTimeout(desk.patienceMs, asked)
  const standing = isSoon ? hash : await show(loadingModal(origin, 'Working on it…'), hash)
  const reply = await asked
  try {
    await show(desk.view(reply, origin), standing)
  } catch (error) {
    // Who sent the form before it was redrawn has no use for that any more.
    if (reply.kind === 'answer' || !isHashConflict(error)) throw error
  }
  if (reply.kind === 'answer' && reply.refresh) await desk.refresh(origin, reply.refresh)
}

/** Says it to the person who pressed, and to nobody else. */
async function respondEphemerally(
  { responseUrl, request, origin }: BlockActionRequest,
  desk: Responder,
  card: AdaptiveCard,
  how: CallRunner = desk.patiently,
): Promise<void> {
  const message = desk.message(card)
  const { user } = request.actor
  await how(async () => {
    if (responseUrl) await postToResponseUrl(responseUrl, { replace_original: false, ...message })
    else {
      const { conversation: channel } = origin
      await desk.client.chat.postEphemeral({ channel, user, ...message })
    }
  })
}
