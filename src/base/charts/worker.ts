import { Worker } from 'node:worker_threads'
import type { ChartData, TrendChart } from './chart.ts'
import type { RenderRequest, RenderResponse } from './worker-thread.ts'

/** Draws charts as PNG. */
export interface ChartWorker {
  /** @throws where the chart cannot be drawn, or not in time. */
  render(data: ChartData | TrendChart): Promise<Uint8Array>
  /** Ends the thread; pending renders fail. A later chart starts it again. */
  stop(): Promise<void>
}

/** The first chart takes a second, most of it for loading. */
const renderTimeoutMs = 20_000
/** Digests come in a bunch and then not for days: a thread with nothing to do gives its memory back. */
const idleMsOfDigests = 60_000

interface PendingRender {
  readonly resolve: (png: Uint8Array) => void
  readonly reject: (error: Error) => void
}

/**
 * Draws in a thread of its own, which starts with the first chart and keeps no process from exiting. The thread alone
 * loads the drawing libraries: a process that draws no chart never does.
 *
 * @param idleMs how long the thread waits for another chart before it ends
 */
export function createChartWorker(idleMs = idleMsOfDigests): ChartWorker {
  const pending = new Map<number, PendingRender>()
  let thread: Worker | undefined
  let last = 0
  let idle: NodeJS.Timeout | undefined

  function failAll(ended: Worker, reason: string): void {
    if (thread !== ended) return
    thread = undefined
    for (const { reject } of pending.values()) reject(new Error(reason))
    pending.clear()
  }

  function startThread(): Worker {
    if (thread) return thread
    const started = new Worker(new URL('./worker-thread.ts', import.meta.url))
    started.on('message', (response: RenderResponse) => {
      const one = pending.get(response.id)
      pending.delete(response.id)
      if (pending.size === 0) idle = setTimeout(stop, idleMs).unref()
      if ('png' in response) one?.resolve(response.png)
      else one?.reject(new Error(response.fault))
    })
    started.on('error', (error: Error) => failAll(started, error.message))
    started.on('exit', () => failAll(started, 'The thread that draws charts has ended.'))
    // After the listeners: each of them would keep the process running again.
    started.unref()
    thread = started
    return started
  }

  async function stop(): Promise<void> {
    clearTimeout(idle)
    const ending = thread
    if (ending) failAll(ending, 'Drawing charts was stopped.')
    await ending?.terminate()
  }

  return {
    render(data) {
      last += 1
      clearTimeout(idle)
      const request: RenderRequest = { id: last, data }
      return new Promise<Uint8Array>((resolve, reject) => {
        const timer = setTimeout(() => {
          reject(new Error(`The chart was not ready within ${renderTimeoutMs / 1000} s.`))
          void stop()
        }, renderTimeoutMs)
        const settled =
          <T>(settle: (value: T) => void) =>
          (value: T) => {
            clearTimeout(timer)
            settle(value)
          }
        pending.set(request.id, { resolve: settled(resolve), reject: settled(reject) })
        startThread().postMessage(request)
      })
    },
    stop,
  }
}
