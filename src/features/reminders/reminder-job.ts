import { messageOf } from '../../base/errors.ts'
import type { Log } from '../../base/log.ts'
import { step } from '../../base/tracing.ts'
import { dueLooks } from '../../domain/looks/due-looks.ts'
import { type ClaimedLook, finishLook } from '../../domain/looks/look-store.ts'
import { isDatabaseUnavailable } from '../../infra/db.ts'
import {
  createReminderRun,
  type ReminderOptions,
  type ReminderRun,
  type ReminderRunResult,
} from './enqueue-reminders.ts'

/**
 * A function to call each minute. It looks at the programmes that are due for a look (domain/looks), and enqueues what
 * should have been sent by now. Logs once a day what could not be sent.
 * @throws where the database is away; what was due then stays due
 */
export function createReminderJob(options: ReminderOptions): () => Promise<ReminderRunResult> {
  const { db, clock, log } = options
  const warn = warnOncePerDay(log)
  return async () => {
    const run = createReminderRun(options)
    /** Finished once the people in it who are in other programmes, too, have their message. */
    const unfinished: { readonly look: ClaimedLook; readonly nextAt: Date }[] = []
    let isFirst = true
    for await (const look of dueLooks(db, 'reminders', clock)) {
      if (isFirst) await run.expire(clock.now())
      isFirst = false
      const found = await lookOrLog(run, look, options)
      if (!found) continue
      if (found.isShared) unfinished.push({ look, nextAt: found.nextAt })
      else await finishLook(db, 'reminders', look, found.nextAt)
    }
    // Where one failed, their leases expire, and all of them are looked at again.
    if (await run.lookAtShared(clock.now()))
      for (const { look, nextAt } of unfinished) await finishLook(db, 'reminders', look, nextAt)
    const result = run.result()
    warnUndelivered(result, clock.now(), warn)
    return result
  }
}

/** A programme that fails is logged, keeps no other waiting, and is looked at again when its lease expires. */
async function lookOrLog(
  run: ReminderRun,
  { programmeId }: ClaimedLook,
  { clock, log }: ReminderOptions,
) {
  try {
    return await step('programme look', {}, async () => run.lookAt(programmeId, clock.now()))
  } catch (error) {
    if (isDatabaseUnavailable(error)) throw error
    log.error({ programmeId, error: messageOf(error) }, 'A programme’s reminders were not decided')
    return undefined
  }
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
