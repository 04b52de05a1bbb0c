import { beforeEach, describe, expect, test } from '@jest/globals'
import { newId } from '../../src/base/ids.ts'
import { disposals } from '../../src/domain/records/holds.ts'
import { inTransaction } from '../../src/infra/db.ts'
import { eraseMessagesOf } from '../../src/outbox/erase.ts'
import { fileForReader } from '../../src/outbox/files.ts'
import { purgeOldMessages } from '../../src/outbox/retention.ts'
import { emptyTables, useDatabase } from '../support/database.ts'
import { OutboxFixture, testCard } from './outbox-fixture.ts'

const database = useDatabase()
let fixture: OutboxFixture
beforeEach(async () => {
  await emptyTables(database.db)
  fixture = new OutboxFixture(database.db)
})

const file = { name: 'plan.csv', contentType: 'text/csv', bytes: Buffer.from('Ref,Title') }
const erasure = { rule: 'a person was forgotten', now: new Date(), disposals }
const kept = () => database.db.outboxFile.count()
const actionOf = () => 'read plan' as const

test('a message is sent with its file, which is saved once with it', async () => {
  expect(await fixture.enqueue('k1', { file })).toBe(true)
  expect(await fixture.enqueue('k1', { file: { ...file, name: 'other.csv' } })).toBe(false)
  await fixture.dispatcher().dispatchDue()
  const { id } = await fixture.row('k1')
  const [sent] = fixture.slack.files
  expect(sent).toMatchObject({ id, name: 'plan.csv', contentType: 'text/csv' })
  expect(Buffer.from(sent?.bytes ?? []).toString()).toBe('Ref,Title')
  expect(await kept()).toBe(1)
})

test('a message whose file is not kept any more is not sent without it', async () => {
  await fixture.enqueue('k1', { file })
  await inTransaction(database.db, (tx) => eraseMessagesOf(tx, newId(), testCard, erasure))
  await fixture.dispatcher().dispatchDue()
  expect(fixture.slack.keys()).toEqual([])
  expect(await fixture.row('k1')).toMatchObject({ state: 'dropped', errorCode: 'outdated' })
})

test('a file is kept for two weeks, its message for longer', async () => {
  await fixture.enqueue('k1', { file })
  fixture.advance(13 * 86_400)
  await purgeOldMessages(database.db, fixture.now, 90, disposals)
  expect(await kept()).toBe(1)
  fixture.advance(2 * 86_400)
  await purgeOldMessages(database.db, fixture.now, 90, disposals)
  expect(await kept()).toBe(0)
  expect(await fixture.state('k1')).toBe('waiting')
})

describe('who gets the file of a message', () => {
  test('its person, and nobody else', async () => {
    const personId = await fixture.person('Asha Verity')
    await fixture.enqueue('k1', { file, personId })
    const { id } = await fixture.row('k1')
    expect(await fileForReader(database.db, id, personId, actionOf)).toMatchObject({ id })
    const another = await fixture.person('Tom Quill')
    expect(await fileForReader(database.db, id, another, actionOf)).toBeUndefined()
    expect(await fileForReader(database.db, newId(), personId, actionOf)).toBeUndefined()
  })

  test('not whoever has left the programme that it tells of', async () => {
    const personId = await fixture.person('Asha Verity')
    const programmeId = newId()
    await database.db.programme.create({
      data: { id: programmeId, key: 'P1', title: 'Better Together', createdAt: fixture.now },
    })
    await fixture.enqueue('k1', { file, personId, programmeIds: [programmeId] })
    const { id } = await fixture.row('k1')
    expect(await fileForReader(database.db, id, personId, actionOf)).toBeUndefined()
  })
})
