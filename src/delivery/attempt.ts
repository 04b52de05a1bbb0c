import { setTimeout as delay } from 'node:timers/promises'
import type { Clock } from '../base/clock.ts'
import type { Log } from '../base/log.ts'
import type { AdaptiveCard, Card } from '../chat/cards.ts'
import type { Address, PlatformName } from '../chat/invocation.ts'
import { type ChatPlatform, Gone, RateLimited, Rejected, Unavailable } from '../chat/port.ts'
import type { Claim } from './claims.ts'
import {
  afterLook,
  afterSend,
  begin,
  type LookOutcome,
  type Next,
  type Outcome,
  type Random,
  threadOf,
  tooLate,
} from './lifecycle.ts'

/** How long one call to a platform may take before its answer counts as lost. */
export const patienceMs = 60_000

export interface AttemptParts {
  readonly platforms: ReadonlyMap<PlatformName, ChatPlatform>
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
  readonly expand: (card: Card) => AdaptiveCard
}

/** One attempt at a delivery in hand: looks for it if it may stand already, then sends it. Gives what comes next. */
export async function attempt(parts: AttemptParts, claim: Claim): Promise<Next> {
  const { clock, random } = parts
  const platform = parts.platforms.get(claim.place.platform)
  if (!platform)
    throw new Error(`${claim.place.platform} is not set up, yet "${claim.key}" was claimed`)

  const root = threadOf(claim.root)
  if ('state' in root) return root

  const beginning = begin(claim.attempt)
  if (isNext(beginning)) return beginning
  if (beginning !== 'send') {
    const found = await look(parts, platform, claim, beginning.look, root.thread)
    const next = afterLook(claim.attempt, found, clock.now(), random)
    if (next !== 'send') return next
  }

  const drawn = draw(parts, claim)
  if ('state' in drawn) return drawn

  // A process that was frozen since it claimed this must not send what another has sent meanwhile. (Frozen between
  // here and the post, it still could: no platform takes a lease along with a message.)
  if (clock.now() >= claim.until) return tooLate(claim.attempt, clock.now())

  const message = { key: claim.key, card: drawn.card, thread: root.thread }
  const sent = await outcomeOf<Outcome>(parts, claim, async () => {
    return { kind: 'sent', address: await platform.send(claim.place, message) }
  })
  return afterSend(claim.attempt, sent, clock.now(), random)
}

function isNext(beginning: ReturnType<typeof begin>): beginning is Next {
  return typeof beginning === 'object' && 'state' in beginning
}

function look(
  parts: AttemptParts,
  platform: ChatPlatform,
  claim: Claim,
  since: Date,
  thread: Address | undefined,
): Promise<LookOutcome> {
  return outcomeOf<LookOutcome>(parts, claim, async () => {
    const found = await platform.find(claim.place, claim.key, since, thread)
    return typeof found === 'string' ? { kind: found } : { kind: 'sent', address: found }
  })
}

/** The card, if it can be drawn. The fault's own words could quote the card's data, so they are left out. */
function draw(parts: AttemptParts, claim: Claim): { card: Card } | Next {
  try {
    const card = claim.card()
    parts.expand(card)
    return { card }
  } catch (error) {
    const fault = error instanceof Error ? error.name : typeof error
    return { state: 'dead', reason: `its card cannot be drawn from its data (${fault})` }
  }
}

/** How a call to the platform ended, its errors too. One without an answer in time may have worked. */
async function outcomeOf<Ending>(
  parts: AttemptParts,
  claim: Claim,
  call: () => Promise<Ending>,
): Promise<Ending | Outcome> {
  try {
    return await withinPatience(call())
  } catch (error) {
    if (error instanceof RateLimited) return { kind: 'rate limited', afterMs: error.afterMs }
    if (error instanceof Gone) return { kind: 'gone', reason: error.message }
    if (error instanceof Rejected) return { kind: 'rejected', reason: error.message }
    if (error instanceof Unavailable) {
      return { kind: 'unavailable', posted: error.posted, reason: error.message }
    }
    parts.log.error({ err: error, delivery: claim.key }, 'A platform failed outside its contract')
    return { kind: 'unavailable', posted: 'perhaps', reason: 'a fault in Milepost, see its log' }
  }
}

async function withinPatience<T>(work: Promise<T>): Promise<T> {
  const done = new AbortController()
  const timeUp = delay(patienceMs, undefined, { signal: done.signal, ref: false }).then(() => {
    throw new Unavailable(`no answer within ${patienceMs / 1_000} s`, 'perhaps')
  })
  try {
    return await Promise.race([work, timeUp])
  } finally {
    done.abort()
  }
}
