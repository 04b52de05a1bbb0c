import type { Logger } from 'pino'
import type { Clock } from '../base/clock.ts'
import type { Tx } from '../infra/db.ts'
import type { Jobs } from '../infra/jobs.ts'
import type { Dispatcher } from './dispatcher.ts'

export interface DeliveryJobs {
  /**
   * Call it in a transaction that decided something: sending begins as soon as that commits, and not at all if it
   * is rolled back. Once per transaction is enough. Left out, or lost, the next minute's sweep sends it.
   */
  wake(tx: Tx): Promise<void>
  /** Takes nothing more in hand and waits for what is. Stop this before the jobs and the database. */
  stop(): Promise<void>
}

/** Further off than this, the sweep is soon enough. */
const minuteMs = 60_000

/**
 * Keeps the ledger moving: at once after a decision, each minute for whatever was missed (a lost wake-up, a claim
 * whose process died), and in between when a wait or a pace ends.
 */
export async function startDelivery(parts: {
  readonly jobs: Jobs
  readonly dispatcher: Dispatcher
  readonly clock: Clock
  readonly log: Pick<Logger, 'error'>
}): Promise<DeliveryJobs> {
  const { dispatcher, clock, log } = parts
  let comeBack: NodeJS.Timeout | undefined
  let stopped = false

  async function dispatch(): Promise<void> {
    try {
      const began = clock.now()
      await dispatcher.dispatchDue()
      const next = await dispatcher.nextDue(began)
      if (next) schedule(next.getTime() - clock.now().getTime())
    } catch (error) {
      log.error(
        { err: error },
        'Deliveries could not be sent; what is due is kept, and tried again',
      )
    }
  }

  function schedule(ms: number): void {
    if (stopped || ms > minuteMs) return
    clearTimeout(comeBack)
    comeBack = setTimeout(dispatch, Math.max(0, ms)).unref()
  }

  // A job is only the wake-up and ends at once: the truth is in the ledger, and a recipient who is slow to answer
  // must not keep the next wake-up waiting. So the job engine has nothing to try again either.
  const onWake = async () => void dispatch()

  const wakeUps = await parts.jobs.queue<Record<string, never>>('deliveries')
  await wakeUps.work(onWake)
  await parts.jobs.everyMinute('deliveries-sweep', onWake)

  return {
    // Without a key: of two transactions the second must not rely on a wake-up that runs before it commits.
    wake: (tx) => wakeUps.send(tx, {}),
    async stop() {
      stopped = true
      clearTimeout(comeBack)
      await dispatcher.stop()
    },
  }
}
