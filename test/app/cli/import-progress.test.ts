import { expect, test } from '@jest/globals'
import { createProgress } from '../../../src/app/cli/import-progress.ts'

function lines(rows: number, stored: boolean): string[] {
  const said: string[] = []
  let now = Date.parse('2027-02-24T09:00:00Z')
  const progress = createProgress({ now: () => new Date(now) }, (line) => said.push(line))
  progress.onStep({ step: 'read', rows })
  progress.onStep({ step: 'compared', differences: 11_010 })
  now += 4_000
  progress.end({ stored })
  return said
}

test('a large sheet says how far its import has come, and at what rate', () => {
  expect(lines(10_000, true)).toEqual([
    'Read 10,000 rows; comparing them with the plan …',
    'Compared: 11,010 differences.',
    'Saved 10,000 rows in 4.0 s, 2,500 a second.',
  ])
  expect(lines(1_000, false).at(-1)).toBe('Looked at 1,000 rows in 4.0 s, 250 a second.')
})

test('a small one says nothing', () => {
  expect(lines(999, true)).toEqual([])
})
