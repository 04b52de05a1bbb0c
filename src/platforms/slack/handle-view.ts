import { setTimeout as pause } from 'node:timers/promises'
import type { AckFn, ViewResponseAction } from '@slack/bolt'
import { messageOf } from '../../base/errors.ts'
import { withTimeout } from '../../base/timeout.ts'
import { loadingModal } from './converter/modal.ts'
import { parseViewSubmission, type ViewSubmissionRequest } from './inbound.ts'
import type { ViewPayload, ViewSubmissionPayload } from './payloads.ts'
import { shownBlockId, withRedrawnInputs } from './redrawn-inputs.ts'
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
  const errors = reply.kind === 'invalid' ? inputErrors(reply.fields, view) : undefined
  if (errors) return { response_action: 'errors', errors }
  return {
    response_action: 'update',
    view: withRedrawnInputs(responder.toView(reply, origin), view),
  }
}

/**
 * The problems by the block of their input. Undefined where Slack would refuse them: it takes no empty list of errors, no
 * empty error, and errors for nothing but the view's own inputs.
 */
function inputErrors(
  fields: Readonly<Record<string, string>>,
  view: ViewPayload,
): Record<string, string> | undefined {
  const problems = Object.entries(fields).map(
    ([inputId, text]) => [shownBlockId(view, inputId), text] as const,
  )
  const isShowable = problems.every(([blockId, text]) => blockId !== undefined && text !== '')
  return isShowable && problems.length > 0 ? Object.fromEntries(problems) : undefined
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
