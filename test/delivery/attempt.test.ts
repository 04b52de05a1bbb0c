import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { clockAt } from '../../src/base/clock.ts'
import { type AttemptParts, attempt } from '../../src/delivery/attempt.ts'
import type { Claim } from '../../src/delivery/claims.ts'
import { type FreshDatabase, freshDatabase } from '../support/database.ts'
import { FakePlatform } from './fake-platform.ts'
import { expand, good, slack } from './scene.ts'

const now = new Date('2017-02-27T09:00:00Z')
const claim: Claim = {
  id: 'd1',
  lease: { token: 'c1', until: new Date('2017-02-27T09:03:00Z') },
  key: 'k1',
  kind: 'test',
  place: slack('C1'),
  card: () => good,
  pictureId: null,
  says: [],
  programmeId: undefined,
  personId: undefined,
  decidedAt: now,
  again: false,
  root: undefined,
  attempt: { attempts: 1, firstTriedAt: now, maybeSince: undefined },
}

let fresh: FreshDatabase
beforeAll(async () => {
  fresh = await freshDatabase()
})
afterAll(() => fresh.drop())

const nobody = { sending() {}, heard() {} }

function scene(moment: Date, more: Partial<AttemptParts> = {}) {
  const platform = new FakePlatform('slack')
  const platforms = new Map([[platform.name, platform]])
  const parts: AttemptParts = {
    db: fresh.db,
    platforms,
    clock: clockAt(moment),
    random: () => 0.5,
    log: { info() {}, warn() {}, error() {} },
    expand,
    ...more,
  }
  return { platform, parts }
}

describe('one attempt at a delivery in hand', () => {
  test('sends it while the claim lasts longer than the call can take', async () => {
    const { platform, parts } = scene(new Date('2017-02-27T09:02:45Z'))
    expect(await attempt(parts, claim, nobody)).toMatchObject({ state: 'sent' })
    expect(platform.keys()).toEqual(['k1'])
  })

  test('sends nothing where another could have it before the call is over', async () => {
    const { platform, parts } = scene(new Date('2017-02-27T09:02:46Z'))
    expect(await attempt(parts, claim, nobody)).toMatchObject({ state: 'waiting', maybe: false })
    expect(platform.keys()).toEqual([])
  })

  test('a card whose stored data cannot be read is dead', async () => {
    const { platform, parts } = scene(now)
    const unreadable = {
      ...claim,
      card: () => {
        throw new RangeError('not JSON')
      },
    }
    expect(await attempt(parts, unreadable, nobody)).toMatchObject({ state: 'dead' })
    expect(platform.keys()).toEqual([])
  })
})
