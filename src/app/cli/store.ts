import type { Command } from 'commander'
import { inTransaction, type Tx } from '../../infra/db.ts'
import { openStore, type StoreOptions } from '../../infra/open-store.ts'
import { type Config, dataDirOf, loadEnvironment, readConfig } from '../config.ts'

/** The database that a command of the terminal works on. */

/** The configured database, or the playground's with `--playground`. */
export function storeOptionsOf(program: Command): StoreOptions {
  const config = configOf(program)
  return {
    databaseUrl: config.databaseUrl,
    dataDir: dataDirOf(config),
    log: (line) => console.error(line),
  }
}

/**
 * The configuration in which commands run. The service opens the playground where no platform is configured; a command
 * works on its data only where somebody says so.
 */
export function configOf(program: Command): Config {
  const { playground = false } = program.opts<{ playground?: boolean }>()
  return { ...readConfig(loadEnvironment()), playground }
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
