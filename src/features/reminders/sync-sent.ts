import type { Clock } from '../../base/clock.ts'
import { dayMs } from '../../base/dates.ts'
import { messageOf } from '../../base/errors.ts'
import type { Log } from '../../base/log.ts'
import { isAnythingChanged } from '../../domain/looks/look-store.ts'
import { readingsSince } from '../../domain/measures/store.ts'
import { allPersonIds } from '../../domain/people/person-store.ts'
import { milestoneAnswersSince } from '../../domain/plan/milestone-answers.ts'
import { moveOutcomesSince } from '../../domain/plan/move-requests.ts'
import { registerAnswersSince } from '../../domain/register/load-entries.ts'
import { revisionsSince } from '../../domain/revisions/revision-store.ts'
import { updatesSince } from '../../domain/status/latest-updates.ts'
import { type Database, inTransaction, Prisma, type ReadTx, type Tx } from '../../infra/db.ts'
import { outboxMessageById } from '../../outbox/find-message.ts'
import { messageIdsMentioning } from '../../outbox/history.ts'
import { editMessage } from '../../outbox/outbox.ts'
import { reminderKind } from './message-kind.ts'
import { reminderData } from './reminder-data.ts'
import { refreshedReminder } from './revalidate.ts'
import { snoozesSince } from './suppression-store.ts'

/** Keeps sent reminders true: a row shows that it is answered, whoever answered it, and wherever. */

/** Older messages nobody scrolls back to. */
const lookbackMs = 7 * dayMs
/** What another transaction committed a moment ago may only be seen now. Reading an answer twice changes nothing. */
const overlapMs = 2 * 60_000
/** The same of a run within a second of an answer: whatever takes longer to be committed, the next minute's run sees. */
const briefOverlapMs = 10_000
/** Answers within a second make one run. */
const debounceMs = 1_000

export interface SentReminderSyncOptions {
  readonly db: Database
  readonly clock: Clock
  readonly log: Log
  /** Called when messages were edited, so that they are sent at once. */
  readonly wake: () => Promise<void>
}

export interface SentReminderSync {
  /** Whether somebody may have answered something since the last run. */
  isDue(now: Date): Prisma.Sql
  /** Runs now. A job calls it each minute. */
  run(): Promise<void>
  /** Runs within a second: somebody has just answered something. */
  schedule(): void
  /** Waits for a scheduled run that has begun; later calls of `schedule` do nothing. */
  stop(): Promise<void>
}

/** Keeps in memory up to when it has read, so that a minute without answers costs one statement per kind of answer. */
export function createSentReminderSync({
  db,
  clock,
  log,
  wake,
}: SentReminderSyncOptions): SentReminderSync {
  let readUntil: Date | undefined
  /** Keys of the answers since the run of the last minute and in its overlap, which are read again. */
  const seen = new Set<string>()
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> = Promise.resolve()
  let isStopped = false

  async function run(overlap: number): Promise<void> {
    const now = clock.now()
    // A clock that was set back begins anew.
    const isContinued = readUntil !== undefined && readUntil <= now
    const since = isContinued ? Number(readUntil) - overlap : now.getTime() - lookbackMs
    const answers = await loadAnswersSince(db, new Date(since))
    const unseen = answers.filter(({ key }) => !seen.has(key))
    const changed = await syncSentReminders(db, unseen, now)
    readUntil = now
    if (overlap === overlapMs) seen.clear()
    for (const { key } of answers) seen.add(key)
    if (changed > 0) await wake()
  }

  return {
    run: () => run(overlapMs),
    isDue: (now) =>
      readUntil === undefined || now < readUntil
        ? Prisma.sql`true`
        : isAnythingChanged(new Date(readUntil.getTime() - overlapMs)),
    schedule() {
      if (isStopped || timer) return
      timer = setTimeout(() => {
        timer = undefined
        running = running
          .then(() => run(briefOverlapMs))
          .catch((error: unknown) => {
            log.error(
              { error: messageOf(error) },
              'Reminders were not brought up to date; the next minute tries again',
            )
          })
      }, debounceMs).unref()
    },
    async stop() {
      isStopped = true
      clearTimeout(timer)
      await running
    },
  }
}

/** Something that may answer a row of a reminder. */
export interface AnswerEvent {
  /** Unique to this answer. */
  readonly key: string
  /** Id of the project, milestone, measure or entry of the register. */
  readonly subjectId: string
}

/** Everything that was answered or snoozed since a moment, asked of each owner. */
export async function loadAnswersSince(tx: ReadTx, since: Date): Promise<AnswerEvent[]> {
  const updates = await updatesSince(tx, since)
  const milestones = await milestoneAnswersSince(tx, since)
  const readings = await readingsSince(tx, since)
  const snoozes = await snoozesSince(tx, since)
  const revisions = await revisionsSince(tx, since)
  const register = await registerAnswersSince(tx, since)
  const moves = await moveOutcomesSince(tx, since)
  return [
    ...updates.map(({ key, projectId }) => ({ key, subjectId: projectId })),
    ...milestones.map(({ key, milestoneId }) => ({ key, subjectId: milestoneId })),
    ...readings.map(({ id, measureId }) => ({ key: id, subjectId: measureId })),
    ...moves.map(({ id }) => ({ key: `move:${id}`, subjectId: id })),
    ...register.map(({ key, entryId }) => ({ key, subjectId: entryId })),
    ...revisions.map(({ id, itemId }) => ({ key: id, subjectId: itemId })),
    ...snoozes.map(({ id, subject }) => ({ key: id, subjectId: subject.split(':')[1] ?? '' })),
  ]
}

/** Edits the messages of the last days that these answers change. Returns how many it edited. */
export async function syncSentReminders(
  db: Database,
  answers: readonly AnswerEvent[],
  now: Date,
): Promise<number> {
  if (answers.length === 0) return 0
  const subjectIds = [...new Set(answers.map(({ subjectId }) => subjectId))]
  let edited = 0
  const since = new Date(now.getTime() - lookbackMs)
  const personIds = await allPersonIds(db)
  const found = { kind: reminderKind, subjectIds, personIds, since }
  for (const id of await messageIdsMentioning(db, found)) {
    if (await inTransaction(db, (tx) => syncSentReminder(tx, id, now))) edited += 1
  }
  return edited
}

/** False where the message needs no edit. */
async function syncSentReminder(tx: Tx, id: string, now: Date): Promise<boolean> {
  const { card, personId } = await outboxMessageById(tx, id)
  const { data } = reminderData.safeParse(card.data)
  // An older version of Milepost may have written it in another shape.
  const refreshed = data && (await refreshedReminder(tx, data, personId, now))
  if (!refreshed) return false
  await editMessage(tx, id, () => refreshed, now)
  return true
}
