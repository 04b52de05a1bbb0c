import type { PlatformName } from '../base/addresses.ts'
import type { Clock } from '../base/clock.ts'
import type { Log } from '../base/log.ts'
import { realTimers, type Timers } from '../base/timeout.ts'
import { noteInSpan, outsideTrace, type Tracer, trace } from '../base/tracing.ts'
import { type AdaptiveCard, type Card, expandCard as expandTemplate } from '../chat/cards.ts'
import type { PlatformRateLimits } from '../chat/platform-definition.ts'
import type { ChatPlatform } from '../chat/port.ts'
import type { Database } from '../infra/db.ts'
import { type AttemptObserver, attemptSend, type ResendPolicy } from './attempt.ts'
import type { Random } from './backoff.ts'
import { createCircuitBreaker } from './circuit-breaker.ts'
import { type Claim, type ClaimOptions, claimDue } from './claim-store.ts'
import { concurrencyLimits } from './concurrency.ts'
import { logEditResult, logSendResult } from './dispatch-log.ts'
import { applyEdit } from './edit-attempt.ts'
import { createInFlight, retryPersist } from './in-flight.ts'
import type { Lease } from './lease.ts'
import { claimEdits, type EditClaim, recordEditResult } from './message-edits.ts'
import { annotateUnconfigured, nextWakeup } from './next-wakeup.ts'
import { type AddressBook, recordWithAddress } from './person-address.ts'
import {
  type ConversationRef,
  conversationKey,
  createRateLimiter,
  type Reservation,
  workspaceKey,
} from './rate-limiter.ts'
import { createReroute } from './reroute.ts'
import type { Revalidator } from './revalidate.ts'
import { createSignal } from './signal.ts'
import { leaveEditToProbe, leaveToProbe, type Transition } from './state-machine.ts'
import { createWorkspaceGate } from './workspace-gate.ts'

/** How many messages and edits are sent at once, of all workspaces together. */
const maxInFlight = 128
const batchDelayMs = 10
const maxPollIntervalMs = 1_000

export interface DispatcherParts {
  readonly db: Database
  /** Those that are set up. Messages to another platform wait until it is. */
  readonly platforms: ReadonlyMap<PlatformName, ChatPlatform>
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
  readonly rateLimits: Readonly<Record<PlatformName, PlatformRateLimits>>
  /** Renders a card, to find out before it is sent that it cannot be rendered. */
  readonly expand?: (card: Card) => AdaptiveCard
  /** Absent: every message is still true. */
  readonly revalidate?: Revalidator
  /** Absent: a message that may have been sent is left to a person. */
  readonly resendPolicy?: ResendPolicy
  /** Absent: a message goes where it was addressed to. */
  readonly addressBook?: AddressBook
  /** Left out: time passes by itself. */
  readonly timers?: Timers
  /** Measures each attempt. Left out: nothing is measured. */
  readonly tracer?: Tracer | undefined
  /** Called after each attempt at a message. */
  readonly onAttempt?: (event: AttemptEvent) => void
}

/** For the metrics. */
export interface AttemptEvent {
  readonly platform: PlatformName
  readonly kind: string
  readonly state: Transition['state']
}

export interface Dispatcher {
  /**
   * Claims and sends all due messages and edits; returns how many. May run at any time and in any number of processes;
   * within one process, overlapping calls share one run. @throws where the database fails: what was due stays due
   */
  dispatchDue(): Promise<number>
  /**
   * The first moment after `since` at which there is more to do: a wait ends, a rate limit allows more, a lease expires.
   * Give the moment at which dispatchDue began, so that nothing that came due while it ran is missed: the answer may
   * then be in the past.
   */
  nextDue(since: Date): Promise<Date | undefined>
  /** Extends the leases of all that is being sent; call it every few seconds. @throws where the database fails */
  renewLeases(): Promise<void>
  /** Claims nothing more and waits for what is being sent. */
  stop(): Promise<void>
}

