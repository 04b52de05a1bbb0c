import { describe, expect, test } from '@jest/globals'
import { compareField, fingerprint, formatSeen, parseSeen } from '../../src/chat/edit-conflicts.ts'

describe('a field of a form that was open for a while', () => {
  test.each([
    ['a', 'a', 'a', 'none'],
    ['a', 'b', 'a', 'mine'],
    ['a', 'a', 'b', 'theirs'],
    ['a', 'b', 'c', 'both'],
    // Both came to the same.
    ['a', 'b', 'b', 'none'],
  ])('showed %s, holds %s and is saved as %s: changed by %s', (shown, typed, present, change) => {
    expect(compareField(shown, typed, present)).toBe(change)
  })

  test.each([
    ['Practice  standards ', 'Practice standards', false, true],
    ['b,a', 'a,b', true, true],
    ['b,a', 'a,b', false, false],
    ['', ' ', false, true],
    ['Practice', 'practice', false, false],
  ])('%j and %j count as the same or not', (one, other, isList, isSame) => {
    expect(fingerprint(one, isList) === fingerprint(other, isList)).toBe(isSame)
  })
})

test('what a form showed is read from its button as it was written', () => {
  const seen = { title: fingerprint('Standards', false), leads: fingerprint('a,b', true) }
  expect(parseSeen(formatSeen(seen))).toEqual(seen)
  expect(parseSeen('title :x nothing title:')).toEqual({})
})
