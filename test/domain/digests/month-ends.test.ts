import { expect, test } from '@jest/globals'
import { civilDate } from '../../../src/base/dates.ts'
import { monthEndsBefore } from '../../../src/domain/digests/month-ends.ts'

test.each([
  ['2017-02-24', '2016-08-31 2016-09-30 2016-10-31 2016-11-30 2016-12-31 2017-01-31'],
  ['2024-03-31', '2023-09-30 2023-10-31 2023-11-30 2023-12-31 2024-01-31 2024-02-29'],
  ['2026-03-01', '2025-09-30 2025-10-31 2025-11-30 2025-12-31 2026-01-31 2026-02-28'],
])('the months before %s ended on %s', (day, ends) => {
  expect(monthEndsBefore(civilDate(day)).join(' ')).toBe(ends)
})
