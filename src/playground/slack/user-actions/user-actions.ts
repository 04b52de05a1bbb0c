import type { ActingParts } from './context.ts'
import { writing } from './event-actions.ts'
import { actingInMessages } from './message-actions.ts'
import { actingInViews } from './view-actions.ts'

/**
 * Acts for the people of the workspace: sends the app what Slack would, and shows the person what
 * Slack would make of the answer. Throws when the person could not have done it (no such button).
 */
export function acting(parts: ActingParts) {
  return { ...actingInMessages(parts), ...actingInViews(parts), ...writing(parts) }
}

export type Acting = ReturnType<typeof acting>
