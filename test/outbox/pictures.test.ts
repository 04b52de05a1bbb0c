import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { newId } from '../../src/base/ids.ts'
import { digestKind } from '../../src/features/digests/message-kinds.ts'
import { inTransaction } from '../../src/infra/db.ts'
import { editMessage, enqueue } from '../../src/outbox/outbox.ts'
import { type NewPicture, savePicture } from '../../src/outbox/pictures.ts'
import { type FreshDatabase, freshDatabase } from '../support/database.ts'
import { good, Scene, slack } from './scene.ts'

let fresh: FreshDatabase
let scene: Scene
beforeAll(async () => {
  fresh = await freshDatabase()
})
afterAll(() => fresh.drop())
beforeEach(async () => {
  await fresh.db.$executeRaw`TRUNCATE "Programme", "OutboxMessage" CASCADE`
  scene = new Scene(fresh.db)
})

const png = Buffer.from('a picture')

async function onePicture(): Promise<NewPicture> {
  const programmeId = newId()
  await fresh.db.programme.create({
    data: { id: programmeId, key: 'P1', title: 'Better Together', createdAt: scene.now },
  })
  return { id: newId(), programmeId, png, alt: 'Red 8' }
}

async function decideWithPicture(): Promise<void> {
  const picture = await onePicture()
  await inTransaction(fresh.db, async (tx) => {
    await savePicture(tx, picture, scene.now)
    const about = { kind: digestKind, place: slack('C1'), card: good }
    await enqueue(tx, { ...about, key: 'k1', pictureId: picture.id }, scene.now)
    await enqueue(tx, { ...about, key: 'k2', afterKey: 'k1' }, scene.now)
  })
}

test('a message is sent with its picture, and what follows it without one', async () => {
  await decideWithPicture()
  await scene.dispatcher().dispatchDue()
  scene.pass(2)
  await scene.dispatcher().dispatchDue()
  expect(scene.slack.keys()).toEqual(['k1', 'k2'])
  const [first, second] = scene.slack.pictures
  expect(Buffer.from(first ?? [])).toEqual(png)
  expect(second).toBeUndefined()
})

test('a message that is changed keeps its picture', async () => {
  await decideWithPicture()
  await scene.dispatcher().dispatchDue()
  const { id } = await scene.row('k1')
  await inTransaction(fresh.db, (tx) => editMessage(tx, id, good, scene.now))
  scene.pass(5)
  await scene.dispatcher().dispatchDue()
  scene.pass(5)
  await scene.dispatcher().dispatchDue()
  expect(scene.slack.changed).toHaveLength(1)
  expect(scene.slack.pictures.filter((one) => one !== undefined)).toHaveLength(2)
})

test('a picture is kept with the decision that shows it, or not at all', async () => {
  const broken = inTransaction(fresh.db, async (tx) => {
    await savePicture(tx, await onePicture(), scene.now)
    throw new Error('the decision fails')
  })
  await expect(broken).rejects.toThrow('the decision fails')
  expect(await fresh.db.picture.count()).toBe(0)
})
