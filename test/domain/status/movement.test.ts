import { describe, expect, test } from '@jest/globals'
import { rag, stateByKey } from '../../../src/domain/scheme/schemes.ts'
import { movementOf, type RatingRule } from '../../../src/domain/status/movement.ts'

const state = (key: string) => stateByKey(rag, key)
const said: RatingRule = { by: 'update', policy: '', overrides: [] }
const byMilestones: RatingRule = { by: 'milestones', policy: 'worst', overrides: [] }
const worst: RatingRule = { by: 'roll-up', policy: 'worst', overrides: [] }
const most: RatingRule = { by: 'roll-up', policy: 'plurality', overrides: [] }
const byHand = (...overrides: string[]): RatingRule => ({ by: 'roll-up', policy: '', overrides })

describe('how a state moved', () => {
  test.each([
    ['green', 'amber', 'worse'],
    ['green', 'red', 'worse'],
    ['amber', 'red', 'worse'],
    ['red', 'amber', 'better'],
    ['red', 'green', 'better'],
    ['amber', 'green', 'better'],
    ['red', 'red', 'same'],
    ['blank', 'blank', 'same'],
    ['blank', 'red', 'first rated'],
    ['blank', 'green', 'first rated'],
    ['green', 'blank', 'no longer rated'],
    ['green', 'not-applicable', 'no longer rated'],
    ['not-applicable', 'red', 'first rated'],
    ['blank', 'not-applicable', 'still not rated'],
  ])('%s to %s is %s', (before, now, expected) => {
    const then = { state: state(before), rule: null }
    expect(movementOf(then, { state: state(now), rule: null })).toBe(expected)
  })

  test('a project that the last digest did not know is new', () => {
    expect(movementOf(undefined, { state: state('red'), rule: said })).toBe('new')
  })

  test('a Red that was not rated for a while and comes back Green is rated again, and not better', () => {
    const then = { state: state('not-applicable'), rule: said }
    const now = { state: state('green'), rule: said }
    expect(movementOf(then, now, () => true)).toBe('rated again')
  })
})

describe('better and worse are said of what was rated by the same rule alone', () => {
  test.each([
    ['the lead rated it both times', said, said, 'better'],
    ['the same policy rolled it up', worst, worst, 'better'],
    ['a digest of long ago kept no rule', null, worst, 'better'],
    ['the policy changed', worst, most, 'another rule'],
    ['its milestones were rated, and now its lead rates it', byMilestones, said, 'another rule'],
    ['it was set by hand', worst, byHand('o1'), 'set by hand'],
    ['it was set by hand once more', byHand('o1'), byHand('o2'), 'set by hand'],
    ['one of its parts was set by hand', worst, { ...worst, overrides: ['o1'] }, 'set by hand'],
    ['that ended', byHand('o1'), worst, 'no longer set by hand'],
    ['that ended, and the policy changed', byHand('o1'), most, 'no longer set by hand'],
  ])('where %s', (_what, before, now, expected) => {
    const then = { state: state('red'), rule: before }
    expect(movementOf(then, { state: state('green'), rule: now })).toBe(expected)
    const same = { state: state('red'), rule: now }
    expect(movementOf(then, same)).toBe('same')
  })
})
