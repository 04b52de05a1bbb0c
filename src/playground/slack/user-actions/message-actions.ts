import { type Answer, deliver, type Misbehaviour } from '../app-request.ts'
import { applyCommandAnswer, tellFailure } from '../apply-response.ts'
import type { Choice } from '../form-fill.ts'
import { commandPayload, messageActionPayload } from '../payloads.ts'
import { type ActingParts, fieldIn, joined } from './context.ts'

export interface MessageAddress {
  channel: string
  ts: string
}

/** Commands, and the buttons and menus of messages. */
export function actingInMessages(parts: ActingParts) {
  const { state, triggers, responseUrls, send } = parts

  async function slashCommand(
    userId: string,
    channel: string,
    command: string,
    text = '',
    how: Misbehaviour = {},
  ): Promise<Answer> {
    const conversation = joined(state, userId, channel)
    const origin = { userId, conversation }
    const handles = { triggerId: triggers.issue(userId), responseUrl: responseUrls.issue(origin) }
    const typed = { command, text }
    const answer = await deliver(
      send,
      commandPayload(state, userId, conversation, typed, handles),
      how,
    )
    if (answer.error) tellFailure(state, userId, 'command', answer.error, command)
    else applyCommandAnswer(parts, origin, typed, answer.body)
    return answer
  }

  async function chooseInMessage(
    userId: string,
    at: MessageAddress,
    actionId: string,
    blockId: string | undefined,
    choice: Choice | undefined,
    how: Misbehaviour = {},
  ): Promise<Answer> {
    const conversation = joined(state, userId, at.channel)
    const message = state.find(conversation, at.ts)
    if (!message || (message.onlyFor && message.onlyFor !== userId)) {
      throw new Error(`${userId} sees no message ${at.ts} in ${at.channel}.`)
    }
    const acted = { field: fieldIn(message.blocks, actionId, blockId), choice }
    const handles = {
      triggerId: triggers.issue(userId),
      responseUrl: responseUrls.issue({ userId, conversation, message }),
    }
    const on = { conversation, message }
    const answer = await deliver(send, messageActionPayload(state, userId, on, acted, handles), how)
    if (answer.error) tellFailure(state, userId, 'action', answer.error, actionId)
    return answer
  }

  function press(
    userId: string,
    at: MessageAddress,
    actionId: string,
    blockId?: string,
    how: Misbehaviour = {},
  ): Promise<Answer> {
    return chooseInMessage(userId, at, actionId, blockId, undefined, how)
  }

  return { slashCommand, chooseInMessage, press }
}
