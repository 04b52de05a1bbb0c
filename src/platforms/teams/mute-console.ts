import { AsyncLocalStorage } from 'node:async_hooks'

const mutedContext = new AsyncLocalStorage<true>()
let activeCalls = 0
let originalConsoleError = console.error

/**
 * The SDK's token check writes to the console (JwtTokenExtractor), so that anybody who sends forged requests could
 * fill it. What it writes while `work` runs is dropped, and nothing else; that a request was refused is in our log.
 */
export async function muteConsole<Result>(work: () => Promise<Result>): Promise<Result> {
  if (activeCalls++ === 0) {
    originalConsoleError = console.error
    console.error = (...words: unknown[]) => {
      if (!mutedContext.getStore()) originalConsoleError(...words)
    }
  }
  try {
    return await mutedContext.run(true, work)
  } finally {
    if (--activeCalls === 0) console.error = originalConsoleError
  }
}
