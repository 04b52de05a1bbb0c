import { describe, expect, test } from '@jest/globals'
import { isAskedOfOthers, parseBoards } from '../../../src/domain/schedule/boards.ts'

describe('the boards that a channel serves', () => {
  test.each([
    [undefined, []],
    ['', []],
    ['Improvement Board', ['Improvement Board']],
    [' Cabinet ; the chair,, Cabinet', ['Cabinet', 'the chair']],
    // The same board, as last written.
    ['Cabinet, the CABINET', ['the CABINET']],
  ])('%j are %j', (text, names) => {
    expect(parseBoards(text)).toEqual(names)
  })

  test.each([
    ['A, B, C, D, E, F', 'at most 5 boards'],
    ['x'.repeat(61), 'at most 60 characters'],
    ['Cabinet, !!', '“!!” is no name of a board.'],
  ])('%j are refused', (text, why) => {
    expect(() => parseBoards(text)).toThrow(why)
  })
})

describe('a decision', () => {
  test.each<[string | null, string[], boolean]>([
    ['the Cabinet', ['Cabinet'], false],
    ['Cabinet, in March', ['the Cabinet'], false],
    ['The Improvement Board’s chair', ['improvement board'], false],
    ['CABINET', ['Improvement Board', 'cabinet'], false],
    ['the Scrutiny Board', ['Improvement Board'], true],
    ['Cabinets of the region', ['Cabinet'], true],
    ['the chair', ['Improvement Board'], true],
    ['the chair', ['Improvement Board', 'chair'], false],
    ['Кабинет', ['кабинет'], false],
    // Nobody in particular is asked, or nobody said which board reads the channel: nothing is hidden.
    [null, ['Cabinet'], false],
    [' ', ['Cabinet'], false],
    ['the Scrutiny Board', [], false],
  ])(
    'asked of %j is, for a channel that serves %j, of others: %s',
    (askedOf, boards, isOfOthers) => {
      expect(isAskedOfOthers(askedOf, boards)).toBe(isOfOthers)
    },
  )
})
