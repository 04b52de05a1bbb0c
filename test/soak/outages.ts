import pg from 'pg'
import { startEmbedded } from '../../src/infra/embedded.ts'
import { runBinary } from '../../src/infra/embedded-binaries.ts'
import { clusterOf, ensureDataDir, logFileOf } from '../../src/infra/embedded-data-dir.ts'

/** A PostgreSQL of its own, which may be cut off and restarted under those who use it. */
export interface Breakable {
  readonly url: string
  /** Cuts every connection of Milepost's, in the middle of whatever it does. Gives how many. */
  cut(): Promise<number>
  /** Stops it as a power cut would, and starts it again at the same address. */
  restart(): Promise<void>
  close(): Promise<void>
}

export async function breakable(folder: string): Promise<Breakable> {
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
      // Those who were present when it was restarted are not known to it any more: it is stopped by hand.
      await stop().catch(() => {})
      await runBinary(home.binaries.pgCtl, ['stop', '-D', cluster, '-s', '-m', 'fast'], home).catch(
        () => {},
      )
    },
  }
}
