import type { SendToApp } from '../app-request.ts'
import type { Block } from '../block-kit.ts'
import { actionsOf, type Field } from '../form-fill.ts'
import type { ResponseUrls } from '../response-urls.ts'
import type { Conversation, WorkspaceState } from '../state.ts'
import type { Triggers } from '../triggers.ts'
import type { Views } from '../views.ts'

/** What acting for a person needs of the workspace. */
export interface UserActionContext {
  state: WorkspaceState
  views: Views
  triggers: Triggers
  responseUrls: ResponseUrls
  send: SendToApp
}

/** A conversation that this person is in. */
export function conversationOfMember(
  state: WorkspaceState,
  userId: string,
  channel: string,
): Conversation {
  const conversation = state.conversation(channel)
  if (conversation.members.has(state.person(userId).id)) return conversation
  throw new Error(`${userId} is not in ${conversation.name}.`)
}

/** The one element of this name among these blocks. */
export function findField(blocks: Block[], actionId: string, blockId?: string): Field {
  const all = actionsOf(blocks)
  const found = all.find(
    (field) => field.actionId === actionId && (blockId === undefined || field.blockId === blockId),
  )
  if (found) return found
  const known = all.map((field) => `${field.blockId}/${field.actionId}`).join(', ')
  throw new Error(
    `Nothing there is called ${blockId ?? '*'}/${actionId}; there is: ${known || 'nothing to press'}.`,
  )
}
