import { setTimeout as pause } from 'node:timers/promises'
import type { PlatformName } from '../base/addresses.ts'
import { messageOf, Refusal } from '../base/errors.ts'
import type { Log } from '../base/log.ts'
import { withTimeout } from '../base/timeout.ts'
import type { PlatformAdapter } from '../chat/platform-definition.ts'
import { RateLimitedError } from '../chat/port.ts'

/** How it stands with a platform since this process was started. */
export type PlatformState = 'starting' | 'working' | 'not answering' | 'token refused'

export interface PlatformStarts {
  states(): ReadonlyMap<PlatformName, PlatformState>
  /** Tries no more. */
  stop(): Promise<void>
}

export interface PlatformStartOptions {
  readonly log: Log
  /** Resolves after `ms` milliseconds; rejects when the signal is aborted. */
  readonly wait?: (ms: number, signal: AbortSignal) => Promise<unknown>
  /** How long the service waits for the first answers, in milliseconds, before it goes on without. */
  readonly patienceMs?: number
}

const firstPauseMs = 1_000
const maxPauseMs = 60_000

/**
 * Starts all platforms at the same time. One that does not answer is tried again, with growing pauses, while the others
 * work: its trouble is not theirs.
 * @throws Refusal where a platform answers its first try, and refuses the token: only an operator can mend that
 */
export async function startPlatforms(
  adapters: readonly PlatformAdapter[],
  options: PlatformStartOptions,
): Promise<PlatformStarts> {
  const { patienceMs = 15_000 } = options
  const stopping = new AbortController()
  const states = new Map<PlatformName, PlatformState>()
  const attempts = adapters.map((adapter) => {
    const record = (state: PlatformState) => states.set(adapter.name, state)
    return startUntilItWorks(adapter, record, stopping.signal, options)
  })
  const firstTries = Promise.all(attempts.map(({ firstTry }) => firstTry))
  try {
    await withTimeout(patienceMs, firstTries)
  } catch (error) {
    stopping.abort()
    throw error
  }
  // One that is refused after that is logged: the others work, and are not ended for it.
  firstTries.catch(() => {})
  return {
    states: () => states,
    stop: async () => {
      stopping.abort()
      await Promise.all(attempts.map(({ done }) => withTimeout(firstPauseMs, done)))
    },
  }
}

/** `firstTry` rejects where the token is refused; `done` resolves once it works, or was told to stop. */
function startUntilItWorks(
  adapter: PlatformAdapter,
  record: (state: PlatformState) => void,
  signal: AbortSignal,
  options: PlatformStartOptions,
): { readonly firstTry: Promise<void>; readonly done: Promise<void> } {
  const { log, wait = (ms) => pause(ms, undefined, { signal, ref: false }) } = options
  const platform = adapter.name
  const tryOnce = async (): Promise<unknown> => {
    try {
      await adapter.start()
      record('working')
      return undefined
    } catch (error) {
      record(error instanceof Refusal ? 'token refused' : 'not answering')
      return error
    }
  }
  const repeat = async (failed: unknown): Promise<void> => {
    let error = failed
    for (let pauseMs = firstPauseMs; error !== undefined; pauseMs *= 2) {
      const nextMs = pauseBefore(error, pauseMs)
      const fields = { platform, error: messageOf(error), nextTrySeconds: nextMs / 1000 }
      log.error(fields, 'A platform could not be started; it is tried again')
      const isAborted = await wait(nextMs, signal).then(
        () => signal.aborted,
        () => true,
      )
      if (isAborted) return
      error = await tryOnce()
    }
    log.info({ platform }, 'A platform that did not answer was started')
  }
  record('starting')
  const first = tryOnce()
  return {
    firstTry: first.then((error) => {
      if (error instanceof Refusal) throw error
    }),
    done: first.then((error) => (error === undefined ? undefined : repeat(error))),
  }
}

/** A platform that asks to wait is waited for, but not for longer than we wait anyway. */
function pauseBefore(error: unknown, pauseMs: number): number {
  const asked = error instanceof RateLimitedError ? error.retryAfterMs : 0
  return Math.min(Math.max(asked, pauseMs), maxPauseMs)
}
