/** What the tests of one run know of their PostgreSQL. */
import { readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbedded } from '../../src/infra/embedded.ts'

export interface Run {
  /** The address of a database of the server where others may be created. */
  server: string
  /** The migrated database that is copied for each test file. */
  template: string
}

export const runVariable = 'MILEPOST_TEST_RUN'
const prefix = 'milepost-test-'

export function runFolder(pid: number): string {
  return join(tmpdir(), `${prefix}${pid}`)
}

/** The address of another database on the same server. */
export function databaseUrl(run: Run, name: string): string {
  const url = new URL(run.server)
  url.pathname = `/${name}`
  return url.href
}

/** A run that was killed could not stop its PostgreSQL: the next one does. */
export async function sweepKilledRuns(): Promise<void> {
  const names = await readdir(tmpdir())
  const pids = names
    .filter((name) => /^\d+$/.test(name.slice(prefix.length)) && name.startsWith(prefix))
    .map((name) => Number(name.slice(prefix.length)))
    // A folder that somebody named like these is no run's.
    .filter(Number.isInteger)
  for (const pid of pids.filter((pid) => !isAlive(pid))) {
    const left = await startEmbedded(runFolder(pid))
    await left.stop()
    await rm(runFolder(pid), { recursive: true, force: true })
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
