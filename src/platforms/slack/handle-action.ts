import type { types } from '@slack/bolt'
import { within } from '../../base/timeout.ts'
import type { AdaptiveCard } from '../../chat/cards.ts'
import { loadingModal } from './converter/modal.ts'
import { hasChanged } from './errors.ts'
import type { Pressed } from './inbound.ts'
import { openView, sayable } from './open-modal.ts'
import type { View } from './payloads.ts'
import type { Calling, Desk } from './responder.ts'
import { postTo } from './response-url.ts'

/** A button, after it was acknowledged. */
export function answerPress(pressed: Pressed, desk: Desk): Promise<void> {
  if (pressed.view) return inView(pressed, pressed.view, desk)
  const { ask } = pressed.invocation
  const opensForm = ask.by !== 'text' && ask.verb.endsWith(':form')
  return opensForm ? inModal(pressed, desk) : inMessage(pressed, desk)
}

async function inMessage(pressed: Pressed, desk: Desk): Promise<void> {
  const { invocation, origin, triggerId } = pressed
  const say = (card: AdaptiveCard, how = desk.patiently) => tell(pressed, desk, card, how)
  const reply = await desk.soonerOrLater(desk.ask(invocation), say)
  if (reply.kind !== 'answer') {
    if (await openView(desk, triggerId, desk.view(reply, origin))) return
  } else if (reply.refresh && (await desk.refresh(origin, reply.refresh))) return
  if (!reply.repeat) await say(sayable(reply))
}

/**
 * A form opens empty at once and is filled when it is ready: the trigger lasts three seconds,
 * a slow database may take longer.
 */
async function inModal(pressed: Pressed, desk: Desk): Promise<void> {
  const { invocation, origin, triggerId } = pressed
  const asked = desk.ask(invocation)
  const viewId = await openView(desk, triggerId, loadingModal(origin, 'Loading…'))
  const reply = await asked
  if (viewId === undefined) {
    if (!reply.repeat) await tell(pressed, desk, sayable(reply))
    return
  }
  const view = desk.view(reply, origin)
  await desk.patiently(() => desk.client.views.update({ view_id: viewId, view }))
  if (reply.kind === 'answer' && reply.refresh) await desk.refresh(origin, reply.refresh)
}

async function inView({ invocation, origin }: Pressed, { id, hash }: View, desk: Desk) {
  const asked = desk.ask(invocation)
  // The hash keeps a slow answer from overwriting a view that has changed since.
  const show = async (view: types.ModalView, was: string | undefined) => {
    const shown = await desk.patiently(() =>
      desk.client.views.update({ view_id: id, view, ...(was && { hash: was }) }),
    )
    return shown.view?.hash
  }
  const isSoon = await within(desk.patienceMs, asked)
  const standing = isSoon ? hash : await show(loadingModal(origin, 'Working on it…'), hash)
  const reply = await asked
  try {
    await show(desk.view(reply, origin), standing)
  } catch (error) {
    // Who sent the form before it was redrawn has no use for that any more.
    if (reply.kind === 'answer' || !hasChanged(error)) throw error
  }
  if (reply.kind === 'answer' && reply.refresh) await desk.refresh(origin, reply.refresh)
}

/** Says it to the person who pressed, and to nobody else. */
async function tell(
  { respondAt, invocation, origin }: Pressed,
  desk: Desk,
  card: AdaptiveCard,
  how: Calling = desk.patiently,
): Promise<void> {
  const message = desk.message(card)
  const { user } = invocation.actor
  await how(async () => {
    if (respondAt) await postTo(respondAt, { replace_original: false, ...message })
    else {
      const { conversation: channel } = origin
      await desk.client.chat.postEphemeral({ channel, user, ...message })
    }
  })
}
