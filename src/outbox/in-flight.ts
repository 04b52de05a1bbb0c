import type { Clock } from '../base/clock.ts'
import type { Timers } from '../base/timeout.ts'
import { type Database, isDatabaseUnavailable } from '../infra/db.ts'
import { renewLeases } from './claim-results.ts'
import type { Lease } from './lease.ts'

/** A message or an edit that this process is sending. */
export interface InFlightItem {
  readonly id: string
  readonly workspace: string
  readonly lease: Lease
}

export interface InFlight {
  readonly items: readonly InFlightItem[]
  add(item: InFlightItem): void
  remove(item: InFlightItem): void
  /** Extends all leases. @throws where the database fails */
  renew(): Promise<void>
}

export function createInFlight(db: Database, clock: Clock): InFlight {
  const items = new Set<InFlightItem>()
  return {
    get items() {
      return [...items]
    },
    add: (item) => void items.add(item),
    remove: (item) => void items.delete(item),
    async renew() {
      if (items.size === 0) return
      const leases = [...items].map(({ lease }) => lease)
      await renewLeases(db, leases, clock.now())
    },
  }
}

const firstPauseMs = 100
const longestPauseMs = 5_000

/**
 * Records how something ended, and tries again while the database is away: a message that was sent and not recorded
 * would be looked for, or left uncertain, without need. @throws any other error, and that one too once `isOver`
 */
export async function retryPersist<T>(
  persist: () => Promise<T>,
  isOver: () => boolean,
  { sleep }: Pick<Timers, 'sleep'>,
): Promise<T> {
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(longestPauseMs, 2 * pauseMs)) {
    try {
      return await persist()
    } catch (error) {
      if (!isDatabaseUnavailable(error) || isOver()) throw error
      await sleep(pauseMs)
    }
  }
}
