import { expect, test } from '@jest/globals'
import { columnWidths } from '../../../src/base/papers/column-widths.ts'

test.each<[string, number[], number[], number, number[]]>([
  ['their shares where that is enough', [1, 3], [10, 10], 100, [25, 75]],
  ['the least of one, which the other gives', [1, 9], [30, 10], 100, [30, 70]],
  ['what others have to spare, in proportion', [0, 50, 50], [20, 20, 35], 100, [20, 37, 43]],
  ['less than the least where the page is too narrow', [1, 1], [90, 30], 60, [45, 15]],
])('columns have %s', (_, shares, least, width, expected) => {
  const widths = columnWidths(
    shares.map((share) => ({ share })),
    least,
    width,
  )
  expect(widths.map(Math.round)).toEqual(expected)
  expect(widths.reduce((sum, one) => sum + one, 0)).toBeCloseTo(width)
})
