import { AsyncLocalStorage } from 'node:async_hooks'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Timers } from '../../../src/base/timeout.ts'
import type { SeededRandom } from '../../support/seeded-random.ts'

/**
 * Time and order of everything in a story. Whoever is about to do something waits for its turn; once everybody waits, one
 * of them is picked at random. So the seed alone decides the order, whatever the machine does meanwhile.
 */
export interface Schedule {
  /** Simulated time. */
  now(): Date
  /** Resolves when it is this one's turn. */
  turn(what: string): Promise<void>
  /**
   * Opens a transaction, by the end of which nothing outside it has a turn: the database has one connection. `within`
   * runs what belongs to it.
   */
  transaction<T>(work: (within: Within) => Promise<T>): Promise<T>
  isInTransaction(): boolean
  /** Does something real, such as a statement of the database, and lets nobody have a turn meanwhile. */
  busy<T>(work: () => Promise<T>): Promise<T>
  readonly timers: Timers
  /** Gives turns until `work` is done. */
  runUntil(work: Promise<unknown>): Promise<void>
  advance(ms: number): void
  note(line: string): void
  /** What happened, one line each. */
  readonly lines: readonly string[]
}

type Within = <T>(part: () => Promise<T>) => Promise<T>

interface Waiting {
  readonly what: string
  readonly at: number
  readonly transaction: symbol | undefined
  readonly go: () => void
}

/** Microtasks and streams in memory need a few turns of the event loop until everybody waits again. */
const turnsUntilQuiet = 4
/** More turns than any story has: two that wait for each other are a fault. */
const maxTurns = 100_000

export function createSchedule(start: Date, random: SeededRandom): Schedule {
  const waiting = new Set<Waiting>()
  const lines: string[] = []
  let now = start.getTime()
  let open: symbol | undefined
  let busy = 0
  let changes = 0
  const current = new AsyncLocalStorage<symbol>()

  function wait(what: string, at: number): { done: Promise<void>; cancel(): void } {
    const { promise, resolve } = Promise.withResolvers<void>()
    const entry = { what, at, transaction: current.getStore(), go: resolve }
    waiting.add(entry)
    changes += 1
    return { done: promise, cancel: () => void waiting.delete(entry) }
  }

  async function quiet(): Promise<void> {
    for (let turns = 0, seen = changes; turns < turnsUntilQuiet; turns += 1) {
      await nextTurn()
      if (busy === 0 && seen === changes) continue
      seen = changes
      turns = -1
    }
  }

  function pick(): Waiting | undefined {
    const may = [...waiting].filter((one) => !open || one.transaction === open)
    const ready = may.filter(({ at }) => at <= now)
    if (ready.length > 0) return ready[random.below(ready.length)]
    const [next] = may.toSorted((a, b) => a.at - b.at)
    if (next) now = next.at
    return next
  }

  function note(line: string): void {
    lines.push(`${new Date(now).toISOString().slice(5, 23)}  ${line}`)
  }

  return {
    lines,
    note,
    now: () => new Date(now),
    turn: (what) => wait(what, now).done,
    isInTransaction: () => current.getStore() !== undefined,
    async transaction(work) {
      const mine = Symbol('transaction')
      open = mine
      // BEGIN and COMMIT are real; what is between them waits for its turns.
      busy += 1
      try {
        return await work(async (part) => {
          busy -= 1
          try {
            return await current.run(mine, part)
          } finally {
            busy += 1
          }
        })
      } finally {
        busy -= 1
        changes += 1
        open = undefined
      }
    },
    async busy(work) {
      busy += 1
      try {
        return await work()
      } finally {
        busy -= 1
        changes += 1
      }
    },
    timers: {
      sleep: (ms) => wait('', now + ms).done,
      async withTimeout(ms, work) {
        const timer = wait('', now + ms)
        try {
          return await Promise.race([work, timer.done.then(() => undefined)])
        } finally {
          timer.cancel()
        }
      },
    },
    async runUntil(work) {
      let isDone = false
      const done = work.then(
        () => {
          isDone = true
        },
        (error: unknown) => {
          isDone = true
          throw error
        },
      )
      done.catch(() => {})
      for (let turns = 0; ; turns += 1) {
        await quiet()
        if (isDone) return done
        const next = pick()
        if (!next || turns > maxTurns)
          throw new Error('Everybody waits, and nobody can have a turn.')
        waiting.delete(next)
        now += random.below(120)
        if (next.what !== '') note(next.what)
        next.go()
      }
    },
    advance(ms) {
      now += ms
    },
  }
}
