import { describe, expect, test } from '@jest/globals'
import { documentedTests, testTitles } from './support/documented-tests.ts'

/** Each sentence of the promise in docs/operating.md names a test; that test exists. */

const { rows, unread } = documentedTests('docs/operating.md', 'The promise')

describe('the promise', () => {
  test('has a test for each sentence', () => {
    expect(rows.length).toBeGreaterThan(20)
    expect(unread).toEqual([])
  })

  test.each(rows)('$claim', ({ file, title }) => {
    expect(testTitles(file)).toContain(title)
  })
})
