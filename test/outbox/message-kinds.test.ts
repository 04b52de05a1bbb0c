import { beforeEach, describe, expect, test } from '@jest/globals'
import { newId } from '../../src/base/ids.ts'
import { createMessageKindRegistry, defineMessageKind } from '../../src/outbox/message-kinds.ts'
import { useDatabase } from '../support/database.ts'
import { OutboxFixture, slack, testCard } from './outbox-fixture.ts'

const database = useDatabase()
let fixture: OutboxFixture
beforeEach(async () => {
  await database.db.outboxMessage.deleteMany()
  fixture = new OutboxFixture(database.db)
})

describe('a toy kind of message, a definition and a row of the registry', () => {
  const toyKind = defineMessageKind({
    kind: 'toy',
    title: 'Toy',
    authority: 'read plan',
    revalidate: async (_, { key }) => (key === 'broken' ? { dropReason: 'it broke' } : 'unchanged'),
    redraw: async (_, { key }, note) => ({ name: 'good', data: { words: `${key}: ${note}` } }),
  })
  const registry = createMessageKindRegistry([toyKind])
  const dispatcher = () =>
    fixture.dispatcher(undefined, undefined, {
      revalidate: (message) =>
        registry.revalidate({ db: fixture.db, clock: fixture.clock }, message),
    })

  test('is sent while it is still true, and dropped when it no longer is', async () => {
    await fixture.enqueue('kite', { kind: toyKind })
    await fixture.enqueue('broken', { kind: toyKind })
    await dispatcher().dispatchDue()
    expect(fixture.slack.posted).toMatchObject([{ key: 'kite', card: testCard }])
    expect(await fixture.row('broken')).toMatchObject({ state: 'dropped', error: 'it broke' })
  })

  test('draws its own message again once a button of it was pressed', async () => {
    await fixture.enqueue('kite', { kind: toyKind, in: 'C1' })
    await dispatcher().dispatchDue()
    const address = { place: slack('C1'), messageId: 'm1' }
    const reader = { personId: newId() }
    expect(await registry.redraw(fixture.db, address, reader, 'Saved', fixture.now)).toEqual({
      name: 'good',
      data: { words: 'kite: Saved' },
    })
  })

  test('is listed by its title', () => {
    expect(registry.title('toy')).toBe('Toy')
  })
})
