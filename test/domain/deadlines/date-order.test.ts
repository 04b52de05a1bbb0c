import { describe, expect, test } from '@jest/globals'
import { civilDate } from '../../../src/base/dates.ts'
import {
  ambiguousDates,
  type DateOrder,
  orderEvidence,
  orderOf,
  withDayFirst,
} from '../../../src/domain/deadlines/date-order.ts'
import { parseDeadlines } from '../../../src/domain/deadlines/deadlines.ts'

describe('which number is the day', () => {
  const cases: [string[], DateOrder][] = [
    [['31/03/2027', '04/03/2027'], 'day first'],
    [['3/31/2027', '4/3/2027'], 'month first'],
    [['13.4.27'], 'day first'],
    [['Wed 03/03/27', 'Fri 03/05/27'], 'month first'], // Fri 5 Mar 2027
    [['04/03/2027', '05/06/2027'], 'unclear'],
    [['31/03/2027', '3/31/2027'], 'unclear'],
    [['2027/03/31', '31 March 2027', '05/05/2027'], 'unclear'],
    [['03/31', '04/01'], 'month first'],
  ]
  test.each(cases)('%j: %s', (cells, order) => {
    expect(orderOf(orderEvidence(cells))).toBe(order)
  })
})

test('a text with the month first is turned, letter for letter', () => {
  const text = 'Draft 4/13/2027; 13/04/2027, Fri 03/05/27 and 12/1'
  const turned = withDayFirst(text)
  expect(turned).toBe('Draft 13/4/2027; 13/04/2027, Fri 05/03/27 and 12/1')
  expect(turned).toHaveLength(text.length)
})

test.each([
  ['6/26/26', '26/6/26'],
  ['1/11/11', '11/1/11'],
  ['Fri 6/26/26', 'Fri 26/6/26'],
])('the figures of %s are turned where they begin', (text, turned) => {
  expect(withDayFirst(text)).toBe(turned)
})

test('only what may be two days is ambiguous', () => {
  expect(ambiguousDates('04/03/2027, 13/04/2027, 05/05/2027 and 1/2')).toEqual(['04/03/2027'])
})

test('a cell is read in the order that is handed in, and keeps its text', () => {
  const asOf = civilDate('2026-11-29')
  expect(parseDeadlines('04/03/2027', asOf)).toMatchObject([{ due: '2027-03-04' }])
  expect(parseDeadlines('04/03/2027', asOf, 'month first')).toMatchObject([
    { due: '2027-04-03', raw: '04/03/2027' },
  ])
})
