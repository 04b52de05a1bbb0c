import { beforeEach, describe, expect, test } from '@jest/globals'
import { newId } from '../../src/base/ids.ts'
import { noticeCard } from '../../src/chat/notice.ts'
import { digestKind } from '../../src/features/digests/message-kinds.ts'
import { enqueue } from '../../src/outbox/outbox.ts'
import { purgeOldMessages } from '../../src/outbox/retention.ts'
import { useDatabase } from '../support/database.ts'

const now = new Date('2026-03-02T09:00:00Z')
const daysAgo = (days: number) => new Date(now.getTime() - days * 24 * 60 * 60_000)
const place = { platform: 'slack', tenant: 'T1', conversation: 'C1', kind: 'channel' } as const
const card = noticeCard({ heading: 'Said', lines: [], buttons: [] })

const fresh = useDatabase()
beforeEach(() => fresh.db.$executeRaw`TRUNCATE "OutboxMessage", "Programme" CASCADE`)

async function said(key: string, days: number, more: { afterKey?: string } = {}): Promise<void> {
  await enqueue(fresh.db, { key, kind: digestKind, place, card, ...more }, daysAgo(days))
}
const ended = (...keys: string[]) =>
  fresh.db.outboxMessage.updateMany({ where: { key: { in: keys } }, data: { state: 'sent' } })
const left = async () =>
  (await fresh.db.outboxMessage.findMany({ orderBy: { sequence: 'asc' } })).map(({ key }) => key)

describe('old messages', () => {
  test('go when they are older than asked for', async () => {
    await said('old', 401)
    await said('young', 399)
    await ended('old', 'young')
    expect(await purgeOldMessages(fresh.db, now, 400)).toBe(1)
    expect(await left()).toEqual(['young'])
  })

  test('stay while they are still on their way', async () => {
    await said('old', 401)
    expect(await purgeOldMessages(fresh.db, now, 400)).toBe(0)
  })

  test('of a thread go from its end, and its root stays while something follows it', async () => {
    await said('root', 401)
    await said('part', 401, { afterKey: 'root' })
    await said('late part', 10, { afterKey: 'root' })
    await ended('root', 'part', 'late part')
    expect(await purgeOldMessages(fresh.db, now, 400)).toBe(1)
    expect(await purgeOldMessages(fresh.db, now, 400)).toBe(0)
    expect(await left()).toEqual(['root', 'late part'])
  })

  test('are kept for 90 days whatever is asked: reminders look back at what was said', async () => {
    await said('old', 89)
    await ended('old')
    expect(await purgeOldMessages(fresh.db, now, 1)).toBe(0)
  })

  test('take the pictures with them that nothing shows any more', async () => {
    const programmeId = newId()
    await fresh.db.programme.create({
      data: { id: programmeId, key: 'W17', title: 'Programme', createdAt: daysAgo(500) },
    })
    const picture = async (days: number) => {
      const id = newId()
      const png = new Uint8Array([1])
      await fresh.db.picture.create({
        data: { id, programmeId, png, alt: 'Counts', at: daysAgo(days) },
      })
      return id
    }
    const [shown, orphan, young] = [await picture(402), await picture(401), await picture(1)]
    await said('old', 401)
    await said('root', 402)
    await said('part', 10, { afterKey: 'root' })
    await fresh.db.outboxMessage.update({ where: { key: 'root' }, data: { pictureId: shown } })
    await fresh.db.outboxMessage.update({ where: { key: 'old' }, data: { pictureId: orphan } })
    await ended('old', 'root', 'part')
    await purgeOldMessages(fresh.db, now, 400)
    const kept = (await fresh.db.picture.findMany()).map(({ id }) => id)
    expect(kept.toSorted()).toEqual([shown, young].toSorted())
  })
})
