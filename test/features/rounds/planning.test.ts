import { beforeEach, describe, expect, test } from '@jest/globals'
import { programmeByKey } from '../../../src/domain/plan/store.ts'
import { nextBoardMeeting } from '../../../src/domain/rounds/board-meetings.ts'
import { boardsSetting } from '../../../src/domain/rounds/settings.ts'
import {
  chatOn,
  day,
  emptyDatabase,
  type StoredPerson,
  storePeople,
  storeProgramme,
  wordsOf,
} from '../../support/programme.ts'

const fresh = emptyDatabase()

let asha: StoredPerson
let priya: StoredPerson

beforeEach(async () => {
  const { db } = fresh
  ;[asha, priya] = await storePeople(db, 'Asha Verity', 'Priya Marlowe')
  await storeProgramme(db, {
    key: 'BCS',
    office: [priya],
    projects: [{ ref: '2.1', title: 'Practice standards', leads: [asha] }],
  })
})

/** As the programme office asks on Wednesday 22 February 2017, at noon. */
const office = async (asked: string) =>
  wordsOf(await chatOn(fresh.db, '2017-02-22').ask(priya, asked))
const programme = () => programmeByKey(fresh.db, 'BCS')

describe('the plan of rounds', () => {
  test('is shown whole, with the times of the next round and how to change it', async () => {
    const words = await office('round plan')
    for (const line of [
      'Rounds of Programme BCS prepare its digest. Counted from that day, a round:',
      'Opens 4 working days before at 09:00.',
      'Nudges whoever has not answered 2 working days before at 09:00.',
      'Closes 2 working days before at 12:00.',
      'Leads who have not answered are counted, not named, in channels.',
      'For the digest of Mon 27 Feb 2017: Open since Tue 21 Feb 2017, 09:00; closes Thu 23 Feb 2017, 12:00.',
    ]) {
      expect(words).toContain(line)
    }
  })

  test.each([
    ['round closes 1 day before at 17:00', 'Closes 1 working day before at 17:00.'],
    ['round closes 1 working day before', 'Closes 1 working day before at 12:00.'],
    ['round opens 5 working days before at 9.30', 'Opens 5 working days before at 09:30.'],
    ['round nudges 3 before', 'Nudges whoever has not answered 3 working days before at 09:00.'],
    ['round closes 0 days before at 08:00 for bcs', 'Closes on the day at 08:00.'],
  ])('is changed by “%s”', async (asked, line) => {
    expect(await office(asked)).toContain(line)
    expect(await office('round plan')).toContain(line)
  })

  test.each([
    ['round closes 5 days before', 'A round opens before it closes.'],
    ['round opens 2 days before at 12:00', 'A round opens before it closes.'],
    ['round closes 3 days before', 'A round nudges between its opening and its closing'],
    ['round nudges 2 days before at 12:00', 'A round nudges between its opening and its closing'],
    ['round opens 400 days before', 'Say at most 10 working days before'],
    ['round opens 4 days before at 24:30', 'could not read “24:30” as a time'],
    ['round opens some days before', 'I could not read'],
  ])('“%s” is refused, and nothing is changed', async (asked, words) => {
    const { settings } = await programme()
    expect(await office(asked)).toContain(words)
    expect((await programme()).settings).toEqual(settings)
  })

  test('may name in channels those who have not answered, where the office allows it', async () => {
    expect((await programme()).digestNames).toBe(false)
    expect(await office('round names on')).toContain('its digest names the leads without an update')
    expect((await programme()).digestNames).toBe(true)
    await office('round names off')
    expect((await programme()).digestNames).toBe(false)
  })
})

describe('board meetings', () => {
  test('are listed in order, without those that have passed', async () => {
    await office('board 20 Apr 2017')
    expect(await office('board 16 March Cabinet')).toContain('Thu 16 Mar 2017: Cabinet')
    const later = wordsOf(await chatOn(fresh.db, '2017-03-17').ask(priya, 'board'))
    expect(later).toContain('Programme BCS reports to:')
    expect(later).toContain('Thu 20 Apr 2017')
    expect(later).not.toContain('Cabinet\n')
  })

  test.each([
    ['board 16 Mar Improvement Board of May', '2017-03-16', 'Improvement Board of May'],
    ['board next Thursday Cabinet', '2017-03-02', 'Cabinet'],
    ['board 16/03/2017', '2017-03-16', undefined],
    ['board 16 Mar 2017 Scrutiny for BCS', '2017-03-16', 'Scrutiny'],
  ])('are read from the whole of “%s”', async (asked, on, name) => {
    await office(asked)
    expect(boardsSetting.of((await programme()).settings)).toEqual([name ? { on, name } : { on }])
  })

  test('on a day that is not worked say from which day rounds count', async () => {
    expect(await office('board 17 Apr 2017 Cabinet')).toContain(
      'Mon 17 Apr 2017: Cabinet (Easter Monday: rounds count from Thu 13 Apr 2017)',
    )
  })

  test('entered again for the same day take the new name; removed, they are gone', async () => {
    await office('board 16 Mar Cabinet')
    await office('board 16 Mar Improvement Board')
    expect(boardsSetting.of((await programme()).settings)).toEqual([
      { on: '2017-03-16', name: 'Improvement Board' },
    ])
    await office('board remove 16 Mar')
    expect(boardsSetting.of((await programme()).settings)).toEqual([])
    expect(await office('board remove 16 Mar')).toContain(
      'No meeting is known on Thu 16 Mar 2017. Nothing was changed.',
    )
  })

  test.each([
    ['board 1 Feb 2017 Cabinet', 'Wed 1 Feb 2017 has passed.'],
    ['board Cabinet', 'could not read “Cabinet” as a date'],
    [`board 16 Mar ${'Very '.repeat(20)}long`, 'is longer than 80 characters'],
  ])('“%s” is refused', async (asked, words) => {
    expect(await office(asked)).toContain(words)
    expect(boardsSetting.of((await programme()).settings)).toEqual([])
  })

  test('are what rounds prepare where the office chooses that', async () => {
    expect(await office('round serves board')).toContain('No board meeting is ahead. Add one')
    expect(await office('round')).toContain('none is to come: no board meeting is ahead.')
    expect(await office('round nudge')).toContain('None is to come: no board meeting is ahead.')
    await office('board 16 Mar Cabinet')
    expect(await office('round')).toContain('For Cabinet on Thu 16 Mar 2017')
    expect(await office('round plan')).toContain('Opens Fri 10 Mar 2017, 09:00')
  })

  test('have as the next one that of the day itself or the first after it', async () => {
    await office('board 16 Mar Cabinet')
    await office('board 20 Apr')
    const known = await programme()
    expect(nextBoardMeeting(known, day('2017-03-16'))?.name).toBe('Cabinet')
    expect(nextBoardMeeting(known, day('2017-03-17'))?.on).toBe('2017-04-20')
    expect(nextBoardMeeting(known, day('2017-04-21'))).toBeUndefined()
  })
})
