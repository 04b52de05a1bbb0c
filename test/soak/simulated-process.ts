import { setImmediate as turn } from 'node:timers/promises'
import type { ChatPlatform } from '../../src/chat/port.ts'
import type { Database } from '../../src/infra/db.ts'
import type { SeededRandom } from '../support/seeded-random.ts'

/** A simulated process: it takes steps, and at one of them it crashes, or freezes until it is woken. */
export interface SimulatedProcess {
  /** Resolves when it crashes or freezes. */
  readonly stopped: Promise<void>
  /** Whether it is frozen now. */
  readonly isFrozen: boolean
  wake(): void
  /** Resolves when the process may go on; never resolves once it has crashed. */
  step(where: Step): Promise<void>
}

/** Where a process is: before or after a statement of the database, before or after a call to a platform. */
export type Step = 'before_statement' | 'after_statement' | 'before_call' | 'after_call'

export interface ProcessFate {
  /** The number of the step at which the event happens. */
  readonly at: number
  readonly event: 'crash' | 'freeze' | 'none'
}

export function simulateProcess(fate: ProcessFate, random: SeededRandom): SimulatedProcess {
  const { at } = fate
  let { event } = fate
  const stopped = Promise.withResolvers<void>()
  let woken = Promise.withResolvers<void>()
  let isDead = false
  let isFrozen = false
  let steps = 0
  return {
    stopped: stopped.promise,
    get isFrozen() {
      return isFrozen
    },
    wake() {
      isFrozen = false
      woken.resolve()
    },
    async step(where) {
      if (isDead) return new Promise(() => {})
      steps += 1
      // Yields to other processes at random, so that no two runs interleave in the same way.
      for (let waits = random.below(3); waits > 0; waits -= 1) await turn()
      if (steps === at && event === 'crash') {
        isDead = true
        stopped.resolve()
        return new Promise(() => {})
      }
      // A process that freezes between checking its lease and making the call would post late, because no platform
      // checks a lease. At every other step, a freeze must do no harm.
      if (steps >= at && event === 'freeze' && where !== 'before_call') {
        event = 'none'
        isFrozen = true
        stopped.resolve()
        await woken.promise
        woken = Promise.withResolvers()
      }
    },
  }
}

/** The database as this process reaches it: every statement is two steps. */
export function databaseOf(db: Database, process: SimulatedProcess): Database {
  const extended = db.$extends({
    query: {
      async $allOperations({ args, query }) {
        await process.step('before_statement')
        const result = await query(args)
        await process.step('after_statement')
        return result
      },
    },
  })
  // An extended client lacks only $on, which nothing here calls.
  return extended as unknown as Database
}

/** The platform as this process reaches it: every call is two steps. */
export function platformOf(platform: ChatPlatform, process: SimulatedProcess): ChatPlatform {
  const through = async <T>(call: () => Promise<T>): Promise<T> => {
    await process.step('before_call')
    const [result] = await Promise.allSettled([call()])
    await process.step('after_call')
    if (result.status === 'rejected') throw result.reason
    return result.value
  }
  return {
    name: platform.name,
    send: (place, message) => through(() => platform.send(place, message)),
    update: (address, message) => through(() => platform.update(address, message)),
    find: (place, key, since, thread) => through(() => platform.find(place, key, since, thread)),
    profile: (identity) => platform.profile(identity),
    members: (request) => platform.members(request),
    channel: (place) => platform.channel(place),
  }
}
