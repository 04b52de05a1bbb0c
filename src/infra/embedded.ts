/**
 * The embedded PostgreSQL: real, on loopback only, its data below the data folder.
 *
 * Several processes may share it (the service and the command line): the first one starts it, the others use the running
 * server, and the last to leave stops it. This needs no lock file of ours. The data directory is put in place by one
 * rename; PostgreSQL's own postmaster.pid and shared memory allow one server on a directory, never two; and every process
 * holds a shared advisory lock while it uses the server, which only the last one can turn into an exclusive one. When a
 * process is killed, the server runs on until the next one uses it and leaves.
 */
import { open, realpath, stat, truncate } from 'node:fs/promises'
import { createServer } from 'node:net'
import { resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { messageOf } from '../base/errors.ts'
import { DatabaseUnavailableError, errorCodes, isConnectionError } from './connection-errors.ts'
import { BinaryError, runBinary } from './embedded-binaries.ts'
import {
  clusterOf,
  type EmbeddedDataDir,
  ensureDataDir,
  logFileOf,
  superuser,
} from './embedded-data-dir.ts'
import { runningPort } from './embedded-pid-file.ts'

export interface EmbeddedServer {
  /** Contains the password: never print it. */
  url: string
  /** Whether another process had started it. */
  wasAlreadyRunning: boolean
  /** Stops the server unless another process is using it. Close your own connections first. */
  stop(): Promise<void>
}

/** The advisory lock that says "I am using this server". */
const presenceLockId = 7_101
/** ENOENT is among them: Node's mkdir fails with it on a read-only file system. */
const folderErrorCodes = new Set(['ENOENT', 'EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST'])
/** While waiting for a server that starts or stops. */
const pollIntervalMs = 100
const startTimeoutMs = 60_000

/**
 * Starts PostgreSQL below `dataDir`, or uses the one that is running there.
 * @throws Error that says what to do: folder not writable, disk full, platform without PostgreSQL
 */
export async function startEmbedded(dataDir: string): Promise<EmbeddedServer> {
  try {
    const home = await ensureDataDir(dataDir)
    let adopted = true
    for (let attempt = 0; attempt < 5; attempt += 1) {
      const keeper = await attach(home)
      if (keeper)
        return {
          url: urlOf(home, keeper.port),
          wasAlreadyRunning: adopted,
          stop: () => detach(home, keeper),
        }
      adopted = !(await startServer(home))
    }
    throw new Error(`it did not stay up. Its log is ${logFileOf(home)}`)
  } catch (error) {
    throw new Error(
      `Milepost's own PostgreSQL could not be started: ${startFailureText(error, dataDir)}`,
      {
        cause: error,
      },
    )
  }
}

/** Connects to the server that runs on this data directory. Undefined where none runs. */
async function attach(home: EmbeddedDataDir): Promise<pg.Client | undefined> {
  for (let waited = 0; waited < startTimeoutMs; waited += pollIntervalMs) {
    const port = await runningPort(clusterOf(home))
    if (port === undefined) return undefined
    const keeper = port === 'starting' ? undefined : await connectPresence(home, port)
    if (keeper) return keeper
    await pause(pollIntervalMs)
  }
  throw new Error(`one holds ${clusterOf(home)} but does not answer. End it, then start again.`)
}

/** A connection that counts as a user of the server. Undefined while it is starting or stopping. */
async function connectPresence(
  home: EmbeddedDataDir,
  port: number,
): Promise<pg.Client | undefined> {
  const client = new pg.Client({
    connectionString: urlOf(home, port),
    application_name: 'milepost presence',
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
  })
  // This connection only counts its process: a server that goes away is noticed by the connections that use it.
  client.on('error', () => {})
  try {
    await client.connect()
    const { rows } = await client.query<{ data_directory: string }>('SHOW data_directory')
    const served = resolve(rows[0]?.data_directory ?? '')
    if (served !== (await realpath(clusterOf(home)))) throw new DatabaseUnavailableError('Not ours')
    // Waits while another process is stopping the server, and is then disconnected.
    await client.query('SELECT pg_advisory_lock_shared($1)', [presenceLockId])
    return client
  } catch (error) {
    await client.end()
    if (isConnectionError(error)) return undefined
    throw error
  }
}

/** Starts the server. False where another process started it first, or took the port. */
async function startServer(home: EmbeddedDataDir): Promise<boolean> {
  const log = logFileOf(home)
  const before = await truncateLargeLog(log)
  const port = await freePort()
  const args = ['start', '-D', clusterOf(home), '-l', log, '-s', '-w', '-o', `-p ${port}`]
  try {
    await runBinary(home.binaries.pgCtl, args, home)
    return true
  } catch (error) {
    if (!(error instanceof BinaryError)) throw error
    if ((await runningPort(clusterOf(home))) !== undefined) return false
    const said = await readFrom(log, before)
    if (/could not bind|lock file .* already exists/.test(said)) return false
    throw new Error(said.trim().split('\n').slice(-4).join('\n') || error.message)
  }
}

/** Gives up the presence lock, and stops the server if no other process holds it. */
async function detach(home: EmbeddedDataDir, keeper: pg.Client): Promise<void> {
  try {
    await keeper.query('SELECT pg_advisory_unlock_shared($1)', [presenceLockId])
    const { rows } = await keeper.query<{ last: boolean }>(
      'SELECT pg_try_advisory_lock($1) AS last',
      [presenceLockId],
    )
    if (rows[0]?.last) {
      await runBinary(
        home.binaries.pgCtl,
        ['stop', '-D', clusterOf(home), '-s', '-m', 'fast'],
        home,
      )
    }
  } catch (error) {
    // The server has stopped already.
    if (!isConnectionError(error)) throw error
  } finally {
    await keeper.end()
  }
}

function urlOf(home: EmbeddedDataDir, port: number): string {
  return `postgresql://${superuser}:${home.password}@127.0.0.1:${port}/postgres`
}

/** A loopback port that was free a moment ago. */
function freePort(): Promise<number> {
  return new Promise((found, failed) => {
    const probe = createServer().on('error', failed)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      const port = typeof address === 'object' && address ? address.port : 0
      probe.close(() => found(port))
    })
  })
}

/** The size of the log in bytes. It is emptied when it has grown to 5 MB. */
async function truncateLargeLog(log: string): Promise<number> {
  const size = await stat(log).then(
    (file) => file.size,
    () => 0,
  )
  if (size < 5_000_000) return size
  await truncate(log)
  return 0
}

async function readFrom(log: string, position: number): Promise<string> {
  const file = await open(log).catch(() => undefined)
  if (!file) return ''
  try {
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(64_000), position })
    return buffer.toString('utf8', 0, bytesRead)
  } finally {
    await file.close()
  }
}

function startFailureText(error: unknown, dataDir: string): string {
  const message = messageOf(error)
  const [code] = errorCodes(error)
  if (code === 'ENOSPC' || /No space left|free disk space/.test(message)) {
    return `the disk that holds ${dataDir} is full. Make room, then start again.`
  }
  if (message.startsWith('spawn ')) {
    return `its programs cannot be run on this system (${message}). Set DATABASE_URL to another one.`
  }
  if (code && folderErrorCodes.has(code)) {
    return (
      `its folder ${dataDir} cannot be used (${message}). ` +
      'Set MILEPOST_DATA_DIR to a folder that this user may write, or set DATABASE_URL.'
    )
  }
  return message
}
