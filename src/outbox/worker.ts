import type { Clock } from '../base/clock.ts'
import type { Log } from '../base/log.ts'
import type { Tx } from '../infra/db.ts'
import type { Jobs } from '../infra/jobs.ts'
import type { Dispatcher } from './dispatcher.ts'
import { renewalMs } from './lease.ts'

export interface OutboxWorker {
  /**
   * Call it in a transaction that decided something: sending begins as soon as that commits, and not at all if it
   * is rolled back. Once per transaction is enough. Left out, or lost, it is found within seconds.
   */
  wake(tx: Tx): Promise<void>
  /** Takes nothing more in hand and waits for what is. Stop this before the jobs and the database. */
  stop(): Promise<void>
}

const secondMs = 1_000
/**
 * How often each replica looks by itself, for whatever was missed: a lost wake-up, a claim whose process died. With
 * the lease of what that process had in hand, another has taken over within 30 s.
 */
export const pollIntervalMs = 5_000

/** Keeps the ledger moving: at once after a decision, when a wait or a pace ends, and every few seconds besides. */
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
    // A recipient who is slow to answer keeps this run open: the waits of others end meanwhile.
    comeBackIn(secondMs)
    let next: Date | undefined
    try {
      const began = clock.now()
      await dispatcher.dispatchDue()
      next = await dispatcher.nextDue(began)
    } catch (error) {
      log.error(
        { err: error },
        'Deliveries could not be sent; what is due is kept, and tried again',
      )
    }
    comeBackIn(next ? next.getTime() - clock.now().getTime() : pollIntervalMs)
  }

  function comeBackIn(ms: number): void {
    clearTimeout(comeBack)
    if (stopped) return
    comeBack = setTimeout(start, Math.min(pollIntervalMs, Math.max(0, ms))).unref()
  }

  /** Where it fails, what is in hand runs out: then another has it, and ours notes nothing. */
  function renew(): void {
    dispatcher.renewLeases().catch((error: unknown) => {
      log.warn({ err: error }, 'What is in hand could not be kept in hand')
    })
  }

  function start(): void {
    if (stopped) return
    const run = dispatch().finally(() => running.delete(run))
    running.add(run)
  }

  // A job is only the wake-up and ends at once: the truth is in the ledger, and a recipient who is slow to answer
  // must not keep the next wake-up waiting. So the job engine has nothing to try again either.
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
