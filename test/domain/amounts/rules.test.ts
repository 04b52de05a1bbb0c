import { describe, expect, test } from '@jest/globals'
import { formatFreeAt, usedUpText } from '../../../src/domain/amounts/format.ts'
import { usedUp } from '../../../src/domain/amounts/rules.ts'

const now = new Date('2017-02-24T12:00:00Z')
const secondsAgo = (...seconds: number[]) => seconds.map((n) => new Date(now.getTime() - n * 1000))
const aMinute = { times: 3, minutes: 1 }
const anHour = { times: 5, minutes: 60 }

describe('an amount', () => {
  test.each([
    ['nothing was asked', [], undefined],
    ['fewer than are allowed were asked', [1, 2], undefined],
    ['as many as are allowed were asked', [50, 2, 1], '2017-02-24T12:00:10.000Z'],
    ['one of them is past', [60, 2, 1], undefined],
    [
      'more were asked, by another rule, than are allowed now',
      [50, 40, 2, 1],
      '2017-02-24T12:00:20.000Z',
    ],
    [
      'an hour is used up, not the minute',
      [3000, 2000, 1000, 900, 800],
      '2017-02-24T12:10:00.000Z',
    ],
    ['both are used up: the longer counts', [3000, 2000, 3, 2, 1], '2017-02-24T12:10:00.000Z'],
  ])('%s', (_, seconds, freeAt) => {
    const found = usedUp(secondsAgo(...seconds), [aMinute, anHour], now)
    expect(found?.freeAt.toISOString()).toBe(freeAt)
  })
})

test('who is refused reads how many are allowed, when it goes on and what to do', () => {
  const found = { amount: { times: 5, minutes: 1 }, freeAt: new Date('2017-07-24T12:00:10Z') }
  expect(formatFreeAt(found, 'Europe/London')).toBe('13:01')
  expect(usedUpText(found, undefined, 'Europe/London')).toBe(
    'Others have heard from me 5 times within a minute because you asked for it, and no more is allowed. Nothing was saved or sent. It goes on at 13:01. Until then, put several questions into one, or write to them yourself.',
  )
  expect(usedUpText(found, 'Better Care', 'Europe/London')).toContain('Others in Better Care have')
})
