import { beforeEach, expect, test } from '@jest/globals'
import { newId } from '../../src/base/ids.ts'
import { digestKind } from '../../src/features/digests/message-kinds.ts'
import { inTransaction } from '../../src/infra/db.ts'
import { editMessage, enqueue } from '../../src/outbox/outbox.ts'
import { type NewPicture, savePicture } from '../../src/outbox/pictures.ts'
import { emptyTables, useDatabase } from '../support/database.ts'
import { OutboxFixture, slack, testCard } from './outbox-fixture.ts'

const database = useDatabase()
let fixture: OutboxFixture
beforeEach(async () => {
  await emptyTables(database.db)
  fixture = new OutboxFixture(database.db)
})

const png = Buffer.from('a picture')

async function onePicture(): Promise<NewPicture> {
  const programmeId = newId()
  await database.db.programme.create({
    data: { id: programmeId, key: 'P1', title: 'Better Together', createdAt: fixture.now },
  })
  return { id: newId(), programmeId, png, alt: 'Red 8' }
}

async function enqueueWithPicture(): Promise<void> {
  const picture = await onePicture()
  await inTransaction(database.db, async (tx) => {
    await savePicture(tx, picture, fixture.now)
    const about = { kind: digestKind, place: slack('C1'), card: testCard }
    await enqueue(tx, { ...about, key: 'k1', pictureId: picture.id }, fixture.now)
    await enqueue(tx, { ...about, key: 'k2', afterKey: 'k1' }, fixture.now)
  })
}

test('a message is sent with its picture, and the next one in its thread without', async () => {
  await enqueueWithPicture()
  await fixture.dispatcher().dispatchDue()
  fixture.advance(2)
  await fixture.dispatcher().dispatchDue()
  expect(fixture.slack.keys()).toEqual(['k1', 'k2'])
  const [first, second] = fixture.slack.pictures
  expect(Buffer.from(first ?? [])).toEqual(png)
  expect(second).toBeUndefined()
})

test('a message that is edited keeps its picture', async () => {
  await enqueueWithPicture()
  await fixture.dispatcher().dispatchDue()
  const { id } = await fixture.row('k1')
  await inTransaction(database.db, (tx) => editMessage(tx, id, () => testCard, fixture.now))
  fixture.advance(5)
  await fixture.dispatcher().dispatchDue()
  fixture.advance(5)
  await fixture.dispatcher().dispatchDue()
  expect(fixture.slack.edits).toHaveLength(1)
  expect(fixture.slack.pictures.filter((one) => one !== undefined)).toHaveLength(2)
})

test('a picture is saved in the transaction that enqueues its message, or not at all', async () => {
  const broken = inTransaction(database.db, async (tx) => {
    await savePicture(tx, await onePicture(), fixture.now)
    throw new Error('the transaction fails')
  })
  await expect(broken).rejects.toThrow('the transaction fails')
  expect(await database.db.picture.count()).toBe(0)
})
