import type { Clock } from '../base/clock.ts'
import type { Log } from '../base/log.ts'
import type { Tx } from '../infra/db.ts'
import type { Jobs } from '../infra/jobs.ts'
import type { Dispatcher } from './dispatcher.ts'
import { renewalMs } from './lease.ts'

export interface OutboxWorker {
  /**
   * Call it in a transaction that enqueued something: sending begins as soon as that commits, and not at all if it is
   * rolled back. Once per transaction is enough. Without it the message is found within seconds.
   */
  wake(tx: Tx): Promise<void>
  /** Claims nothing more and waits for what is being sent. Stop this before the jobs and the database. */
  stop(): Promise<void>
}

const secondMs = 1_000
/**
 * How often each replica looks by itself for whatever was missed: a lost wake-up, a claim whose process died. Together
 * with the lease, another replica has taken such a claim over within 30 s.
 */
export const pollIntervalMs = 5_000

/** Runs the dispatcher: at once after a message was enqueued, when a wait or a rate limit ends, and every few seconds. */
export async function startOutboxWorker(parts: {
  readonly jobs: Jobs
  readonly dispatcher: Dispatcher
  readonly clock: Clock
  readonly log: Log
}): Promise<OutboxWorker> {
  const { dispatcher, clock, log } = parts
  const running = new Set<Promise<void>>()
  let comeBack: NodeJS.Timeout | undefined
  let stopped = false
  const renewal = setInterval(renew, renewalMs).unref()

  async function dispatch(): Promise<void> {
    // A platform that is slow to answer keeps this run open; the waits of other messages end meanwhile.
    comeBackIn(secondMs)
    let next: Date | undefined
    try {
      const began = clock.now()
      await dispatcher.dispatchDue()
      next = await dispatcher.nextDue(began)
    } catch (error) {
      log.error(
        { err: error },
        'Messages could not be sent; those that are due are kept and tried again',
      )
    }
    comeBackIn(next ? next.getTime() - clock.now().getTime() : pollIntervalMs)
  }

  function comeBackIn(ms: number): void {
    clearTimeout(comeBack)
    if (stopped) return
    comeBack = setTimeout(start, Math.min(pollIntervalMs, Math.max(0, ms))).unref()
  }

  /** Where it fails, the leases expire: another process then takes over, and ours records nothing. */
  function renew(): void {
    dispatcher.renewLeases().catch((error: unknown) => {
      log.warn({ err: error }, 'Leases could not be extended')
    })
  }

  function start(): void {
    if (stopped) return
    const run = dispatch().finally(() => running.delete(run))
    running.add(run)
  }

  // A job is only the wake-up and ends at once: the truth is in the outbox, and a platform that is slow to answer must
  // not keep the next wake-up waiting. So the job engine has nothing to retry either.
  const onWake = async () => start()

  const wakeUps = await parts.jobs.queue<Record<string, never>>('deliveries')
  await wakeUps.work(onWake)
  start()

  return {
    // Without a key: of two transactions the second must not rely on a wake-up that runs before it commits.
    wake: (tx) => wakeUps.send(tx, {}),
    async stop() {
      stopped = true
      clearTimeout(comeBack)
      await dispatcher.stop()
      await Promise.all(running)
      clearInterval(renewal)
    },
  }
}
