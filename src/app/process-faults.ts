import { setTimeout as pause } from 'node:timers/promises'
import { messageOf } from '../base/errors.ts'
import type { Log } from '../base/log.ts'

/** What nobody caught: a promise that rejected, or an exception out of a callback. */
export type StrayFault = 'rejection' | 'exception'

export interface ProcessFaultOptions {
  readonly log: Log
  /** Counts it, for the metrics. */
  readonly count: (fault: StrayFault) => void
  /** Finishes what is in progress. */
  readonly stop: () => Promise<void>
  readonly exit: (code: number) => void
  /** How long finishing may take, in milliseconds. */
  readonly patienceMs?: number
}

/** Of Node's process, what is listened to. */
interface FaultSource {
  on(event: 'unhandledRejection', listener: (reason: unknown) => void): unknown
  on(event: 'uncaughtException', listener: (error: unknown) => void): unknown
}

/**
 * What becomes of the faults that nobody caught. By default Node ends the process for either.
 *
 * A rejection broke off one chain of work and nothing else: our requests, jobs and deliveries each end in a handler of
 * their own, so it comes from a library or from work that nobody waited for. It is logged, and the service goes on.
 *
 * An exception out of a callback broke off in the middle of whatever called it, a library's parser or a timer, whose
 * state nobody can vouch for after that (https://nodejs.org/api/process.html#warning-using-uncaughtexception-correctly).
 * What is in progress is finished, and the process ends with 1, for its supervisor to start it again.
 */
export function handleProcessFaults(source: FaultSource, options: ProcessFaultOptions): void {
  const { log, count, stop, exit, patienceMs = 30_000 } = options
  let isEnding = false
  source.on('unhandledRejection', (reason) => {
    count('rejection')
    log.error(fieldsOf(reason), 'A rejection that nobody handled; Milepost goes on')
  })
  source.on('uncaughtException', (error) => {
    count('exception')
    log.error(
      fieldsOf(error),
      'An exception that nobody caught; Milepost finishes what is in progress and ends, to be started again',
    )
    if (isEnding) return exit(1)
    isEnding = true
    const ended = stop().catch((failure: unknown) =>
      log.error(fieldsOf(failure), 'Milepost did not stop cleanly'),
    )
    Promise.race([ended, pause(patienceMs, undefined, { ref: false })]).then(() => exit(1))
  })
}

function fieldsOf(thrown: unknown): object {
  return {
    error: messageOf(thrown),
    stack: thrown instanceof Error ? thrown.stack : undefined,
  }
}
