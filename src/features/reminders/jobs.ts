import type { Clock } from '../../base/clock.ts'
import { type CivilDate, momentAt } from '../../base/dates.ts'
import { messageOf } from '../../base/errors.ts'
import type { Log } from '../../base/log.ts'
import type { Card } from '../../chat/cards.ts'
import type { PlatformName } from '../../chat/invocation.ts'
import { decide, type SentDelivery, saidTo } from '../../delivery/ledger.ts'
import { type Database, inTransaction, isDatabaseAway, type Tx } from '../../infra/db.ts'
import { directPlaceOf } from '../people/store.ts'
import { loadPlan } from '../plan/store.ts'
import { redrawnCard, reminderCard, reminderData } from './cards.ts'
import { describePreview, preview } from './preview.ts'
import type { Reach } from './recipients.ts'
import { type Reminder, type Reminders, remindersDue } from './rules.ts'
import { standardRules } from './steps.ts'
import { isTimeToSpeak, milestonesNow, plansNow, reachOf } from './store.ts'

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
  /** What there is nobody to tell. */
  readonly unowned: readonly Reminder[]
  /** People who answer for something due and have no account in chat. */
  readonly withoutAccount: readonly string[]
}

/** What was said a month ago cannot come again: a step is said within days, or never. */
const memoryDays = 30

/**
 * Decides every reminder that should have been said by now; each in a transaction of its own, so that one that
 * fails keeps no other back. Runs each minute, in any number of processes: a key is decided once.
 * Throws where the database is away; what was due then stays due.
 */
export async function sayReminders(parts: ReminderParts): Promise<SaidReminders> {
  const { db, clock } = parts
  const now = clock.now()
  const nothing = { decided: [], unowned: [], withoutAccount: [] }
  if (!(await isTimeToSpeak(db, now, standardRules.hours))) return nothing
  const plans = await plansNow(db, now)
  const people = plans.flatMap((plan) => [...plan.people.keys()])
  const before = await saidTo(db, people, monthBefore(now))
  const said = (id: string): ReadonlySet<string> => before.get(id) ?? new Set()
  const reach = await reachOf(db, now)
  const ask = { plans, now, said }
  const { reminders, unowned } = remindersDue({ ...ask, reach })
  const decided: string[] = []
  for (const reminder of reminders) {
    if (await say(parts, reminder, now)) decided.push(reminder.key)
  }
  return { decided, unowned, withoutAccount: peopleMissed(remindersDue(ask), reach) }
}

/** Runs sayReminders each time it is called, and writes down once a day what could not be said to anybody. */
export function createReminderJob(parts: ReminderParts): () => Promise<SaidReminders> {
  const reported = new Map<string, string>()
  const report = (id: string, day: string, fields: object, message: string) => {
    if (reported.get(id) === day) return
    reported.set(id, day)
    parts.log.warn(fields, message)
  }
  return async () => {
    const result = await sayReminders(parts)
    const today = parts.clock.now().toISOString().slice(0, 10)
    for (const { key, day, items } of result.unowned) {
      const milestones = items.map(({ milestone }) => milestone.id)
      const programme = items[0]?.programme.key
      report(
        `unowned ${programme}`,
        day,
        { key, programme, milestones },
        'Nobody is there to remind',
      )
    }
    for (const personId of result.withoutAccount) {
      report(personId, today, { personId }, 'A person to remind has no account in chat')
    }
    return result
  }
}

async function say(parts: ReminderParts, reminder: Reminder, now: Date): Promise<boolean> {
  const { person, key, says, items } = reminder
  if (!person) return false
  const [first, ...others] = new Set(items.map(({ programme }) => programme.id))
  try {
    return await inTransaction(parts.db, async (tx) => {
      const place = await directPlaceOf(tx, person.id)
      if (!place) return false
      const card = reminderCard(reminder, parts.prefix(place.platform))
      const programmeId = others.length === 0 ? first : undefined
      return decide(
        tx,
        { key, kind: 'reminder', place, card, says, programmeId, personId: person.id },
        now,
      )
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

function peopleMissed({ reminders }: Reminders, reach: (id: string) => Reach): string[] {
  return reminders.flatMap(({ person }) =>
    person && reach(person.id) === 'no account' ? person.id : [],
  )
}

/** A reminder as it looks now that something of it may be answered. `note`: what was just stored. */
export async function redrawReminder(
  tx: Tx,
  delivery: Pick<SentDelivery, 'card'>,
  note: string | undefined,
): Promise<Card> {
  const data = reminderData.parse(delivery.card.data)
  const ids = data.groups.flatMap(({ rows }) => rows.map(({ milestone }) => milestone))
  return redrawnCard(data, await milestonesNow(tx, ids), note ?? '')
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
  const before = await saidTo(tx, [...plan.people.keys()], monthBefore(begin))
  const reach = await reachOf(tx, begin)
  const said = (id: string): ReadonlySet<string> => before.get(id) ?? new Set()
  const days = preview({ plans: [plan], from, to, said })
  return describePreview(plan.programme, { from, to }, days, (id) => reach(id) === 'reached')
}

function monthBefore(moment: Date): Date {
  return new Date(moment.getTime() - memoryDays * 24 * 60 * 60_000)
}
