import { setTimeout as pause } from 'node:timers/promises'
import { isDatabaseUnavailable } from '../../src/infra/db.ts'

/** Retries while the database is unavailable: the soak cuts its own connections too. `work` has to be idempotent. */
export async function retryUnavailable<T>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (!isDatabaseUnavailable(error)) throw error
      await pause(200)
    }
  }
}
