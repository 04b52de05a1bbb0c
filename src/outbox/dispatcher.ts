import { setTimeout as delay } from 'node:timers/promises'
import type { Clock } from '../base/clock.ts'
import type { Log } from '../base/log.ts'
import { type AdaptiveCard, type Card, expand as expandTemplate } from '../chat/cards.ts'
import type { ChatPlatform } from '../chat/port.ts'
import type { PlatformName } from '../chat/request.ts'
import type { Database } from '../infra/db.ts'
import { attempt, type OnUncertain, type Watch } from './attempt.ts'
import { createCircuit } from './circuit-breaker.ts'
import { type Claim, type ClaimOptions, claimDue, conclude } from './claim-store.ts'
import { sharesOf } from './concurrency.ts'
import { bringUpToDate } from './edit-attempt.ts'
import { createHands, untilNoted } from './in-flight.ts'
import type { Lease } from './lease.ts'
import { claimRedraws, concludeRedraw, type RedrawClaim } from './message-edits.ts'
import { explainUnconfigured, nextMoment } from './next-wakeup.ts'
import {
  type Addressee,
  conversationKey,
  createPacer,
  type Noted,
  type Pace,
  workspaceKey,
} from './rate-limiter.ts'
import type { Freshen } from './revalidate.ts'
import { createSignal } from './signal.ts'
import type { Next, NextRedraw, Random } from './state-machine.ts'

/** How much is in hand at once, of all workspaces together. */
const mostInAll = 128
const gatherMs = 10
const longestLookAwayMs = 1_000

export interface DispatcherParts {
  readonly db: Database
  /** Those that are set up. What is addressed to another waits until it is. */
  readonly platforms: ReadonlyMap<PlatformName, ChatPlatform>
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
  readonly pacing: Readonly<Record<PlatformName, Pace>>
  /** How a card is drawn, to find out before it is sent that it cannot be. */
  readonly expand?: (card: Card) => AdaptiveCard
  /** Whether what was decided is still so. Absent: it is. */
  readonly freshen?: Freshen
  /** What is done with a message that may stand there, where nobody can look. Absent: it is left. */
  readonly onUncertain?: OnUncertain
  /** Told how a delivery stands after each attempt at it. */
  readonly onAttempt?: (told: Attempted) => void
}

/** For figures. */
export interface Attempted {
  readonly platform: PlatformName
  readonly kind: string
  readonly state: Next['state']
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
  renew(): Promise<void>
  /** Claims nothing more and waits for what is in hand. */
  stop(): Promise<void>
}

/** What one run did. */
interface Done {
  handled: number
  /** What had been asked for when the database failed: it is tried again when more is. */
  awaySince: number | undefined
  readonly failures: unknown[]
}

