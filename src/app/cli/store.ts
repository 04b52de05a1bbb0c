import type { Command } from 'commander'
import { inTransaction, type Tx } from '../../infra/db.ts'
import { openStore, type StoreOptions } from '../../infra/open-store.ts'
import { dataDirOf, loadEnvironment, readConfig } from '../config.ts'

/** Whose data a command of the terminal works on. */

/** Of the settings, or of the playground where `--playground` was said. */
export function storeOptionsOf(program: Command): StoreOptions {
  const { databaseUrl, dataDir } = readConfig(loadEnvironment())
  const { playground } = program.opts<{ playground?: boolean }>()
  return {
    databaseUrl,
    dataDir: dataDirOf({ dataDir, playground: playground === true }),
    log: (line) => console.error(line),
  }
}

/** Runs `work` in one transaction. A plan of ten thousand rows takes its time, and nobody else waits for it. */
export async function withStore<T>(program: Command, work: (tx: Tx) => Promise<T>): Promise<T> {
  const store = await openStore(storeOptionsOf(program))
  try {
    return await inTransaction(store.db, work, { timeoutMs: 120_000 })
  } finally {
    await store.close()
  }
}
