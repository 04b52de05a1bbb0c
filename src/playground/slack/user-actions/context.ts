import type { SendToApp } from '../app-request.ts'
import type { Block } from '../block-kit.ts'
import { actionsOf, type Field } from '../form-fill.ts'
import type { ResponseUrls } from '../response-urls.ts'
import type { Conversation, WorkspaceState } from '../state.ts'
import type { Triggers } from '../triggers.ts'
import type { Views } from '../views.ts'

/** The parts of the workspace that actions of its people use. */
export interface UserActionContext {
  state: WorkspaceState
  views: Views
  triggers: Triggers
  responseUrls: ResponseUrls
  send: SendToApp
}

/** A conversation of this person. @throws Error where they are not in it */
export function conversationOfMember(
  state: WorkspaceState,
  userId: string,
  channel: string,
): Conversation {
  const conversation = state.conversation(channel)
  if (conversation.members.has(state.person(userId).id)) return conversation
  throw new Error(`${userId} is not in ${conversation.name}.`)
}

/** The element of this action id. @throws Error that lists the elements where there is none */
export function findField(blocks: Block[], actionId: string, blockId?: string): Field {
  const all = actionsOf(blocks)
  const found = all.find(
    (field) => field.actionId === actionId && (blockId === undefined || field.blockId === blockId),
  )
  if (found) return found
  const names = all.map((field) => `${field.blockId}/${field.actionId}`).join(', ')
  throw new Error(
    `Nothing there is called ${blockId ?? '*'}/${actionId}; there is: ${names || 'nothing to press'}.`,
  )
}
