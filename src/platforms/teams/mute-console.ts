import { AsyncLocalStorage } from 'node:async_hooks'

/** Runs `work` and drops what it writes with console.error. */
export type ConsoleMute = <Result>(work: () => Promise<Result>) => Promise<Result>

/**
 * The SDK's token check writes to the console (JwtTokenExtractor), so that anybody who sends forged requests could fill
 * it. The console is replaced while work runs, and only what that work writes is dropped: the refusal is in our own log.
 */
export function createConsoleMute(): ConsoleMute {
  const mutedContext = new AsyncLocalStorage<true>()
  let activeCalls = 0
  let originalConsoleError = console.error

  return async (work) => {
    if (activeCalls++ === 0) {
      originalConsoleError = console.error
      console.error = (...values: unknown[]) => {
        if (!mutedContext.getStore()) originalConsoleError(...values)
      }
    }
    try {
      return await mutedContext.run(true, work)
    } finally {
      if (--activeCalls === 0) console.error = originalConsoleError
    }
  }
}
