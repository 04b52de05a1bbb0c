import type { PlatformName } from '../../base/addresses.ts'
import type { Clock } from '../../base/clock.ts'
import { addDays, type CivilDate, momentAt } from '../../base/dates.ts'
import { messageOf } from '../../base/errors.ts'
import type { Log } from '../../base/log.ts'
import type { Card } from '../../chat/cards.ts'
import { officeHours } from '../../domain/calendars/hours.ts'
import { loadContactability } from '../../domain/people/contactability.ts'
import { directPlaceOf } from '../../domain/people/identity-store.ts'
import { loadPlan } from '../../domain/plan/store.ts'
import { type Database, inTransaction, isDatabaseUnavailable, type Tx } from '../../infra/db.ts'
import type { SentMessage } from '../../outbox/find-message.ts'
import { findUnreachablePeople } from '../../outbox/history.ts'
import { enqueue, setCardInPlace } from '../../outbox/outbox.ts'
import { reminderCard, reminderData, rerenderReminderCard } from './cards.ts'
import { loadRowStatuses } from './current-state.ts'
import { type Reminder, remindersDue } from './due-reminders.ts'
import { expireReminders, unsentNoticesFor } from './expire.ts'
import { explainReminder } from './explanation.ts'
import { loadContext } from './load-context.ts'
import { describePreview, preview } from './preview.ts'
import { activeZonesKey, hasWakeEvent, isSendingTime, loadCurrentPlans } from './wake-queries.ts'

export interface ReminderOptions {
  readonly db: Database
  readonly clock: Clock
  /** How a command begins there: "/rag", "@Milepost". */
  readonly prefix: (platform: PlatformName) => string
  readonly log: Log
}

export interface ReminderRunResult {
  /** Keys of the deliveries that are new. */
  readonly enqueued: readonly string[]
  /** Keys of those that waited since an earlier day, and are not sent any more. */
  readonly expired: readonly string[]
  /** What there is nobody to tell. */
  readonly unowned: readonly Reminder[]
}

const emptyResult: ReminderRunResult = { enqueued: [], expired: [], unowned: [] }

/**
 * Decides every reminder that should have been said by now; each in a transaction of its own, so that one that
 * fails keeps no other back. In any number of processes: a key is decided once.
 * Throws where the database is away; what was due then stays due.
 */
export async function enqueueReminders(parts: ReminderOptions): Promise<ReminderRunResult> {
  const { db, clock } = parts
  const now = clock.now()
  if (!(await isSendingTime(db, now, officeHours))) return emptyResult
  const dropped = await inTransaction(db, (tx) => expireReminders(tx, now))
  const known = await loadContext(db, await loadCurrentPlans(db, now), now)
  const reach = await loadContactability(db, await findUnreachablePeople(db, now))
  const { reminders, unowned } = remindersDue({ ...known, now, contactabilityOf: reach })
  const decided: string[] = []
  for (const reminder of reminders) {
    if (await enqueueReminder(parts, reminder, now)) decided.push(reminder.key)
  }
  return { enqueued: decided, expired: dropped.map(({ key }) => key), unowned }
}

/** With nothing new to expect, the plans are read again no sooner than this. */
const rereadIntervalMs = 5 * 60_000

/**
 * Runs enqueueReminders when something may be due: somebody's day has begun or their quiet hours have ended, a snooze is
 * over, a round was nudged, or five minutes have passed in which people may have changed their plans. Called each
 * minute. Writes down once a day what could not be said to anybody.
 */
export function createReminderJob(parts: ReminderOptions): () => Promise<ReminderRunResult> {
  const report = warnOncePerDay(parts.log)
  let last: { readonly at: Date; readonly clocks: string } | undefined
  return async () => {
    const now = parts.clock.now()
    const clocks = await activeZonesKey(parts.db, now, officeHours)
    const isNew =
      !last ||
      last.clocks !== clocks ||
      now < last.at ||
      now.getTime() - last.at.getTime() >= rereadIntervalMs ||
      (await hasWakeEvent(parts.db, last.at, now))
    if (!isNew) return emptyResult
    const result = await enqueueReminders(parts)
    last = { at: now, clocks }
    warnUndelivered(result, now, report)
    return result
  }
}

type DailyWarning = (id: string, day: string, fields: object, message: string) => void

function warnOncePerDay(log: Log): DailyWarning {
  const reported = new Map<string, string>()
  return (id, day, fields, message) => {
    if (reported.get(id) === day) return
    reported.set(id, day)
    log.warn(fields, message)
  }
}

function warnUndelivered(result: ReminderRunResult, now: Date, report: DailyWarning): void {
  const today = now.toISOString().slice(0, 10)
  for (const { key, day, items } of result.unowned) {
    const subjects = items.map(({ subject }) => subject)
    const programme = items[0]?.programme.key
    report(`unowned ${programme}`, day, { key, programme, subjects }, 'Nobody is there to remind')
  }
  for (const key of result.expired) {
    report(key, today, { key }, 'A reminder waited too long and was not sent')
  }
}

async function enqueueReminder(
  parts: ReminderOptions,
  reminder: Reminder,
  now: Date,
): Promise<boolean> {
  const { person, key, topics, items, day } = reminder
  if (!person) return false
  const [first, ...others] = new Set(items.map(({ programme }) => programme.id))
  try {
    return await inTransaction(parts.db, async (tx) => {
      const place = await directPlaceOf(tx, person.id)
      if (!place) return false
      const card = reminderCard(reminder, parts.prefix(place.platform))
      const since = momentAt(addDays(day, -7), '00:00', reminder.zone)
      const why = [...explainReminder(reminder), ...(await unsentNoticesFor(tx, person.id, since))]
      const programmeId = others.length === 0 ? first : undefined
      const about = { programmeId, personId: person.id, topics, why }
      return enqueue(tx, { key, kind: 'reminder', place, card, ...about }, now)
    })
  } catch (error) {
    if (isDatabaseUnavailable(error)) throw error
    parts.log.error(
      { key, personId: person.id, error: messageOf(error) },
      'A reminder was not decided',
    )
    return false
  }
}

/**
 * A reminder as it looks now that something of it may be answered, for the platform to show in place of the one that
 * was pressed. `note`: what was just stored.
 */
export async function redrawReminder(
  tx: Tx,
  delivery: Pick<SentMessage, 'id' | 'card' | 'personId'>,
  note: string | undefined,
  now: Date,
): Promise<Card> {
  const data = reminderData.parse(delivery.card.data)
  const card = rerenderReminderCard(
    data,
    await loadRowStatuses(tx, data, delivery.personId, now),
    note ?? '',
  )
  await setCardInPlace(tx, delivery.id, card)
  return card
}

export interface PreviewRequest {
  readonly programmeId: string
  readonly from: CivilDate
  readonly to: CivilDate
}

/**
 * What would be sent from `from` to `to`, to whom and when, of the plan as at `from`; nothing is sent.
 * Throws Refusal where there is no such programme.
 */
export async function describeReminders(tx: Tx, { programmeId, from, to }: PreviewRequest) {
  const plan = await loadPlan(tx, programmeId, from)
  const begin = momentAt(from, '00:00', plan.programme.zone)
  const reach = await loadContactability(tx, await findUnreachablePeople(tx, begin))
  const days = preview({ ...(await loadContext(tx, [plan], begin)), from, to })
  return describePreview(plan.programme, { from, to }, days, (id) => reach(id) === 'reached')
}
