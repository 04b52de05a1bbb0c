import { z } from 'zod'
import { ApiError } from './api-error.ts'
import type { Notice, View } from './model.ts'
import type { ResponseTarget, ResponseUrls } from './response-urls.ts'
import type { WorkspaceState } from './state.ts'
import { parseDefinition, type Views } from './views.ts'

interface ResponseContext {
  state: WorkspaceState
  views: Views
  responseUrls: ResponseUrls
}

/** Shows the person that their command, button or form failed. */
export function showFailure(
  state: WorkspaceState,
  userId: string,
  about: Notice['about'],
  error: Notice['error'],
  what: string,
  details = '',
): void {
  const reason = details && ` (${details})`
  state.addNotice(userId, {
    about,
    error,
    text: `${what} failed with the error "${error}"${reason}`,
  })
}

/** Shows the app's response to a command: nothing, a text, or a message. */
export function applyCommandResponse(
  { state, responseUrls }: ResponseContext,
  target: ResponseTarget,
  typed: { command: string; text: string },
  body: unknown,
): void {
  const response = typeof body === 'string' ? { text: body } : body
  if (isEmptyBody(response)) return
  showInvalidResponse(state, target.userId, 'command', typed.command, () => {
    // A response to everyone also shows everyone the command.
    if (inChannelResponse.safeParse(response).success) {
      const text = `${typed.command} ${typed.text}`.trim()
      state.post(target.conversation, { user: target.userId, text, blocks: [] })
    }
    responseUrls.apply(target, response)
  })
}

const inChannelResponse = z.looseObject({ response_type: z.literal('in_channel') })

const viewSubmissionResponse = z.discriminatedUnion('response_action', [
  z.object({
    response_action: z.literal('errors'),
    errors: z.record(z.string(), z.string().min(1)),
  }),
  z.object({ response_action: z.literal('update'), view: z.unknown() }),
  z.object({ response_action: z.literal('push'), view: z.unknown() }),
  z.object({ response_action: z.literal('clear') }),
])

/** Does with a submitted view what the app's response says; an empty one closes it. */
export function applyViewResponse(
  { state, views }: ResponseContext,
  userId: string,
  view: View,
  body: unknown,
): void {
  // The app may have closed or replaced the view before it responded.
  if (!views.stackOf(userId).some((each) => each.view.id === view.id)) return
  if (isEmptyBody(body)) {
    views.close(userId, view)
    return
  }
  showInvalidResponse(state, userId, 'form', view.title?.text ?? 'the form', () => {
    const parsed = viewSubmissionResponse.safeParse(body)
    if (!parsed.success) throw new ApiError('unknown response_action')
    const response = parsed.data
    switch (response.response_action) {
      case 'errors':
        return views.showErrors(userId, view.id, requireInputErrors(view, response.errors))
      case 'update':
        return views.update((each) => each.id === view.id, parseDefinition(response.view))
      case 'push':
        return views.push(userId, parseDefinition(response.view))
      case 'clear':
        return views.clear(userId)
    }
  })
}

/** Slack shows errors at input blocks only, and refuses a response that names another block. */
function requireInputErrors(view: View, errors: Record<string, string>): Record<string, string> {
  const inputs = view.blocks
    .filter((block) => block.type === 'input')
    .map((block) => block.block_id)
  const unknown = Object.keys(errors).filter((blockId) => !inputs.includes(blockId))
  if (unknown.length > 0) throw new ApiError('no input block is called', unknown)
  return errors
}

function isEmptyBody(body: unknown): boolean {
  return body === null || body === '' || z.strictObject({}).safeParse(body).success
}

/** Shows the person an invalid response of the app as Slack does, with what was wrong. */
function showInvalidResponse(
  state: WorkspaceState,
  userId: string,
  about: Notice['about'],
  what: string,
  apply: () => unknown,
): void {
  try {
    apply()
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    showFailure(state, userId, about, 'invalid_response', what, error.message)
  }
}
