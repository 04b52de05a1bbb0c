import { beforeEach, describe, expect, test } from '@jest/globals'
import { newId } from '../../src/base/ids.ts'
import { noticeCard } from '../../src/chat/notice.ts'
import { disposals } from '../../src/domain/records/holds.ts'
import { digestKind } from '../../src/features/digests/message-kinds.ts'
import { enqueue } from '../../src/outbox/outbox.ts'
import { purgeOldMessages } from '../../src/outbox/retention.ts'
import { emptyTables, useDatabase } from '../support/database.ts'

const now = new Date('2026-03-02T09:00:00Z')
const daysAgo = (days: number) => new Date(now.getTime() - days * 24 * 60 * 60_000)
const place = { platform: 'slack', tenant: 'T1', conversation: 'C1', kind: 'channel' } as const
const card = noticeCard({ heading: 'Posted', lines: [], buttons: [] })

const database = useDatabase()
beforeEach(() => emptyTables(database.db))

async function enqueued(
  key: string,
  days: number,
  more: { afterKey?: string } = {},
): Promise<void> {
  await enqueue(database.db, { key, kind: digestKind, place, card, ...more }, daysAgo(days))
}
const markSent = (...keys: string[]) =>
  database.db.outboxMessage.updateMany({ where: { key: { in: keys } }, data: { state: 'sent' } })
const remainingKeys = async () =>
  (await database.db.outboxMessage.findMany({ orderBy: { sequence: 'asc' } })).map(({ key }) => key)

describe('old messages', () => {
  test('are deleted when they are older than the limit', async () => {
    await enqueued('old', 401)
    await enqueued('young', 399)
    await markSent('old', 'young')
    expect(await purgeOldMessages(database.db, now, 400, disposals)).toBe(1)
    expect(await remainingKeys()).toEqual(['young'])
  })

  test('are kept while they wait to be sent', async () => {
    await enqueued('old', 401)
    expect(await purgeOldMessages(database.db, now, 400, disposals)).toBe(0)
  })

  test('of a thread are deleted from its end, and the root is kept while a reply is', async () => {
    await enqueued('root', 401)
    await enqueued('part', 401, { afterKey: 'root' })
    await enqueued('late part', 10, { afterKey: 'root' })
    await markSent('root', 'part', 'late part')
    expect(await purgeOldMessages(database.db, now, 400, disposals)).toBe(1)
    expect(await purgeOldMessages(database.db, now, 400, disposals)).toBe(0)
    expect(await remainingKeys()).toEqual(['root', 'late part'])
  })

  test('are kept for at least 90 days, because reminders look up what was sent', async () => {
    await enqueued('old', 89)
    await markSent('old')
    expect(await purgeOldMessages(database.db, now, 1, disposals)).toBe(0)
  })

  test('are deleted with the pictures that no other message shows', async () => {
    const programmeId = newId()
    await database.db.programme.create({
      data: { id: programmeId, key: 'W17', title: 'Programme', createdAt: daysAgo(500) },
    })
    const picture = async (days: number) => {
      const id = newId()
      const png = new Uint8Array([1])
      await database.db.picture.create({
        data: { id, programmeId, png, alt: 'Counts', at: daysAgo(days) },
      })
      return id
    }
    const [shown, orphan, young] = [await picture(402), await picture(401), await picture(1)]
    await enqueued('old', 401)
    await enqueued('root', 402)
    await enqueued('part', 10, { afterKey: 'root' })
    await database.db.outboxMessage.update({ where: { key: 'root' }, data: { pictureId: shown } })
    await database.db.outboxMessage.update({ where: { key: 'old' }, data: { pictureId: orphan } })
    await markSent('old', 'root', 'part')
    await purgeOldMessages(database.db, now, 400, disposals)
    const kept = (await database.db.picture.findMany()).map(({ id }) => id)
    expect(kept.toSorted()).toEqual([shown, young].toSorted())
  })
})
