import type { Clock } from '../../base/clock.ts'
import { dayMs } from '../../base/dates.ts'
import { messageOf } from '../../base/errors.ts'
import type { Log } from '../../base/log.ts'
import { type Database, inTransaction, type Tx } from '../../infra/db.ts'
import { messageIdsMentioning, outboxMessageById } from '../../outbox/find-message.ts'
import { editMessage } from '../../outbox/outbox.ts'
import { reminderData, rerenderReminderCard } from './cards.ts'
import { loadRowStatuses } from './current-state.ts'

/** Keeps what stands in people's chats true: a row shows that it is answered, whoever answered it, and wherever. */

/** Older messages nobody scrolls back to. */
const lookbackMs = 7 * dayMs
/** What another transaction wrote a moment ago may only be seen now. Looking twice changes nothing. */
const overlapMs = 2 * 60_000

export interface SentReminderSyncOptions {
  readonly db: Database
  readonly clock: Clock
  readonly log: Log
  /** Has what was changed sent at once. */
  readonly wake: () => Promise<void>
}

export interface SentReminderSync {
  /** Looks now. Each minute by itself. */
  run(): Promise<void>
  /** Looks within a moment: somebody has just said something. */
  schedule(): void
  /** Waits for what is in hand, and looks no more. */
  stop(): Promise<void>
}

/** Many answers at once are one look. */
const debounceMs = 1_000

/** Remembers until when it looked, so that a minute in which nobody answered anything costs one statement. */
export function createSentReminderSync({
  db,
  clock,
  log,
  wake,
}: SentReminderSyncOptions): SentReminderSync {
  let lookedAt: Date | undefined
  /** The answers that were looked at of late, so that looking back a little costs nothing. */
  let seen: ReadonlySet<string> = new Set()
  let timer: NodeJS.Timeout | undefined
  let inHand: Promise<void> = Promise.resolve()
  let stopped = false

  async function run(): Promise<void> {
    const now = clock.now()
    const known = lookedAt && lookedAt <= now ? lookedAt.getTime() - overlapMs : undefined
    const answers = await loadAnswersSince(db, new Date(known ?? now.getTime() - lookbackMs))
    const fresh = answers.filter(({ key }) => !seen.has(key))
    const changed = await syncSentReminders(db, fresh, now)
    lookedAt = now
    seen = new Set(answers.map(({ key }) => key))
    if (changed > 0) await wake()
  }

  return {
    run,
    schedule() {
      if (stopped || timer) return
      timer = setTimeout(() => {
        timer = undefined
        inHand = inHand.then(run).catch((error: unknown) => {
          log.error(
            { error: messageOf(error) },
            'Reminders were not brought up to date; the next minute tries again',
          )
        })
      }, debounceMs).unref()
    },
    async stop() {
      stopped = true
      clearTimeout(timer)
      await inHand
    },
  }
}

/** Something that somebody answered. */
export interface AnswerEvent {
  /** Of this answer alone. */
  readonly key: string
  /** Id of the project, milestone or measure. */
  readonly about: string
}

/** Brings the messages of the last days up to date with these answers. Tells how many changed. */
export async function syncSentReminders(
  db: Database,
  answers: readonly AnswerEvent[],
  now: Date,
): Promise<number> {
  if (answers.length === 0) return 0
  const things = [...new Set(answers.map(({ about }) => about))]
  let changed = 0
  const people = await db.person.findMany({ select: { id: true } })
  const messageIds = await messageIdsMentioning(db, {
    kind: 'reminder',
    subjectIds: things,
    personIds: people.map(({ id }) => id),
    since: new Date(now.getTime() - lookbackMs),
  })
  for (const id of messageIds) {
    if (await inTransaction(db, (tx) => syncSentReminder(tx, id, now))) changed += 1
  }
  return changed
}

/** What was said since a moment of anything that a reminder may hold. */
export async function loadAnswersSince(tx: Tx, since: Date): Promise<AnswerEvent[]> {
  return tx.$queryRaw<AnswerEvent[]>`
    SELECT id::text AS key, "projectId"::text AS about FROM "StatusUpdate" WHERE at > ${since}::timestamptz
    UNION SELECT concat_ws(' ', "milestoneId", at, "confirmedAt"), "milestoneId"::text FROM "MilestoneCompletion"
      WHERE at > ${since}::timestamptz OR "confirmedAt" > ${since}::timestamptz
    UNION SELECT id::text, "milestoneId"::text FROM "MilestoneMove" WHERE at > ${since}::timestamptz
    UNION SELECT id::text, "measureId"::text FROM "Reading" WHERE at > ${since}::timestamptz
    UNION SELECT id::text, split_part(subject, ':', 2) FROM "Snooze" WHERE at > ${since}::timestamptz`
}

/** False where the message shows already what is so. */
async function syncSentReminder(tx: Tx, id: string, now: Date): Promise<boolean> {
  const { card, personId } = await outboxMessageById(tx, id)
  const { data } = reminderData.safeParse(card.data)
  // An older version of me may have written it in another shape.
  if (!data) return false
  const answers = await loadRowStatuses(tx, data, personId, now)
  const before = data.groups.flatMap((group) => group.rows)
  if (before.every((each) => answers(each) === each.answered)) return false
  await editMessage(tx, id, rerenderReminderCard(data, answers, data.note), now)
  return true
}
