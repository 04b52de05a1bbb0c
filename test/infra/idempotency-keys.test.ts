import { describe, expect, test } from '@jest/globals'
import { inTransaction } from '../../src/infra/db.ts'
import { claimKey, purgeIdempotencyKeys, saveReply } from '../../src/infra/idempotency-keys.ts'
import { useDatabase } from '../support/database.ts'

const now = new Date('2017-02-24T09:00:00Z')

const fresh = useDatabase()

/** A request handler that counts how often it really ran. */
function handler(key: string, work: () => Promise<void> = async () => {}) {
  const handled = { times: 0 }
  const handle = () =>
    inTransaction(fresh.db, async (tx) => {
      const receipt = await claimKey(tx, key, now)
      if (receipt !== 'new') return receipt.reply
      await work()
      handled.times += 1
      const reply = { said: `stored ${handled.times}` }
      await saveReply(tx, key, reply)
      return reply
    })
  return { handle, handled }
}

describe('a request', () => {
  test('that is repeated gets the first reply, and does nothing', async () => {
    const { handle, handled } = handler('event:1')
    expect(await handle()).toEqual({ said: 'stored 1' })
    expect(await handle()).toEqual({ said: 'stored 1' })
    expect(handled.times).toBe(1)
  })

  test('that comes several times at once is handled once, and all get its reply', async () => {
    const { handle, handled } = handler(
      'event:2',
      () => new Promise((done) => setTimeout(done, 50)),
    )
    const replies = await Promise.all([handle(), handle(), handle(), handle()])
    expect(handled.times).toBe(1)
    expect(replies).toEqual(Array(4).fill({ said: 'stored 1' }))
  })

  test('that failed is handled when it is repeated, even by a repeat that was waiting', async () => {
    let failures = 1
    const { handle, handled } = handler('event:3', async () => {
      await new Promise((done) => setTimeout(done, 50))
      failures -= 1
      if (failures >= 0) throw new Error('the first one fails')
    })
    const outcomes = await Promise.allSettled([handle(), handle()])
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(handled.times).toBe(1)
  })
})

test('old keys are purged', async () => {
  const day = (date: string) => new Date(`${date}T00:00:00Z`)
  await fresh.db.idempotencyKey.deleteMany()
  await inTransaction(fresh.db, (tx) => claimKey(tx, 'old', day('2017-02-01')))
  await inTransaction(fresh.db, (tx) => claimKey(tx, 'young', day('2017-02-20')))
  expect(await purgeIdempotencyKeys(fresh.db, day('2017-02-10'))).toBe(1)
  expect(await fresh.db.idempotencyKey.findMany({ select: { key: true } })).toEqual([
    { key: 'young' },
  ])
})
