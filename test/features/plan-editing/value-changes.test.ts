import { expect, test } from '@jest/globals'
import { formatValueChange } from '../../../src/features/plan-editing/value-changes.ts'

test.each<[unknown, unknown, string]>([
  [null, 'brag', 'brag, was as usual'],
  [false, true, 'on, was off'],
  [
    { improvement: false, done: true },
    { improvement: true, done: true },
    'improvement: on, was off',
  ],
  [
    { closes: { at: '12:00', daysBefore: 2 } },
    { closes: { at: '10:00', daysBefore: 2 } },
    'closes at: 10:00, was 12:00',
  ],
  [
    [{ key: 'scope', label: 'Scope', critical: true }],
    [
      { key: 'plan', label: 'Plan' },
      { key: 'scope', label: 'Scope', critical: true },
    ],
    'added Plan',
  ],
  [[{ label: 'Scope' }, { label: 'Plan' }], [{ label: 'Plan' }], 'removed Scope'],
  [['a', 'b'], ['b', 'a'], 'in another order'],
  [[], [{ policy: 'worst', redShare: 0.25, byId: 'x' }], 'added policy worst red share 0.25'],
  [
    {},
    { a: 1, b: 2, c: 3, d: 4, e: 5, f: 6, g: 7 },
    'a: 1, was as usual; b: 2, was as usual; c: 3, was as usual; d: 4, was as usual; e: 5, was as usual; and 2 more changes',
  ],
])('%j that became %j reads: %s', (from, to, text) => {
  expect(formatValueChange(from, to)).toBe(text)
})
