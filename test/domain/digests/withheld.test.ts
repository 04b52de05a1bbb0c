import { describe, expect, test } from '@jest/globals'
import {
  commentary,
  isWithheldCommentary,
  toCommentary,
} from '../../../src/domain/digests/withheld.ts'

describe('commentary in frozen content', () => {
  const withheld = { withheld: true }

  test('is a code where its readers may not see it, and null where there is none', () => {
    expect(toCommentary('No site', false)).toEqual(withheld)
    expect(toCommentary('No site', true)).toBe('No site')
    expect(toCommentary(null, false)).toBeNull()
  })

  test('is read as it was frozen', () => {
    expect(commentary.parse('No site')).toBe('No site')
    expect(commentary.parse(withheld)).toEqual(withheld)
  })

  test('that earlier versions froze as a sentence is read as the code', () => {
    expect(commentary.parse('Commentary not for this audience')).toEqual(withheld)
  })

  test.each([
    [withheld, true],
    ['No site', false],
    [null, false],
  ])('%j is withheld: %s', (text, expected) => {
    expect(isWithheldCommentary(commentary.nullable().parse(text))).toBe(expected)
  })
})
