/**
 * Work that is done later, or every minute, on pg-boss. A job carries only ids; the data is in our tables.
 *
 * pg-boss delivers at least once, so a job must be harmless when it runs twice. It takes the time from the database,
 * for `startAfter` too, so a wrong clock on one replica does no harm.
 */
import { randomUUID } from 'node:crypto'
import { fromPrisma, type JobWithMetadata, PgBoss } from 'pg-boss'
import type { Log } from '../base/log.ts'
import { databaseUnavailable, errorCodes, isConnectionError } from './connection-errors.ts'
import type { Tx } from './db.ts'

export interface Jobs {
  /** Runs `work` once in each minute, on one of the replicas, up to ten seconds late. */
  everyMinute(name: string, work: () => Promise<void>): Promise<void>
  /** Opens a queue: to send to it, to work it, or both. */
  queue<T extends object>(name: string, options?: QueueOptions): Promise<Queue<T>>
  /** Takes no more jobs. Graceful: waits for the running ones, half a minute at most. */
  stop(graceful: boolean): Promise<void>
}

export interface Queue<T extends object> {
  /**
   * Sends a job; with `tx`, it is sent if and when that commits. While a job with the same `singletonKey` waits to
   * begin, this one is not added. @throws DatabaseUnavailableError
   */
  send(tx: Tx | undefined, data: T, options?: SendOptions): Promise<void>
  /** Runs the jobs on this replica, at most `concurrency` at once. A job whose handler throws is retried. */
  work(handle: (data: T) => Promise<void>, options?: { concurrency?: number }): Promise<void>
}

export interface SendOptions {
  /** Not before this moment. */
  startAfter?: Date
  singletonKey?: string
}

export interface QueueOptions {
  /** Retries, with growing intervals. A job that fails them all goes to `deadLetterQueue`. */
  retryLimit?: number
  /** Before the first retry; doubled each time, up to `retryDelayMaxSeconds`. */
  retryDelaySeconds?: number
  retryDelayMaxSeconds?: number
  /** After this long a running job counts as lost with its process, and is retried. */
  expireInSeconds?: number
}

/** Jobs only report problems. */
type ProblemLog = Pick<Log, 'warn' | 'error'>

/** The queue of the jobs that failed for good, kept for a month for inspection or another try. */
export const deadLetterQueue = 'dead-letters'
const monthSeconds = 30 * 24 * 60 * 60
/** A job that ended is of no use any more: what it did is in our tables, and one that failed for good among the dead letters. */
const deleteAfterSeconds = 60 * 60

/**
 * A replica that runs a job reports twice in this time; one that died or froze is noticed after it and one interval of
 * supervision. Another replica then runs the job: after 15 seconds at most.
 */
const heartbeatSeconds = 10
const superviseSeconds = 5

/** Starts pg-boss in `schema` of the database, which it creates and migrates by itself. */
export async function startJobs(options: {
  url: string
  log: ProblemLog
  schema?: string
}): Promise<Jobs> {
  const { url, log, schema = 'pgboss' } = options
  const boss = new PgBoss({
    connectionString: url,
    application_name: 'milepost jobs',
    schema,
    max: 5,
    useListenNotify: true,
    cronMonitorIntervalSeconds: 5,
    cronWorkerIntervalSeconds: 2,
    superviseIntervalSeconds: superviseSeconds,
    monitorIntervalSeconds: superviseSeconds,
  })
  // Without a listener Node would end the process. pg-boss goes on by itself when the database is back.
  boss.on('error', createErrorLogger(log))
  boss.on('warning', (warning) => log.warn({ warning }, 'The job engine warns'))
  await boss.start()
  // On a new database, without statistics, the planner reads the whole table for every job.
  await boss.getDb().executeSql(`ANALYZE ${schema}.job`)
  await boss.createQueue(deadLetterQueue, {
    retentionSeconds: monthSeconds,
    deleteAfterSeconds: monthSeconds,
  })
  return {
    everyMinute: (name, work) => everyMinute(boss, log, name, work),
    queue: (name, settings) => openQueue(boss, log, name, settings),
    stop: (graceful) => boss.stop({ graceful, timeout: 30_000 }),
  }
}

