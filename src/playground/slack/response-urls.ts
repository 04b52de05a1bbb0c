import { z } from 'zod'
import { ApiError } from './api-error.ts'
import { isTooLongForAMessage } from './limits.ts'
import type { Conversation, StoredMessage, WorkspaceState } from './state.ts'
import { flag } from './web-api/arguments.ts'

const LIFETIME_MS = 30 * 60_000
const MAX_USES = 5

/** Where a response URL leads: who acted, where, and on which message if on one. */
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
 * The response URLs of commands and buttons: 5 uses within 30 minutes, no token needed.
 * After a command there is no original to replace, so `replace_original` posts anew (bolt-python
 * issue 1268). Source: https://docs.slack.dev/interactivity/handling-user-interaction
 */
export class ResponseUrls {
  readonly #state: WorkspaceState
  readonly #base: () => string
  readonly #issued = new Map<string, { origin: ResponseTarget; at: number; uses: number }>()

  /** `base` gives the address under which the tokens are served. */
  constructor(state: WorkspaceState, base: () => string) {
    this.#state = state
    this.#base = base
  }

  issue(origin: ResponseTarget): string {
    const token = this.#state.newId('') + this.#state.newId('')
    this.#issued.set(token, { origin, at: this.#state.clock.now().getTime(), uses: 0 })
    return this.#base() + token
  }

  /** Carries out what the app posted to a response URL. */
  use(token: string, body: unknown): void {
    const url = this.#issued.get(token)
    if (!url) throw new ApiError('invalid_url')
    if (this.#state.clock.now().getTime() - url.at > LIFETIME_MS) throw new ApiError('expired_url')
    if (url.uses >= MAX_USES) throw new ApiError('used_url')
    url.uses += 1
    this.apply(url.origin, body)
  }

  /** Posts, replaces or deletes as the answer to a command or a button says. */
  apply(origin: ResponseTarget, body: unknown): void {
    const parsed = responsePayload.safeParse(body)
    if (!parsed.success) throw new ApiError('invalid_payload')
    const said = parsed.data
    const original = origin.message
    if (original && said.delete_original) {
      this.#state.remove(origin.conversation, original)
      return
    }
    const content = this.#contentOf(said)
    if (original && said.replace_original) this.#state.edit(original, content)
    else this.#post(origin, said, content)
  }

  #contentOf(said: ResponsePayload) {
    const blocks = said.blocks === undefined ? [] : this.#state.parseBlocks(said.blocks, 'message')
    if (!said.text && blocks.length === 0) throw new ApiError('no_text')
    if (isTooLongForAMessage(blocks)) throw new ApiError('msg_blocks_too_long')
    return { text: said.text, blocks }
  }

  #post(
    { conversation, userId }: ResponseTarget,
    said: ResponsePayload,
    content: Pick<StoredMessage, 'text' | 'blocks'>,
  ): void {
    this.#state.post(conversation, {
      user: this.#state.bot.userId,
      ...content,
      ...(said.thread_ts && { threadTs: said.thread_ts }),
      ...(said.response_type === 'ephemeral' && { ephemeralFor: userId }),
    })
  }
}
