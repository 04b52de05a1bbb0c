import { describe, expect, test } from '@jest/globals'
import {
  nearestState,
  needsReason,
  rag,
  shown,
  stateByKey,
  stateNamed,
} from '../../../src/features/status/schemes.ts'

describe('the state a word means', () => {
  test.each([
    ['red', 'red'],
    ['R', 'red'],
    ['Amber', 'amber'],
    ['a', 'amber'],
    ['А', 'amber'], // Cyrillic
    ['Α', 'amber'], // Greek
    [' GREEN ', 'green'],
    ['Ｇ', 'green'], // full width
    ['gr\u200Been', 'green'], // a zero width space inside
  ])('"%s" is %s', (word, key) => {
    expect(stateNamed(rag, word)?.key).toBe(key)
  })

  test.each(['ambr', 'yellow', 'blank', 'not rated', '', 're', 'red!'])(
    '"%s" is none: it is asked about, never guessed',
    (word) => {
      expect(stateNamed(rag, word)).toBeUndefined()
    },
  )

  test.each([
    ['ambr', 'amber'],
    ['reed', 'red'],
    ['gren', 'green'],
    ['gre', 'green'],
  ])('"%s" was most likely meant to be %s', (word, key) => {
    expect(nearestState(rag, word)?.key).toBe(key)
  })

  test('nothing is near to another word', () => {
    expect(nearestState(rag, 'purple')).toBeUndefined()
  })
})

test('a state has a word and a shape of its own, so that colour says nothing alone', () => {
  const all = [...rag.states, rag.blank]
  expect(new Set(all.map(({ shape }) => shape)).size).toBe(all.length)
  expect(all.map(shown)).toEqual(['◆ Red', '▲ Amber', '● Green', '○ Not rated'])
})

test('what is unknown or blank is not rated, and never Green', () => {
  expect(stateByKey(rag, 'blank')).toBe(rag.blank)
  expect(stateByKey(rag, 'mauve')).toBe(rag.blank)
})

test('Red and Amber ask for a reason, Green and blank do not', () => {
  expect([...rag.states, rag.blank].map(needsReason)).toEqual([true, true, false, false])
})
