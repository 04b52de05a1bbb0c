import { setTimeout as pause } from 'node:timers/promises'
import type { AckFn, ViewResponseAction } from '@slack/bolt'
import { messageOf } from '../../base/errors.ts'
import { withTimeout } from '../../base/timeout.ts'
import { loadingModal } from './converter/modal.ts'
import { parseViewSubmission, type ViewSubmissionRequest } from './inbound.ts'
import type { ViewPayload, ViewSubmissionPayload } from './payloads.ts'
import type { ExpandedReply, Responder } from './responder.ts'

/** After "Saving…" was acknowledged, Slack shows it: what follows must not overtake it. */
const postAckDelayMs = 300

/** A form that was submitted: the answer stands in its place, what is to be mended at its inputs. */
export async function handleView(
  submission: ViewSubmissionPayload,
  ack: AckFn<ViewResponseAction>,
  desk: Responder,
  team: string,
): Promise<void> {
  const submitted = parseViewSubmission(submission, team)
  const asked = desk.ask(submitted.request)
  const soon = await withTimeout(desk.patienceMs, asked)
  if (soon) {
    await ack(viewResponse(soon, submission.view, submitted, desk))
  } else {
    await ack({ response_action: 'update', view: loadingModal(submitted.origin, 'Saving…') })
    await Promise.all([asked, pause(postAckDelayMs)])
    await updateViewOrMessage(await asked, submission.view, submitted, desk)
  }
  const reply = await asked
  if (reply.kind === 'answer' && reply.refresh) await desk.refresh(submitted.origin, reply.refresh)
}

function viewResponse(
  reply: ExpandedReply,
  view: ViewPayload,
  { origin }: ViewSubmissionRequest,
  desk: Responder,
): ViewResponseAction {
  if (reply.kind === 'invalid' && areAllInputErrors(reply.fields, view)) {
    return { response_action: 'errors', errors: reply.fields }
  }
  return { response_action: 'update', view: desk.view(reply, origin) }
}

/** Slack refuses errors for anything but the view's own inputs, and an empty error. */
function areAllInputErrors(fields: Readonly<Record<string, string>>, view: ViewPayload): boolean {
  const inputs = view.blocks.filter(({ type }) => type === 'input').map(({ block_id }) => block_id)
  const named = Object.entries(fields)
  return named.length > 0 && named.every(([id, problem]) => inputs.includes(id) && problem !== '')
}

/** Who closed the form meanwhile is told by a direct message. */
async function updateViewOrMessage(
  reply: ExpandedReply,
  { id }: ViewPayload,
  { origin, request }: ViewSubmissionRequest,
  desk: Responder,
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
    const message = { channel: request.actor.user, ...desk.message(reply.card) }
    await desk.patiently(() => chat.postMessage(message))
  }
}
