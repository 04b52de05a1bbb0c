import { describe, expect, test } from '@jest/globals'
import { civilDate } from '../../../src/base/dates.ts'
import { calendarFrom } from '../../../src/base/working-days.ts'
import {
  duePaperRound,
  lapsedPaperRound,
  nextPaperRound,
  type PaperDiary,
  type PaperHours,
} from '../../../src/domain/papers/rounds.ts'

/** Easter 2026: Fri 3 Apr and Mon 6 Apr are not worked. */
const closed = ['2026-04-03', '2026-04-06']
const diary: PaperDiary = {
  calendar: calendarFrom((day) => {
    const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
    if (weekday === 0 || weekday === 6) return 'a weekend'
    return closed.includes(day) ? 'a bank holiday' : undefined
  }),
  meetings: [
    { on: civilDate('2026-04-09'), name: 'Cabinet' },
    { on: civilDate('2026-05-12'), name: 'Improvement Board' },
    { on: civilDate('2026-06-11'), name: 'Cabinet' },
  ],
}
const hours = (some: Partial<PaperHours>): PaperHours => ({
  ...{ every: 'month', days: 25, board: null, time: '09:00', zone: 'Europe/London' },
  ...some,
})

describe('the next paper', () => {
  test.each<[string, Partial<PaperHours>, string, string, string]>([
    ['of the month', {}, '2026-03-02T12:00:00Z', '2026-03-25', '2026-03-25T09:00:00.000Z'],
    [
      'on the working day before a Saturday, an hour sooner in summer time',
      {},
      '2026-03-26T12:00:00Z',
      '2026-04-25',
      '2026-04-24T08:00:00.000Z',
    ],
    [
      'on the last day of a month that has no 31st',
      { days: 31 },
      '2026-06-02T12:00:00Z',
      '2026-06-30',
      '2026-06-30T08:00:00.000Z',
    ],
    [
      'over the end of the year',
      { days: 5 },
      '2026-12-30T12:00:00Z',
      '2027-01-05',
      '2027-01-05T09:00:00.000Z',
    ],
    [
      'five working days before a meeting, around Easter',
      { every: 'board', days: 5 },
      '2026-03-02T12:00:00Z',
      '2026-04-09',
      '2026-03-31T08:00:00.000Z',
    ],
    [
      'before the next meeting of that name',
      { every: 'board', days: 5, board: 'cabinet' },
      '2026-04-10T12:00:00Z',
      '2026-06-11',
      '2026-06-04T08:00:00.000Z',
    ],
    [
      'on the day of the meeting, where its zone says so',
      { every: 'board', days: 0, zone: 'Europe/Paris' },
      '2026-05-01T12:00:00Z',
      '2026-05-12',
      '2026-05-12T07:00:00.000Z',
    ],
  ])('comes %s', (_, some, now, day, moment) => {
    expect(nextPaperRound(hours(some), diary, new Date(now))).toEqual({
      day,
      moment: new Date(moment),
    })
  })

  test('is unknown where no meeting is', () => {
    const asked = hours({ every: 'board', days: 5 })
    expect(nextPaperRound(asked, { ...diary, meetings: [] }, new Date())).toBeUndefined()
  })
})

describe('a paper is due', () => {
  const since = new Date('2026-03-02T12:00:00Z')
  test.each([
    ['not before its hour', '2026-03-25T08:59:00Z', since, undefined],
    ['from its hour on', '2026-03-25T09:00:00Z', since, '2026-03-25'],
    ['until a working day later', '2026-03-26T09:00:00Z', since, '2026-03-25'],
    ['and not any more then', '2026-03-26T09:01:00Z', since, undefined],
    [
      'not where the schedule was made later',
      '2026-03-25T10:00:00Z',
      new Date('2026-03-25T09:30:00Z'),
      undefined,
    ],
  ])('%s', (_, now, made, day) => {
    const due = duePaperRound(hours({}), diary, { now: new Date(now), since: made })
    expect(due?.day).toBe(day)
  })
})

describe('a paper that did not go out', () => {
  const since = new Date('2026-03-02T12:00:00Z')
  test.each([
    ['may still go out a working day after its hour', '2026-03-26T09:00:00Z', since, undefined],
    ['is too late from then on', '2026-03-26T09:01:00Z', since, '2026-03-25'],
    ['and for a fortnight', '2026-04-09T09:00:00Z', since, '2026-03-25'],
    ['but not for longer', '2026-04-09T09:01:00Z', since, undefined],
    [
      'is none of a schedule that was made later',
      '2026-03-27T09:00:00Z',
      new Date('2026-03-25T10:00:00Z'),
      undefined,
    ],
  ])('%s', (_, now, made, day) => {
    const lapsed = lapsedPaperRound(hours({}), diary, { now: new Date(now), since: made })
    expect(lapsed?.day).toBe(day)
  })
})
