import { setTimeout as pause } from 'node:timers/promises'
import type { AckFn, ViewResponseAction } from '@slack/bolt'
import { messageOf } from '../../base/errors.ts'
import { within } from '../../base/timeout.ts'
import { loadingModal } from './converter/modal.ts'
import { fromSubmission, type Submitted } from './inbound.ts'
import type { Submission, View } from './payloads.ts'
import type { Desk, Drawn } from './responder.ts'

/** After "Saving…" was acknowledged, Slack shows it: what follows must not overtake it. */
const overtakeMs = 300

/** A form that was submitted: the answer stands in its place, what is to be mended at its inputs. */
export async function answerSubmission(
  submission: Submission,
  ack: AckFn<ViewResponseAction>,
  desk: Desk,
  team: string,
): Promise<void> {
  const submitted = fromSubmission(submission, team)
  const asked = desk.ask(submitted.invocation)
  const soon = await within(desk.patienceMs, asked)
  if (soon) {
    await ack(responseTo(soon, submission.view, submitted, desk))
  } else {
    await ack({ response_action: 'update', view: loadingModal(submitted.origin, 'Saving…') })
    await Promise.all([asked, pause(overtakeMs)])
    await showLate(await asked, submission.view, submitted, desk)
  }
  const reply = await asked
  if (reply.kind === 'answer' && reply.refresh) await desk.refresh(submitted.origin, reply.refresh)
}

function responseTo(
  reply: Drawn,
  view: View,
  { origin }: Submitted,
  desk: Desk,
): ViewResponseAction {
  if (reply.kind === 'invalid' && isAllAtInputs(reply.fields, view)) {
    return { response_action: 'errors', errors: reply.fields }
  }
  return { response_action: 'update', view: desk.view(reply, origin) }
}

/** Slack refuses errors for anything but the view's own inputs, and an empty error. */
function isAllAtInputs(fields: Readonly<Record<string, string>>, view: View): boolean {
  const inputs = view.blocks.filter(({ type }) => type === 'input').map(({ block_id }) => block_id)
  const named = Object.entries(fields)
  return named.length > 0 && named.every(([id, problem]) => inputs.includes(id) && problem !== '')
}

/** Who closed the form meanwhile is told by a direct message. */
async function showLate(
  reply: Drawn,
  { id }: View,
  { origin, invocation }: Submitted,
  desk: Desk,
): Promise<void> {
  const { views, chat } = desk.client
  try {
    const view = desk.view(reply, origin)
    await desk.patiently(() => views.update({ view_id: id, view }))
  } catch (error) {
    desk.log.warn(
      { platform: 'slack', error: messageOf(error) },
      'A form was closed before its answer',
    )
    if (reply.repeat) return
    const message = { channel: invocation.actor.user, ...desk.message(reply.card) }
    await desk.patiently(() => chat.postMessage(message))
  }
}
