import { type AppResponse, deliver, type RequestFaults } from '../app-request.ts'
import { shortcutPayload } from '../payloads.ts'
import { conversationOfMember, type UserActionContext } from './context.ts'
import type { MessageAddress } from './message-actions.ts'

/** The shortcuts of the app: anywhere, or on a message. */
export function shortcutActions({ state, triggers, send }: UserActionContext) {
  /** `at`: the message on which it is used; absent for one that is used anywhere. */
  async function useShortcut(
    userId: string,
    callbackId: string,
    at?: MessageAddress,
    faults: RequestFaults = {},
  ): Promise<AppResponse> {
    const conversation = at && conversationOfMember(state, userId, at.channel)
    const message = at && conversation && state.find(conversation, at.ts)
    if (at && !message) throw new Error(`${userId} sees no message ${at.ts} in ${at.channel}.`)
    const on = conversation && message && { conversation, message }
    const triggerId = triggers.issue(userId)
    return deliver(send, shortcutPayload(state, userId, callbackId, on, triggerId), faults)
  }

  return { useShortcut }
}
