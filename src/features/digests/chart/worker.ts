import { Worker } from 'node:worker_threads'
import type { ChartData } from './chart-data.ts'
import type { RenderRequest, RenderResponse } from './worker-thread.ts'

/** Makes a PNG of what there is to show. */
export interface ChartWorker {
  /** Throws where it cannot be drawn, or not in time. */
  render(data: ChartData): Promise<Uint8Array>
  /** Ends the thread; what is in hand fails. A later picture starts it again. */
  stop(): Promise<void>
}

/** The first picture takes a second, most of it for loading. */
const renderTimeoutMs = 20_000
/** Digests come in a bunch and then not for days: a thread with nothing to do gives its memory back. */
const idleMs = 60_000

interface PendingRender {
  readonly resolve: (png: Uint8Array) => void
  readonly reject: (error: Error) => void
}

/** Paints in a thread of its own, which begins with the first picture and holds up no exit. */
export function createChartWorker(): ChartWorker {
  const waiting = new Map<number, PendingRender>()
  let thread: Worker | undefined
  let last = 0
  let idle: NodeJS.Timeout | undefined

  function failAll(of: Worker, why: string): void {
    if (thread !== of) return
    thread = undefined
    for (const { reject } of waiting.values()) reject(new Error(why))
    waiting.clear()
  }

  function started(): Worker {
    if (thread) return thread
    const fresh = new Worker(new URL('./worker-thread.ts', import.meta.url))
    fresh.on('message', (painted: RenderResponse) => {
      const one = waiting.get(painted.id)
      waiting.delete(painted.id)
      if (waiting.size === 0) idle = setTimeout(stop, idleMs).unref()
      if ('png' in painted) one?.resolve(painted.png)
      else one?.reject(new Error(painted.fault))
    })
    fresh.on('error', (error: Error) => failAll(fresh, error.message))
    fresh.on('exit', () => failAll(fresh, 'The thread that paints has ended.'))
    // After the listeners, which would hold it again.
    fresh.unref()
    thread = fresh
    return fresh
  }

  async function stop(): Promise<void> {
    clearTimeout(idle)
    const ending = thread
    if (ending) failAll(ending, 'Painting was stopped.')
    await ending?.terminate()
  }

  return {
    render(data) {
      last += 1
      clearTimeout(idle)
      const asked: RenderRequest = { id: last, data }
      return new Promise<Uint8Array>((resolve, reject) => {
        const timer = setTimeout(() => {
          reject(new Error(`The picture was not ready within ${renderTimeoutMs / 1000} s.`))
          void stop()
        }, renderTimeoutMs)
        const settled =
          <T>(settle: (value: T) => void) =>
          (value: T) => {
            clearTimeout(timer)
            settle(value)
          }
        waiting.set(asked.id, { resolve: settled(resolve), reject: settled(reject) })
        started().postMessage(asked)
      })
    },
    stop,
  }
}
