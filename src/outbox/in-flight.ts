import { setTimeout as delay } from 'node:timers/promises'
import type { Clock } from '../base/clock.ts'
import { type Database, isDatabaseUnavailable } from '../infra/db.ts'
import { renewLeases } from './claim-store.ts'
import type { Lease } from './lease.ts'

/** What this process has in hand. */
export interface InFlightItem {
  readonly id: string
  readonly workspace: string
  readonly lease: Lease
}

export interface InFlight {
  readonly items: readonly InFlightItem[]
  add(one: InFlightItem): void
  remove(one: InFlightItem): void
  /** Keeps what is in hand from running out. Throws where the database fails. */
  renew(): Promise<void>
}

export function createInFlight(db: Database, clock: Clock): InFlight {
  const held = new Set<InFlightItem>()
  return {
    get items() {
      return [...held]
    },
    add: (one) => void held.add(one),
    remove: (one) => void held.delete(one),
    async renew() {
      if (held.size === 0) return
      const leases = [...held].map(({ lease }) => lease)
      await renewLeases(db, leases, clock.now())
    },
  }
}

const firstPauseMs = 100
const longestPauseMs = 5_000

/**
 * Notes how something ended, and tries again while the database is away: what was sent and not noted would be looked
 * for, or left uncertain, for no need. Gives up and throws only where `isOver`; any other error is thrown at once.
 */
export async function retryPersist<T>(note: () => Promise<T>, isOver: () => boolean): Promise<T> {
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(longestPauseMs, 2 * pauseMs)) {
    try {
      return await note()
    } catch (error) {
      if (!isDatabaseUnavailable(error) || isOver()) throw error
      await delay(pauseMs)
    }
  }
}
