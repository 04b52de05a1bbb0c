import { setTimeout as delay } from 'node:timers/promises'
import type { PlatformName } from '../base/addresses.ts'
import type { Clock } from '../base/clock.ts'
import type { Log } from '../base/log.ts'
import { type AdaptiveCard, type Card, expandCard as expandTemplate } from '../chat/cards.ts'
import type { PlatformRateLimits } from '../chat/platform-definition.ts'
import type { ChatPlatform } from '../chat/port.ts'
import type { Database } from '../infra/db.ts'
import { type AttemptObserver, attemptSend, type ResendPolicy } from './attempt.ts'
import { createCircuitBreaker } from './circuit-breaker.ts'
import { type Claim, type ClaimOptions, claimDue, recordResult } from './claim-store.ts'
import { concurrencyLimits } from './concurrency.ts'
import { applyEdit } from './edit-attempt.ts'
import { createInFlight, retryPersist } from './in-flight.ts'
import type { Lease } from './lease.ts'
import { claimEdits, type EditClaim, recordEditResult } from './message-edits.ts'
import { annotateUnconfigured, nextWakeup } from './next-wakeup.ts'
import {
  type ConversationRef,
  conversationKey,
  createRateLimiter,
  type Reservation,
  workspaceKey,
} from './rate-limiter.ts'
import type { Revalidator } from './revalidate.ts'
import { createSignal } from './signal.ts'
import type { EditTransition, Random, Transition } from './state-machine.ts'

/** How much is in hand at once, of all workspaces together. */
const maxInFlight = 128
const batchDelayMs = 10
const maxPollIntervalMs = 1_000

export interface DispatcherParts {
  readonly db: Database
  /** Those that are set up. What is addressed to another waits until it is. */
  readonly platforms: ReadonlyMap<PlatformName, ChatPlatform>
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
  readonly rateLimits: Readonly<Record<PlatformName, PlatformRateLimits>>
  /** How a card is drawn, to find out before it is sent that it cannot be. */
  readonly expand?: (card: Card) => AdaptiveCard
  /** Whether what was decided is still so. Absent: it is. */
  readonly revalidate?: Revalidator
  /** What is done with a message that may stand there, where nobody can look. Absent: it is left. */
  readonly resendPolicy?: ResendPolicy
  /** Told how a delivery stands after each attempt at it. */
  readonly onAttempt?: (told: AttemptEvent) => void
}

/** For figures. */
export interface AttemptEvent {
  readonly platform: PlatformName
  readonly kind: string
  readonly state: Transition['state']
}

export interface Dispatcher {
  /**
   * Claims and sends everything due now, and brings messages up to date; tells how many it handled. May run at any
   * time, any number of times, in any number of processes: within one, calls that overlap are one. Throws where the
   * database fails; what was due then stays due.
   */
  dispatchDue(): Promise<number>
  /**
   * The first moment after `since` at which there is more to do: a wait ends, a pace allows more, a claim runs out.
   * Ask since when dispatchDue began: what came due while it ran is then not missed, and the answer is in the past.
   */
  nextDue(since: Date): Promise<Date | undefined>
  /** Keeps what is in hand from being taken over; call it every few seconds. Throws where the database fails. */
  renewLeases(): Promise<void>
  /** Claims nothing more and waits for what is in hand. */
  stop(): Promise<void>
}

/** What one run did. */
interface DispatchRun {
  handled: number
  /** What had been asked for when the database failed: it is tried again when more is. */
  databaseFailedAtRequest: number | undefined
  readonly failures: unknown[]
}

