import { dateIn, fullDate } from '../../base/dates.ts'
import { namesOf } from '../../domain/people/names.ts'
import type { Tx } from '../../infra/db.ts'
import { reminderData } from './cards.ts'

/** A message that could not be sent on its day. */
export interface ExpiredReminder {
  readonly key: string
  readonly personId: string | null
  readonly reason: string
}

/**
 * Drops the messages that wait since an earlier day, where none of them can stand there already. They then count as not
 * said, so that what is still true is said today, once, and what is not is not said at all.
 */
export async function expireReminders(tx: Tx, now: Date): Promise<ExpiredReminder[]> {
  const rows = await tx.outboxMessage.findMany({
    where: { kind: 'reminder', state: 'waiting', possiblySentAt: null },
    select: { id: true, key: true, personId: true, data: true },
  })
  const dropped: ExpiredReminder[] = []
  for (const { id, key, personId, data } of rows) {
    const { data: read } = reminderData.safeParse(data)
    const day = read?.day
    // What was emptied, because its person is forgotten, is nobody's reminder any more.
    if (!read || !day || day >= dateIn(read.zone, now)) continue
    const reason = `it was for ${fullDate(day)}, and could not be sent then`
    const { count } = await tx.outboxMessage.updateMany({
      where: { id, state: 'waiting', possiblySentAt: null },
      data: { state: 'dropped', error: reason },
    })
    if (count === 1) dropped.push({ key, personId, reason })
  }
  return dropped
}

/** What a person was to be told in the days before and was not, in sentences. */
export async function unsentNoticesFor(tx: Tx, personId: string, since: Date): Promise<string[]> {
  const rows = await tx.outboxMessage.findMany({
    where: { kind: 'reminder', state: 'dropped', personId, createdAt: { gte: since } },
    orderBy: { sequence: 'asc' },
    select: { error: true },
  })
  return rows.map(
    ({ error }) =>
      `A message before this one was not sent: ${error ?? 'it was dropped'}. What is still true of it is here.`,
  )
}

/** How many a list names. */
const maxListed = 10

/** The same of everybody in a programme, by name: for its office. */
export async function unsentNoticesIn(tx: Tx, programmeId: string, since: Date): Promise<string[]> {
  const rows = await tx.outboxMessage.findMany({
    where: { kind: 'reminder', state: 'dropped', programmeId, createdAt: { gte: since } },
    orderBy: { sequence: 'asc' },
    select: { personId: true, error: true },
  })
  const ids = rows.flatMap(({ personId }) => personId ?? [])
  const names = await namesOf(tx, ids)
  const more = rows.length > maxListed ? [`${rows.length - maxListed} more were not sent.`] : []
  const each = rows.slice(0, maxListed).map(({ personId, error }) => {
    const name = names.get(personId ?? '') ?? 'somebody'
    return `Not sent to ${name} in the last days: ${error ?? 'it was dropped'}.`
  })
  return [...each, ...more]
}