export function createDispatcher(parts: DispatcherParts): Dispatcher {
  const { db, clock, log, pacing } = parts
  const platforms = [...parts.platforms.keys()]
  const pacer = createPacer(pacing)
  const circuit = createCircuit()
  const hands = createHands(db, clock)
  const attemptParts = { ...parts, expand: parts.expand ?? expandTemplate }
  const changed = createSignal()
  let asked = 0
  let running: Promise<number> | undefined
  let stopping = false

  /** Looks for what is due and starts it, again whenever more may have become due, until nothing is in hand. */
  async function run(): Promise<number> {
    const done: Done = { handled: 0, awaySince: undefined, failures: [] }
    for (;;) {
      const heard = asked
      const before = hands.held.length
      const found = await takeDue(done)
      if (hands.held.length > 0) await somethingNew()
      // What ended while we looked made room, and what was asked for meanwhile may be due.
      else if (before + found === 0 && heard === asked) break
    }
    if (done.failures.length > 0) throw done.failures[0]
    return done.handled
  }

  /** Takes in hand what is due, and tells how much that is. */
  async function takeDue(done: Done): Promise<number> {
    if (stopping || done.awaySince === asked) return 0
    try {
      const deliveries = await claimDue(db, options('messages'))
      for (const claim of deliveries) {
        inHand(claim.place, 'message', claim, done, (watch) => send(claim, watch))
      }
      const redraws = await claimRedraws(db, options('changes'))
      for (const claim of redraws) {
        inHand(claim.address.place, 'change', claim, done, (watch) => change(claim, watch))
      }
      return deliveries.length + redraws.length
    } catch (error) {
      done.awaySince = asked
      done.failures.push(error)
      return 0
    }
  }

  function options(what: 'messages' | 'changes'): ClaimOptions {
    const now = clock.now()
    const { held } = hands
    const room = pacer.room(now)
    const troubled = circuit.troubled(now)
    const workspaces = held.map(({ workspace }) => workspace)
    const shares = sharesOf({ what, room, paces: pacing, troubled, inHand: workspaces })
    const limit = mostInAll - held.length
    const ids = held.map(({ id }) => id)
    return { now, platforms, held: room.held, shares, limit, inHand: ids }
  }

  function inHand(
    place: Addressee,
    what: 'message' | 'change',
    { id, lease }: { readonly id: string; readonly lease: Lease },
    done: Done,
    work: (watch: Watch) => Promise<void>,
  ): void {
    const workspace = workspaceKey(place)
    const mine = { id, workspace, lease }
    const noted = pacer.note(place, clock.now(), what)
    circuit.taken(workspace)
    hands.take(mine)
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
        hands.putDown(mine)
        circuit.released(workspace)
        changed.give()
      })
  }

  function watchOf(place: Addressee, noted: Noted): Watch {
    return {
      sending: () => noted.move(clock.now()),
      heard(outcome) {
        const workspace = workspaceKey(place)
        if (outcome.kind === 'cannot tell') return
        if (outcome.kind === 'rate limited') {
          circuit.failed(workspace, conversationKey(place), clock.now(), outcome.afterMs)
        } else if (outcome.kind === 'unavailable') {
          circuit.failed(workspace, conversationKey(place), clock.now())
        } else circuit.answered(workspace)
      },
    }
  }

  async function send(claim: Claim, watch: Watch): Promise<void> {
    const next = await attempt(attemptParts, claim, watch)
    const ours = await untilNoted(
      () => conclude(db, claim, next, clock.now()),
      () => stopping,
    )
    reportSent(log, claim, ours ? next : 'taken over')
    const { kind, place } = claim
    if (ours) parts.onAttempt?.({ platform: place.platform, kind, state: next.state })
  }

  async function change(claim: RedrawClaim, watch: Watch): Promise<void> {
    const next = await bringUpToDate(attemptParts, claim, watch)
    const ours = await untilNoted(
      () => concludeRedraw(db, claim, next),
      () => stopping,
    )
    reportChanged(log, claim, ours ? next : 'taken over')
  }

  /** Waits until something in hand is over, more is asked for, or a pace or a hold ends. */
  async function somethingNew(): Promise<void> {
    await changed.next(msUntilFree())
    // What ends at about the same time is answered by one look at the ledger.
    if (hands.held.length > 0) await delay(gatherMs)
  }

  function msUntilFree(): number {
    const now = clock.now()
    const moments = [pacer.room(now).until, ...circuit.troubled(now).map(({ until }) => until)]
    const waits = moments.map((moment) => (moment ? moment.getTime() - now.getTime() : 0))
    return Math.min(longestLookAwayMs, ...waits.filter((ms) => ms > 0))
  }

  return {
    async dispatchDue() {
      if (stopping) return 0
      await explainUnconfigured(db, platforms)
      asked += 1
      changed.give()
      running ??= run().finally(() => {
        running = undefined
      })
      return running
    },

    async nextDue(since) {
      const moments = [
        await nextMoment(db, since, platforms),
        pacer.room(since).until,
        ...circuit.troubled(since).map(({ until }) => until),
      ]
      return moments
        .filter((moment) => moment !== undefined)
        .sort((a, b) => a.getTime() - b.getTime())[0]
    },

    renew: () => hands.renew(),

    async stop() {
      stopping = true
      changed.give()
      // How it failed, if it did, is told to whoever asked it to run.
      await running?.catch(() => {})
    },
  }
}

function reportSent(log: Log, { key, kind }: Claim, next: Next | 'taken over'): void {
  const about = { delivery: key, kind }
  if (next === 'taken over') log.warn(about, 'Took too long: another dispatcher took it over')
  else if (next.state === 'sent') log.info(about, 'Sent')
  else if (next.state === 'dropped')
    log.info(about, `Not sent, for it is no longer so: ${next.reason}`)
  else if (next.state === 'waiting') log.info(about, `Tries again later: ${next.reason}`)
  else log.warn(about, `Not sent (${next.state}): ${next.reason}`)
}

function reportChanged(
  log: Log,
  { key, kind }: RedrawClaim,
  next: NextRedraw | 'taken over',
): void {
  const about = { delivery: key, kind }
  if (next === 'taken over') log.warn(about, 'Took too long: another dispatcher took it over')
  else if (next.state === 'waiting') log.info(about, `Its message is changed later: ${next.reason}`)
  else if (next.reason) log.warn(about, `Its message stays as it was: ${next.reason}`)
  else log.info(about, 'Its message was changed')
}
