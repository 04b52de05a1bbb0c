import type { PlatformName } from '../base/addresses.ts'
import type { PlatformRateLimits, RateLimit } from '../chat/platform-definition.ts'

// Keeps below the platforms' rate limits. That is cheaper than being told to wait: an answer 429 costs a round trip, and
// on Slack too many of them cost the app its events.

/** Of a platform that is not registered any more: nothing is sent there. */
const noLimits: PlatformRateLimits = { conversation: [], workspace: [], edits: [] }

/**
 * The first moment at which one more message keeps every rate. `sent`: moments of the messages before, oldest first.
 * All moments in milliseconds since 1970; the answer may lie in the past.
 */
export function nextSlot(sent: readonly number[], rates: readonly RateLimit[]): number {
  const moments = rates.map(({ messages, perMs }) => {
    const oldestThatCounts = sent.at(-messages)
    return oldestThatCounts === undefined ? Number.NEGATIVE_INFINITY : oldestThatCounts + perMs
  })
  return Math.max(Number.NEGATIVE_INFINITY, ...moments)
}

/** How many messages keep every rate at that moment. Moments as for nextSlot; all are past or present. */
export function remainingAt(
  sent: readonly number[],
  rates: readonly RateLimit[],
  at: number,
): number {
  const left = rates.map(({ messages, perMs }) => {
    const firstThatCounts = sent.findIndex((moment) => moment > at - perMs)
    return messages - (firstThatCounts < 0 ? 0 : sent.length - firstThatCounts)
  })
  return Math.max(0, Math.min(Number.POSITIVE_INFINITY, ...left))
}

/** What may be sent at a moment. */
export interface SendCapacity {
  /** Keys of the conversations that have reached their limit. */
  readonly blockedConversations: readonly string[]
  /** How many messages and edits each workspace still allows, where something was sent there of late. */
  readonly remaining: ReadonlyMap<string, { readonly messages: number; readonly changes: number }>
  /** When the first conversation or workspace at its limit is free again. */
  readonly nextFreeAt: Date | undefined
}

export interface RateLimiter {
  /** Counts one message, or one edit, as on its way. */
  reserve(place: ConversationRef, now: Date, what?: 'message' | 'change'): Reservation
  capacity(now: Date): SendCapacity
}

/** A counted message. The platform counts from the call, so the moment is moved there when the call is made. */
export interface Reservation {
  moveTo(now: Date): void
}

/** As much of a place as rate limits depend on. */
export interface ConversationRef {
  readonly platform: PlatformName
  readonly tenant: string
  readonly conversation: string
}

/** "slack/T1" */
export function workspaceKey(place: Omit<ConversationRef, 'conversation'>): string {
  return `${place.platform}/${place.tenant}`
}

/** "slack/T1/C1" */
export function conversationKey(place: ConversationRef): string {
  return `${workspaceKey(place)}/${place.conversation}`
}

/**
 * Counts what this process sent of late. Another replica counts for itself: where both together are too fast, the
 * platform answers 429 and the message waits as long as it asks.
 */
export function createRateLimiter(
  limits: Readonly<Record<PlatformName, PlatformRateLimits>>,
): RateLimiter {
  const conversations = new Map<string, SlidingWindow>()
  const workspaces = new Map<string, SlidingWindow>()
  const changes = new Map<string, SlidingWindow>()

  function windowOf(
    windows: Map<string, SlidingWindow>,
    key: string,
    rates: readonly RateLimit[],
  ): SlidingWindow {
    const window = windows.get(key) ?? new SlidingWindow(rates)
    windows.set(key, window)
    return window
  }

  return {
    reserve(place, now, what = 'message') {
      const limit = limits[place.platform] ?? noLimits
      const workspace = workspaceKey(place)
      const windows = [
        windowOf(conversations, conversationKey(place), limit.conversation),
        windowOf(workspaces, workspace, limit.workspace),
        ...(what === 'change' ? [windowOf(changes, workspace, limit.edits)] : []),
      ]
      let at = now.getTime()
      for (const window of windows) window.add(at)
      return {
        moveTo(later) {
          for (const window of windows) window.move(at, later.getTime())
          at = later.getTime()
        },
      }
    },

    capacity(now) {
      const at = now.getTime()
      for (const windows of [conversations, workspaces, changes]) evictExpired(windows, at)
      const blocked = [...conversations].filter(([, window]) => window.remaining(at) === 0)
      const remaining = [...workspaces].map(([key, window]) => {
        const messages = window.remaining(at)
        const forChanges = changes.get(key)?.remaining(at) ?? messages
        return [key, { messages, changes: Math.min(messages, forChanges) }] as const
      })
      const waits = [...conversations.values(), ...workspaces.values(), ...changes.values()]
        .map((window) => window.nextSlot())
        .filter((moment) => moment > at)
      const until = waits.length > 0 ? new Date(Math.min(...waits)) : undefined
      return {
        blockedConversations: blocked.map(([key]) => key),
        remaining: new Map(remaining),
        nextFreeAt: until,
      }
    },
  }
}

function evictExpired(windows: Map<string, SlidingWindow>, at: number): void {
  for (const [key, window] of windows) if (window.isExpired(at)) windows.delete(key)
}

/** Moments of messages, as long as they count. */
class SlidingWindow {
  readonly #rates: readonly RateLimit[]
  readonly #longest: number
  #sent: number[] = []

  constructor(rates: readonly RateLimit[]) {
    this.#rates = rates
    this.#longest = Math.max(0, ...rates.map((rate) => rate.perMs))
  }

  add(at: number): void {
    this.#sent = this.#sent.filter((moment) => at - moment < this.#longest)
    this.#sent.push(at)
  }

  move(from: number, to: number): void {
    const place = this.#sent.lastIndexOf(from)
    if (place >= 0) this.#sent.splice(place, 1)
    this.#sent.push(to)
    this.#sent.sort((a, b) => a - b)
  }

  nextSlot(): number {
    return nextSlot(this.#sent, this.#rates)
  }

  remaining(at: number): number {
    return remainingAt(this.#sent, this.#rates, at)
  }

  isExpired(at: number): boolean {
    return at - (this.#sent.at(-1) ?? at) >= this.#longest
  }
}
