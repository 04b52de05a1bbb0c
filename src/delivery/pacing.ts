import type { PlatformName } from '../chat/invocation.ts'

// How fast a platform lets us speak. Keeping below its limits is kinder than being told to wait: an answer 429
// costs a round trip, and on Slack too many of them cost the app its events.

/** At most `messages` in any `perMs` milliseconds. */
export interface Rate {
  readonly messages: number
  readonly perMs: number
}

export interface Pace {
  readonly conversation: readonly Rate[]
  readonly workspace: readonly Rate[]
}

/**
 * Slack: one message a second in a channel, "several hundred" a minute in a workspace
 * (https://docs.slack.dev/apis/web-api/rate-limits). Teams: in a thread 7 a second, 60 in 30 seconds, 1800 an hour;
 * in a tenant 50 a second (https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit).
 */
export const platformPaces: Readonly<Record<PlatformName, Pace>> = {
  slack: {
    conversation: [{ messages: 1, perMs: 1_000 }],
    workspace: [{ messages: 200, perMs: 60_000 }],
  },
  teams: {
    conversation: [
      { messages: 7, perMs: 1_000 },
      { messages: 60, perMs: 30_000 },
      { messages: 1_800, perMs: 3_600_000 },
    ],
    workspace: [{ messages: 50, perMs: 1_000 }],
  },
}

/**
 * The first moment at which one more message keeps every rate. `sent`: moments of the messages before, oldest first.
 * All moments in milliseconds since 1970; the answer may lie in the past.
 */
export function freeAt(sent: readonly number[], rates: readonly Rate[]): number {
  const moments = rates.map(({ messages, perMs }) => {
    const oldestThatCounts = sent.at(-messages)
    return oldestThatCounts === undefined ? Number.NEGATIVE_INFINITY : oldestThatCounts + perMs
  })
  return Math.max(Number.NEGATIVE_INFINITY, ...moments)
}

/** Where nothing may be said for the moment, and when the first of them is free again. */
export interface Held {
  readonly keys: readonly string[]
  readonly until: Date | undefined
}

export interface Pacer {
  /** Notes one message on its way. */
  note(place: Addressee, now: Date): void
  held(now: Date): Held
}

/** As much of a place as pacing looks at. */
export interface Addressee {
  readonly platform: PlatformName
  readonly tenant: string
  readonly conversation: string
}

/** How a workspace is named in `Held`. */
function workspaceKey(place: Omit<Addressee, 'conversation'>): string {
  return `${place.platform}/${place.tenant}`
}

/** How a conversation is named in `Held`. */
function conversationKey(place: Addressee): string {
  return `${workspaceKey(place)}/${place.conversation}`
}

/**
 * Remembers what was sent lately, in this process. Another replica paces itself; if together they are too fast,
 * the platform says so and the delivery waits as it is told.
 */
export function createPacer(paces: Readonly<Record<PlatformName, Pace>>): Pacer {
  const lately = new Map<string, { rates: readonly Rate[]; sent: number[] }>()

  function noteOne(key: string, rates: readonly Rate[], at: number): void {
    const known = lately.get(key)?.sent ?? []
    const counting = known.filter((moment) => at - moment < longest(rates))
    lately.set(key, { rates, sent: [...counting, at] })
  }

  function held(now: Date): Held {
    const at = now.getTime()
    const keys: string[] = []
    let until = Number.POSITIVE_INFINITY
    for (const [key, { rates, sent }] of lately) {
      const free = freeAt(sent, rates)
      if (free > at) {
        keys.push(key)
        until = Math.min(until, free)
      } else if (at - (sent.at(-1) ?? at) >= longest(rates)) {
        lately.delete(key)
      }
    }
    return { keys, until: keys.length > 0 ? new Date(until) : undefined }
  }

  return {
    note(place, now) {
      const pace = paces[place.platform]
      noteOne(workspaceKey(place), pace.workspace, now.getTime())
      noteOne(conversationKey(place), pace.conversation, now.getTime())
    },
    held,
  }
}

function longest(rates: readonly Rate[]): number {
  return Math.max(0, ...rates.map((rate) => rate.perMs))
}
