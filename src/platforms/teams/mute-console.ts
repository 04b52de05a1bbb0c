import { AsyncLocalStorage } from 'node:async_hooks'

const checking = new AsyncLocalStorage<true>()
let running = 0
let written = console.error

/**
 * The SDK's token check writes to the console (JwtTokenExtractor), so that anybody who sends forged requests could
 * fill it. What it writes while `work` runs is dropped, and nothing else; that a request was refused is in our log.
 */
export async function quietly<Result>(work: () => Promise<Result>): Promise<Result> {
  if (running++ === 0) {
    written = console.error
    console.error = (...words: unknown[]) => {
      if (!checking.getStore()) written(...words)
    }
  }
  try {
    return await checking.run(true, work)
  } finally {
    if (--running === 0) console.error = written
  }
}
