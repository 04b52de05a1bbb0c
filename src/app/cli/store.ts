import type { Command } from 'commander'
import { inTransaction, type Tx } from '../../infra/db.ts'
import { openStore, type StoreOptions } from '../../infra/open-store.ts'
import { dataDirOf, loadEnvironment, readConfig } from '../config.ts'

/** The database that a command of the terminal works on. */

/** The configured database, or the playground's with `--playground`. */
export function storeOptionsOf(program: Command): StoreOptions {
  const { databaseUrl, dataDir } = readConfig(loadEnvironment())
  const { playground } = program.opts<{ playground?: boolean }>()
  return {
    databaseUrl,
    dataDir: dataDirOf({ dataDir, playground: playground === true }),
    log: (line) => console.error(line),
  }
}

/** Runs `work` in one transaction, of up to two minutes: a plan of ten thousand rows takes long, and nobody waits. */
export async function withStore<T>(program: Command, work: (tx: Tx) => Promise<T>): Promise<T> {
  const store = await openStore(storeOptionsOf(program))
  try {
    return await inTransaction(store.db, work, { timeoutMs: 120_000 })
  } finally {
    await store.close()
  }
}
