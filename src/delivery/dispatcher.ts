import type { Clock } from '../base/clock.ts'
import type { Log } from '../base/log.ts'
import { type AdaptiveCard, type Card, expand as expandTemplate } from '../chat/cards.ts'
import type { PlatformName } from '../chat/invocation.ts'
import type { ChatPlatform } from '../chat/port.ts'
import type { Database } from '../infra/db.ts'
import { attempt, patienceMs } from './attempt.ts'
import { type Claim, claimNext, conclude, explainUnconfigured, nextMoment } from './claims.ts'
import type { Next, Random } from './lifecycle.ts'
import { createPacer, type Pace } from './pacing.ts'

/** How long a delivery stays in one process's hands: time to look, to send and to note it, with some to spare. */
export const leaseMs = 3 * patienceMs
/** How many conversations are served at once. A slow one takes up a lane, and the others go on. */
const laneCount = 8

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
}

export interface Dispatcher {
  /**
   * Claims and sends everything due now; tells how many deliveries it handled. May run at any time, any number
   * of times, in any number of processes. Throws where the database fails; what was due then stays due.
   */
  dispatchDue(): Promise<number>
  /**
   * The first moment after `since` at which there is more to do: a wait ends, a pace allows more, a claim runs out.
   * Ask since when dispatchDue began: what came due while it ran is then not missed, and the answer is in the past.
   */
  nextDue(since: Date): Promise<Date | undefined>
  /** Claims nothing more and waits for what is in hand. */
  stop(): Promise<void>
}

/** What one call of dispatchDue did. */
interface Run {
  handled: number
  readonly failures: unknown[]
}

export function createDispatcher(parts: DispatcherParts): Dispatcher {
  const { db, clock, log } = parts
  const platforms = [...parts.platforms.keys()]
  const pacer = createPacer(parts.pacing)
  const attemptParts = { ...parts, expand: parts.expand ?? expandTemplate }
  const lanes = new Set<Promise<void>>()
  let stopping = false
  let lastClaim: Promise<unknown> = Promise.resolve()

  /** One claim after another, so that each keeps the pace that the ones before it leave. */
  function claim(): Promise<Claim | undefined> {
    const mine = lastClaim.then(async () => {
      const now = clock.now()
      const claimed = await claimNext(db, { now, leaseMs, platforms, held: pacer.held(now).keys })
      if (claimed) pacer.note(claimed.place, now)
      return claimed
    })
    lastClaim = mine.catch(() => {})
    return mine
  }

  /** Takes one delivery after another in hand until nothing is due. Whoever finds one opens a lane beside. */
  async function serve(run: Run): Promise<void> {
    while (!stopping) {
      const inHand = await claim()
      if (!inHand) return
      openLane(run)
      const next = await attempt(attemptParts, inHand)
      const ours = await conclude(db, inHand, next, clock.now())
      report(inHand, ours ? next : 'taken over')
      run.handled += 1
    }
  }

  function openLane(run: Run): void {
    if (stopping || lanes.size >= laneCount) return
    const lane = serve(run)
      .catch((error: unknown) => {
        run.failures.push(error)
      })
      .finally(() => lanes.delete(lane))
    lanes.add(lane)
  }

  async function idle(): Promise<void> {
    while (lanes.size > 0) await Promise.all(lanes)
  }

  function report({ key, kind }: Claim, next: Next | 'taken over'): void {
    const about = { delivery: key, kind }
    if (next === 'taken over') log.warn(about, 'Took too long: another dispatcher took it over')
    else if (next.state === 'sent') log.info(about, 'Sent')
    else if (next.state === 'waiting') log.info(about, `Tries again later: ${next.reason}`)
    else log.warn(about, `Not sent (${next.state}): ${next.reason}`)
  }

  return {
    async dispatchDue() {
      if (stopping) return 0
      await explainUnconfigured(db, platforms)
      const run: Run = { handled: 0, failures: [] }
      let crowded: boolean
      do {
        // Where every lane was busy, each may have looked for the last time before our deliveries were decided.
        crowded = lanes.size >= laneCount
        openLane(run)
        await idle()
      } while (crowded && !stopping)
      if (run.failures.length > 0) throw run.failures[0]
      return run.handled
    },

    async nextDue(since) {
      const moments = [await nextMoment(db, since, platforms), pacer.held(since).until]
      return moments
        .filter((moment) => moment !== undefined)
        .sort((a, b) => a.getTime() - b.getTime())[0]
    },

    async stop() {
      stopping = true
      await idle()
    },
  }
}
