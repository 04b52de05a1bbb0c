import { setImmediate } from 'node:timers/promises'
import type { Place, PlatformName } from '../../base/addresses.ts'
import type { Clock } from '../../base/clock.ts'
import { addDays, dateIn, latestToday, momentAt } from '../../base/dates.ts'
import { messageOf } from '../../base/errors.ts'
import { inLanguage } from '../../base/language.ts'
import type { Log } from '../../base/log.ts'
import { directPlacesOf } from '../../domain/people/direct-places.ts'
import type { Plan } from '../../domain/plan/plan.ts'
import { loadOtherProgrammes } from '../../domain/plan/shared-people.ts'
import { liveProgrammes } from '../../domain/plan/store.ts'
import { type Database, inTransaction, isDatabaseUnavailable, type ReadTx } from '../../infra/db.ts'
import { enqueue } from '../../outbox/outbox.ts'
import { reminderCard } from './cards.ts'
import { remindersDue } from './due-reminders.ts'
import { expireReminders, unsentNoticesTo } from './expire.ts'
import { explainReminder } from './explanation.ts'
import { loadContext, loadReminderPlan } from './load-context.ts'
import { lookAtPlan } from './look-at-plan.ts'
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
 * Enqueues every reminder that should have been sent by now, of every programme, whether or not it is due for a look: what
 * the job does in one minute in which all are. @throws where the database is away; what was due then stays due
 */
export async function enqueueReminders(options: ReminderOptions): Promise<ReminderRunResult> {
  const now = options.clock.now()
  const run = createReminderRun(options)
  await run.expire(now)
  for (const { id } of await liveProgrammes(options.db)) await run.lookAt(id, now)
  await run.lookAtShared(now)
  return run.result()
}

/** What one look at a programme found. */
export interface ReminderLook {
  /** When it has to be looked at next, if nothing of it is changed. */
  readonly nextAt: Date
  /** Somebody in it is in other programmes, too, and may have a message: `lookAtShared` decides that. */
  readonly isShared: boolean
}

/** One run over programmes, whose plans are read one after the other and not kept. */
export interface ReminderRun {
  /** Cancels what waited since an earlier day, so that what is still true of it is told today. */
  expire(now: Date): Promise<void>
  /** Enqueues the reminders of those who are in no other programme. */
  lookAt(programmeId: string, now: Date): Promise<ReminderLook>
  /**
   * Enqueues those of the people who are in several of the programmes, once all of these were looked at: they have one
   * message about all. Only the plans of one person's programmes are in memory at a time. False where one failed.
   */
  lookAtShared(now: Date): Promise<boolean>
  result(): ReminderRunResult
}

/**
 * Load context, agendas, rules, suppression, message, outbox. Each reminder has a transaction of its own, so that one that
 * fails holds up no other. Any number of processes may run it: the outbox takes a key once.
 */
