import type { Clock } from '../../../src/base/clock.ts'
import { type Database, DatabaseUnavailableError } from '../../../src/infra/db.ts'
import type { SeededRandom } from '../../support/seeded-random.ts'
import type { Schedule } from './schedule.ts'

/** How often things go wrong, each from 0 to 1. */
export interface Rates {
  /** A statement or commit fails: before it is done, or after it with its answer lost. */
  readonly database: number
  /** A call to a platform fails in one of many ways. */
  readonly network: number
}

/** One simulated process: it crashes or freezes at a step, and is then dead, or still until it is woken. */
export interface Replica {
  readonly name: string
  readonly clock: Clock
  readonly isDead: boolean
  readonly isFrozen: boolean
  /** Resolves when it crashes or freezes. */
  readonly stopped: Promise<void>
  wake(): void
  /** Its next step is at hand: resolves when it is its turn, and never once it is dead. */
  step(what: string, mayFreeze: boolean): Promise<void>
  /** The database as this process reaches it. */
  databaseOf(db: Database): Database
}

export interface Fate {
  readonly event: 'crash' | 'freeze' | 'none'
  /** The number of the step at which it happens. */
  readonly at: number
}

class Crash extends Error {}

const never = () => new Promise<never>(() => {})

export function createReplica(parts: {
  readonly name: string
  readonly schedule: Schedule
  readonly random: SeededRandom
  readonly fate: Fate
  readonly rates: Rates
  /** How far its clock is off, in milliseconds. */
  readonly clockOffset: () => number
}): Replica {
  const { name, schedule, random, fate, rates, clockOffset } = parts
  const stopped = Promise.withResolvers<void>()
  let woken = Promise.withResolvers<void>()
  let [isDead, isFrozen, isOver] = [false, false, fate.event === 'none']
  let [steps, transactions] = [0, 0]

  async function step(what: string, mayFreeze: boolean): Promise<void> {
    const dies = () => (schedule.isInTransaction() ? Promise.reject(new Crash()) : never())
    if (isDead) return dies()
    await schedule.turn(`${name} ${what}`)
    while (isFrozen) await woken.promise
    if (isDead) return dies()
    steps += 1
    if (isOver || steps < fate.at) return
    if (fate.event === 'crash') {
      isDead = true
      schedule.note(`${name} crashes`)
      stopped.resolve()
      return dies()
    }
    // A frozen process would hold its transaction, which PostgreSQL ends after a while.
    if (!mayFreeze || transactions > 0) return
    isOver = true
    isFrozen = true
    schedule.note(`${name} freezes`)
    stopped.resolve()
    await woken.promise
    woken = Promise.withResolvers()
  }

  /** Does one thing in the database, unless it fails before, or its answer is lost. */
  async function faulty<T>(what: string, work: () => Promise<T>): Promise<T> {
    await step(what, true)
    const fails = random.happens(rates.database)
    const wasDone = random.happens(0.5)
    if (fails && !wasDone) throw away(what, 'before')
    const result = await schedule.busy(work)
    if (fails) throw away(what, 'after')
    await step(`${what}: done`, true)
    return result
  }

  function away(what: string, when: string): Error {
    schedule.note(`${name} loses the database ${when} ${what}`)
    return new DatabaseUnavailableError('The connection was lost')
  }

  async function transact<T>(
    db: Database,
    work: (tx: Parameters<Parameters<Database['$transaction']>[0]>[0]) => Promise<T>,
    options: object,
  ): Promise<T> {
    await step('begins', true)
    const loses = random.happens(rates.database)
    const wasDone = random.happens(0.5)
    transactions += 1
    try {
      const result = await schedule.transaction((within) =>
        db.$transaction(async (tx) => {
          const done = await within(() => work(tx))
          if (loses && !wasDone) throw away('commit', 'before')
          await within(() => step('commits', false))
          return done
        }, options),
      )
      if (loses && wasDone) throw away('commit', 'after')
      return result
    } catch (error) {
      if (isDead) return await never()
      throw error
    } finally {
      transactions -= 1
    }
  }

  return {
    name,
    clock: { now: () => new Date(schedule.now().getTime() + clockOffset()) },
    get isDead() {
      return isDead
    },
    get isFrozen() {
      return isFrozen
    },
    stopped: stopped.promise,
    wake() {
      isFrozen = false
      woken.resolve()
    },
    step,
    databaseOf(db) {
      const extended = db.$extends({
        query: {
          $allOperations: ({ model, operation, args, query }) =>
            faulty(`${model ?? 'raw'}.${operation}`, () => query(args)),
        },
      }) as unknown as Database
      return new Proxy(extended, {
        get(target, property) {
          if (property === '$transaction')
            return (work: Parameters<typeof transact>[1], options = {}) =>
              transact(target, work, options)
          return Reflect.get(target, property)
        },
      })
    },
  }
}
