import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { type AttemptParts, attemptSend } from '../../src/outbox/attempt.ts'
import { type Claim, claimDue } from '../../src/outbox/claim-store.ts'
import { leaseMs } from '../../src/outbox/lease.ts'
import { callTimeoutMs } from '../../src/outbox/send-result.ts'
import { type FreshDatabase, freshDatabase } from '../support/database.ts'
import { expand, Scene, teams } from './scene.ts'

let fresh: FreshDatabase
let scene: Scene
beforeAll(async () => {
  fresh = await freshDatabase()
})
afterAll(() => fresh.drop())
beforeEach(async () => {
  await fresh.db.outboxMessage.deleteMany()
  scene = new Scene(fresh.db)
})

const nobody = { onSending() {}, onResult() {} }

async function claimed(): Promise<Claim> {
  await scene.decide('k1', { place: teams('19:a') })
  const all = {
    platforms: ['teams'],
    blockedConversations: [],
    concurrencyLimits: [],
    limit: 1,
    inFlightIds: [],
  } as const
  const [claim] = await claimDue(fresh.db, { now: scene.now, ...all })
  if (!claim) throw new Error('Nothing was claimed.')
  return claim
}

const parts = (): AttemptParts => ({
  db: fresh.db,
  platforms: new Map([['teams', scene.teams]]),
  clock: scene.clock,
  random: () => 0.5,
  log: { info() {}, warn() {}, error() {} },
  expand,
})

describe('one attempt at a delivery in hand', () => {
  test('notes that it may stand there just before it is sent, and puts off the end of its claim', async () => {
    const claim = await claimed()
    expect((await scene.row('k1')).possiblySentAt).toBeNull()
    scene.pass(20)
    const noted: unknown[] = []
    scene.teams.before = async () => {
      noted.push(await scene.row('k1'))
    }
    expect(await attemptSend(parts(), claim, nobody)).toMatchObject({ state: 'sent' })
    expect(noted).toMatchObject([
      { possiblySentAt: scene.now, leaseExpiresAt: new Date(scene.now.getTime() + leaseMs) },
    ])
  })

  test('one that died before that has sent nothing: nobody is left in doubt, in Teams either', async () => {
    await claimed()
    scene.pass(leaseMs / 1_000)
    await scene.dispatcher().dispatchDue()
    expect(await scene.state('k1')).toBe('sent')
    expect(scene.teams.keys()).toEqual(['k1'])
  })

  test('sends nothing that another has taken over', async () => {
    const claim = await claimed()
    scene.pass(leaseMs / 1_000)
    await scene.dispatcher().dispatchDue()
    expect(await attemptSend(parts(), claim, nobody)).toMatchObject({
      state: 'waiting',
      isPossiblySent: false,
    })
    expect(scene.teams.keys()).toEqual(['k1'])
  })

  test('sends nothing where another could have it before the call is over', async () => {
    const claim = await claimed()
    const slow = {
      // It stands still once it has noted that it sends.
      now() {
        const now = new Date(scene.now)
        scene.pass((leaseMs - callTimeoutMs) / 1_000 + 1)
        return now
      },
    }
    const next = await attemptSend({ ...parts(), clock: slow }, claim, nobody)
    expect(next).toMatchObject({ state: 'waiting', isPossiblySent: false })
    expect(scene.teams.keys()).toEqual([])
  })

  test('a card whose stored data cannot be read is dead', async () => {
    const claim = await claimed()
    const unreadable = {
      ...claim,
      parseCard: () => {
        throw new RangeError('not JSON')
      },
    }
    expect(await attemptSend(parts(), unreadable, nobody)).toMatchObject({ state: 'dead' })
    expect(scene.teams.keys()).toEqual([])
  })
})
