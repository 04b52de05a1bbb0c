import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Told } from './service.ts'

/** A running Milepost that may be killed, stopped and frozen. */
export interface Service {
  /** Where it listens, once it does; undefined where it ended before. */
  readonly url: Promise<string | undefined>
  readonly isGone: boolean
  /** kill -9. */
  kill(): Promise<void>
  /** SIGTERM: finishes what is in hand. Gives the exit code. */
  stop(): Promise<number | null>
  freeze(): void
  wake(): void
}

const file = fileURLToPath(new URL('./service.ts', import.meta.url))

export function startService(told: Told): Service {
  const child: ChildProcess = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', file],
    {
      env: { ...process.env, MILEPOST_SOAK: JSON.stringify(told) },
      stdio: ['ignore', 'pipe', process.env.MILEPOST_SOAK_LOG ? 'inherit' : 'ignore'],
    },
  )
  const gone = once(child, 'exit')
  const url = child.stdout
    ? firstAddress(createInterface(child.stdout))
    : Promise.resolve(undefined)
  return {
    url,
    get isGone() {
      return child.exitCode !== null || child.signalCode !== null
    },
    async kill() {
      child.kill('SIGKILL')
      await gone
    },
    async stop() {
      child.kill('SIGTERM')
      await gone
      return child.exitCode
    },
    freeze: () => void child.kill('SIGSTOP'),
    wake: () => void child.kill('SIGCONT'),
  }
}

async function firstAddress(lines: AsyncIterable<string>): Promise<string | undefined> {
  for await (const line of lines) {
    const [, url] = /^listening (\S+)$/.exec(line) ?? []
    if (url) return url
  }
  return undefined
}
