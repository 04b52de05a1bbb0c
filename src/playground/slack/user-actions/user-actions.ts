import type { UserActionContext } from './context.ts'
import { eventActions } from './event-actions.ts'
import { messageActions } from './message-actions.ts'
import { shortcutActions } from './shortcut-actions.ts'
import { viewActions } from './view-actions.ts'

/**
 * Acts for the people of the workspace: sends the app what Slack would send, and shows the person the
 * response as Slack would. Each action throws Error where the person could not do it (no such button).
 */
export function createUserActions(parts: UserActionContext) {
  return {
    ...messageActions(parts),
    ...viewActions(parts),
    ...eventActions(parts),
    ...shortcutActions(parts),
  }
}

export type UserActions = ReturnType<typeof createUserActions>
