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
    faults: RequestFaults = {},
  ): Promise<AppResponse> {
    const conversation = conversationOfMember(state, userId, channel)
    const target = { userId, conversation }
    const handles = { triggerId: triggers.issue(userId), responseUrl: responseUrls.issue(target) }
    const typed = { command, text }
    const response = await deliver(
      send,
      commandPayload(state, userId, conversation, typed, handles),
      faults,
    )
    if (response.error) showFailure(state, userId, 'command', response.error, command)
    else applyCommandResponse(parts, target, typed, response.body)
    return response
  }

  async function chooseInMessage(
    userId: string,
    at: MessageAddress,
    actionId: string,
    blockId: string | undefined,
    choice: Choice | undefined,
    faults: RequestFaults = {},
  ): Promise<AppResponse> {
    const conversation = conversationOfMember(state, userId, at.channel)
    const message = state.find(conversation, at.ts)
    if (!message || (message.ephemeralFor && message.ephemeralFor !== userId)) {
      throw new Error(`${userId} sees no message ${at.ts} in ${at.channel}.`)
    }
    const action = { field: findField(message.blocks, actionId, blockId), choice }
    const handles = {
      triggerId: triggers.issue(userId),
      responseUrl: responseUrls.issue({ userId, conversation, message }),
    }
    const on = { conversation, message }
    const response = await deliver(
      send,
      messageActionPayload(state, userId, on, action, handles),
      faults,
    )
    if (response.error) showFailure(state, userId, 'action', response.error, actionId)
    return response
  }

  function press(
    userId: string,
    at: MessageAddress,
    actionId: string,
    blockId?: string,
    faults: RequestFaults = {},
  ): Promise<AppResponse> {
    return chooseInMessage(userId, at, actionId, blockId, undefined, faults)
  }

  return { slashCommand, chooseInMessage, press }
}
