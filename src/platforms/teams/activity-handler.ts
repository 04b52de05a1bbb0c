import { ActivityTypes, type TurnContext } from 'botbuilder'
import type { Place } from '../../base/addresses.ts'
import { messageOf } from '../../base/errors.ts'
import type { Log } from '../../base/log.ts'
import { withTimeout } from '../../base/timeout.ts'
import type { TaskTracker } from '../../chat/background-tasks.ts'
import type { AdaptiveCard } from '../../chat/cards.ts'
import { type ChatRequestHandler, RecipientGoneError } from '../../chat/port.ts'
import { pendingText, retryRateLimited, type Sleep } from '../../chat/rate-limit-retry.ts'
import type { Reply } from '../../chat/reply.ts'
import type { ActivityRequest } from './inbound.ts'
import type { Outbound } from './outbound.ts'
import {
  type ExpandCard,
  invokeResponseBody,
  planActionReply,
  planMessageReply,
  type ReplyPlan,
} from './reply.ts'

export interface ActivityHandlerOptions {
  readonly handle: ChatRequestHandler
  readonly outbound: Outbound
  readonly expand: ExpandCard
  readonly log: Log
  readonly tasks: TaskTracker
  /** How long a request waits for its answer before it is answered that it takes longer, in milliseconds. */
  readonly replyTimeoutMs: number
  readonly wait: Sleep
}

const APOLOGY = 'Sorry, something went wrong on my side. Please try again in a minute.'
const NO_DIRECT_CHAT =
  'My answers are for you alone, and I cannot write to you yet. Please open a chat with Milepost and ask me there.'

/** Handles what was asked and answers it: in time if it can be, else as soon as it is done. */
export function createActivityHandler(parts: ActivityHandlerOptions) {
  const { handle, outbound, expand, log, tasks, replyTimeoutMs, wait } = parts
  const patiently = <T>(call: () => Promise<T>): Promise<T> => retryRateLimited(call, wait)

  const carryOut = async (
    asked: ActivityRequest,
    { messageEdit, newMessage, directMessage, channelNotice }: ReplyPlan,
  ): Promise<void> => {
    const { place, message, key } = asked.request
    if (messageEdit && message) await patiently(() => outbound.edit(message, messageEdit))
    if (newMessage) await patiently(() => outbound.post(place, asked.conversation, newMessage))
    const said =
      directMessage && !(await reaches(asked, directMessage)) ? NO_DIRECT_CHAT : channelNotice
    if (!said) return
    // For itself: where the line fails, the answer has been given all the same.
    const saying = patiently(() => outbound.postText(place, asked.conversation, said))
    await tasks.keep(saying, 'a line beside an answer could not be posted in Teams', { key })
  }

  /** Answers in the person's own chat. False where Teams lets nobody write there: the app is not installed for them. */
  const reaches = async ({ request }: ActivityRequest, card: AdaptiveCard): Promise<boolean> => {
    const { place, actor, key } = request
    const own: Place = { ...place, kind: 'direct', conversation: actor.user }
    try {
      await patiently(() => outbound.postCard(own, card))
      return true
    } catch (error) {
      if (!(error instanceof RecipientGoneError)) throw error
      log.warn({ key, error: error.message }, 'a person has no chat with Milepost in Teams')
      return false
    }
  }

  const answerWhenDone = async (
    asked: ActivityRequest,
    replying: Promise<Reply>,
  ): Promise<void> => {
    const { key, place } = asked.request
    try {
      await carryOut(asked, planMessageReply(asked, await replying, expand))
    } catch (error) {
      log.error({ key, error: messageOf(error) }, 'an answer failed in Teams')
      await outbound.postText(place, asked.conversation, APOLOGY)
    }
  }

  const answering = (asked: ActivityRequest, replying: Promise<Reply>): Promise<void> =>
    tasks.keep(answerWhenDone(asked, replying), 'no apology could be made in Teams', {
      key: asked.request.key,
    })

  const onPress = async (asked: ActivityRequest, context: TurnContext): Promise<void> => {
    const { key } = asked.request
    const replying = handle(asked.request)
    const respond = (answer: ReplyPlan) => {
      const value = { status: 200, body: invokeResponseBody(answer) }
      return context.sendActivity({ type: ActivityTypes.InvokeResponse, value })
    }
    try {
      const reply = await withTimeout(replyTimeoutMs, replying)
      if (!reply) {
        answering(asked, replying)
        await respond({ privateNote: pendingText })
        return
      }
      const answer = planActionReply(asked, reply, expand)
      await respond(answer)
      tasks.keep(carryOut(asked, answer), 'an answer was shown in Teams, but not kept', { key })
    } catch (error) {
      log.error({ key, error: messageOf(error) }, 'a press failed in Teams')
      await respond({ privateNote: APOLOGY })
    }
  }

  /** Teams is let go as soon as something is said, so that it does not send the message again. */
  const onMessage = async (asked: ActivityRequest): Promise<void> => {
    const { key, place } = asked.request
    const replying = handle(asked.request)
    const done = () => true
    if (await withTimeout(replyTimeoutMs, replying.then(done, done))) {
      await withTimeout(replyTimeoutMs, answering(asked, replying))
      return
    }
    const said = patiently(() => outbound.postText(place, asked.conversation, pendingText))
    const saying = tasks.keep(said, 'that an answer follows could not be said in Teams', { key })
    answering(
      asked,
      saying.then(() => replying),
    )
  }

  return (asked: ActivityRequest, context: TurnContext): Promise<void> =>
    asked.kind === 'press' ? onPress(asked, context) : onMessage(asked)
}
