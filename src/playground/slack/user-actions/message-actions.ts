import { type AppResponse, deliver, type RequestFaults } from '../app-request.ts'
import { applyCommandResponse, showFailure } from '../apply-response.ts'
import type { Choice } from '../form-fill.ts'
import { commandPayload, messageActionPayload } from '../payloads.ts'
import { conversationOfMember, findField, type UserActionContext } from './context.ts'

export interface MessageAddress {
  channel: string
  ts: string
}

/** Commands, and the buttons and menus of messages. */
export function messageActions(parts: UserActionContext) {
  const { state, triggers, responseUrls, send } = parts

  async function slashCommand(
    userId: string,
    channel: string,
    command: string,
    text = '',
    how: RequestFaults = {},
  ): Promise<AppResponse> {
    const conversation = conversationOfMember(state, userId, channel)
    const origin = { userId, conversation }
    const handles = { triggerId: triggers.issue(userId), responseUrl: responseUrls.issue(origin) }
    const typed = { command, text }
    const answer = await deliver(
      send,
      commandPayload(state, userId, conversation, typed, handles),
      how,
    )
    if (answer.error) showFailure(state, userId, 'command', answer.error, command)
    else applyCommandResponse(parts, origin, typed, answer.body)
    return answer
  }

  async function chooseInMessage(
    userId: string,
    at: MessageAddress,
    actionId: string,
    blockId: string | undefined,
    choice: Choice | undefined,
    how: RequestFaults = {},
  ): Promise<AppResponse> {
    const conversation = conversationOfMember(state, userId, at.channel)
    const message = state.find(conversation, at.ts)
    if (!message || (message.ephemeralFor && message.ephemeralFor !== userId)) {
      throw new Error(`${userId} sees no message ${at.ts} in ${at.channel}.`)
    }
    const acted = { field: findField(message.blocks, actionId, blockId), choice }
    const handles = {
      triggerId: triggers.issue(userId),
      responseUrl: responseUrls.issue({ userId, conversation, message }),
    }
    const on = { conversation, message }
    const answer = await deliver(send, messageActionPayload(state, userId, on, acted, handles), how)
    if (answer.error) showFailure(state, userId, 'action', answer.error, actionId)
    return answer
  }

  function press(
    userId: string,
    at: MessageAddress,
    actionId: string,
    blockId?: string,
    how: RequestFaults = {},
  ): Promise<AppResponse> {
    return chooseInMessage(userId, at, actionId, blockId, undefined, how)
  }

  return { slashCommand, chooseInMessage, press }
}