/** Every worker fails once a second during an outage: that is logged once a minute, any other error each time. */
function createErrorLogger(log: ProblemLog): (error: unknown) => void {
  let quietUntil = 0
  return (error) => {
    if (!isConnectionError(error)) {
      log.error({ error }, 'The job engine met an error')
      return
    }
    const now = performance.now()
    if (now < quietUntil) return
    quietUntil = now + 60_000
    log.error(
      { codes: errorCodes(error) },
      'The job engine cannot reach the database, and keeps trying',
    )
  }
}

/** Only a tick: our own rules find what is due at a local time, because cron loses days at clock changes. */
async function everyMinute(
  boss: PgBoss,
  log: ProblemLog,
  name: string,
  work: () => Promise<void>,
): Promise<void> {
  // exclusive: one job waiting or running at a time. The retry is for a replica that died while it ran.
  const settings = { retryLimit: 1, heartbeatSeconds, deleteAfterSeconds, notify: true }
  await boss.createQueue(name, { policy: 'exclusive', ...settings })
  await boss.updateQueue(name, settings)
  await boss.schedule(name, '* * * * *')
  await boss.work(
    name,
    { ...pollingOptions, includeMetadata: true },
    loggingHandler(log, name, work),
  )
}

async function openQueue<T extends object>(
  boss: PgBoss,
  log: ProblemLog,
  name: string,
  options: QueueOptions = {},
): Promise<Queue<T>> {
  const {
    retryLimit = 5,
    retryDelaySeconds = 5,
    retryDelayMaxSeconds = 15 * 60,
    expireInSeconds = 5 * 60,
  } = options
  const settings = {
    retryLimit,
    retryDelay: retryDelaySeconds,
    retryBackoff: true,
    retryDelayMax: retryDelayMaxSeconds,
    expireInSeconds,
    heartbeatSeconds,
    deleteAfterSeconds,
    deadLetter: deadLetterQueue,
    notify: true,
  }
  // short: at most one waiting job for each key.
  await boss.createQueue(name, { policy: 'short', ...settings })
  await boss.updateQueue(name, settings)
  return {
    async send(tx, data, { startAfter, singletonKey } = {}) {
      try {
        await boss.send(name, data, {
          singletonKey: singletonKey ?? randomUUID(),
          ...(startAfter && { startAfter }),
          ...(tx && { db: fromPrisma(tx) }),
        })
      } catch (error) {
        if (!isConnectionError(error)) throw error
        throw databaseUnavailable(error)
      }
    },
    async work(handle, { concurrency = 1 } = {}) {
      const workers = {
        ...pollingOptions,
        includeMetadata: true,
        localConcurrency: concurrency,
      } as const
      await boss.work(name, workers, loggingHandler(log, name, handle))
    },
  }
}

/** NOTIFY wakes a worker at once; polling finds retried and delayed jobs, and those sent while it was away. */
const pollingOptions = { pollingIntervalSeconds: 1, notifyPollingIntervalSeconds: 2 }

/** A handler for pg-boss that logs each failure, the last one as an error. */
function loggingHandler<T extends object>(
  log: ProblemLog,
  queue: string,
  handle: (data: T) => Promise<void>,
): (jobs: JobWithMetadata<T>[]) => Promise<void> {
  return async (jobs) => {
    for (const job of jobs) {
      try {
        await handle(job.data)
      } catch (error) {
        const about = { error, queue, job: job.id, data: job.data, attempt: job.retryCount + 1 }
        if (job.retryCount < job.retryLimit) log.warn(about, 'A job failed and will be tried again')
        else log.error(about, 'A job failed and was given up')
        throw error
      }
    }
  }
}
