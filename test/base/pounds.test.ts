import { expect, test } from '@jest/globals'
import { formatPence, parsePounds, pence } from '../../src/base/pounds.ts'

test.each([
  ['120k', '120000', '£120,000'],
  ['£1.2m', '1200000', '£1,200,000'],
  ['1.2 million', '1200000', '£1,200,000'],
  ['£120,000', '120000', '£120,000'],
  ['GBP 40', '40', '£40'],
  ['40 pounds', '40', '£40'],
  ['12.5', '12.50', '£12.50'],
  ['99p', '0.99', '£0.99'],
  ['0.1', '0.10', '£0.10'],
  ['-£4,500', '-4500', '−£4,500'],
  ['(4,500)', '-4500', '−£4,500'],
  ['£-5.05', '-5.05', '−£5.05'],
  ['2bn', '2000000000', '£2,000,000,000'],
  ['-0', '0', '£0'],
])('%s is %s, which reads as %s and is itself again', (typed, kept, shown) => {
  expect(parsePounds(typed)).toBe(kept)
  expect(parsePounds(kept)).toBe(kept)
  expect(formatPence(pence(kept))).toBe(shown)
})

test.each(['', 'TBC', '£', '1.234', '12 Mar', '1,20', '120kk', '5%', '0.5p', '99999999999999m'])(
  '“%s” is no amount',
  (typed) => {
    expect(parsePounds(typed)).toBeUndefined()
  },
)
