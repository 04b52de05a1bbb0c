import type { PlatformName } from '../base/addresses.ts'
import type { PlatformRateLimits, RateLimit } from '../chat/platform-definition.ts'

// How fast a platform lets us speak. Keeping below its limits is kinder than being told to wait: an answer 429
// costs a round trip, and on Slack too many of them cost the app its events.

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

/** What may be said at a moment. */
export interface SendCapacity {
  /** Keys of the conversations where nothing may be said. */
  readonly blockedConversations: readonly string[]
  /** How many messages each workspace may still be sent, and how many there may be changed, where that is known. */
  readonly remaining: ReadonlyMap<string, { readonly messages: number; readonly changes: number }>
  /** When the first that is held, or has nothing left, is free again. */
  readonly nextFreeAt: Date | undefined
}

export interface RateLimiter {
  /** Notes one message, or change of one, as on its way. */
  reserve(place: ConversationRef, now: Date, what?: 'message' | 'change'): Reservation
  capacity(now: Date): SendCapacity
}

/** Something noted: a platform counts from when it hears of it, so its moment is moved to when the call is made. */
export interface Reservation {
  moveTo(now: Date): void
}

/** As much of a place as pacing looks at. */
export interface ConversationRef {
  readonly platform: PlatformName
  readonly tenant: string
  readonly conversation: string
}

/** How a workspace is named in `Room`. */
export function workspaceKey(place: Omit<ConversationRef, 'conversation'>): string {
  return `${place.platform}/${place.tenant}`
}

/** How a conversation is named in `Room`. */
export function conversationKey(place: ConversationRef): string {
  return `${workspaceKey(place)}/${place.conversation}`
}

/**
 * Remembers what was sent lately, in this process. Another replica paces itself; if together they are too fast,
 * the platform says so and the delivery waits as it is told.
 */
export function createRateLimiter(
  paces: Readonly<Record<PlatformName, PlatformRateLimits>>,
): RateLimiter {
  const conversations = new Map<string, SlidingWindow>()
  const workspaces = new Map<string, SlidingWindow>()
  const changes = new Map<string, SlidingWindow>()

  function latelyIn(
    known: Map<string, SlidingWindow>,
    key: string,
    rates: readonly RateLimit[],
  ): SlidingWindow {
    const lately = known.get(key) ?? new SlidingWindow(rates)
    known.set(key, lately)
    return lately
  }

  return {
    reserve(place, now, what = 'message') {
      const pace = paces[place.platform] ?? noLimits
      const workspace = workspaceKey(place)
      const kept = [
        latelyIn(conversations, conversationKey(place), pace.conversation),
        latelyIn(workspaces, workspace, pace.workspace),
        ...(what === 'change' ? [latelyIn(changes, workspace, pace.edits)] : []),
      ]
      let at = now.getTime()
      for (const lately of kept) lately.add(at)
      return {
        moveTo(later) {
          for (const lately of kept) lately.move(at, later.getTime())
          at = later.getTime()
        },
      }
    },

    capacity(now) {
      const at = now.getTime()
      for (const known of [conversations, workspaces, changes]) evictExpired(known, at)
      const held = [...conversations].filter(([, lately]) => lately.remaining(at) === 0)
      const left = [...workspaces].map(([key, lately]) => {
        const messages = lately.remaining(at)
        const forChanges = changes.get(key)?.remaining(at) ?? messages
        return [key, { messages, changes: Math.min(messages, forChanges) }] as const
      })
      const waits = [...conversations.values(), ...workspaces.values(), ...changes.values()]
        .map((lately) => lately.nextSlot())
        .filter((moment) => moment > at)
      const until = waits.length > 0 ? new Date(Math.min(...waits)) : undefined
      return {
        blockedConversations: held.map(([key]) => key),
        remaining: new Map(left),
        nextFreeAt: until,
      }
    },
  }
}

function evictExpired(known: Map<string, SlidingWindow>, at: number): void {
  for (const [key, lately] of known) if (lately.isExpired(at)) known.delete(key)
}

/** When something was said, as long as it counts. */
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
