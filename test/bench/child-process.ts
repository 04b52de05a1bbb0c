import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { z } from 'zod'

/** A part of the benchmark in a process of its own, so that no part waits for another one's event loop. */
export interface Child {
  ask<T>(question: object, answer: z.ZodType<T>): Promise<T>
  /** Lets it put everything away, and waits until it is gone. */
  end(): Promise<void>
}

/** Starts `file` of this folder, which calls `serve`, with `options` of Node. Rejects where it ends instead of answering. */
export function startChild(file: string, options: readonly string[]): Child {
  const path = fileURLToPath(new URL(file, import.meta.url))
  const execArgv = [...options, ...process.execArgv]
  const child = fork(path, { serialization: 'advanced', execArgv })
  const gone = new AbortController()
  const exit = once(child, 'exit').then(() => gone.abort())
  return {
    async ask(question, answer) {
      child.send(question)
      const [said] = await once(child, 'message', { signal: gone.signal }).catch((cause) => {
        throw new Error(`${file} ended instead of answering.`, { cause })
      })
      return answer.parse(said)
    },
    async end() {
      if (child.connected) child.disconnect()
      await exit
    },
  }
}

/** Processor time of this process in milliseconds since it was asked last. */
export function processorTime(): () => number {
  let last = process.cpuUsage()
  return () => {
    const { user, system } = process.cpuUsage(last)
    last = process.cpuUsage()
    return (user + system) / 1000
  }
}

/** What a child does: answer, one question at a time, and clean up. */
export interface Service {
  answer(question: unknown): Promise<object>
  stop(): Promise<void>
}

/** The child's side. It leaves when the main process lets go of it, or is gone: then, too, it cleans up. */
export async function serve(start: () => Promise<Service>): Promise<void> {
  // Ctrl-C reaches every process of the terminal; when to stop is for the main one to say.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => {})
  const released = new Promise<void>((resolve) => process.once('disconnect', resolve))
  const service = await start()

  // Node keeps what is asked before somebody listens.
  process.on('message', (question) => {
    service.answer(question).then(
      // The callback: where nobody waits any more, the answer is not wanted.
      (answer) => process.send?.(answer, undefined, undefined, () => {}),
      (error: unknown) => {
        console.error(error)
        if (process.connected) process.disconnect()
      },
    )
  })
  await released
  await service.stop()
  process.exit()
}
