import { ActivityTypes, type TurnContext } from 'botbuilder'
import type { Place } from '../../base/addresses.ts'
import { messageOf } from '../../base/errors.ts'
import type { Log } from '../../base/log.ts'
import { withTimeout } from '../../base/timeout.ts'
import type { TaskTracker } from '../../chat/background-tasks.ts'
import type { AdaptiveCard } from '../../chat/cards.ts'
import type { ChatRequestHandler } from '../../chat/port.ts'
import { pendingText, retryRateLimited, type Sleep } from '../../chat/rate-limit-retry.ts'
import type { Reply } from '../../chat/reply.ts'
import { dialogBody, dialogMessage } from './dialogs.ts'
import { answerDirectly, type DirectAnswerResult, type OpenChat } from './direct-answer.ts'
import type { ActivityRequest } from './inbound.ts'
import type { Outbound } from './outbound.ts'
import {
  dialogCard,
  type ExpandCard,
  invokeResponseBody,
  isDoneBy,
  planActionReply,
  planMessageReply,
  type ReplyPlan,
} from './reply.ts'

export interface ActivityHandlerOptions {
  readonly handle: ChatRequestHandler
  readonly outbound: Outbound
  readonly openChat: OpenChat
  readonly expand: ExpandCard
  readonly log: Log
  readonly tasks: TaskTracker
  /** How long Teams is kept waiting for a reply, in milliseconds, before a notice says that it takes longer. */
  readonly replyTimeoutMs: number
  readonly wait: Sleep
}

/** Resolves as soon as Teams may be answered; what remains to be done is kept in `tasks`. */
export type ActivityHandler = (activity: ActivityRequest, context: TurnContext) => Promise<void>

const APOLOGY = 'Sorry, something went wrong on my side. Please try again in a minute.'
const NO_DIRECT_CHAT =
  'My answers are for you alone, and I cannot write to you yet. Please open a chat with Milepost and ask me there.'
/** Said before the others where something was saved: said again, it would count twice. */
const DONE = 'It is done, so please do not send it again.'
const ANSWER_LOST = 'Only my answer did not reach you, because something went wrong on the way.'

function failureNotice(isDone: boolean | undefined): string {
  return isDone ? `${DONE} ${ANSWER_LOST}` : APOLOGY
}

/** What a channel is told where the answer did not reach its person; undefined where it did. It tells nothing of the answer. */
function unansweredNotice(
  answered: DirectAnswerResult,
  isDone: boolean | undefined,
): string | undefined {
  if (answered === 'posted') return undefined
  if (answered === 'failed') return failureNotice(isDone)
  return isDone ? `${DONE} ${NO_DIRECT_CHAT}` : NO_DIRECT_CHAT
}

