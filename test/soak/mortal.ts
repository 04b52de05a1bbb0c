import { setImmediate as turn } from 'node:timers/promises'
import type { ChatPlatform } from '../../src/chat/port.ts'
import type { Database } from '../../src/infra/db.ts'
import type { Chance } from './chance.ts'

/** The life of one process: it takes steps, and at one of them it dies, or stands still until it is woken. */
export interface Life {
  readonly died: Promise<void>
  /** Whether it stands still at the moment. */
  readonly isFrozen: boolean
  wake(): void
  /** Resolves where it lives on; never where it is dead. */
  step(where: Step): Promise<void>
}

export type Step = 'statement' | 'noted' | 'call' | 'called'

export interface Fate {
  /** The number of the step at which it happens. */
  readonly at: number
  readonly what: 'dies' | 'freezes' | 'lives'
}

export function lifeOf(fate: Fate, chance: Chance): Life {
  const { at } = fate
  let { what } = fate
  const died = Promise.withResolvers<void>()
  let woken = Promise.withResolvers<void>()
  let isDead = false
  let isFrozen = false
  let steps = 0
  return {
    died: died.promise,
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
      // Others get their turn now and then, so that no two runs interleave alike.
      for (let waits = chance.below(3); waits > 0; waits -= 1) await turn()
      if (steps === at && what === 'dies') {
        isDead = true
        died.resolve()
        return new Promise(() => {})
      }
      // A process that stands still between its last look at the lease and the call itself would post late: no
      // platform takes a lease along with a message. Everywhere else it has to be harmless.
      if (steps >= at && what === 'freezes' && where !== 'call') {
        what = 'lives'
        isFrozen = true
        died.resolve()
        await woken.promise
        woken = Promise.withResolvers()
      }
    },
  }
}

/** The database as that process reaches it. */
export function mortalDatabase(db: Database, life: Life): Database {
  const extended = db.$extends({
    query: {
      async $allOperations({ args, query }) {
        await life.step('statement')
        const result = await query(args)
        await life.step('noted')
        return result
      },
    },
  })
  // An extended client lacks $on alone, which nothing here calls.
  return extended as unknown as Database
}

/** The platform as that process reaches it. */
export function mortalPlatform(platform: ChatPlatform, life: Life): ChatPlatform {
  const through = async <T>(call: () => Promise<T>): Promise<T> => {
    await life.step('call')
    const [result] = await Promise.allSettled([call()])
    await life.step('called')
    if (result.status === 'rejected') throw result.reason
    return result.value
  }
  return {
    name: platform.name,
    send: (place, message) => through(() => platform.send(place, message)),
    update: (address, message) => through(() => platform.update(address, message)),
    find: (place, key, since, thread) => through(() => platform.find(place, key, since, thread)),
    profile: (identity) => platform.profile(identity),
    channel: (place) => platform.channel(place),
  }
}
