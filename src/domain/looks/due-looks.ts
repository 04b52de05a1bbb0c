import { setImmediate } from 'node:timers/promises'
import type { Clock } from '../../base/clock.ts'
import { dayMs } from '../../base/dates.ts'
import type { Database } from '../../infra/db.ts'
import { type ClaimedLook, claimLooks, finishLook, type LookWork } from './look-store.ts'

/** Few, so that several replicas share a morning, and a crash leaves few to be looked at again. */
const batchSize = 10

/** Restoring it marks an archived programme, so that it need not be looked at before. */
const archivedMs = 366 * dayMs

/**
 * The programmes that are due, one after the other. The event loop goes round between them, so that whatever people ask
 * meanwhile is answered. One that its caller does not finish is due again when its lease expires.
 */
export async function* dueLooks(
  db: Database,
  work: LookWork,
  clock: Clock,
): AsyncGenerator<ClaimedLook> {
  const seen: string[] = []
  for (;;) {
    const now = clock.now()
    const claimed = await claimLooks(db, { work, now, limit: batchSize, except: seen })
    if (claimed.length === 0) return
    for (const look of claimed) {
      seen.push(look.programmeId)
      if (look.isArchived) await finishLook(db, work, look, new Date(now.getTime() + archivedMs))
      else yield look
      await setImmediate()
    }
  }
}
