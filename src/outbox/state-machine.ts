import type { Address } from '../base/addresses.ts'

// What comes next for a delivery, given how an attempt at it ended. Pure: the dispatcher does what is said here.
//
// The danger is the moment between the platform taking a message and the ledger noting it. Whoever might have died
// or lost the answer there must look before sending again; where nobody can look, the delivery is left uncertain
// for a person to judge, because a repeat in front of a whole council is worse than a gap somebody can see.

const second = 1_000
const minute = 60 * second

/** Attempts after which we stop. At the longest waits that is most of a day. */
export const maxAttempts = 100
/** Time after the first attempt at which we stop: what is a day late helps nobody. */
export const giveUpAfterMs = 24 * 60 * minute
/** The longest wait between attempts, unless the platform itself asks for more. */
export const maxBackoffMs = 15 * minute
/** A post whose answer was lost may still be under way: it gets this long to arrive before we look for it. */
export const lookupDelayMs = 30 * second
/** The platform's clock and ours may differ by this much when we look for what was posted since a moment. */
export const clockSkewMs = 5 * minute

/** A delivery at the beginning of an attempt. */
export interface Attempt {
  /** Attempts so far, this one included. */
  readonly attempts: number
  readonly firstTriedAt: Date
  /** Set where an earlier attempt may have posted it: since when. */
  readonly possiblySentAt: Date | undefined
}

export type SendResult =
  | { readonly kind: 'sent'; readonly address: Address }
  | { readonly kind: 'rate limited'; readonly retryAfterMs: number }
  | {
      readonly kind: 'unavailable'
      readonly posted: 'no' | 'perhaps'
      readonly reason: string
    }
  | { readonly kind: 'gone'; readonly reason: string }
  | { readonly kind: 'rejected'; readonly reason: string }

/** How a change of a message ended. */
export type EditResult = Exclude<SendResult, { kind: 'sent' }> | { readonly kind: 'changed' }

/** What looking for it can find, or how looking failed. */
export type LookupResult =
  | SendResult
  | { readonly kind: 'not there' }
  | { readonly kind: 'cannot tell' }

export type Transition =
  | { readonly state: 'sent'; readonly address: Address }
  | {
      readonly state: 'waiting'
      readonly notBefore: Date
      /** Whether the next attempt has to look first. */
      readonly isPossiblySent: boolean
      /** Attempts that count. */
      readonly attempts: number
      readonly reason: string
      /** It is said a second time then, and says so. */
      readonly isResend?: true
    }
  | { readonly state: 'uncertain'; readonly reason: string }
  /** What it says is no longer so. */
  | { readonly state: 'dropped'; readonly reason: string }
  /** `gone`: there is nobody any more to send it to. */
  | { readonly state: 'dead'; readonly reason: string; readonly gone?: true }

/** A number from 0 up to 1, like Math.random. */
export type Random = () => number

/** How an attempt begins. One that ended its process each time (expired claims count) begins no more. */
export function nextStep(attempt: Attempt): 'send' | { look: Date } | Transition {
  const { possiblySentAt } = attempt
  if (attempt.attempts > maxAttempts) {
    return giveUp('every attempt broke off before it was done', possiblySentAt !== undefined)
  }
  if (!possiblySentAt) return 'send'
  return { look: new Date(possiblySentAt.getTime() - clockSkewMs) }
}

/** What follows from looking; 'send' where it is not there. */
export function afterLookup(
  attempt: Attempt,
  found: LookupResult,
  now: Date,
  random: Random,
): 'send' | Transition {
  switch (found.kind) {
    case 'not there':
      return 'send'
    case 'cannot tell':
      return { state: 'uncertain', reason: 'nobody can look whether it was posted' }
    case 'gone':
    case 'rejected':
      return { state: 'uncertain', reason: `looking for it was refused: ${found.reason}` }
    default:
      return transitionFor(attempt, found, true, now, random)
  }
}

/** What follows from sending. */
export function afterSend(
  attempt: Attempt,
  sent: SendResult,
  now: Date,
  random: Random,
): Transition {
  const maybe = sent.kind === 'unavailable' && sent.posted === 'perhaps'
  return transitionFor(attempt, sent, maybe, now, random)
}

/** What follows from being uncertain where the programme would rather read it twice than not at all. Once only. */
export function resendOnce(uncertain: Transition, { attempts }: Attempt, now: Date): Transition {
  const { reason } = { reason: 'it may stand there already', ...uncertain }
  return {
    state: 'waiting',
    notBefore: now,
    isPossiblySent: false,
    attempts,
    reason,
    isResend: true,
  }
}

