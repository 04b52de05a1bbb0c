import { ActivityTypes, type TurnContext } from 'botbuilder'
import { messageOf } from '../../base/errors.ts'
import type { Log } from '../../base/log.ts'
import { within } from '../../base/timeout.ts'
import type { InHand } from '../../chat/background-tasks.ts'
import type { AdaptiveCard } from '../../chat/cards.ts'
import { Gone, type Handle } from '../../chat/port.ts'
import { gotIt, type Wait, whenAllowed } from '../../chat/rate-limit-retry.ts'
import type { Reply } from '../../chat/reply.ts'
import type { Place } from '../../chat/request.ts'
import type { Received } from './inbound.ts'
import type { Outbound } from './outbound.ts'
import { type Answer, answerByMessage, answerToPress, type Expand, pressBody } from './reply.ts'

export interface TurnParts {
  readonly handle: Handle
  readonly outbound: Outbound
  readonly expand: Expand
  readonly log: Log
  readonly inHand: InHand
  /** How long a request waits for its answer before it is answered that it takes longer, in milliseconds. */
  readonly patienceMs: number
  readonly wait: Wait
}

const SORRY = 'Sorry, something went wrong on my side. Please try again in a minute.'
const UNREACHED =
  'My answers are for you alone, and I cannot write to you yet. Please open a chat with Milepost and ask me there.'

/** Handles what was asked and answers it: in time if it can be, else as soon as it is done. */
export function createTurns(parts: TurnParts) {
  const { handle, outbound, expand, log, inHand, patienceMs, wait } = parts
  const patiently = <T>(call: () => Promise<T>): Promise<T> => whenAllowed(call, wait)

  const carryOut = async (asked: Received, { edit, post, tell, line }: Answer): Promise<void> => {
    const { place, message, key } = asked.invocation
    if (edit && message) await patiently(() => outbound.edit(message, edit))
    if (post) await patiently(() => outbound.post(place, asked.conversation, post))
    const said = tell && !(await reaches(asked, tell)) ? UNREACHED : line
    if (!said) return
    // For itself: where the line fails, the answer has been given all the same.
    const saying = patiently(() => outbound.postText(place, asked.conversation, said))
    await inHand.keep(saying, 'a line beside an answer could not be posted in Teams', { key })
  }

  /** Answers in the person's own chat. False where Teams lets nobody write there: the app is not installed for them. */
  const reaches = async ({ invocation }: Received, card: AdaptiveCard): Promise<boolean> => {
    const { place, actor, key } = invocation
    const own: Place = { ...place, kind: 'direct', conversation: actor.user }
    try {
      await patiently(() => outbound.say(own, card))
      return true
    } catch (error) {
      if (!(error instanceof Gone)) throw error
      log.warn({ key, error: error.message }, 'a person has no chat with Milepost in Teams')
      return false
    }
  }

  const answerWhenDone = async (asked: Received, replying: Promise<Reply>): Promise<void> => {
    const { key, place } = asked.invocation
    try {
      await carryOut(asked, answerByMessage(asked, await replying, expand))
    } catch (error) {
      log.error({ key, error: messageOf(error) }, 'an answer failed in Teams')
      await outbound.postText(place, asked.conversation, SORRY)
    }
  }

  const answering = (asked: Received, replying: Promise<Reply>): Promise<void> =>
    inHand.keep(answerWhenDone(asked, replying), 'no apology could be made in Teams', {
      key: asked.invocation.key,
    })

  const onPress = async (asked: Received, context: TurnContext): Promise<void> => {
    const { key } = asked.invocation
    const replying = handle(asked.invocation)
    const respond = (answer: Answer) => {
      const value = { status: 200, body: pressBody(answer) }
      return context.sendActivity({ type: ActivityTypes.InvokeResponse, value })
    }
    try {
      const reply = await within(patienceMs, replying)
      if (!reply) {
        answering(asked, replying)
        await respond({ note: gotIt })
        return
      }
      const answer = answerToPress(asked, reply, expand)
      await respond(answer)
      inHand.keep(carryOut(asked, answer), 'an answer was shown in Teams, but not kept', { key })
    } catch (error) {
      log.error({ key, error: messageOf(error) }, 'a press failed in Teams')
      await respond({ note: SORRY })
    }
  }

  /** Teams is let go as soon as something is said, so that it does not send the message again. */
  const onMessage = async (asked: Received): Promise<void> => {
    const { key, place } = asked.invocation
    const replying = handle(asked.invocation)
    const done = () => true
    if (await within(patienceMs, replying.then(done, done))) {
      await within(patienceMs, answering(asked, replying))
      return
    }
    const said = patiently(() => outbound.postText(place, asked.conversation, gotIt))
    const saying = inHand.keep(said, 'that an answer follows could not be said in Teams', { key })
    answering(
      asked,
      saying.then(() => replying),
    )
  }

  return (asked: Received, context: TurnContext): Promise<void> =>
    asked.as === 'press' ? onPress(asked, context) : onMessage(asked)
}
