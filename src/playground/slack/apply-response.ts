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

/** Shows the person that what they did has failed. */
export function showFailure(
  state: WorkspaceState,
  userId: string,
  about: Notice['about'],
  error: Notice['error'],
  what: string,
  details = '',
): void {
  const because = details && ` (${details})`
  state.addNotice(userId, {
    about,
    error,
    text: `${what} failed with the error "${error}"${because}`,
  })
}

/** Shows what the app answered a command with: nothing, a text, or a message. */
export function applyCommandResponse(
  { state, responseUrls }: ResponseContext,
  origin: ResponseTarget,
  typed: { command: string; text: string },
  body: unknown,
): void {
  const said = typeof body === 'string' ? { text: body } : body
  if (isEmptyBody(said)) return
  showInvalidResponse(state, origin.userId, 'command', typed.command, () => {
    // An answer to everyone also shows everyone what was typed.
    if (inChannelResponse.safeParse(said).success) {
      const text = `${typed.command} ${typed.text}`.trim()
      state.post(origin.conversation, { user: origin.userId, text, blocks: [] })
    }
    responseUrls.apply(origin, said)
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

/** Does with a submitted view what the app answered; nothing closes it. */
export function applyViewResponse(
  { state, views }: ResponseContext,
  userId: string,
  view: View,
  body: unknown,
): void {
  // The app may have closed or replaced the view before it answered.
  if (!views.stackOf(userId).some((each) => each.view.id === view.id)) return
  if (isEmptyBody(body)) {
    views.close(userId, view)
    return
  }
  showInvalidResponse(state, userId, 'form', view.title?.text ?? 'the form', () => {
    const parsed = viewSubmissionResponse.safeParse(body)
    if (!parsed.success) throw new ApiError('unknown response_action')
    const answer = parsed.data
    switch (answer.response_action) {
      case 'errors':
        return views.showErrors(userId, view.id, requireInputErrors(view, answer.errors))
      case 'update':
        return views.update((each) => each.id === view.id, parseDefinition(answer.view))
      case 'push':
        return views.push(userId, parseDefinition(answer.view))
      case 'clear':
        return views.clear(userId)
    }
  })
}

/** Slack shows errors at input blocks alone, and refuses the answer when one names another block. */
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

/** What the app answered wrongly is shown to the person as Slack would, with what was wrong. */
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