/** What comes next for a message to be brought up to date. What is over may have failed: then `reason` says why. */
export type EditTransition =
  | {
      readonly state: 'waiting'
      readonly notBefore: Date
      readonly attempts: number
      readonly reason: string
    }
  | { readonly state: 'over'; readonly reason?: string }

/** What follows from changing a message. To change it twice in the same way does no harm, so nobody has to look. */
export function afterEdit(
  attempt: Omit<Attempt, 'possiblySentAt'>,
  changed: EditResult,
  now: Date,
  random: Random,
): EditTransition {
  if (changed.kind === 'changed') return { state: 'over' }
  const next = transitionFor({ ...attempt, possiblySentAt: undefined }, changed, false, now, random)
  if (next.state !== 'waiting') {
    return { state: 'over', reason: 'reason' in next ? next.reason : 'it was sent instead' }
  }
  const { notBefore, attempts, reason } = next
  return { state: 'waiting', notBefore, attempts, reason }
}

/** What follows where the claim ran out before the message was sent. Written only if nobody took it over yet. */
export function leaseExpired({ attempts }: Attempt, now: Date): Transition {
  const reason = 'the process that had it in hand stood still for too long'
  return { state: 'waiting', notBefore: now, isPossiblySent: false, attempts, reason }
}

/** What follows where now is no time to send it. Nothing was tried, so it does not count. */
export function defer({ attempts }: Attempt, until: Date, reason: string): Transition {
  return {
    state: 'waiting',
    notBefore: until,
    isPossiblySent: false,
    attempts: attempts - 1,
    reason,
  }
}

function transitionFor(
  attempt: Attempt,
  outcome: SendResult,
  maybe: boolean,
  now: Date,
  random: Random,
): Transition {
  switch (outcome.kind) {
    case 'sent':
      return { state: 'sent', address: outcome.address }
    case 'gone':
      return { state: 'dead', reason: outcome.reason, gone: true }
    case 'rejected':
      return { state: 'dead', reason: outcome.reason }
    case 'rate limited': {
      // Nothing was tried, so it does not count; a little jitter keeps the held ones from returning as one crowd.
      const seconds = Math.ceil(outcome.retryAfterMs / second)
      const reason = `the platform asked to wait ${seconds} s`
      if (isTooOld(attempt, now)) return giveUp(reason, maybe)
      const notBefore = later(now, outcome.retryAfterMs + random() * second)
      return {
        state: 'waiting',
        notBefore,
        isPossiblySent: maybe,
        attempts: attempt.attempts - 1,
        reason,
      }
    }
    case 'unavailable': {
      const { reason } = outcome
      const { attempts } = attempt
      if (attempts >= maxAttempts || isTooOld(attempt, now)) return giveUp(reason, maybe)
      const notBefore = later(now, (maybe ? lookupDelayMs : 0) + backoffMs(attempts, random))
      return { state: 'waiting', notBefore, isPossiblySent: maybe, attempts, reason }
    }
  }
}

/**
 * Milliseconds to wait after so many attempts: anything up to 2 s, 4 s, 8 s … 15 min.
 * Full jitter, https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export function backoffMs(attempts: number, random: Random): number {
  return random() * Math.min(maxBackoffMs, 2 ** attempts * second)
}

/** Nothing is called dead that may stand in front of people. */
function giveUp(reason: string, maybe: boolean): Transition {
  return maybe
    ? { state: 'uncertain', reason: `gave up looking for it: ${reason}` }
    : { state: 'dead', reason: `gave up: ${reason}` }
}

function isTooOld(attempt: Attempt, now: Date): boolean {
  return now.getTime() - attempt.firstTriedAt.getTime() >= giveUpAfterMs
}

function later(now: Date, ms: number): Date {
  return new Date(now.getTime() + Math.max(0, Math.round(ms)))
}

/** The delivery in whose thread another is to stand, once it is no longer on its way. */
export interface ThreadRoot {
  readonly state: 'sent' | 'uncertain' | 'dead'
  readonly address: Address | undefined
}

export const rootNotSentReason = 'the message in whose thread it belongs was never sent'

/**
 * Where a follower stands. Of a root that is uncertain no address is known: the follower is sent outside a thread,
 * for what it says would otherwise be lost. Below a root that is dead it would make no sense: it dies with it.
 */
export function threadOf(
  root: ThreadRoot | undefined,
): { thread: Address | undefined } | Transition {
  if (root?.state !== 'dead') return { thread: root?.address }
  return { state: 'dead', reason: rootNotSentReason }
}
