import type { Address, Place } from '../base/addresses.ts'
import { backoffMs, type Random, rateLimitWaitMs } from './backoff.ts'
import type { Failure } from './error-codes.ts'

// What comes next for a message, given how an attempt at it ended. Pure: the dispatcher does what these functions say.
//
// The danger is the moment between the platform taking a message and our record of it. A process that may have died or
// lost the answer there must look for the message before it sends again. Where nobody can look, the message is left
// uncertain for a person to judge: a repeat in front of a whole council is worse than a gap that somebody can see.

const second = 1_000
const minute = 60 * second

/** Attempts after which we stop. With the longest backoffs that is most of a day. */
export const maxAttempts = 100
/** Time after the first attempt at which we stop: a message that is a day late helps nobody. */
export const giveUpAfterMs = 24 * 60 * minute
/** A post whose answer was lost may still be under way: it gets this long to arrive before we look for it. */
export const lookupDelayMs = 30 * second
/** The platform's clock and ours may differ by this much when we look for messages posted since a moment. */
export const clockSkewMs = 5 * minute

/** A message at the beginning of an attempt. */
export interface Attempt {
  /** Attempts so far, this one included. */
  readonly attempts: number
  readonly firstTriedAt: Date
  /** Set where an earlier attempt may have posted it: since when. */
  readonly possiblySentAt: Date | undefined
}

export type SendResult =
  | { readonly kind: 'sent'; readonly address: Address }
  | (Failure & {
      readonly kind: 'rate limited'
      readonly retryAfterMs: number
      /** It asked for more than anybody waits: somebody has to look into it. */
      readonly isCapped?: boolean
    })
  | (Failure & { readonly kind: 'unavailable'; readonly posted: 'no' | 'perhaps' })
  | (Failure & { readonly kind: 'gone'; readonly who: 'person' | 'channel' })
  | (Failure & { readonly kind: 'workspace broken'; readonly mayConcernRecipient: boolean })
  | (Failure & { readonly kind: 'rejected' })

/** How a call to a platform failed. */
export type FailedCall = Exclude<SendResult, { kind: 'sent' }>

/** How an edit of a message ended. */
export type EditResult = FailedCall | { readonly kind: 'changed' }

/** What a lookup found, or how it failed. */
export type LookupResult =
  | SendResult
  | { readonly kind: 'not there' }
  | { readonly kind: 'cannot tell' }

export type Transition =
  /** `wasGone`: the platform had called its person gone from there. */
  | { readonly state: 'sent'; readonly address: Address; readonly wasGone?: boolean }
  | WaitingTransition
  | (Failure & { readonly state: 'uncertain' })
  /** What it says is no longer true. */
  | (Failure & { readonly state: 'dropped' })
  /** `gone`: there is nobody any more to send it to. */
  | (Failure & { readonly state: 'dead'; readonly gone?: true })

export interface WaitingTransition extends Failure {
  readonly state: 'waiting'
  readonly notBefore: Date
  /** Whether the next attempt has to look first. */
  readonly isPossiblySent: boolean
  /** Attempts that count. */
  readonly attempts: number
  /** The next attempt may repeat the message, so the message says that it is sent again. */
  readonly isResend?: true
  /** It goes to another address of its person from now on. */
  readonly place?: Place
  /** The day after which it is given up begins with the next attempt. */
  readonly startsDayAnew?: true
}

/** How an attempt begins: with sending, with a lookup, or not at all. */
export type FirstStep =
  | { readonly kind: 'send' }
  | { readonly kind: 'look up'; readonly since: Date }
  | { readonly kind: 'stop'; readonly transition: Transition }

/** Expired leases count as attempts, so a message that ends its process each time is given up as well. */
export function firstStep(attempt: Attempt): FirstStep {
  const { possiblySentAt } = attempt
  if (attempt.attempts > maxAttempts) {
    const reason = 'every attempt broke off before it was done'
    return { kind: 'stop', transition: giveUp(reason, possiblySentAt !== undefined) }
  }
  if (!possiblySentAt) return { kind: 'send' }
  return { kind: 'look up', since: new Date(possiblySentAt.getTime() - clockSkewMs) }
}

/** What follows from a lookup; 'send' where the message is not there. */
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
      return {
        state: 'uncertain',
        code: 'lookup_impossible',
        reason: 'nobody can look whether it was posted',
      }
    case 'gone':
    case 'rejected': {
      const reason = `looking for it was refused: ${found.reason}`
      return { state: 'uncertain', code: found.code, reason }
    }
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
  const isPossiblySent = sent.kind === 'unavailable' && sent.posted === 'perhaps'
  return transitionFor(attempt, sent, isPossiblySent, now, random)
}

/** What follows from being uncertain where the programme prefers a repeat to a gap. Once only. */
export function resendOnce({ code, reason }: Failure, attempt: Attempt, now: Date): Transition {
  return {
    ...waitingUntil(now, attempt.attempts, { code, reason }),
    isResend: true,
  }
}

/** What comes next for an edit. One that is over may have failed: then `failure` says why. */
export type EditTransition =
  | (Failure & {
      readonly state: 'waiting'
      readonly notBefore: Date
      readonly attempts: number
      readonly startsDayAnew?: true | undefined
    })
  | { readonly state: 'over'; readonly failure?: Failure }

