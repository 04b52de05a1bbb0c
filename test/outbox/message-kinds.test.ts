import { beforeEach, describe, expect, test } from '@jest/globals'
import { createMessageKindRegistry, defineMessageKind } from '../../src/outbox/message-kinds.ts'
import { useDatabase } from '../support/database.ts'
import { good, Scene, slack } from './scene.ts'

const database = useDatabase()
let scene: Scene
beforeEach(async () => {
  await database.db.outboxMessage.deleteMany()
  scene = new Scene(database.db)
})

describe('a toy kind of message, a definition and a row of the registry', () => {
  const toyKind = defineMessageKind({
    kind: 'toy',
    title: 'Toy',
    revalidate: async (_, { key }) => (key === 'broken' ? { dropReason: 'it broke' } : 'unchanged'),
    redraw: async (_, { key }, note) => ({ name: 'good', data: { words: `${key}: ${note}` } }),
  })
  const registry = createMessageKindRegistry([toyKind])
  const dispatcher = () =>
    scene.dispatcher(undefined, undefined, {
      revalidate: (message) => registry.revalidate({ db: scene.db, clock: scene.clock }, message),
    })

  test('is sent while it is still true, and dropped when it no longer is', async () => {
    await scene.decide('kite', { kind: toyKind })
    await scene.decide('broken', { kind: toyKind })
    await dispatcher().dispatchDue()
    expect(scene.slack.posted).toMatchObject([{ key: 'kite', card: good }])
    expect(await scene.row('broken')).toMatchObject({ state: 'dropped', error: 'it broke' })
  })

  test('draws its own message again once a button of it was pressed', async () => {
    await scene.decide('kite', { kind: toyKind, in: 'C1' })
    await dispatcher().dispatchDue()
    const address = { place: slack('C1'), messageId: 'm1' }
    expect(await registry.redraw(scene.db, address, 'Saved', scene.now)).toEqual({
      name: 'good',
      data: { words: 'kite: Saved' },
    })
  })

  test('is listed by its title', () => {
    expect(registry.title('toy')).toBe('Toy')
  })
})
