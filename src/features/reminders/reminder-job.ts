import type { Log } from '../../base/log.ts'
import { hasRoundChangeSince } from '../../domain/rounds/store.ts'
import type { ReadTx } from '../../infra/db.ts'
import { activeZonesKey } from './active-zones.ts'
import {
  enqueueReminders,
  type ReminderOptions,
  type ReminderRunResult,
} from './enqueue-reminders.ts'
import { hasSnoozeEnded } from './suppression-store.ts'

/** Plans change without a wake event: they are read again after this time. */
const rereadIntervalMs = 5 * 60_000

/** What another transaction committed a moment ago may only be seen now. */
const overlapMs = 10_000

const nothingDone: ReminderRunResult = { enqueued: [], expired: [], unowned: [] }

/**
 * A function to call each minute. It enqueues reminders when somebody's day has begun or their quiet hours have ended, a
 * snooze has ended, a programme office changed a round, or five minutes have passed; never while nobody may be written
 * to. Logs once a day what could not be sent.
 */
export function createReminderJob(options: ReminderOptions): () => Promise<ReminderRunResult> {
  const { db, clock, log } = options
  const warn = warnOncePerDay(log)
  let last: { readonly at: Date; readonly zones: string } | undefined
  return async () => {
    const now = clock.now()
    const zones = await activeZonesKey(db, now)
    const isDue =
      !last ||
      last.zones !== zones ||
      now < last.at ||
      now.getTime() - last.at.getTime() >= rereadIntervalMs ||
      (await hasWakeEvent(db, last.at, now))
    if (!isDue) return nothingDone
    const result = zones === '' ? nothingDone : await enqueueReminders(options)
    last = { at: now, zones }
    warnUndelivered(result, now, warn)
    return result
  }
}

/** Whether somebody waits for a message since then: a snooze ended, or a round was nudged, closed or opened. */
async function hasWakeEvent(tx: ReadTx, since: Date, now: Date): Promise<boolean> {
  return (
    (await hasSnoozeEnded(tx, since, now)) ||
    (await hasRoundChangeSince(tx, new Date(since.getTime() - overlapMs)))
  )
}

type DailyWarning = (id: string, day: string, fields: object, message: string) => void

function warnOncePerDay(log: Log): DailyWarning {
  const warnedOn = new Map<string, string>()
  return (id, day, fields, message) => {
    if (warnedOn.get(id) === day) return
    warnedOn.set(id, day)
    log.warn(fields, message)
  }
}

function warnUndelivered(result: ReminderRunResult, now: Date, warn: DailyWarning): void {
  const today = now.toISOString().slice(0, 10)
  for (const { key, day, items } of result.unowned) {
    const subjects = items.map(({ subject }) => subject)
    const programme = items[0]?.programme.key
    warn(`unowned ${programme}`, day, { key, programme, subjects }, 'Nobody is there to remind')
  }
  for (const key of result.expired)
    warn(key, today, { key }, 'A reminder waited too long and was not sent')
}
