import type { PlatformName } from '../../base/addresses.ts'
import type { Clock } from '../../base/clock.ts'
import { addDays, latestToday, momentAt } from '../../base/dates.ts'
import { messageOf } from '../../base/errors.ts'
import type { Log } from '../../base/log.ts'
import { directPlaceOf } from '../../domain/people/direct-places.ts'
import type { Plan } from '../../domain/plan/plan.ts'
import { liveProgrammes, loadPlan } from '../../domain/plan/store.ts'
import { type Database, inTransaction, isDatabaseUnavailable, type ReadTx } from '../../infra/db.ts'
import { enqueue } from '../../outbox/outbox.ts'
import { reminderCard } from './cards.ts'
import { remindersDue } from './due-reminders.ts'
import { expireReminders, unsentNoticesFor } from './expire.ts'
import { explainReminder } from './explanation.ts'
import { loadContext } from './load-context.ts'
import { reminderKind } from './message-kind.ts'
import type { Reminder } from './reminder.ts'

export interface ReminderOptions {
  readonly db: Database
  readonly clock: Clock
  /** How a command begins on a platform: "/rag", "@Milepost". */
  readonly prefix: (platform: PlatformName) => string
  readonly log: Log
}

export interface ReminderRunResult {
  /** Keys of the messages that are new in the outbox. */
  readonly enqueued: readonly string[]
  /** Keys of those that waited since an earlier day, and were dropped. */
  readonly expired: readonly string[]
  /** What there is nobody to send to. */
  readonly unowned: readonly Reminder[]
}

/**
 * Enqueues every reminder that should have been sent by now: load context, agendas, rules, suppression, message,
 * outbox. Each reminder has a transaction of its own, so that one that fails holds up no other. Any number of processes
 * may run it: the outbox takes a key once.
 * @throws where the database is away; what was due then stays due
 */
export async function enqueueReminders(options: ReminderOptions): Promise<ReminderRunResult> {
  const { db, clock } = options
  const now = clock.now()
  const expired = await inTransaction(db, (tx) => expireReminders(tx, now))
  const context = await loadContext(db, await loadCurrentPlans(db, now), now)
  const { reminders, unowned } = remindersDue({ ...context, now })
  const enqueued: string[] = []
  for (const reminder of reminders) {
    if (await enqueueReminder(options, reminder, now)) enqueued.push(reminder.key)
  }
  return { enqueued, expired: expired.map(({ key }) => key), unowned }
}

/** Every live programme's plan with all that was recorded by `now`. */
async function loadCurrentPlans(tx: ReadTx, now: Date): Promise<Plan[]> {
  const plans: Plan[] = []
  for (const { id } of await liveProgrammes(tx))
    plans.push(await loadPlan(tx, id, latestToday(now)))
  return plans
}

/** For how many days back a message tells of earlier ones that were not sent. */
const unsentNoticeDays = 7

/** False where it was enqueued before, its person has no account, or it failed, which is logged. */
async function enqueueReminder(
  { db, prefix, log }: ReminderOptions,
  reminder: Reminder,
  now: Date,
): Promise<boolean> {
  const { person, key, topics, programmeIds, day, zone } = reminder
  if (!person) return false
  try {
    return await inTransaction(db, async (tx) => {
      const place = await directPlaceOf(tx, person.id)
      if (!place) return false
      const since = momentAt(addDays(day, -unsentNoticeDays), '00:00', zone)
      const unsent = await unsentNoticesFor(tx, person.id, since)
      const message = {
        ...{ key, kind: reminderKind, place, personId: person.id, topics, programmeIds },
        card: reminderCard(reminder, prefix(place.platform)),
        why: [...explainReminder(reminder), ...unsent],
      }
      return enqueue(tx, message, now)
    })
  } catch (error) {
    if (isDatabaseUnavailable(error)) throw error
    const fields = { key, personId: person.id, error: messageOf(error) }
    log.error(fields, 'A reminder was not enqueued')
    return false
  }
}
