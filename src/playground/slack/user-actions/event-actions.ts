import { type AppResponse, deliver, type RequestFaults } from '../app-request.ts'
import type { NewFile } from '../files.ts'
import { editEvent, eventPayload, messageEvent } from '../payloads.ts'
import { conversationOfMember, type UserActionContext } from './context.ts'

/** Actions that reach the app as events: mentions, direct messages, opening the home tab. */
export function eventActions({ state, views, send }: UserActionContext) {
  /** Mentions the bot in a channel; a text without the mention gets one. */
  async function mention(
    userId: string,
    channel: string,
    text: string,
    faults: RequestFaults & { threadTs?: string; files?: readonly NewFile[] } = {},
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
      ...filesOf(faults.files),
      ...(faults.threadTs && { threadTs: faults.threadTs }),
    })
    return sendEvent(messageEvent(state, 'app_mention', conversation, message), faults)
  }

  /** Writes to the bot, or sends it files, in the person's direct message with it. */
  async function message(
    userId: string,
    text: string,
    faults: RequestFaults & { threadTs?: string; files?: readonly NewFile[] } = {},
  ): Promise<AppResponse> {
    const conversation = state.directMessage(userId)
    const written = state.post(conversation, {
      user: userId,
      text,
      blocks: [],
      ...filesOf(faults.files),
      ...(faults.threadTs && { threadTs: faults.threadTs }),
    })
    return sendEvent(messageEvent(state, 'message', conversation, written), faults)
  }

  /** Changes what the person wrote last in their direct message with the bot. */
  async function editLast(userId: string, text: string): Promise<AppResponse> {
    const conversation = state.directMessage(userId)
    const written = conversation.messages.findLast(({ user }) => user === userId)
    if (!written) throw new Error(`${userId} has written nothing to the bot.`)
    const before = written.text
    state.edit(written, { text })
    return sendEvent(editEvent(conversation, written, before), {})
  }

  const filesOf = (files: readonly NewFile[] = []) =>
    files.length > 0 ? { files: files.map((file) => state.files.add(file)) } : {}

  /** Sends the app any event. */
  function postEvent(event: Record<string, unknown>): Promise<AppResponse> {
    return sendEvent({ event_ts: state.nextTs(), ...event }, {})
  }

  async function openHome(userId: string, faults: RequestFaults = {}): Promise<AppResponse> {
    const home = views.homeOf(userId)
    const event = {
      type: 'app_home_opened',
      user: userId,
      channel: state.directMessage(userId).id,
      tab: 'home',
      ...(home && { view: home }),
      event_ts: state.nextTs(),
    }
    return sendEvent(event, faults)
  }

  async function sendEvent(
    event: Record<string, unknown>,
    faults: RequestFaults,
  ): Promise<AppResponse> {
    const response = await deliver(send, eventPayload(state, event), faults)
    if (faults.deliverTwice !== 'other_event_id') return response
    return { ...response, secondResponse: await deliver(send, eventPayload(state, event), faults) }
  }

  /** Marks a conversation as read. */
  function read(userId: string, channel: string): void {
    const conversation = conversationOfMember(state, userId, channel)
    const last = conversation.messages.at(-1)
    if (last) conversation.readUpTo.set(userId, last.ts)
    state.notifyListeners()
  }

  return { mention, message, editLast, postEvent, openHome, read }
}
