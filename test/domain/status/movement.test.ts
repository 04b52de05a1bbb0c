import { describe, expect, test } from '@jest/globals'
import { rag, stateByKey } from '../../../src/domain/scheme/schemes.ts'
import { movementOf } from '../../../src/domain/status/movement.ts'

describe('how a state moved', () => {
  const state = (key: string) => stateByKey(rag, key)
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
    ['blank', 'not-applicable', 'same'],
  ])('%s to %s is %s', (before, now, expected) => {
    expect(movementOf(state(before), state(now))).toBe(expected)
  })

  test('a project that the last digest did not know is new', () => {
    expect(movementOf(undefined, state('red'))).toBe('new')
  })
})
