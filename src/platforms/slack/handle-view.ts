import { setTimeout as pause } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import type { AckFn, ViewResponseAction } from '@slack/bolt'
import { messageOf } from '../../base/errors.ts'
import { withTimeout } from '../../base/timeout.ts'
import { loadingModal } from './converter/modal.ts'
import { isViewGone } from './errors.ts'
import { parseViewSubmission, type ViewSubmissionRequest } from './inbound.ts'
import type { ViewPayload, ViewSubmissionPayload } from './payloads.ts'
import { postAnswer } from './post-answer.ts'
import { shownBlockId, withRedrawnInputs } from './redrawn-inputs.ts'
import type { ExpandedReply, Responder } from './responder.ts'

/** Slack shows "Saving…" some time after the acknowledgement; an update of the view must not arrive before that. */
const postAckDelayMs = 300

/**
 * Answers a submitted form. What was saved is said where the form was opened, and the form closes; else the answer takes
 * its place. Problems are shown at its inputs. A form that had to say "Saving…" can be closed by its person alone, so it
 * shows the answer too.
 */
export async function handleView(
  submission: ViewSubmissionPayload,
  ack: AckFn<ViewResponseAction>,
  responder: Responder,
  team: string,
): Promise<void> {
  const submitted = parseViewSubmission(submission, team)
  const { replyTimeoutMs } = responder
  const replying = responder.requestReply(submitted.request)
  const showing = replying.then(async (reply) => {
    return { reply, isShown: await showWhereOpened(reply, submitted, responder) }
  })
  const shownInTime =
    (await withTimeout(replyTimeoutMs, replying)) && (await withTimeout(replyTimeoutMs, showing))
  if (shownInTime) {
    const { reply, isShown } = shownInTime
    await ack(
      isShown
        ? { response_action: 'clear' }
        : viewResponse(reply, submission.view, submitted, responder),
    )
  } else {
    await ack({ response_action: 'update', view: loadingModal(submitted.origin, 'Saving…') })
    await Promise.all([showing, pause(postAckDelayMs)])
    await updateViewOrMessage(await showing, submission.view, submitted, responder)
  }
  const { reply, isShown } = await showing
  if (reply.kind === 'answer' && reply.refresh && !(isShown && isRefresh(reply))) {
    await responder.refreshOriginMessage(submitted.origin, reply.refresh)
  }
}

type Answer = Extract<ExpandedReply, { kind: 'answer' }>

/** Whether the answer is how the message behind the form looks from now on, as that of a question is. */
const isRefresh = ({ card, refresh }: Answer) => isDeepStrictEqual(card, refresh)

/** Says what was saved where the form was opened. False where there was nothing to say, or no place for it. */
async function showWhereOpened(
  reply: ExpandedReply,
  { origin, request }: ViewSubmissionRequest,
  responder: Responder,
): Promise<boolean> {
  if (reply.kind !== 'answer' || !reply.isSaved || reply.isRepeat) return false
  if (isRefresh(reply) && (await responder.refreshOriginMessage(origin, reply.card))) return true
  try {
    await postAnswer({ origin, user: request.actor.user }, responder, reply.card)
    return true
  } catch (error) {
    responder.log.warn(
      { platform: 'slack', error: messageOf(error) },
      'An answer was not posted where its form was opened, so the form shows it',
    )
    return false
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
  { reply, isShown }: { readonly reply: ExpandedReply; readonly isShown: boolean },
  { id }: ViewPayload,
  { origin, request }: ViewSubmissionRequest,
  responder: Responder,
): Promise<void> {
  const { views, chat } = responder.client
  try {
    const view = responder.toView(reply, origin)
    await responder.callWithRetry(() => views.update({ view_id: id, view }))
  } catch (error) {
    if (isShown && isViewGone(error)) return
    responder.log.warn(
      { platform: 'slack', error: messageOf(error) },
      'A form was closed before its answer',
    )
    if (isShown || reply.isRepeat) return
    const message = { channel: request.actor.user, ...responder.toSlackMessage(reply.card) }
    await responder.callWithRetry(() => chat.postMessage(message))
  }
}
