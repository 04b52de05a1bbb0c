import { z } from 'zod'
import { ApiError } from './api-error.ts'
import { isTooLongForAMessage } from './limits.ts'
import type { Conversation, StoredMessage, WorkspaceState } from './state.ts'
import { flag } from './web-api/arguments.ts'

const LIFETIME_MS = 30 * 60_000
const MAX_USES = 5

/** What a response URL belongs to: who acted, where, and on which message, if any. */
export interface ResponseTarget {
  userId: string
  conversation: Conversation
  message?: StoredMessage
}

const responsePayload = z.looseObject({
  text: z.string().default(''),
  blocks: z.unknown().optional(),
  response_type: z.enum(['ephemeral', 'in_channel']).default('ephemeral'),
  replace_original: flag.default(false),
  delete_original: flag.default(false),
  thread_ts: z.string().optional(),
})
type ResponsePayload = z.infer<typeof responsePayload>

/**
 * The response URLs of commands and buttons: 5 uses within 30 minutes, without a token.
 * A command has no original message, so `replace_original` posts a new one (bolt-python
 * issue 1268). Source: https://docs.slack.dev/interactivity/handling-user-interaction
 */
export class ResponseUrls {
  readonly #state: WorkspaceState
  readonly #base: () => string
  readonly #issued = new Map<string, { target: ResponseTarget; at: number; uses: number }>()

  /** `base` returns the address under which the tokens are served. */
  constructor(state: WorkspaceState, base: () => string) {
    this.#state = state
    this.#base = base
  }

  issue(target: ResponseTarget): string {
    const token = this.#state.newId('') + this.#state.newId('')
    this.#issued.set(token, { target, at: this.#state.clock.now().getTime(), uses: 0 })
    return this.#base() + token
  }

  /** Carries out what the app posts to a response URL. */
  use(token: string, body: unknown): void {
    const url = this.#issued.get(token)
    if (!url) throw new ApiError('invalid_url')
    if (this.#state.clock.now().getTime() - url.at > LIFETIME_MS) throw new ApiError('expired_url')
    if (url.uses >= MAX_USES) throw new ApiError('used_url')
    url.uses += 1
    this.apply(url.target, body)
  }

  /** Posts, replaces or deletes a message as the response to a command or a button says. */
  apply(target: ResponseTarget, body: unknown): void {
    const parsed = responsePayload.safeParse(body)
    if (!parsed.success) throw new ApiError('invalid_payload')
    const response = parsed.data
    const original = target.message
    if (original && response.delete_original) {
      this.#state.remove(target.conversation, original)
      return
    }
    const content = this.#contentOf(response)
    if (original && response.replace_original) this.#state.edit(original, content)
    else this.#post(target, response, content)
  }

  #contentOf({ text, blocks: given }: ResponsePayload) {
    const blocks = given === undefined ? [] : this.#state.parseBlocks(given, 'message')
    if (!text && blocks.length === 0) throw new ApiError('no_text')
    if (isTooLongForAMessage(blocks)) throw new ApiError('msg_blocks_too_long')
    return { text, blocks }
  }

  #post(
    { conversation, userId }: ResponseTarget,
    response: ResponsePayload,
    content: Pick<StoredMessage, 'text' | 'blocks'>,
  ): void {
    this.#state.post(conversation, {
      user: this.#state.bot.userId,
      ...content,
      ...(response.thread_ts && { threadTs: response.thread_ts }),
      ...(response.response_type === 'ephemeral' && { ephemeralFor: userId }),
    })
  }
}
