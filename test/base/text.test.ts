import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { newId } from '../../src/base/ids.ts'
import {
  fold,
  latinLetters,
  listOf,
  nearest,
  plural,
  quoted,
  shorten,
} from '../../src/base/text.ts'

describe('fold', () => {
  test.each([
    ['TBC', 'tbc'],
    ['ТВС', 'tbc'], // Cyrillic
    ['Α', 'a'], // Greek
    ['А', 'a'], // Cyrillic
    ['  Edge\u00A0of \n care ', 'edge of care'],
    ['ﬁle №１', 'file no1'],
    ['GM’s – sign\u00ADoff\u200B', "gm's - signoff"],
  ])('reads "%s" as "%s"', (text, folded) => {
    expect(fold(text)).toBe(folded)
  })

  test('changes nothing the second time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(fold(fold(text))).toBe(fold(text))
      }),
      { numRuns: 500 },
    )
  })
})

test('latinLetters keeps the position of every letter', () => {
  expect(latinLetters('ТВС – İ 😀')).toBe('tbc - İ 😀')
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(latinLetters(text)).toHaveLength(text.length)
    }),
  )
})

describe('nearest', () => {
  const states = ['Red', 'Amber', 'Green']
  test.each([
    ['amber', 'Amber'],
    ['ambr', 'Amber'],
    ['grene', undefined],
    ['gren', 'Green'],
    ['am', 'Amber'],
    ['reb', 'Red'],
    ['purple', undefined],
    ['', undefined],
  ])('"%s" is taken for %s', (word, option) => {
    expect(nearest(word, states)).toBe(option)
  })

  test('is undefined where there are no options', () => {
    expect(nearest('red', [])).toBeUndefined()
  })
})

describe('wording', () => {
  test('plural adds an s, or takes the given plural', () => {
    expect(plural(1, 'project')).toBe('1 project')
    expect(plural(0, 'project')).toBe('0 projects')
    expect(plural(10_000, 'entry', 'entries')).toBe('10,000 entries')
  })

  test('listOf joins with commas and an and', () => {
    expect(listOf(['a', 'b', 'c'])).toBe('a, b and c')
    expect(listOf(['a', 'b'])).toBe('a and b')
    expect(listOf(['a'])).toBe('a')
    expect(listOf([])).toBe('')
  })
})

describe('shorten', () => {
  test.each([
    ['short enough', 20, 'short enough'],
    ['cut after a word', 12, 'cut after a…'],
    ['cut after, a word', 12, 'cut after…'],
    ['unbreakable', 5, 'unbr…'],
    ['😀😀😀', 4, '😀…'],
    ['anything', 1, '…'],
    ['anything', 0, ''],
  ])('"%s" to %i: "%s"', (text, max, expected) => {
    expect(shorten(text, max)).toBe(expected)
  })

  test('is never longer than the maximum and never splits a surrogate pair', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 0, max: 30 }), (text, max) => {
        const short = shorten(text, max)
        expect(short.length).toBeLessThanOrEqual(max)
        expect(short.isWellFormed()).toBe(true)
      }),
    )
  })
})

test('ids are unique', () => {
  expect(new Set(Array.from({ length: 100 }, newId)).size).toBe(100)
})

test('quoted text is trimmed and no longer than a line', () => {
  expect(quoted(' ambr ')).toBe('“ambr”')
  expect(quoted('word '.repeat(100)).length).toBeLessThanOrEqual(82)
})