export function createReminderRun(options: ReminderOptions): ReminderRun {
  const { db } = options
  const enqueued: string[] = []
  const expired: string[] = []
  const unowned: Reminder[] = []
  /** The people who may have a message about several programmes, by the ids of these. */
  const shared = new Map<string, Set<string>>()

  /** False where one of them failed: it has to be tried again. */
  async function enqueueAll(reminders: readonly Reminder[], now: Date): Promise<boolean> {
    const deliveries = await loadDeliveries(db, reminders, now)
    let isWhole = true
    for (const delivery of deliveries) {
      const outcome = await enqueueReminder(options, delivery, now)
      if (outcome === 'enqueued') enqueued.push(delivery.reminder.key)
      if (outcome === 'failed') isWhole = false
    }
    return isWhole
  }

  async function lookAt(programmeId: string, now: Date): Promise<ReminderLook> {
    const plan = await loadReminderPlan(db, programmeId, latestToday(now))
    await setImmediate()
    const others = await loadOtherProgrammes(db, programmeId, [...plan.people.keys()])
    const context = {
      ...(await loadContext(db, [plan], now)),
      otherProgrammesOf: (id: string) => others.get(id) ?? [],
    }
    await setImmediate()
    const look = lookAtPlan({ ...context, now })
    unowned.push(...look.unowned)
    for (const id of look.sharedIds) {
      const ids = [programmeId, ...(others.get(id) ?? []).map((other) => other.id)]
      const key = ids.toSorted().join(' ')
      shared.set(key, (shared.get(key) ?? new Set()).add(id))
    }
    const isWhole = await enqueueAll(look.reminders, now)
    return { nextAt: isWhole ? look.nextAt : retryAt(now), isShared: look.sharedIds.size > 0 }
  }

  return {
    lookAt,
    async expire(now) {
      const cancelled = await inTransaction(db, (tx) => expireReminders(tx, now))
      expired.push(...cancelled.map(({ key }) => key))
    },
    async lookAtShared(now) {
      let isWhole = true
      for (const [ids, personIds] of shared) {
        const plans = await loadPlans(db, ids.split(' '), now)
        const context = await loadContext(db, plans, now, [...personIds])
        await setImmediate()
        const { reminders } = remindersDue({ ...context, now, personIds })
        if (!(await enqueueAll(reminders, now))) isWhole = false
      }
      shared.clear()
      return isWhole
    },
    result: () => ({ enqueued, expired, unowned }),
  }
}

const retryMs = 60_000
const retryAt = (now: Date) => new Date(now.getTime() + retryMs)

/** The plans of these programmes in the order of their keys, with all that was recorded by `now`. */
async function loadPlans(tx: ReadTx, ids: readonly string[], now: Date): Promise<Plan[]> {
  const plans: Plan[] = []
  for (const id of ids) plans.push(await loadReminderPlan(tx, id, latestToday(now)))
  return plans.toSorted((a, b) => (a.programme.key < b.programme.key ? -1 : 1))
}

/** A reminder, and what its message needs besides. */
interface Delivery {
  readonly reminder: Reminder
  readonly personId: string
  readonly place: Place
  /** What was not sent to the person in the days before, in sentences. */
  readonly unsent: readonly string[]
}

/** For how many days back a message tells of earlier ones that were not sent. */
const unsentNoticeDays = 7

/** Left out: what is for nobody, or for somebody without an account. */
async function loadDeliveries(
  tx: ReadTx,
  reminders: readonly Reminder[],
  now: Date,
): Promise<Delivery[]> {
  const ids = reminders.flatMap(({ person }) => person?.id ?? [])
  if (ids.length === 0) return []
  const places = await directPlacesOf(tx, ids)
  const since = momentAt(addDays(dateIn('UTC', now), -unsentNoticeDays), '00:00', 'UTC')
  const unsentTo = await unsentNoticesTo(tx, ids, since)
  return reminders.flatMap((reminder) => {
    const personId = reminder.person?.id
    const place = personId && places.get(personId)
    return place ? { reminder, personId, place, unsent: unsentTo(personId) } : []
  })
}

/** 'nothing': it was enqueued before. 'failed' is logged. */
async function enqueueReminder(
  { db, prefix, log }: ReminderOptions,
  { reminder, personId, place, unsent }: Delivery,
  now: Date,
): Promise<'enqueued' | 'nothing' | 'failed'> {
  const { key, topics, programmeIds } = reminder
  try {
    // One statement, and so a transaction of its own.
    const isNew = await enqueue(
      db,
      {
        ...{ key, kind: reminderKind, place, personId, topics, programmeIds },
        card: inLanguage(reminder.person?.language, () =>
          reminderCard(reminder, prefix(place.platform)),
        ),
        why: [...inLanguage(reminder.person?.language, () => explainReminder(reminder)), ...unsent],
      },
      now,
    )
    return isNew ? 'enqueued' : 'nothing'
  } catch (error) {
    if (isDatabaseUnavailable(error)) throw error
    log.error({ key, personId, error: messageOf(error) }, 'A reminder was not enqueued')
    return 'failed'
  }
}
