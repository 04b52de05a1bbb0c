import { messageOf } from '../../base/errors.ts'
import { withTimeout } from '../../base/timeout.ts'
import { isHashConflict } from './errors.ts'
import type { FormRedraw } from './form-redraws.ts'
import type { BlockActionRequest } from './inbound.ts'
import type { ViewPayload } from './payloads.ts'
import { withRedrawnInputs, withSameBlocks } from './redrawn-inputs.ts'
import type { Responder } from './responder.ts'

/** How soon after a choice nobody has typed anything else yet. */
const promptMs = 1_000

/**
 * Draws a form anew for what was chosen in it. The person goes on typing meanwhile, so nothing takes its place; and where
 * it cannot be drawn anew (refused, submitted or closed meanwhile), it stays as it is: saving asks for what it lacks.
 * Where it took longer, each input keeps what was typed into it meanwhile.
 */
export async function redrawForm(
  { request, origin }: BlockActionRequest,
  shown: ViewPayload,
  responder: Responder,
): Promise<void> {
  const { client, formRedraws, log } = responder
  const turn = formRedraws.nextTurn()
  const replying = responder.requestReply(request)
  const isPrompt = await withTimeout(Math.min(promptMs, responder.replyTimeoutMs), replying)
  const reply = await replying
  if (reply.kind === 'answer') return
  const drawn = responder.toView(reply, origin)
  const view = isPrompt ? withRedrawnInputs(drawn, shown) : withSameBlocks(drawn, shown)
  const { id: view_id } = shown
  const update = async (hash: string): Promise<FormRedraw | undefined> => {
    const call = () => client.views.update({ view_id, view, hash })
    const { view: updated } = await responder.callWithRetry(call)
    return updated?.hash === undefined ? undefined : { turn, hash: updated.hash }
  }
  try {
    await formRedraws.inOrder(view_id, (last) =>
      update(shown.hash).catch((error: unknown) => {
        // Something else was chosen before this was drawn: the later choice is drawn over the earlier one, and only that.
        if (!isHashConflict(error) || !last || last.turn > turn) throw error
        return update(last.hash)
      }),
    )
  } catch (error) {
    log.warn({ platform: 'slack', error: messageOf(error) }, 'A form was not redrawn')
  }
}
