import { describe, expect, test } from '@jest/globals'
import { documentedTests, testTitles } from './support/documented-tests.ts'

/** Each threat of docs/security.md names its control and a test of it; that test exists. */

const { rows, unread } = documentedTests('docs/security.md', 'Threats')

describe('a threat', () => {
  test('has a control and a test', () => {
    expect(rows.length).toBeGreaterThan(20)
    expect(unread).toEqual([])
  })

  test.each(rows)('$claim', ({ file, title }) => {
    expect(testTitles(file)).toContain(title)
  })
})
