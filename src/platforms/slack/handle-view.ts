import { setTimeout as pause } from 'node:timers/promises'
import type { AckFn, ViewResponseAction } from '@slack/bolt'
import { messageOf } from '../../base/errors.ts'
import { withTimeout } from '../../base/timeout.ts'
import { loadingModal } from './converter/modal.ts'
import { parseViewSubmission, type ViewSubmissionRequest } from './inbound.ts'
import type { ViewPayload, ViewSubmissionPayload } from './payloads.ts'
import type { ExpandedReply, Responder } from './responder.ts'

/** Slack shows "Saving…" some time after the acknowledgement; an update of the view must not arrive before that. */
const postAckDelayMs = 300

/** Answers a submitted form: the answer replaces the form, and problems are shown at its inputs. */
export async function handleView(
  submission: ViewSubmissionPayload,
  ack: AckFn<ViewResponseAction>,
  responder: Responder,
  team: string,
): Promise<void> {
  const submitted = parseViewSubmission(submission, team)
  const replying = responder.requestReply(submitted.request)
  const replyInTime = await withTimeout(responder.replyTimeoutMs, replying)
  if (replyInTime) {
    await ack(viewResponse(replyInTime, submission.view, submitted, responder))
  } else {
    await ack({ response_action: 'update', view: loadingModal(submitted.origin, 'Saving…') })
    await Promise.all([replying, pause(postAckDelayMs)])
    await updateViewOrMessage(await replying, submission.view, submitted, responder)
  }
  const reply = await replying
  if (reply.kind === 'answer' && reply.refresh) {
    await responder.refreshOriginMessage(submitted.origin, reply.refresh)
  }
}

function viewResponse(
  reply: ExpandedReply,
  view: ViewPayload,
  { origin }: ViewSubmissionRequest,
  responder: Responder,
): ViewResponseAction {
  if (reply.kind === 'invalid' && areAllInputErrors(reply.fields, view)) {
    return { response_action: 'errors', errors: reply.fields }
  }
  return { response_action: 'update', view: responder.toView(reply, origin) }
}

/** Slack refuses an empty list of errors, an empty error, and errors for anything but the view's own inputs. */
function areAllInputErrors(fields: Readonly<Record<string, string>>, view: ViewPayload): boolean {
  const inputs = view.blocks.filter(({ type }) => type === 'input').map(({ block_id }) => block_id)
  const problems = Object.entries(fields)
  return problems.length > 0 && problems.every(([id, text]) => inputs.includes(id) && text !== '')
}

/** Updates the view, or sends a direct message if the person has closed it. */
async function updateViewOrMessage(
  reply: ExpandedReply,
  { id }: ViewPayload,
  { origin, request }: ViewSubmissionRequest,
  responder: Responder,
): Promise<void> {
  const { views, chat } = responder.client
  try {
    const view = responder.toView(reply, origin)
    await responder.callWithRetry(() => views.update({ view_id: id, view }))
  } catch (error) {
    responder.log.warn(
      { platform: 'slack', error: messageOf(error) },
      'A form was closed before its answer',
    )
    if (reply.isRepeat) return
    const message = { channel: request.actor.user, ...responder.toSlackMessage(reply.card) }
    await responder.callWithRetry(() => chat.postMessage(message))
  }
}
