import { beforeEach, describe, expect, test } from '@jest/globals'
import { newId } from '../../src/base/ids.ts'
import { createMessageKindRegistry, defineMessageKind } from '../../src/outbox/message-kinds.ts'
import { editMessage } from '../../src/outbox/outbox.ts'
import { emptyTables, useDatabase } from '../support/database.ts'
import { storePeople, storeProgramme } from '../support/programme.ts'
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

  test('is known by who is told of those that failed', () => {
    const note = { title: 'Note', authority: 'read plan' } as const
    const toOffice = defineMessageKind({ ...note, kind: 'note', isFailureReported: false })
    const timed = defineMessageKind({ ...note, kind: 'timed', isDropReported: true })
    const kinds = createMessageKindRegistry([toyKind, toOffice, timed])
    expect(kinds.toOffice).toEqual(['note'])
    expect(kinds.withReportedDrops).toEqual(['timed'])
  })

  test('is listed by its title', () => {
    expect(registry.title('toy')).toBe('Toy')
  })

  describe('of a programme, to one of its members', () => {
    let member: string
    let programmeId: string
    beforeEach(async () => {
      await emptyTables(fixture.db)
      const [asha] = await storePeople(fixture.db, 'Asha Verity')
      member = asha.id
      programmeId = await storeProgramme(fixture.db, { key: 'BCS', members: [asha], projects: [] })
      const told = { programmeIds: [programmeId], personId: member }
      await fixture.enqueue('kite', { kind: toyKind, in: 'D1', ...told })
    })

    const leave = () => fixture.db.membership.deleteMany()
    const drawnFor = (personId: string | null) =>
      registry.redraw(
        fixture.db,
        { place: slack('D1'), messageId: 'm1' },
        { personId },
        undefined,
        fixture.now,
      )

    test('is drawn for nobody else, and no more once they have left', async () => {
      await dispatcher().dispatchDue()
      expect(await drawnFor(member)).toBeDefined()
      expect(await drawnFor(newId())).toBeUndefined()
      expect(await drawnFor(null)).toBeUndefined()
      await leave()
      expect(await drawnFor(member)).toBeUndefined()
    })

    test('is not sent once they have left', async () => {
      await leave()
      await dispatcher().dispatchDue()
      expect(await fixture.row('kite')).toMatchObject({
        state: 'dropped',
        error: 'it is not for them any more: their rights in its programme have changed',
      })
    })

    test('is not edited once they have left', async () => {
      await dispatcher().dispatchDue()
      await leave()
      const { id } = await fixture.row('kite')
      const news = () => ({ name: 'good', data: { words: 'news' } })
      await editMessage(fixture.db, id, news, fixture.now)
      expect(await fixture.db.messageEdit.count()).toBe(0)
      expect(await fixture.row('kite')).toMatchObject({ data: testCard.data })
    })
  })
})
