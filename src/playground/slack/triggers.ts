import type { Clock } from '../../base/clock.ts'
import { ApiError } from './api-error.ts'

const LIFETIME_MS = 3000

/**
 * Trigger ids: each allows the app to open one view for one person within 3 seconds of their action.
 * Source: https://docs.slack.dev/interactivity/handling-user-interaction
 */
export class Triggers {
  readonly #clock: Clock
  readonly #newId: (prefix: string) => string
  readonly #issued = new Map<string, { userId: string; at: number; used: boolean }>()

  constructor(clock: Clock, newId: (prefix: string) => string) {
    this.#clock = clock
    this.#newId = newId
  }

  issue(userId: string): string {
    const id = `${this.#newId('')}.${this.#newId('')}`
    this.#issued.set(id, { userId, at: this.#clock.now().getTime(), used: false })
    return id
  }

  /** Uses a trigger up. Returns the person for whom a view may be opened. @throws ApiError where it is not valid */
  exchange(id: string): string {
    const trigger = this.#issued.get(id)
    if (!trigger) throw new ApiError('invalid_trigger_id')
    if (trigger.used) throw new ApiError('exchanged_trigger_id')
    if (this.#clock.now().getTime() - trigger.at > LIFETIME_MS)
      throw new ApiError('expired_trigger_id')
    trigger.used = true
    return trigger.userId
  }
}
