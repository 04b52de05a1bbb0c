import { type AppResponse, deliver, type RequestFaults } from '../app-request.ts'
import { eventPayload, messageEvent } from '../payloads.ts'
import { conversationOfMember, type UserActionContext } from './context.ts'

/** What reaches the app as an event: mentions, direct messages, the opened home tab. */
export function eventActions({ state, views, send }: UserActionContext) {
  /** Writes in a channel to the bot; a text without its mention gets one. */
  async function mention(
    userId: string,
    channel: string,
    text: string,
    how: RequestFaults & { threadTs?: string } = {},
  ): Promise<AppResponse> {
    const tag = `<@${state.bot.userId}>`
    const conversation = conversationOfMember(state, userId, channel)
    if (!conversation.members.has(state.bot.userId)) {
      throw new Error(`${state.bot.name} is not in #${conversation.name}; invite it first.`)
    }
    const message = state.post(conversation, {
      user: userId,
      text: text.includes(tag) ? text : `${tag} ${text}`,
      blocks: [],
      ...(how.threadTs && { threadTs: how.threadTs }),
    })
    return sendEvent(messageEvent(state, 'app_mention', conversation, message), how)
  }

  /** Writes to the bot in the direct message with it. */
  async function message(
    userId: string,
    text: string,
    how: RequestFaults & { threadTs?: string } = {},
  ): Promise<AppResponse> {
    const conversation = state.directMessage(userId)
    const written = state.post(conversation, {
      user: userId,
      text,
      blocks: [],
      ...(how.threadTs && { threadTs: how.threadTs }),
    })
    return sendEvent(messageEvent(state, 'message', conversation, written), how)
  }

  async function openHome(userId: string, how: RequestFaults = {}): Promise<AppResponse> {
    const home = views.homeOf(userId)
    const event = {
      type: 'app_home_opened',
      user: userId,
      channel: state.directMessage(userId).id,
      tab: 'home',
      ...(home && { view: home }),
      event_ts: state.nextTs(),
    }
    return sendEvent(event, how)
  }

  async function sendEvent(
    event: Record<string, unknown>,
    how: RequestFaults,
  ): Promise<AppResponse> {
    const answer = await deliver(send, eventPayload(state, event), how)
    if (how.deliverTwice !== 'other_event_id') return answer
    return { ...answer, secondResponse: await deliver(send, eventPayload(state, event), how) }
  }

  /** Marks a conversation as read to its end. */
  function read(userId: string, channel: string): void {
    const conversation = conversationOfMember(state, userId, channel)
    const last = conversation.messages.at(-1)
    if (last) conversation.readUpTo.set(userId, last.ts)
    state.notifyListeners()
  }

  return { mention, message, openHome, read }
}
