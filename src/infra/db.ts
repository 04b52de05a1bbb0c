/**
 * Access to the database for every other room: the types `Database`, `Tx` and `ReadTx`, and how to open, close and use
 * them. Stores take a Tx or a ReadTx, so that the same statement works alone and in a transaction.
 */
import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { step } from '../base/tracing.ts'
import {
  DatabaseUnavailableError,
  databaseUnavailable,
  isConnectionError,
  isDatabaseUnavailable,
  isTransactionConflict,
} from './connection-errors.ts'
import { Prisma, PrismaClient } from './prisma/client.ts'

export { DatabaseUnavailableError, isDatabaseUnavailable } from './connection-errors.ts'
/** Tables as rows, inputs and filters ("Prisma.MilestoneWhereInput"), and `Prisma.sql`. */
export { Prisma }

/** A pool of connections to Milepost's database. */
export type Database = PrismaClient

/** What runs statements: a Database, or one transaction of it. */
export type Tx = Prisma.TransactionClient

type ReadMethod =
  | ('findUnique' | 'findUniqueOrThrow' | 'findFirst' | 'findFirstOrThrow' | 'findMany')
  | ('count' | 'aggregate' | 'groupBy')

/**
 * What only reads: a Database or a Tx without the methods that write, so that a write does not compile. Raw SQL is
 * for reading as well; a statement that locks rows takes a Tx.
 */
export type ReadTx = Pick<Tx, '$queryRaw'> & {
  readonly [Model in Uncapitalize<Prisma.ModelName>]: Pick<Tx[Model], ReadMethod & keyof Tx[Model]>
}

export interface DatabaseOptions {
  /** Most connections held at once. */
  maxConnections?: number
  /** How long to wait for a connection, in milliseconds. */
  connectTimeoutMs?: number
}

const pools = new WeakMap<object, pg.Pool>()

/** Opens a pool and tests it with one statement. @throws DatabaseUnavailableError, or the error of PostgreSQL */
export async function openDatabase(url: string, options: DatabaseOptions = {}): Promise<Database> {
  const { maxConnections = 10, connectTimeoutMs = 5_000 } = options
  const pool = new pg.Pool({
    connectionString: url,
    max: maxConnections,
    connectionTimeoutMillis: connectTimeoutMs,
    application_name: 'milepost',
    keepAlive: true,
    statement_timeout: 30_000,
    // Prisma's driver writes and reads moments without their zone, so the session has to be UTC.
    options: '-c TimeZone=UTC',
  })
  // A connection that breaks leaves the pool, and its statement fails or the next one opens another. Node would end the
  // process where nobody listens: to the pool while it is idle, and to the connection itself after it was taken from the
  // pool and before Prisma listens.
  pool.on('error', () => {})
  pool.on('connect', (connection) => connection.on('error', () => {}))
  try {
    await pool.query('SELECT 1')
  } catch (error) {
    await pool.end()
    throw isConnectionError(error)
      ? new DatabaseUnavailableError(`${databaseLabel(url)} does not answer`, { cause: error })
      : error
  }
  const db = new PrismaClient({
    adapter: new PrismaPg(pool, {
      disposeExternalPool: true,
      statementNameGenerator: ({ sql, args }) => statementName(sql, args.length),
    }),
    transactionOptions: { maxWait: connectTimeoutMs, timeout: 20_000 },
  })
  pools.set(db, pool)
  return db
}

/** A statement with a list of values has a different text for each length of the list, so it is not worth a plan. */
const maxPreparedParameters = 16
/** Each connection keeps the plans of all of these. */
const maxPreparedStatements = 300
const statementNames = new Map<string, string>()

/**
 * The name of a prepared statement, so that PostgreSQL plans it once for each connection: planning most of our
 * statements takes longer than running them. '' for one that is planned every time.
 */
function statementName(sql: string, parameters: number): string {
  const known = statementNames.get(sql)
  if (known !== undefined) return known
  if (parameters > maxPreparedParameters || statementNames.size === maxPreparedStatements) return ''
  const name = `milepost_${statementNames.size}`
  statementNames.set(sql, name)
  return name
}

/**
 * Runs raw SQL and returns its rows. Outside a transaction it goes straight to the driver, because Prisma takes twice
 * the processor time. So parameters have to be text or numbers, and columns text, int or JSON, which are the same both
 * ways. @throws DatabaseUnavailableError
 */
export async function queryRows<Row extends object>(tx: ReadTx, sql: Prisma.Sql): Promise<Row[]> {
  const pool = pools.get(tx)
  if (pool === undefined) return tx.$queryRaw<Row[]>(sql)
  const { text, values } = sql
  try {
    const { rows } = await pool.query<Row>({
      name: statementName(text, values.length),
      text,
      values,
    })
    return rows
  } catch (error) {
    if (!isConnectionError(error)) throw error
    throw databaseUnavailable(error)
  }
}

/** Closes the pool when the running statements are done. */
export async function closeDatabase(db: Database): Promise<void> {
  await db.$disconnect()
  const pool = pools.get(db)
  // Prisma ends the pool only if it was ever used through Prisma.
  if (pool !== undefined && !pool.ending) await pool.end()
}

export interface TransactionOptions {
  isolation?: Prisma.TransactionIsolationLevel
  /** How often to begin again after a deadlock or a serialization failure. */
  retries?: number
  /** How long it may take, in milliseconds. */
  timeoutMs?: number
}

/**
 * Runs `work` in one transaction and commits it. After a deadlock or a serialization failure the
 * whole of `work` runs again, so it may have no effect except on its Tx.
 * @throws DatabaseUnavailableError when the connection was lost: it is then not known whether the commit arrived, and a
 * repeat must be harmless
 */
export async function inTransaction<T>(
  db: Database,
  work: (tx: Tx) => Promise<T>,
  options: TransactionOptions = {},
): Promise<T> {
  return step('transaction', {}, () => runTransaction(db, work, options))
}

async function runTransaction<T>(
  db: Database,
  work: (tx: Tx) => Promise<T>,
  options: TransactionOptions,
): Promise<T> {
  const { isolation, retries = 3, timeoutMs } = options
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await db.$transaction(work, {
        ...(isolation ? { isolationLevel: isolation } : {}),
        ...(timeoutMs ? { timeout: timeoutMs } : {}),
      })
    } catch (error) {
      if (isDatabaseUnavailable(error)) throw databaseUnavailable(error)
      if (!isTransactionConflict(error) || attempt >= retries) throw error
    }
  }
}

/** Where a database lives, for messages: host, port and name, never the user or the password. */
export function databaseLabel(url: string): string {
  const { hostname, port, pathname } = new URL(url)
  return `The database ${pathname.slice(1) || 'postgres'} at ${hostname}:${port || '5432'}`
}