/** The outcome of a run so far. */
interface DispatchRun {
  handled: number
  /** Number of the request at which the database failed: the next request tries again. */
  databaseFailedAtRequest: number | undefined
  readonly failures: unknown[]
}

export function createDispatcher(parts: DispatcherParts): Dispatcher {
  const { db, clock, log, rateLimits, timers = realTimers } = parts
  const platforms = [...parts.platforms.keys()]
  const rateLimiter = createRateLimiter(rateLimits)
  const circuit = createCircuitBreaker()
  const reroute = createReroute(db, parts.addressBook, platforms)
  const gate = createWorkspaceGate(db, clock, () => stopping, timers, reroute)
  const inFlight = createInFlight(db, clock)
  const attemptParts = { ...parts, expand: parts.expand ?? expandTemplate }
  const changed = createSignal(timers)
  let requests = 0
  let running: Promise<number> | undefined
  let stopping = false

  /** Claims and starts what is due, again whenever more may have become due, until nothing is in flight. */
  async function run(): Promise<number> {
    const outcome: DispatchRun = { handled: 0, databaseFailedAtRequest: undefined, failures: [] }
    for (;;) {
      const requestsSeen = requests
      const before = inFlight.items.length
      const found = await startDue(outcome)
      if (inFlight.items.length > 0) await waitForChange()
      // What ended while we claimed made room, and a request that came meanwhile may be due.
      else if (before + found === 0 && requestsSeen === requests) break
    }
    if (outcome.failures.length > 0) throw outcome.failures[0]
    return outcome.handled
  }

  /** Claims and starts what is due; returns how much. */
  async function startDue(outcome: DispatchRun): Promise<number> {
    if (stopping || outcome.databaseFailedAtRequest === requests) return 0
    try {
      await gate.refresh()
      const messages = await claimDue(db, options('messages'))
      for (const claim of messages) {
        start(claim.place, 'message', claim, outcome, (observer) => tracedSend(claim, observer))
      }
      const edits = await claimEdits(db, options('changes'))
      for (const claim of edits) {
        start(claim.address.place, 'change', claim, outcome, (observer) =>
          trace(parts.tracer, 'outbox edit', {}, () => edit(claim, observer)),
        )
      }
      return messages.length + edits.length
    } catch (error) {
      outcome.databaseFailedAtRequest = requests
      outcome.failures.push(error)
      return 0
    }
  }

  function options(what: 'messages' | 'changes'): ClaimOptions {
    const now = clock.now()
    const { items } = inFlight
    const capacity = rateLimiter.capacity(now)
    return {
      now,
      platforms,
      blockedConversations: capacity.blockedConversations,
      concurrencyLimits: concurrencyLimits({
        what,
        capacity,
        rateLimits,
        openCircuits: openCircuits(now),
        workspacesInFlight: workspacesInFlight(),
      }),
      limit: maxInFlight - items.length,
      inFlightIds: items.map(({ id }) => id),
    }
  }

  const workspacesInFlight = () => inFlight.items.map(({ workspace }) => workspace)

  const openCircuits = (now: Date) => [
    ...circuit.openCircuits(now),
    ...gate.openCircuits(now, workspacesInFlight()),
  ]

  function start(
    place: ConversationRef,
    what: 'message' | 'change',
    { id, lease }: { readonly id: string; readonly lease: Lease },
    outcome: DispatchRun,
    work: (observer: AttemptObserver) => Promise<void>,
  ): void {
    const workspace = workspaceKey(place)
    const item = { id, workspace, lease }
    const reservation = rateLimiter.reserve(place, clock.now(), what)
    circuit.recordStart(workspace)
    inFlight.add(item)
    work(observerOf(place, reservation))
      .then(
        () => {
          outcome.handled += 1
        },
        (error: unknown) => {
          outcome.failures.push(error)
        },
      )
      .finally(() => {
        inFlight.remove(item)
        circuit.recordEnd(workspace)
        changed.notify()
      })
  }

  function observerOf(place: ConversationRef, reservation: Reservation): AttemptObserver {
    return {
      onSending: () => reservation.moveTo(clock.now()),
      onResult(result) {
        const workspace = workspaceKey(place)
        const fail = (afterMs?: number) =>
          circuit.recordFailure(workspace, conversationKey(place), clock.now(), afterMs)
        if (result.kind === 'rate limited') fail(result.retryAfterMs)
        else if (result.kind === 'unavailable') fail()
        else if (result.kind !== 'cannot tell' && result.kind !== 'workspace broken') {
          circuit.recordSuccess(workspace)
        }
        return result
      },
    }
  }

  /** Goes on with the trace of what enqueued the message. */
  function tracedSend(claim: Claim, observer: AttemptObserver): Promise<void> {
    const { kind: messageKind, place, attempt, traceparent } = claim
    const facts = { messageKind, platform: place.platform, attempt: attempt.attempts }
    const work = () => send(claim, observer)
    return trace(parts.tracer, 'outbox message', facts, work, traceparent)
  }

  async function send(claim: Claim, observer: AttemptObserver): Promise<void> {
    const made = await gate.attempt(claim, observer, (watched) =>
      attemptSend(attemptParts, claim, watched),
    )
    const ended = made === 'not now' ? leaveToProbe(claim.attempt, clock.now()) : made
    const recorded = await retryPersist(
      () => recordWithAddress(db, parts.addressBook, claim, ended, clock.now()),
      () => stopping,
      timers,
    )
    logSendResult(log, claim, recorded ?? 'taken over')
    const { kind, place } = claim
    noteInSpan({ state: recorded?.state ?? 'taken over' })
    if (recorded) parts.onAttempt?.({ platform: place.platform, kind, state: recorded.state })
  }

  async function edit(claim: EditClaim, observer: AttemptObserver): Promise<void> {
    const { lastFailure, attempts } = claim
    const made = await gate.attempt(
      { place: claim.address.place, lastFailure },
      observer,
      (watched) => applyEdit(attemptParts, claim, watched),
    )
    const next = made === 'not now' ? leaveEditToProbe(attempts, clock.now()) : made
    const isHeld = await retryPersist(
      () => recordEditResult(db, claim, next),
      () => stopping,
      timers,
    )
    logEditResult(log, claim, isHeld ? next : 'taken over')
  }

  /** Waits until something ends, more is requested, or a rate limit or an open circuit ends. */
  async function waitForChange(): Promise<void> {
    await changed.wait(msUntilFree())
    // What ends at about the same time is followed by one claim.
    if (inFlight.items.length > 0) await timers.sleep(batchDelayMs)
  }

  function msUntilFree(): number {
    const now = clock.now()
    const moments = [
      rateLimiter.capacity(now).nextFreeAt,
      ...openCircuits(now).map(({ openUntil }) => openUntil),
    ]
    const waits = moments.map((moment) => (moment ? moment.getTime() - now.getTime() : 0))
    return Math.min(maxPollIntervalMs, ...waits.filter((ms) => ms > 0))
  }

  return {
    async dispatchDue() {
      if (stopping) return 0
      await annotateUnconfigured(db, platforms)
      requests += 1
      changed.notify()
      // It serves all messages, whatever request woke it.
      running ??= outsideTrace(run).finally(() => {
        running = undefined
      })
      return running
    },

    async nextDue(since) {
      const moments = [
        await nextWakeup(db, since, platforms),
        rateLimiter.capacity(since).nextFreeAt,
        ...openCircuits(since).map(({ openUntil }) => openUntil),
      ]
      return moments
        .filter((moment) => moment !== undefined)
        .sort((a, b) => a.getTime() - b.getTime())[0]
    },

    renewLeases: () => inFlight.renew(),

    async stop() {
      stopping = true
      changed.notify()
      // The caller of dispatchDue gets the error.
      await running?.catch(() => {})
    },
  }
}
