import type { types } from '@slack/bolt'
import { withTimeout } from '../../base/timeout.ts'
import type { AdaptiveCard } from '../../chat/cards.ts'
import { loadingModal } from './converter/modal.ts'
import { isViewGone } from './errors.ts'
import type { BlockActionRequest } from './inbound.ts'
import { messageCardOf, openModal } from './open-modal.ts'
import type { ViewPayload } from './payloads.ts'
import { type Asked, postAnswer, respondEphemerally } from './post-answer.ts'
import { redrawForm } from './redraw-form.ts'
import { withRedrawnInputs } from './redrawn-inputs.ts'
import type { ExpandedReply, Responder } from './responder.ts'

/** Answers a press of a button that has been acknowledged. */
export function handleAction(action: BlockActionRequest, responder: Responder): Promise<void> {
  // The Home tab stays: what comes of a press there is shown above it, and the page is drawn anew where it changed.
  if (action.view?.type === 'home') return openFormModal(action, responder)
  if (action.view) {
    const answer = action.isRedraw ? redrawForm : handleViewAction
    return answer(action, action.view, responder)
  }
  const { input } = action.request
  const opensForm = 'verb' in input && input.verb.endsWith(':form')
  return opensForm ? openFormModal(action, responder) : handleMessageAction(action, responder)
}

async function handleMessageAction(
  action: BlockActionRequest,
  responder: Responder,
): Promise<void> {
  const { request, origin, triggerId } = action
  const show = (card: AdaptiveCard, run = responder.callWithRetry) =>
    respondEphemerally(askedOf(action), responder, card, run)
  const reply = await responder.awaitWithPendingNotice(responder.requestReply(request), show)
  if (reply.kind !== 'answer') {
    if (await openModal(responder, triggerId, responder.toView(reply, origin))) return
  } else if (reply.refresh && (await responder.refreshOriginMessage(origin, reply.refresh))) return
  if (!reply.isRepeat) await show(messageCardOf(reply))
}

/**
 * Opens an empty modal at once and fills it when the reply is there: a trigger lasts three seconds, and a slow database
 * may take longer.
 */
async function openFormModal(action: BlockActionRequest, responder: Responder): Promise<void> {
  const { request, origin, triggerId } = action
  const replying = responder.requestReply(request)
  const viewId = await openModal(responder, triggerId, loadingModal(origin, 'Loading…'))
  const reply = await replying
  if (viewId === undefined) {
    if (!reply.isRepeat) {
      await respondEphemerally(askedOf(action), responder, messageCardOf(reply))
    }
    return
  }
  const view = responder.toView(reply, origin)
  await responder
    .callWithRetry(() => responder.client.views.update({ view_id: viewId, view }))
    .catch((error: unknown) => answerWithoutView(error, action, replying, responder))
  if (reply.kind === 'answer' && reply.refresh) {
    await responder.refreshOriginMessage(origin, reply.refresh)
  }
}

async function handleViewAction(
  action: BlockActionRequest,
  shown: ViewPayload,
  responder: Responder,
): Promise<void> {
  const { request, origin } = action
  const { id, hash } = shown
  const replying = responder.requestReply(request)
  // The hash keeps a slow reply from overwriting a view that has changed since.
  const updateView = async (view: types.ModalView, expectedHash: string | undefined) => {
    const updated = await responder.callWithRetry(() =>
      responder.client.views.update({
        view_id: id,
        view,
        ...(expectedHash && { hash: expectedHash }),
      }),
    )
    return updated.view?.hash
  }
  const show = async () => {
    const isInTime = await withTimeout(responder.replyTimeoutMs, replying)
    const currentHash = isInTime
      ? hash
      : await updateView(loadingModal(origin, 'Working on it…'), hash)
    const view = responder.toView(await replying, origin)
    await updateView(withRedrawnInputs(view, shown), currentHash)
  }
  await show().catch((error: unknown) => answerWithoutView(error, action, replying, responder))
  const reply = await replying
  if (reply.kind === 'answer' && reply.refresh) {
    await responder.refreshOriginMessage(origin, reply.refresh)
  }
}

/** A redrawn form is of no use to a person who has sent or closed it meanwhile. An answer is. */
async function answerWithoutView(
  error: unknown,
  action: BlockActionRequest,
  replying: Promise<ExpandedReply>,
  responder: Responder,
): Promise<void> {
  if (!isViewGone(error)) throw error
  const reply = await replying
  if (reply.kind === 'answer' && !reply.isRepeat) {
    await postAnswer(askedOf(action), responder, reply.card)
  }
}

function askedOf({ origin, request, responseUrl }: BlockActionRequest): Asked {
  return { origin, user: request.actor.user, responseUrl }
}
