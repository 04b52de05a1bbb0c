import { withTimeout } from '../../base/timeout.ts'
import { ApiError } from './api-error.ts'
import { parseView, type ViewDefinition } from './limits.ts'
import type { OpenView, View } from './model.ts'
import { valueOrThrow, type WorkspaceState } from './state.ts'
import { epochSeconds } from './timestamps.ts'

const MAX_STACK = 3
/** An app that updates a view before it responds to its submission waits for no longer than this. */
const MAX_SUBMISSION_WAIT_MS = 250

/** The stack of modals and the home tab of each person. */
export class Views {
  readonly #state: WorkspaceState
  readonly #stacks = new Map<string, OpenView[]>()
  readonly #homes = new Map<string, View>()
  readonly #submitting = new Set<Promise<unknown>>()

  constructor(state: WorkspaceState) {
    this.#state = state
  }

  stackOf(userId: string): OpenView[] {
    return this.#stacks.get(userId) ?? []
  }

  homeOf(userId: string): View | null {
    return this.#homes.get(userId) ?? null
  }

  /** The open view of this id on this person's screen. */
  requireView(userId: string, viewId: string): OpenView {
    const home = this.homeOf(userId)
    const found = this.stackOf(userId).find((each) => each.view.id === viewId)
    if (found) return found
    if (home?.id === viewId) return { view: home, errors: {} }
    throw new Error(`${userId} has no view ${viewId} open.`)
  }

  /** Counts a view as submitted until the app has responded. */
  trackSubmission(response: Promise<unknown>): void {
    const settled = response.catch(() => {}).finally(() => this.#submitting.delete(settled))
    this.#submitting.add(settled)
  }

  /**
   * Waits until the app's responses to submitted views are shown: they come before its later calls. In one busy
   * process both may be read at the same moment, in any order.
   */
  async submissionsSettled(): Promise<void> {
    await withTimeout(MAX_SUBMISSION_WAIT_MS, Promise.all(this.#submitting))
  }

  open(userId: string, definition: ViewDefinition): View {
    const view = this.#newView(requireModal(definition), null)
    return this.#setStack(userId, [{ view, errors: {} }], view)
  }

  push(userId: string, definition: ViewDefinition): View {
    const stack = this.stackOf(userId)
    const top = stack.at(-1)
    if (!top) throw new ApiError('invalid_trigger_id')
    if (stack.length >= MAX_STACK) throw new ApiError('push_limit_reached')
    const view = this.#newView(requireModal(definition), top.view)
    return this.#setStack(userId, [...stack, { view, errors: {} }], view)
  }

  /** Replaces an open modal or home tab that `find` matches. */
  update(find: (view: View) => boolean, definition: ViewDefinition, hash?: string): View {
    const open = [...this.#stacks.values()].flat().find((each) => find(each.view))
    if (open) {
      const before = open.view
      assertSameHash(before, hash)
      open.view = { ...this.#newView(definition, null), ...identityFieldsOf(before) }
      open.errors = {}
      this.#state.notifyListeners()
      return open.view
    }
    const home = [...this.#homes].find(([, view]) => find(view))
    if (!home) throw new ApiError('not_found')
    return this.publish(home[0], definition, hash)
  }

  publish(userId: string, definition: ViewDefinition, hash?: string): View {
    if (definition.type !== 'home') throw new ApiError('invalid_arguments', ['view must be a home'])
    const before = this.homeOf(userId)
    if (before) assertSameHash(before, hash)
    const view = { ...this.#newView(definition, null), ...(before && identityFieldsOf(before)) }
    this.#homes.set(userId, view)
    this.#state.notifyListeners()
    return view
  }

  /** Removes a view and those above it from the stack; the whole stack for `clear_on_close`. */
  close(userId: string, view: View): void {
    const stack = this.stackOf(userId)
    const at = stack.findIndex((each) => each.view.id === view.id)
    this.#setStack(userId, view.clear_on_close || at < 0 ? [] : stack.slice(0, at), view)
  }

  clear(userId: string): void {
    this.#stacks.delete(userId)
    this.#state.notifyListeners()
  }

  showErrors(userId: string, viewId: string, errors: Record<string, string>): void {
    this.requireView(userId, viewId).errors = errors
    this.#state.notifyListeners()
  }

  #setStack(userId: string, stack: OpenView[], view: View): View {
    this.#stacks.set(userId, stack)
    this.#state.notifyListeners()
    return view
  }

  #newView(definition: ViewDefinition, below: View | null): View {
    const { bot, team } = this.#state
    const id = this.#state.newId('V')
    const isModal = definition.type === 'modal'
    return {
      id,
      team_id: team.id,
      app_id: bot.appId,
      bot_id: bot.botId,
      app_installed_team_id: team.id,
      type: definition.type,
      title: isModal ? definition.title : null,
      submit: (isModal && definition.submit) || null,
      close: (isModal && definition.close) || null,
      blocks: this.#state.withIds(definition.blocks),
      private_metadata: definition.private_metadata ?? '',
      callback_id: definition.callback_id ?? '',
      external_id: definition.external_id ?? '',
      state: { values: {} },
      hash: `${epochSeconds(this.#state.clock)}.${this.#state.newId('').slice(0, 8)}`,
      clear_on_close: (isModal && definition.clear_on_close) || false,
      notify_on_close: (isModal && definition.notify_on_close) || false,
      root_view_id: below?.root_view_id ?? id,
      previous_view_id: below?.id ?? null,
    }
  }
}

/** Parses a view of the app. @throws ApiError with Slack's error for one that it would refuse */
export function parseDefinition(value: unknown): ViewDefinition {
  return valueOrThrow(parseView(value))
}

function requireModal(definition: ViewDefinition): ViewDefinition {
  if (definition.type === 'modal') return definition
  throw new ApiError('invalid_arguments', ['view must be a modal [json-pointer:/view/type]'])
}

/** The fields that a view keeps when it is updated. */
function identityFieldsOf({ id, root_view_id, previous_view_id }: View) {
  return { id, root_view_id, previous_view_id }
}

function assertSameHash(view: View, hash: string | undefined): void {
  if (hash !== undefined && hash !== view.hash) throw new ApiError('hash_conflict')
}
