import { AsyncLocalStorage } from 'node:async_hooks'

/**
 * The SDK's token check writes to the console (JwtTokenExtractor), so that anybody who sends forged requests could
 * fill it. What is written while `work` runs is dropped; that the request was refused is in our own log.
 */
const checking = new AsyncLocalStorage<true>()
let installed = false

export function quietly<Result>(work: () => Promise<Result>): Promise<Result> {
  install()
  return checking.run(true, work)
}

function install(): void {
  if (installed) return
  installed = true
  const written = console.error
  console.error = (...words: unknown[]) => {
    if (!checking.getStore()) written(...words)
  }
}
