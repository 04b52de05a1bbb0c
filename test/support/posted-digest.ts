import type { Address, Place } from '../../src/base/addresses.ts'
import { addDays, toDbDate } from '../../src/base/dates.ts'
import { newId } from '../../src/base/ids.ts'
import { noticeCard } from '../../src/chat/notice.ts'
import { digestKind } from '../../src/features/digests/message-kinds.ts'
import type { Database } from '../../src/infra/db.ts'
import { enqueue } from '../../src/outbox/outbox.ts'
import { clockAt } from './clock.ts'
import { day, type StoredPerson } from './programme.ts'

const channel: Place = { platform: 'slack', tenant: 'T1', conversation: 'C1', kind: 'channel' }
const message: Address = { place: channel, messageId: '1.0' }

/** Where somebody presses a button of the digest that `postDigest` posted. */
export const posted = { place: channel, message }

/** A digest of the first programme that stands in the channel since nine o'clock of a day. */
export async function postDigest(db: Database, today: string): Promise<void> {
  const card = noticeCard({ heading: 'Weekly digest', lines: [], buttons: [] })
  const now = clockAt(new Date(`${today}T09:00:00Z`)).now()
  const { id } = await db.programme.findFirstOrThrow({ orderBy: { key: 'asc' } })
  const digest = { key: 'digest', kind: digestKind, programmeIds: [id], place: channel, card }
  await enqueue(db, digest, now)
  await db.outboxMessage.updateMany({
    where: { key: 'digest' },
    data: { state: 'sent', sentAt: now, sentTo: 'C1', messageId: '1.0' },
  })
}

/** Puts somebody on leave for a day and the three after it. */
export async function goesAway(
  db: Database,
  person: StoredPerson,
  deputy: StoredPerson | null,
  from: string,
): Promise<void> {
  await db.leave.create({
    data: {
      ...{ id: newId(), personId: person.id, deputyId: deputy?.id ?? null, source: 'test' },
      ...{ from: toDbDate(day(from)), to: toDbDate(addDays(day(from), 3)), at: new Date(from) },
    },
  })
}
