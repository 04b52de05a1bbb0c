import { expect, test } from '@jest/globals'
import { parseRetryAfter } from '../../src/chat/retry-after.ts'

const now = new Date('2017-02-24T09:00:00Z')

test.each([
  ['a number of seconds', '7', 7_000],
  ['a number with spaces', ' 7 ', 7_000],
  ['a fraction', '0.5', 500],
  ['nothing to wait', '0', 0],
  ['less than nothing', '-30', 0],
  ['more than anybody waits', '999999999', 999_999_999_000],
  ['a date', 'Fri, 24 Feb 2017 09:00:30 GMT', 30_000],
  ['a date gone by', 'Fri, 24 Feb 2017 08:00:00 GMT', 0],
  ['nonsense', 'soon', undefined],
  ['half a number', '12 seconds', undefined],
  ['a year and a dash', '2017-', undefined],
  ['an empty header', '', undefined],
  ['no header', undefined, undefined],
  ['no header, as fetch says it', null, undefined],
])('%s', (_, header, waitMs) => {
  expect(parseRetryAfter(header, now)).toBe(waitMs)
})
