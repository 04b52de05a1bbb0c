import type { types } from '@slack/bolt'
import { messageOf } from '../../base/errors.ts'
import { withTimeout } from '../../base/timeout.ts'
import type { AdaptiveCard } from '../../chat/cards.ts'
import { loadingModal } from './converter/modal.ts'
import { isHashConflict } from './errors.ts'
import type { BlockActionRequest } from './inbound.ts'
import { messageCardOf, openModal } from './open-modal.ts'
import type { ViewPayload } from './payloads.ts'
import { withRedrawnInputs, withSameBlocks } from './redrawn-inputs.ts'
import type { CallRunner, Responder } from './responder.ts'
import { postToResponseUrl } from './response-url.ts'

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
    respondEphemerally(action, responder, card, run)
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
    if (!reply.isRepeat) await respondEphemerally(action, responder, messageCardOf(reply))
    return
  }
  const view = responder.toView(reply, origin)
  await responder.callWithRetry(() => responder.client.views.update({ view_id: viewId, view }))
  if (reply.kind === 'answer' && reply.refresh) {
    await responder.refreshOriginMessage(origin, reply.refresh)
  }
}

/** How soon after a choice nobody has typed anything else yet. */
const promptMs = 1_000

/**
 * Draws a form anew for what was chosen in it. The person goes on typing meanwhile, so nothing takes its place; and where
 * it cannot be drawn anew (refused, submitted or closed meanwhile), it stays as it is: saving asks for what it lacks.
 * Where it took longer, each input keeps what was typed into it meanwhile.
 */
async function redrawForm(
  { request, origin }: BlockActionRequest,
  shown: ViewPayload,
  responder: Responder,
): Promise<void> {
  redraws += 1
  const turn = redraws
  const replying = responder.requestReply(request)
  const isPrompt = await withTimeout(Math.min(promptMs, responder.replyTimeoutMs), replying)
  const reply = await replying
  if (reply.kind === 'answer') return
  const drawn = responder.toView(reply, origin)
  const view = isPrompt ? withRedrawnInputs(drawn, shown) : withSameBlocks(drawn, shown)
  const { id: view_id } = shown
  const update = async (hash: string) => {
    const call = () => responder.client.views.update({ view_id, view, hash })
    const { view: updated } = await responder.callWithRetry(call)
    if (updated?.hash) noteRedraw(view_id, { turn, hash: updated.hash })
  }
  try {
    await update(shown.hash).catch((error: unknown) => {
      const last = lastRedraws.get(view_id)
      // Something else was chosen before this was drawn: the later choice is drawn over the earlier one, and only that.
      if (!isHashConflict(error) || !last || last.turn > turn) throw error
      return update(last.hash)
    })
  } catch (error) {
    responder.log.warn({ platform: 'slack', error: messageOf(error) }, 'A form was not redrawn')
  }
}

/** By view: what its last redraw left, so that one choice after another is drawn. */
const lastRedraws = new Map<string, { readonly turn: number; readonly hash: string }>()
let redraws = 0
/** Forms that are open at one time, with room to spare. */
const mostRedraws = 1_000

function noteRedraw(
  viewId: string,
  redraw: { readonly turn: number; readonly hash: string },
): void {
  lastRedraws.delete(viewId)
  lastRedraws.set(viewId, redraw)
  const [oldest] = lastRedraws.keys()
  if (lastRedraws.size > mostRedraws && oldest !== undefined) lastRedraws.delete(oldest)
}

async function handleViewAction(
  { request, origin }: BlockActionRequest,
  shown: ViewPayload,
  responder: Responder,
): Promise<void> {
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
  const isInTime = await withTimeout(responder.replyTimeoutMs, replying)
  const currentHash = isInTime
    ? hash
    : await updateView(loadingModal(origin, 'Working on it…'), hash)
  const reply = await replying
  try {
    await updateView(withRedrawnInputs(responder.toView(reply, origin), shown), currentHash)
  } catch (error) {
    // A redrawn form is no use to a person who has submitted it meanwhile.
    if (reply.kind === 'answer' || !isHashConflict(error)) throw error
  }
  if (reply.kind === 'answer' && reply.refresh) {
    await responder.refreshOriginMessage(origin, reply.refresh)
  }
}

/** Shows a card to the person who pressed the button, and to nobody else. */
async function respondEphemerally(
  { responseUrl, request, origin }: BlockActionRequest,
  responder: Responder,
  card: AdaptiveCard,
  run: CallRunner = responder.callWithRetry,
): Promise<void> {
  const message = responder.toSlackMessage(card)
  const { user } = request.actor
  await run(async () => {
    if (responseUrl) await postToResponseUrl(responseUrl, { replace_original: false, ...message })
    else {
      const { conversation: channel } = origin
      await responder.client.chat.postEphemeral({ channel, user, ...message })
    }
  })
}
