import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { startEmbedded } from '../../src/infra/embedded.ts'
import { BinaryError, runBinary } from '../../src/infra/embedded-binaries.ts'
import { clusterOf, ensureDataDir, logFileOf } from '../../src/infra/embedded-data-dir.ts'

/** A PostgreSQL whose connections a test may cut, and which it may kill, stop and start while it is in use. */
export interface BreakablePostgres {
  readonly url: string
  /** The folder of its data, links resolved. */
  readonly folder: string
  /** Terminates every connection of Milepost, whatever it is doing. Returns how many. */
  cut(): Promise<number>
  /** Stops it without a shutdown, as a power cut would, and starts it again at the same address. */
  restart(): Promise<void>
  /** kill -9 of the server's first process, after which its others end; then starts it again at the same address. */
  kill(): Promise<void>
  stop(): Promise<void>
  /** Whether its first process lives. */
  isRunning(): Promise<boolean>
  /** Starts it at the same address. @throws Error where it does not come up within half a minute */
  start(): Promise<void>
  close(): Promise<void>
}

const startTimeoutMs = 30_000

export async function startBreakablePostgres(dataDir: string): Promise<BreakablePostgres> {
  const { url, stop: detach } = await startEmbedded(dataDir)
  const home = await ensureDataDir(dataDir)
  const cluster = clusterOf(home)
  const { port } = new URL(url)
  const control = (...args: string[]) =>
    runBinary(home.binaries.pgCtl, [...args, '-D', cluster, '-s', '-w'], home)
  const start = async () => {
    const tryUntil = performance.now() + startTimeoutMs
    for (;;) {
      try {
        return await control('start', '-l', logFileOf(home), '-o', `-p ${port}`)
      } catch (error) {
        // After kill -9, processes that have not noticed yet still hold its shared memory.
        if (!(error instanceof BinaryError) || performance.now() > tryUntil) throw error
        await pause(50)
      }
    }
  }
  return {
    url,
    folder: home.folder,
    start,
    async cut() {
      const client = new pg.Client({ connectionString: url, application_name: 'the soak' })
      client.on('error', () => {})
      await client.connect()
      const { rowCount } = await client.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'milepost%'
         AND application_name <> 'milepost presence'`,
      )
      await client.end()
      return rowCount ?? 0
    },
    restart: () => control('restart', '-l', logFileOf(home), '-m', 'immediate'),
    async kill() {
      const [pid] = (await readFile(join(cluster, 'postmaster.pid'), 'utf8')).split('\n')
      process.kill(Number(pid), 'SIGKILL')
      await start()
    },
    stop: () => control('stop', '-m', 'fast'),
    isRunning: () =>
      control('status').then(
        () => true,
        () => false,
      ),
    async close() {
      // After a restart the server does not know the connections that keep it running, so it is stopped directly.
      await detach().catch(() => {})
      await control('stop', '-m', 'fast').catch(() => {})
    },
  }
}
