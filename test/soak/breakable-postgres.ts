import pg from 'pg'
import { startEmbedded } from '../../src/infra/embedded.ts'
import { runBinary } from '../../src/infra/embedded-binaries.ts'
import { clusterOf, ensureDataDir, logFileOf } from '../../src/infra/embedded-data-dir.ts'

/** A PostgreSQL whose connections a test may cut, and which it may restart while it is in use. */
export interface BreakablePostgres {
  readonly url: string
  /** Terminates every connection of Milepost, whatever it is doing. Returns how many. */
  cut(): Promise<number>
  /** Stops it without a shutdown, as a power cut would, and starts it again at the same address. */
  restart(): Promise<void>
  close(): Promise<void>
}

export async function startBreakablePostgres(folder: string): Promise<BreakablePostgres> {
  const { url, stop } = await startEmbedded(folder)
  const home = await ensureDataDir(folder)
  const cluster = clusterOf(home)
  return {
    url,
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
    async restart() {
      const args = ['restart', '-D', cluster, '-l', logFileOf(home), '-s', '-w', '-m', 'immediate']
      await runBinary(home.binaries.pgCtl, args, home)
    },
    async close() {
      // After a restart the server does not know the connections that keep it running, so it is stopped directly.
      await stop().catch(() => {})
      await runBinary(home.binaries.pgCtl, ['stop', '-D', cluster, '-s', '-m', 'fast'], home).catch(
        () => {},
      )
    },
  }
}
