import { describe, expect, test } from '@jest/globals'
import { clockAt } from '../../src/base/clock.ts'
import { type AttemptParts, attempt } from '../../src/delivery/attempt.ts'
import type { Claim } from '../../src/delivery/claims.ts'
import { FakePlatform } from './fake-platform.ts'
import { expand, good, slack } from './scene.ts'

const now = new Date('2017-02-27T09:00:00Z')
const claim: Claim = {
  id: 'd1',
  token: 'c1',
  until: new Date('2017-02-27T09:03:00Z'),
  key: 'k1',
  kind: 'test',
  place: slack('C1'),
  card: () => good,
  root: undefined,
  attempt: { attempts: 1, firstTriedAt: now, maybeSince: undefined },
}

function scene(moment: Date): { platform: FakePlatform; parts: AttemptParts } {
  const platform = new FakePlatform('slack')
  const platforms = new Map([[platform.name, platform]])
  const parts = {
    platforms,
    clock: clockAt(moment),
    random: () => 0.5,
    log: { info() {}, warn() {}, error() {} },
    expand,
  }
  return { platform, parts }
}

describe('one attempt at a delivery in hand', () => {
  test('sends it while the claim holds', async () => {
    const { platform, parts } = scene(new Date('2017-02-27T09:02:59Z'))
    expect(await attempt(parts, claim)).toMatchObject({ state: 'sent' })
    expect(platform.keys()).toEqual(['k1'])
  })

  test('sends nothing once the claim has run out: another may have it by now', async () => {
    const { platform, parts } = scene(claim.until)
    expect(await attempt(parts, claim)).toMatchObject({ state: 'waiting', maybe: false })
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
    expect(await attempt(parts, unreadable)).toMatchObject({ state: 'dead' })
    expect(platform.keys()).toEqual([])
  })
})
