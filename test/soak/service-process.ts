import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { ServiceOptions } from './service.ts'

/** Milepost in a process of its own, which a test may kill, stop and freeze. */
export interface Service {
  /** Its address, once it listens; undefined if it ended before that. */
  readonly url: Promise<string | undefined>
  readonly hasEnded: boolean
  /** kill -9. */
  kill(): Promise<void>
  /** SIGTERM: waits for work in progress. Returns the exit code. */
  stop(): Promise<number | null>
  freeze(): void
  wake(): void
}

/** The root of the working tree. */
export const thisVersion = fileURLToPath(new URL('../..', import.meta.url))

/** Starts the service of a version, which lies in a folder. */
export function startService(options: ServiceOptions, version = thisVersion): Service {
  const child: ChildProcess = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', join(version, 'test/soak/service.ts')],
    {
      env: { ...process.env, MILEPOST_SOAK: JSON.stringify(options) },
      stdio: ['ignore', 'pipe', process.env.MILEPOST_SOAK_LOG ? 'inherit' : 'ignore'],
    },
  )
  const exited = once(child, 'exit')
  const url = child.stdout
    ? firstAddress(createInterface(child.stdout))
    : Promise.resolve(undefined)
  return {
    url,
    get hasEnded() {
      return child.exitCode !== null || child.signalCode !== null
    },
    async kill() {
      child.kill('SIGKILL')
      await exited
    },
    async stop() {
      child.kill('SIGTERM')
      await exited
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
