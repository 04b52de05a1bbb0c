import { ActivityTypes, type TurnContext } from 'botbuilder'
import { messageOf } from '../../base/errors.ts'
import type { Handle } from '../../chat/port.ts'
import type { Reply } from '../../chat/reply.ts'
import { type Answer, answerByMessage, answerToPress, type Expand, pressBody } from './answer.ts'
import type { InHand } from './in-hand.ts'
import type { Received } from './inbound.ts'
import type { Log } from './log.ts'
import type { Outbound } from './outbound.ts'

export interface TurnParts {
  readonly handle: Handle
  readonly outbound: Outbound
  readonly expand: Expand
  readonly log: Log
  readonly inHand: InHand
  /** How long a request waits for its answer before it is answered without, in milliseconds. */
  readonly patience: { readonly press: number; readonly message: number }
}

const WORKING = 'I am still working on this. The answer follows in a moment.'
const SORRY = 'Sorry, something went wrong on my side. Please try again in a minute.'

/** Handles what was asked and answers it: in time if it can be, else as soon as it is done. */
export function createTurns({ handle, outbound, expand, log, inHand, patience }: TurnParts) {
  const carryOut = async (asked: Received, { edit, post, tell }: Answer): Promise<void> => {
    const { place, message, actor } = asked.invocation
    if (edit && message) await outbound.edit(message, edit)
    if (post) await outbound.post(place, asked.conversation, post)
    if (tell) await outbound.say({ ...place, kind: 'direct', conversation: actor.user }, tell)
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
    inHand.keep(
      answerWhenDone(asked, replying),
      'no apology could be made in Teams',
      asked.invocation.key,
    )

  const onPress = async (asked: Received, context: TurnContext): Promise<void> => {
    const { key } = asked.invocation
    const replying = handle(asked.invocation)
    const respond = (answer: Answer) => {
      const value = { status: 200, body: pressBody(answer) }
      return context.sendActivity({ type: ActivityTypes.InvokeResponse, value })
    }
    try {
      const reply = await within(patience.press, replying)
      if (reply === LATE) {
        answering(asked, replying)
        await respond({ note: WORKING })
        return
      }
      const answer = answerToPress(asked, reply, expand)
      await respond(answer)
      inHand.keep(carryOut(asked, answer), 'an answer was shown in Teams, but not kept', key)
    } catch (error) {
      log.error({ key, error: messageOf(error) }, 'a press failed in Teams')
      await respond({ note: SORRY })
    }
  }

  return async (asked: Received, context: TurnContext): Promise<void> => {
    if (asked.as === 'press') return onPress(asked, context)
    await within(patience.message, answering(asked, handle(asked.invocation)))
  }
}

const LATE = Symbol('late')

/** What `work` gives if it does so in time. */
async function within<Result>(ms: number, work: Promise<Result>): Promise<Result | typeof LATE> {
  const { promise, resolve } = Promise.withResolvers<typeof LATE>()
  const timer = setTimeout(resolve, ms, LATE)
  try {
    return await Promise.race([work, promise])
  } finally {
    clearTimeout(timer)
  }
}