/** What follows from an edit. Editing twice in the same way does no harm, so nobody has to look. */
export function afterEdit(
  attempt: Omit<Attempt, 'possiblySentAt'>,
  result: EditResult,
  now: Date,
  random: Random,
): EditTransition {
  if (result.kind === 'changed') return { state: 'over' }
  const next = transitionFor({ ...attempt, possiblySentAt: undefined }, result, false, now, random)
  if (next.state === 'sent') return { state: 'over' }
  const { code, reason } = next
  if (next.state !== 'waiting') return { state: 'over', failure: { code, reason } }
  const { notBefore, attempts, startsDayAnew } = next
  return { state: 'waiting', notBefore, attempts, startsDayAnew, code, reason }
}

const leaseExpiredFailure: Failure = {
  code: 'lease_expired',
  reason: 'its process stood still for too long',
}

/** What follows where the lease expired before the message was sent. Written only if nobody took it over yet. */
export function leaseExpired({ attempts }: Attempt, now: Date): Transition {
  return waitingUntil(now, attempts, leaseExpiredFailure)
}

/** The same for an edit. */
export function editLeaseExpired(attempts: number, now: Date): EditTransition {
  return { state: 'waiting', notBefore: now, attempts, ...leaseExpiredFailure }
}

/** What follows where revalidation puts it off. Nothing was tried, so the attempt does not count. */
export function defer({ attempts }: Attempt, until: Date, reason: string): Transition {
  return waitingUntil(until, attempts - 1, { code: 'deferred', reason })
}

/**
 * What follows where its person is written to elsewhere: an account was taken from them, or nobody was there. Nothing was
 * posted, so the attempt does not count.
 */
export function readdress(
  { attempts }: Attempt,
  place: Place,
  failure: Failure,
  now: Date,
): Transition {
  return { ...waitingUntil(now, attempts - 1, failure), place }
}

/**
 * What follows where its workspace is broken and another message tries it. Nothing was tried, so all stays as it was.
 */
export function leaveToProbe({ attempts, possiblySentAt }: Attempt, now: Date): WaitingTransition {
  const isPossiblySent = possiblySentAt !== undefined
  return waitingUntil(now, attempts - 1, workspaceBrokenFailure, isPossiblySent)
}

/** The same for an edit. */
export function leaveEditToProbe(attempts: number, now: Date): EditTransition {
  return { state: 'waiting', notBefore: now, attempts: attempts - 1, ...workspaceBrokenFailure }
}

const workspaceBrokenFailure: Failure = {
  code: 'workspace_broken',
  reason: 'its workspace refuses Milepost, and another message tries it',
}

function waitingUntil(
  notBefore: Date,
  attempts: number,
  { code, reason }: Failure,
  isPossiblySent = false,
): WaitingTransition {
  return { state: 'waiting', notBefore, isPossiblySent, attempts, code, reason }
}

function transitionFor(
  attempt: Attempt,
  result: SendResult,
  isPossiblySent: boolean,
  now: Date,
  random: Random,
): Transition {
  switch (result.kind) {
    case 'sent':
      return { state: 'sent', address: result.address }
    case 'gone':
      return { state: 'dead', code: result.code, reason: result.reason, gone: true }
    case 'rejected':
      return { state: 'dead', code: result.code, reason: result.reason }
    case 'workspace broken':
      // It is the workspace that waits (workspace-gate.ts): the message neither counts attempts nor grows older.
      return {
        ...waitingUntil(now, attempt.attempts - 1, result, isPossiblySent),
        startsDayAnew: true,
      }
    case 'rate limited': {
      if (isTooOld(attempt, now)) return giveUp(result.reason, isPossiblySent)
      // Nothing was tried, so it does not count. The jitter keeps all that waited from returning as one crowd.
      const waitMs =
        rateLimitWaitMs(result.retryAfterMs, ageMs(attempt, now), random) + random() * second
      return waitingUntil(later(now, waitMs), attempt.attempts - 1, result, isPossiblySent)
    }
    case 'unavailable': {
      const { attempts } = attempt
      if (attempts >= maxAttempts || isTooOld(attempt, now)) {
        return giveUp(result.reason, isPossiblySent)
      }
      const delayMs = (isPossiblySent ? lookupDelayMs : 0) + backoffMs(attempts, random)
      return waitingUntil(later(now, delayMs), attempts, result, isPossiblySent)
    }
  }
}

/** A message that people may have read is never called dead. */
function giveUp(reason: string, isPossiblySent: boolean): Transition {
  return isPossiblySent
    ? { state: 'uncertain', code: 'gave_up', reason: `gave up looking for it: ${reason}` }
    : { state: 'dead', code: 'gave_up', reason: `gave up: ${reason}` }
}

function isTooOld(attempt: Attempt, now: Date): boolean {
  return ageMs(attempt, now) >= giveUpAfterMs
}

function ageMs({ firstTriedAt }: Attempt, now: Date): number {
  return now.getTime() - firstTriedAt.getTime()
}

function later(now: Date, ms: number): Date {
  return new Date(now.getTime() + Math.max(0, Math.round(ms)))
}
