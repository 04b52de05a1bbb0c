import { z } from 'zod'
import { ApiError } from './api-error.ts'
import type { Notice, View } from './model.ts'
import type { Origin, ResponseUrls } from './response-urls.ts'
import type { WorkspaceState } from './state.ts'
import { definitionOf, type Views } from './views.ts'

interface Parts {
  state: WorkspaceState
  views: Views
  responseUrls: ResponseUrls
}

/** Shows the person that what they did has failed. */
export function tellFailure(
  state: WorkspaceState,
  userId: string,
  about: Notice['about'],
  error: Notice['error'],
  what: string,
  details = '',
): void {
  const because = details && ` (${details})`
  state.tell(userId, { about, error, text: `${what} failed with the error "${error}"${because}` })
}

/** Shows what the app answered a command with: nothing, a text, or a message. */
export function applyCommandAnswer(
  { state, responseUrls }: Parts,
  origin: Origin,
  typed: { command: string; text: string },
  body: unknown,
): void {
  const said = typeof body === 'string' ? { text: body } : body
  if (isNothing(said)) return
  orTell(state, origin.userId, 'command', typed.command, () => {
    // An answer to everyone also shows everyone what was typed.
    if (inChannel.safeParse(said).success) {
      const text = `${typed.command} ${typed.text}`.trim()
      state.post(origin.conversation, { user: origin.userId, text, blocks: [] })
    }
    responseUrls.apply(origin, said)
  })
}

const inChannel = z.looseObject({ response_type: z.literal('in_channel') })

const submissionAnswer = z.discriminatedUnion('response_action', [
  z.object({
    response_action: z.literal('errors'),
    errors: z.record(z.string(), z.string().min(1)),
  }),
  z.object({ response_action: z.literal('update'), view: z.unknown() }),
  z.object({ response_action: z.literal('push'), view: z.unknown() }),
  z.object({ response_action: z.literal('clear') }),
])

/** Does with a submitted view what the app answered; nothing closes it. */
export function applySubmissionAnswer(
  { state, views }: Parts,
  userId: string,
  view: View,
  body: unknown,
): void {
  // The app may have closed or replaced the view before it answered.
  if (!views.stackOf(userId).some((each) => each.view.id === view.id)) return
  if (isNothing(body)) {
    views.close(userId, view)
    return
  }
  orTell(state, userId, 'form', view.title?.text ?? 'the form', () => {
    const parsed = submissionAnswer.safeParse(body)
    if (!parsed.success) throw new ApiError('unknown response_action')
    const answer = parsed.data
    switch (answer.response_action) {
      case 'errors':
        return views.showErrors(userId, view.id, knownErrors(view, answer.errors))
      case 'update':
        return views.update((each) => each.id === view.id, definitionOf(answer.view))
      case 'push':
        return views.push(userId, definitionOf(answer.view))
      case 'clear':
        return views.clear(userId)
    }
  })
}

/** Slack shows errors at input blocks alone, and refuses the answer when one names another block. */
function knownErrors(view: View, errors: Record<string, string>): Record<string, string> {
  const inputs = view.blocks
    .filter((block) => block.type === 'input')
    .map((block) => block.block_id)
  const unknown = Object.keys(errors).filter((blockId) => !inputs.includes(blockId))
  if (unknown.length > 0) throw new ApiError('no input block is called', unknown)
  return errors
}

function isNothing(body: unknown): boolean {
  return body === null || body === '' || z.strictObject({}).safeParse(body).success
}

/** What the app answered wrongly is shown to the person as Slack would, with what was wrong. */
function orTell(
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
    tellFailure(state, userId, about, 'invalid_response', what, error.message)
  }
}
