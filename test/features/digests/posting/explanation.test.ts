import { expect, test } from '@jest/globals'
import { civilDate } from '../../../../src/base/dates.ts'
import { defaultSchedule } from '../../../../src/domain/schedule/schedule.ts'
import { explainPosting } from '../../../../src/features/digests/posting/explanation.ts'
import { aPlan } from '../../../support/plans.ts'

const { programme } = aPlan()
const schedule = defaultSchedule('Europe/London')

test.each([
  ['a working Monday', '2017-04-10', []],
  [
    'Easter Monday',
    '2017-04-17',
    ['Mon 17 Apr 2017 is no working day (Easter Monday), so it came on the working day before.'],
  ],
])('why a digest came, for %s', (_, round, moved) => {
  expect(explainPosting(programme, schedule, { day: civilDate(round) })).toEqual([
    'The digest of Better Together: its office asked for it in this channel each Monday at 09:00 (Europe/London).',
    ...moved,
  ])
})
