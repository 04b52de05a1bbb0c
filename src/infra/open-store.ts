/** Opens and migrates the configured database: the first step of the service and of the command line. */
import { messageOf } from '../base/errors.ts'
import { errorCodes, isConnectionError } from './connection-errors.ts'
import { closeDatabase, type Database, databaseLabel, openDatabase } from './db.ts'
import { type EmbeddedServer, startEmbedded } from './embedded.ts'
import { MigrationError, migrate } from './migrate.ts'

export interface Store {
  db: Database
  /** For startJobs. Contains the password: never print it. */
  url: string
  /** Closes the connections, and stops the embedded server if nobody else uses it. */
  close(): Promise<void>
}

export interface StoreOptions {
  /** The operator's PostgreSQL. If undefined, Milepost runs its own below `dataDir`. */
  databaseUrl?: string | undefined
  dataDir: string
  /** Called with messages for the operator. */
  log?: (message: string) => void
}

/** The store could not be opened. The message is for the operator: short, and without credentials. */
export class StoreOpenError extends Error {
  override readonly name = 'StoreOpenError'
}

/** A running server, whose contents are untouched. */
export interface DatabaseServer {
  /** Contains the password: never print it. */
  readonly url: string
  /** Stops the embedded server if nobody else uses it. */
  close(): Promise<void>
}

/** Starts or finds the server. Throws StoreOpenError. */
export async function openServer({ databaseUrl, dataDir }: StoreOptions): Promise<DatabaseServer> {
  if (databaseUrl !== undefined) {
    assertPostgresUrl(databaseUrl)
    return { url: databaseUrl, close: async () => {} }
  }
  const { url, stop } = await openEmbeddedServer(dataDir)
  return { url, close: stop }
}

/** Starts or finds the database, applies migrations and connects. Throws StoreOpenError. */
export async function openStore(options: StoreOptions): Promise<Store> {
  const { log = () => {} } = options
  const server = await openServer(options)
  const { url } = server
  try {
    const { applied, ahead } = await migrate(url)
    if (applied.length > 0) log(`Database brought up to date: ${applied.join(', ')}`)
    if (ahead.length > 0) {
      log(`This version is older than its database, which also has ${ahead.join(', ')}`)
    }
    const db = await openDatabase(url)
    return { db, url, close: () => closeStore(db, server) }
  } catch (error) {
    await server.close()
    throw new StoreOpenError(openErrorText(error, url), { cause: error })
  }
}

async function closeStore(db: Database, server: DatabaseServer): Promise<void> {
  await closeDatabase(db)
  await server.close()
}

async function openEmbeddedServer(dataDir: string): Promise<EmbeddedServer> {
  try {
    return await startEmbedded(dataDir)
  } catch (error) {
    throw new StoreOpenError(messageOf(error), { cause: error })
  }
}

/** Checks the address before a library does, whose error would repeat it with its password. */
function assertPostgresUrl(url: string): void {
  const parsed = URL.canParse(url) ? new URL(url) : undefined
  if (!parsed || !/^postgres(ql)?:$/.test(parsed.protocol) || parsed.hostname === '') {
    throw new StoreOpenError(
      'DATABASE_URL is not an address like postgresql://user:password@host:5432/database',
    )
  }
}

function openErrorText(error: unknown, url: string): string {
  const where = databaseLabel(url)
  const codes = errorCodes(error)
  if (error instanceof MigrationError) return error.message
  if (codes.includes('28P01') || codes.includes('28000')) {
    return `${where} refused the user or the password in DATABASE_URL`
  }
  if (codes.includes('3D000')) return `${where} does not exist. Create it, then start again`
  if (codes.includes('42501')) return `${where} does not allow this user to create its tables`
  if (isConnectionError(error)) {
    return `${where} does not answer (${codes[0] ?? 'no reply'}). Is it running, and reachable from here?`
  }
  return `${where} could not be opened: ${messageOf(error)}`
}
