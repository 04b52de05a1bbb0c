import type { Clock } from '../../base/clock.ts'
import { addDays, type CivilDate, momentAt } from '../../base/dates.ts'
import { messageOf } from '../../base/errors.ts'
import type { Log } from '../../base/log.ts'
import type { Card } from '../../chat/cards.ts'
import type { PlatformName } from '../../chat/request.ts'
import { officeHours } from '../../domain/calendars/hours.ts'
import { directPlaceOf } from '../../domain/people/identity-store.ts'
import { loadPlan } from '../../domain/plan/store.ts'
import { type Database, inTransaction, isDatabaseAway, type Tx } from '../../infra/db.ts'
import { decide, noteCard, type SentDelivery } from '../../outbox/outbox.ts'
import { redrawnCard, reminderCard, reminderData } from './cards.ts'
import { answersTo } from './current-state.ts'
import { type Reminder, remindersDue } from './due-reminders.ts'
import { dropStale, notSentTo } from './expire.ts'
import { whyOf } from './explanation.ts'
import { whatIsKnown } from './load-context.ts'
import { describePreview, preview } from './preview.ts'
import { clocksAt, isAwaited, isTimeToSpeak, plansNow, reachOf } from './wake-queries.ts'

export interface ReminderParts {
  readonly db: Database
  readonly clock: Clock
  /** How a command begins there: "/rag", "@Milepost". */
  readonly prefix: (platform: PlatformName) => string
  readonly log: Log
}

export interface SaidReminders {
  /** Keys of the deliveries that are new. */
  readonly decided: readonly string[]
  /** Keys of those that waited since an earlier day, and are not sent any more. */
  readonly dropped: readonly string[]
  /** What there is nobody to tell. */
  readonly unowned: readonly Reminder[]
}

const nothing: SaidReminders = { decided: [], dropped: [], unowned: [] }

/**
 * Decides every reminder that should have been said by now; each in a transaction of its own, so that one that
 * fails keeps no other back. In any number of processes: a key is decided once.
 * Throws where the database is away; what was due then stays due.
 */
export async function sayReminders(parts: ReminderParts): Promise<SaidReminders> {
  const { db, clock } = parts
  const now = clock.now()
  if (!(await isTimeToSpeak(db, now, officeHours))) return nothing
  const dropped = await inTransaction(db, (tx) => dropStale(tx, now))
  const known = await whatIsKnown(db, await plansNow(db, now), now)
  const reach = await reachOf(db, now)
  const { reminders, unowned } = remindersDue({ ...known, now, reach })
  const decided: string[] = []
  for (const reminder of reminders) {
    if (await say(parts, reminder, now)) decided.push(reminder.key)
  }
  return { decided, dropped: dropped.map(({ key }) => key), unowned }
}

/** With nothing new to expect, the plans are read again no sooner than this. */
const restMs = 5 * 60_000

/**
 * Runs sayReminders when something may be due: somebody's day has begun or their quiet hours have ended, a snooze is
 * over, a round was nudged, or five minutes have passed in which people may have changed their plans. Called each
 * minute. Writes down once a day what could not be said to anybody.
 */
export function createReminderJob(parts: ReminderParts): () => Promise<SaidReminders> {
  const report = onceADay(parts.log)
  let last: { readonly at: Date; readonly clocks: string } | undefined
  return async () => {
    const now = parts.clock.now()
    const clocks = await clocksAt(parts.db, now, officeHours)
    const isNew =
      !last ||
      last.clocks !== clocks ||
      now < last.at ||
      now.getTime() - last.at.getTime() >= restMs ||
      (await isAwaited(parts.db, last.at, now))
    if (!isNew) return nothing
    const result = await sayReminders(parts)
    last = { at: now, clocks }
    reportMissed(result, now, report)
    return result
  }
}

type Report = (id: string, day: string, fields: object, message: string) => void

function onceADay(log: Log): Report {
  const reported = new Map<string, string>()
  return (id, day, fields, message) => {
    if (reported.get(id) === day) return
    reported.set(id, day)
    log.warn(fields, message)
  }
}

function reportMissed(result: SaidReminders, now: Date, report: Report): void {
  const today = now.toISOString().slice(0, 10)
  for (const { key, day, items } of result.unowned) {
    const subjects = items.map(({ subject }) => subject)
    const programme = items[0]?.programme.key
    report(`unowned ${programme}`, day, { key, programme, subjects }, 'Nobody is there to remind')
  }
  for (const key of result.dropped) {
    report(key, today, { key }, 'A reminder waited too long and was not sent')
  }
}

async function say(parts: ReminderParts, reminder: Reminder, now: Date): Promise<boolean> {
  const { person, key, says, items, day } = reminder
  if (!person) return false
  const [first, ...others] = new Set(items.map(({ programme }) => programme.id))
  try {
    return await inTransaction(parts.db, async (tx) => {
      const place = await directPlaceOf(tx, person.id)
      if (!place) return false
      const card = reminderCard(reminder, parts.prefix(place.platform))
      const since = momentAt(addDays(day, -7), '00:00', reminder.zone)
      const why = [...whyOf(reminder), ...(await notSentTo(tx, person.id, since))]
      const programmeId = others.length === 0 ? first : undefined
      const about = { programmeId, personId: person.id, says, why }
      return decide(tx, { key, kind: 'reminder', place, card, ...about }, now)
    })
  } catch (error) {
    if (isDatabaseAway(error)) throw error
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
  delivery: Pick<SentDelivery, 'id' | 'card' | 'personId'>,
  note: string | undefined,
  now: Date,
): Promise<Card> {
  const data = reminderData.parse(delivery.card.data)
  const card = redrawnCard(data, await answersTo(tx, data, delivery.personId, now), note ?? '')
  await noteCard(tx, delivery.id, card)
  return card
}

export interface PreviewAsked {
  readonly programmeId: string
  readonly from: CivilDate
  readonly to: CivilDate
}

/**
 * What would be sent from `from` to `to`, to whom and when, of the plan as at `from`; nothing is sent.
 * Throws Refusal where there is no such programme.
 */
export async function describeReminders(tx: Tx, { programmeId, from, to }: PreviewAsked) {
  const plan = await loadPlan(tx, programmeId, from)
  const begin = momentAt(from, '00:00', plan.programme.zone)
  const reach = await reachOf(tx, begin)
  const days = preview({ ...(await whatIsKnown(tx, [plan], begin)), from, to })
  return describePreview(plan.programme, { from, to }, days, (id) => reach(id) === 'reached')
}