export function createDispatcher(parts: DispatcherParts): Dispatcher {
  const { db, clock, log, rateLimits } = parts
  const platforms = [...parts.platforms.keys()]
  const pacer = createRateLimiter(rateLimits)
  const circuit = createCircuitBreaker()
  const hands = createInFlight(db, clock)
  const attemptParts = { ...parts, expand: parts.expand ?? expandTemplate }
  const changed = createSignal()
  let asked = 0
  let running: Promise<number> | undefined
  let stopping = false

  /** Looks for what is due and starts it, again whenever more may have become due, until nothing is in hand. */
  async function run(): Promise<number> {
    const done: DispatchRun = { handled: 0, databaseFailedAtRequest: undefined, failures: [] }
    for (;;) {
      const heard = asked
      const before = hands.items.length
      const found = await takeDue(done)
      if (hands.items.length > 0) await somethingNew()
      // What ended while we looked made room, and what was asked for meanwhile may be due.
      else if (before + found === 0 && heard === asked) break
    }
    if (done.failures.length > 0) throw done.failures[0]
    return done.handled
  }

  /** Takes in hand what is due, and tells how much that is. */
  async function takeDue(done: DispatchRun): Promise<number> {
    if (stopping || done.databaseFailedAtRequest === asked) return 0
    try {
      const deliveries = await claimDue(db, options('messages'))
      for (const claim of deliveries) {
        inHand(claim.place, 'message', claim, done, (watch) => send(claim, watch))
      }
      const redraws = await claimEdits(db, options('changes'))
      for (const claim of redraws) {
        inHand(claim.address.place, 'change', claim, done, (watch) => change(claim, watch))
      }
      return deliveries.length + redraws.length
    } catch (error) {
      done.databaseFailedAtRequest = asked
      done.failures.push(error)
      return 0
    }
  }

  function options(what: 'messages' | 'changes'): ClaimOptions {
    const now = clock.now()
    const { items } = hands
    const room = pacer.capacity(now)
    const troubled = circuit.openCircuits(now)
    const workspaces = items.map(({ workspace }) => workspace)
    const shares = concurrencyLimits({
      what,
      room,
      paces: rateLimits,
      troubled,
      inHand: workspaces,
    })
    const limit = maxInFlight - items.length
    const ids = items.map(({ id }) => id)
    return {
      now,
      platforms,
      blockedConversations: room.blockedConversations,
      concurrencyLimits: shares,
      limit,
      inFlightIds: ids,
    }
  }

  function inHand(
    place: ConversationRef,
    what: 'message' | 'change',
    { id, lease }: { readonly id: string; readonly lease: Lease },
    done: DispatchRun,
    work: (watch: AttemptObserver) => Promise<void>,
  ): void {
    const workspace = workspaceKey(place)
    const mine = { id, workspace, lease }
    const noted = pacer.reserve(place, clock.now(), what)
    circuit.recordStart(workspace)
    hands.add(mine)
    work(watchOf(place, noted))
      .then(
        () => {
          done.handled += 1
        },
        (error: unknown) => {
          done.failures.push(error)
        },
      )
      .finally(() => {
        hands.remove(mine)
        circuit.recordEnd(workspace)
        changed.notify()
      })
  }

  function watchOf(place: ConversationRef, noted: Reservation): AttemptObserver {
    return {
      onSending: () => noted.moveTo(clock.now()),
      onResult(outcome) {
        const workspace = workspaceKey(place)
        if (outcome.kind === 'cannot tell') return
        if (outcome.kind === 'rate limited') {
          circuit.recordFailure(
            workspace,
            conversationKey(place),
            clock.now(),
            outcome.retryAfterMs,
          )
        } else if (outcome.kind === 'unavailable') {
          circuit.recordFailure(workspace, conversationKey(place), clock.now())
        } else circuit.recordSuccess(workspace)
      },
    }
  }

  async function send(claim: Claim, watch: AttemptObserver): Promise<void> {
    const next = await attemptSend(attemptParts, claim, watch)
    const ours = await retryPersist(
      () => recordResult(db, claim, next, clock.now()),
      () => stopping,
    )
    logSendResult(log, claim, ours ? next : 'taken over')
    const { kind, place } = claim
    if (ours) parts.onAttempt?.({ platform: place.platform, kind, state: next.state })
  }

  async function change(claim: EditClaim, watch: AttemptObserver): Promise<void> {
    const next = await applyEdit(attemptParts, claim, watch)
    const ours = await retryPersist(
      () => recordEditResult(db, claim, next),
      () => stopping,
    )
    logEditResult(log, claim, ours ? next : 'taken over')
  }

  /** Waits until something in hand is over, more is asked for, or a pace or a hold ends. */
  async function somethingNew(): Promise<void> {
    await changed.wait(msUntilFree())
    // What ends at about the same time is answered by one look at the ledger.
    if (hands.items.length > 0) await delay(batchDelayMs)
  }

  function msUntilFree(): number {
    const now = clock.now()
    const moments = [
      pacer.capacity(now).nextFreeAt,
      ...circuit.openCircuits(now).map(({ openUntil }) => openUntil),
    ]
    const waits = moments.map((moment) => (moment ? moment.getTime() - now.getTime() : 0))
    return Math.min(maxPollIntervalMs, ...waits.filter((ms) => ms > 0))
  }

  return {
    async dispatchDue() {
      if (stopping) return 0
      await annotateUnconfigured(db, platforms)
      asked += 1
      changed.notify()
      running ??= run().finally(() => {
        running = undefined
      })
      return running
    },

    async nextDue(since) {
      const moments = [
        await nextWakeup(db, since, platforms),
        pacer.capacity(since).nextFreeAt,
        ...circuit.openCircuits(since).map(({ openUntil }) => openUntil),
      ]
      return moments
        .filter((moment) => moment !== undefined)
        .sort((a, b) => a.getTime() - b.getTime())[0]
    },

    renewLeases: () => hands.renew(),

    async stop() {
      stopping = true
      changed.notify()
      // How it failed, if it did, is told to whoever asked it to run.
      await running?.catch(() => {})
    },
  }
}

function logSendResult(log: Log, { key, kind }: Claim, next: Transition | 'taken over'): void {
  const about = { delivery: key, kind }
  if (next === 'taken over') log.warn(about, 'Took too long: another dispatcher took it over')
  else if (next.state === 'sent') log.info(about, 'Sent')
  else if (next.state === 'dropped')
    log.info(about, `Not sent, for it is no longer so: ${next.reason}`)
  else if (next.state === 'waiting') log.info(about, `Tries again later: ${next.reason}`)
  else log.warn(about, `Not sent (${next.state}): ${next.reason}`)
}

function logEditResult(
  log: Log,
  { key, kind }: EditClaim,
  next: EditTransition | 'taken over',
): void {
  const about = { delivery: key, kind }
  if (next === 'taken over') log.warn(about, 'Took too long: another dispatcher took it over')
  else if (next.state === 'waiting') log.info(about, `Its message is changed later: ${next.reason}`)
  else if (next.failure) log.warn(about, `Its message stays as it was: ${next.failure.reason}`)
  else log.info(about, 'Its message was changed')
}
