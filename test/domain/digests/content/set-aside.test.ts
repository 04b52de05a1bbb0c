import { expect, test } from '@jest/globals'
import { civilDate } from '../../../../src/base/dates.ts'
import { composeDigest } from '../../../../src/domain/digests/content/compose.ts'
import { countSetAside } from '../../../../src/domain/plan/set-aside.ts'
import { aPlan } from '../../../support/plans.ts'

test('a digest counts what is set aside, and calls none of it gone; a Red that goes is told', () => {
  const since = civilDate('2017-02-17')
  const red = { ref: '2.2', updates: [{ state: 'red', onDay: '2017-02-14' }] }
  const before = composeDigest({
    plan: aPlan({ asAt: '2017-02-17', projects: [{ ref: '2.1' }, red, { ref: '2.3' }] }),
    ...{ register: [], previous: null, since },
  })
  const held = { state: 'on hold', onDay: civilDate('2017-02-20'), reason: null } as const
  const digest = composeDigest({
    plan: aPlan({ asAt: '2017-02-24', projects: [{ ref: '2.1' }] }),
    ...{ register: [], previous: before, since },
    setAside: { counts: countSetAside([{ ...held, reviewOn: null }]), ids: new Set(['2.2']) },
  })
  expect(digest.leftOut).toContainEqual({ what: '1 on hold', see: 'plan' })
  expect(digest.otherChanges).toEqual([
    '1 project set aside (before: 1 Red)',
    '1 project no longer in the plan',
  ])
})