/** Passes requests to the handler and shows its replies: in time for Teams if possible, else when they are ready. */
export function createActivityHandler(options: ActivityHandlerOptions): ActivityHandler {
  const { handle, outbound, openChat, expand, log, tasks, replyTimeoutMs, wait } = options
  const callWithRetry = <T>(call: () => Promise<T>): Promise<T> => retryRateLimited(call, wait)

  const postDirectly = (chat: Place, card: AdaptiveCard) =>
    callWithRetry(() => outbound.postCard(chat, card))

  const executePlan = async (
    activity: ActivityRequest,
    { messageEdit, newMessage, directMessage, channelNotice, isDone }: ReplyPlan,
  ): Promise<void> => {
    const { conversation } = activity
    const { place, message, key } = activity.request
    if (messageEdit && message) await callWithRetry(() => outbound.edit(message, messageEdit))
    if (newMessage) await callWithRetry(() => outbound.post(place, conversation, newMessage))
    const answered =
      directMessage &&
      (await answerDirectly({ post: postDirectly, openChat, log }, activity.request, directMessage))
    const notice = (answered && unansweredNotice(answered, isDone)) ?? channelNotice
    if (!notice) return
    // Kept by itself, so that a failed notice does not count as a failed answer.
    const posting = callWithRetry(() => outbound.postText(place, conversation, notice))
    await tasks.keep(posting, 'A notice beside an answer could not be posted in Teams', { key })
  }

  const replyWhenReady = async (
    activity: ActivityRequest,
    replying: Promise<Reply>,
  ): Promise<void> => {
    const { key, place } = activity.request
    let isDone: boolean | undefined
    try {
      const reply = await replying
      isDone = isDoneBy(reply)
      await executePlan(activity, planMessageReply(activity, reply, expand))
    } catch (error) {
      log.error({ key, error: messageOf(error) }, 'An answer failed in Teams')
      await outbound.postText(place, activity.conversation, failureNotice(isDone))
    }
  }

  const trackReply = (activity: ActivityRequest, replying: Promise<Reply>): Promise<void> =>
    tasks.keep(replyWhenReady(activity, replying), 'An apology could not be posted in Teams', {
      key: activity.request.key,
    })

  const onAction = async (activity: ActivityRequest, context: TurnContext): Promise<void> => {
    const { key } = activity.request
    const replying = handle(activity.request)
    let isDone: boolean | undefined
    const respond = (plan: ReplyPlan) => {
      const value = { status: 200, body: invokeResponseBody(plan) }
      return context.sendActivity({ type: ActivityTypes.InvokeResponse, value })
    }
    try {
      const reply = await withTimeout(replyTimeoutMs, replying)
      if (!reply) {
        trackReply(activity, replying)
        await respond({ privateNote: pendingText })
        return
      }
      isDone = isDoneBy(reply)
      const plan = planActionReply(activity, reply, expand)
      await respond(plan)
      const executing = executePlan(activity, plan)
      tasks.keep(executing, 'An answer was shown in Teams, but its messages failed', { key })
    } catch (error) {
      log.error({ key, error: messageOf(error) }, 'A button press failed in Teams')
      await respond({ privateNote: failureNotice(isDone) })
    }
  }

  /**
   * What was saved in a dialog is said in the person's own chat, and the dialog closes; where that cannot be posted, and
   * for any other answer, it is shown in the dialog itself. What takes longer comes as a message.
   */
  const onDialog = async (activity: ActivityRequest, context: TurnContext): Promise<void> => {
    const { key } = activity.request
    const replying = handle(activity.request)
    const respond = (body: object) =>
      context.sendActivity({ type: ActivityTypes.InvokeResponse, value: { status: 200, body } })
    let isDone: boolean | undefined
    try {
      const reply = await withTimeout(replyTimeoutMs, replying)
      if (!reply) {
        trackReply(activity, replying)
        await respond(dialogMessage(pendingText))
        return
      }
      isDone = isDoneBy(reply)
      const card = dialogCard(reply, expand)
      const isClosed = isDone && !reply.isRepeat && (await isPostedInTime(activity, card))
      // Without a task in the response Teams closes the dialog ("No response" to the submit action).
      await respond(isClosed ? {} : dialogBody(card))
    } catch (error) {
      log.error({ key, error: messageOf(error) }, 'A dialog failed in Teams')
      await respond(dialogMessage(failureNotice(isDone)))
    }
  }

  const isPostedInTime = async ({ request }: ActivityRequest, card: AdaptiveCard) => {
    const posting = answerDirectly({ post: postDirectly, openChat, log }, request, card)
    tasks.keep(posting, 'An answer to a dialog could not be posted in Teams', { key: request.key })
    return (await withTimeout(replyTimeoutMs, posting)) === 'posted'
  }

  /** Returns as soon as something is posted; Teams would send the message again after about 15 s. */
  const onMessage = async (activity: ActivityRequest): Promise<void> => {
    const { key, place } = activity.request
    const replying = handle(activity.request)
    const settled = () => true
    if (await withTimeout(replyTimeoutMs, replying.then(settled, settled))) {
      await withTimeout(replyTimeoutMs, trackReply(activity, replying))
      return
    }
    const posting = callWithRetry(() =>
      outbound.postText(place, activity.conversation, pendingText),
    )
    const noticePosted = tasks.keep(
      posting,
      'The notice that a reply takes longer could not be posted in Teams',
      { key },
    )
    trackReply(
      activity,
      noticePosted.then(() => replying),
    )
  }

  return (activity, context) => {
    if (activity.kind === 'dialog') return onDialog(activity, context)
    return activity.kind === 'press' ? onAction(activity, context) : onMessage(activity)
  }
}
