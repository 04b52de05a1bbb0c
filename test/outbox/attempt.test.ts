import { beforeEach, describe, expect, test } from '@jest/globals'
import { type AttemptObserver, type AttemptParts, attemptSend } from '../../src/outbox/attempt.ts'
import { type Claim, claimDue } from '../../src/outbox/claim-store.ts'
import { leaseMs } from '../../src/outbox/lease.ts'
import { callTimeoutMs } from '../../src/outbox/send-result.ts'
import { useDatabase } from '../support/database.ts'
import { expand, OutboxFixture, teams } from './outbox-fixture.ts'

const database = useDatabase()
let fixture: OutboxFixture
beforeEach(async () => {
  await database.db.outboxMessage.deleteMany()
  fixture = new OutboxFixture(database.db)
})

const noObserver: AttemptObserver = { onSending() {}, onResult: (result) => result }

async function claimOne(): Promise<Claim> {
  await fixture.enqueue('k1', { place: teams('19:a') })
  const all = {
    platforms: ['teams'],
    blockedConversations: [],
    concurrencyLimits: [],
    limit: 1,
    inFlightIds: [],
  } as const
  const [claim] = await claimDue(database.db, { now: fixture.now, ...all })
  if (!claim) throw new Error('Nothing was claimed.')
  return claim
}

const parts = (): AttemptParts => ({
  db: database.db,
  platforms: new Map([['teams', fixture.teams]]),
  clock: fixture.clock,
  random: () => 0.5,
  log: { info() {}, warn() {}, error() {} },
  expand,
})

describe('an attempt to send a leased message', () => {
  test('marks the message as possibly sent and extends its lease just before the call', async () => {
    const claim = await claimOne()
    expect((await fixture.row('k1')).possiblySentAt).toBeNull()
    fixture.advance(20)
    const rowsAtSend: unknown[] = []
    fixture.teams.beforeSend = async () => {
      rowsAtSend.push(await fixture.row('k1'))
    }
    expect(await attemptSend(parts(), claim, noObserver)).toMatchObject({ state: 'sent' })
    expect(rowsAtSend).toMatchObject([
      { possiblySentAt: fixture.now, leaseExpiresAt: new Date(fixture.now.getTime() + leaseMs) },
    ])
  })

  test('if the process died before that, the message is sent and does not become uncertain, not even in Teams', async () => {
    await claimOne()
    fixture.advance(leaseMs / 1_000)
    await fixture.dispatcher().dispatchDue()
    expect(await fixture.state('k1')).toBe('sent')
    expect(fixture.teams.keys()).toEqual(['k1'])
  })

  test('does not send a message that another process has taken over', async () => {
    const claim = await claimOne()
    fixture.advance(leaseMs / 1_000)
    await fixture.dispatcher().dispatchDue()
    expect(await attemptSend(parts(), claim, noObserver)).toMatchObject({
      state: 'waiting',
      isPossiblySent: false,
    })
    expect(fixture.teams.keys()).toEqual(['k1'])
  })

  test('does not send where the lease could expire during the call', async () => {
    const claim = await claimOne()
    const slowClock = {
      // The process freezes after marking the message as being sent.
      now() {
        const now = new Date(fixture.now)
        fixture.advance((leaseMs - callTimeoutMs) / 1_000 + 1)
        return now
      },
    }
    const next = await attemptSend({ ...parts(), clock: slowClock }, claim, noObserver)
    expect(next).toMatchObject({ state: 'waiting', isPossiblySent: false })
    expect(fixture.teams.keys()).toEqual([])
  })

  test('gives up a message whose stored data cannot be read', async () => {
    const claim = await claimOne()
    const unreadable = {
      ...claim,
      parseCard: () => {
        throw new RangeError('not JSON')
      },
    }
    expect(await attemptSend(parts(), unreadable, noObserver)).toMatchObject({ state: 'dead' })
    expect(fixture.teams.keys()).toEqual([])
  })
})
