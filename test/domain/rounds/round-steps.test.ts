import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { addDays, civilDate, momentAt, type Weekday, weekdays } from '../../../src/base/dates.ts'
import { calendarOf } from '../../../src/domain/calendars/calendar.ts'
import { areQuietHours, officeHours, sendingHours } from '../../../src/domain/calendars/hours.ts'
import type { Person } from '../../../src/domain/people/person.ts'
import { type RoundChange, stepsOf } from '../../../src/domain/rounds/rules.ts'
import { change, known, roundOn } from './round-sketches.ts'

describe('the messages about a round to a person who owes an update', () => {
  const round = '2017-02-27'
  const tuesdayToThursday = 'Tue 21 Feb 09:00 to Thu 23 Feb 12:00'
  const nobodySpecial: Person = {
    ...{ id: 'asha', name: 'Asha', post: null, zone: null, quiet: null },
    ...{ patterns: [], leaves: [] },
  }

  /** The steps that are new at each moment, in order. */
  function told(person: Partial<Person>, changes: readonly RoundChange[] = []) {
    const it = known({}, changes)
    const programme = { ...it.programme, id: 'P1' }
    const said = new Set<string>()
    const moments: string[] = []
    for (let day = civilDate('2017-02-16'); day <= '2017-02-24'; day = addDays(day, 1)) {
      for (const time of ['08:00', '09:00', '10:00', '12:00', '13:00']) {
        const now = momentAt(day, time, 'Europe/London')
        for (const { key } of stepsOf(
          roundOn(round, it),
          programme,
          { ...nobodySpecial, ...person },
          now,
        )) {
          if (said.has(key)) continue
          said.add(key)
          moments.push(`${day} ${time} ${key.split(':').at(-1)}`)
        }
      }
    }
    return moments
  }

  const always = {}
  const works = (...weekdays: Weekday[]) => ({
    patterns: [{ from: civilDate('2017-01-01'), weekdays }],
  })
  const away = (from: string, to: string) => ({
    leaves: [{ from: civilDate(from), to: civilDate(to), deputyId: null, programmeId: null }],
  })

  test.each([
    ['who works each day', always, ['2017-02-21 09:00 opened', '2017-02-23 09:00 nudged']],
    [
      'who works Monday to Wednesday is nudged on Wednesday',
      works('monday', 'tuesday', 'wednesday'),
      ['2017-02-21 09:00 opened', '2017-02-22 08:00 nudged'],
    ],
    [
      'who works Mondays only is asked on the Monday, at once for good',
      works('monday'),
      ['2017-02-20 08:00 opened', '2017-02-20 08:00 nudged'],
    ],
    [
      'who goes on leave before it opens is asked on the last day before',
      away('2017-02-20', '2017-02-24'),
      ['2017-02-17 08:00 opened', '2017-02-17 08:00 nudged'],
    ],
    [
      'who was away since the round before is not asked: there is no day',
      away('2017-02-16', '2017-02-24'),
      [],
    ],
    [
      'who comes back on Thursday is told once',
      away('2017-02-20', '2017-02-22'),
      ['2017-02-21 09:00 opened', '2017-02-23 09:00 nudged'],
    ],
    [
      'whose morning begins after it has closed is nudged the day before',
      { zone: 'America/New_York' },
      ['2017-02-21 09:00 opened', '2017-02-22 08:00 nudged'],
    ],
    [
      'whose day is over before the nudge is nudged that day',
      { zone: 'Pacific/Auckland' },
      ['2017-02-21 09:00 opened', '2017-02-22 12:00 nudged'],
    ],
    [
      'who is quiet until after it has closed is nudged the day before',
      { quiet: { from: '17:00', to: '13:00' } },
      ['2017-02-21 09:00 opened', '2017-02-22 08:00 nudged'],
    ],
  ])(`of ${tuesdayToThursday}: %s`, (_, person, moments) => {
    expect(told(person)).toEqual(moments)
  })

  test('have a nudge by hand in place of the planned one', () => {
    expect(told(always, [change(round, 'nudged', '2017-02-22 10:00')])).toEqual([
      '2017-02-21 09:00 opened',
      '2017-02-22 10:00 nudged',
    ])
  })

  test('have a nudge by hand as well where the planned one was sent already', () => {
    expect(told(always, [change(round, 'nudged', '2017-02-23 10:00')])).toEqual([
      '2017-02-21 09:00 opened',
      '2017-02-23 09:00 nudged',
      '2017-02-23 10:00 nudged by hand',
    ])
  })

  test('end when the round is closed early', () => {
    expect(told(always, [change(round, 'closed', '2017-02-22 10:00')])).toEqual([
      '2017-02-21 09:00 opened',
    ])
  })
})

test('whoever works on at least one day of a round is told of it and nudged in time, whatever their hours', () => {
  const start = civilDate('2017-01-09')
  const monday = fc.integer({ min: 0, max: 51 }).map((weeks) => addDays(start, 7 * weeks))
  const hour = fc.integer({ min: 0, max: 23 }).map((n) => `${String(n).padStart(2, '0')}:00`)
  const person = fc.record({
    ...{ id: fc.constant('asha'), name: fc.constant('Asha'), post: fc.constant(null) },
    zone: fc.constantFrom(null, 'America/New_York', 'Pacific/Auckland', 'Asia/Kolkata'),
    patterns: fc
      .subarray([...weekdays], { minLength: 1 })
      .map((days) => [{ from: civilDate('2016-01-01'), weekdays: days }]),
    leaves: fc.constant([]),
    quiet: fc.option(fc.record({ from: hour, to: hour }).filter(areQuietHours)),
  })
  fc.assert(
    fc.property(monday, person, (day, who) => {
      const it = known()
      const round = roundOn(day, it)
      const zone = who.zone ?? 'Europe/London'
      const [first] = sendingHours(officeHours, who.quiet)
      const calendar = calendarOf(who, { ...it.programme, id: 'P1' })
      const heard = new Set<string>()
      let chances = 0
      for (let on = addDays(day, -21); on <= day; on = addDays(on, 1)) {
        const morning = momentAt(on, first?.from ?? '09:00', zone)
        if (!calendar.isWorkingDay(on) || morning >= round.closes) continue
        if (momentAt(on, '00:00', zone) > round.countsFrom) chances += 1
        // The day's message tells of all that its day brings.
        const evening = Math.min(+momentAt(on, '23:59', zone), +round.closes)
        const steps = stepsOf(round, { ...it.programme, id: 'P1' }, who, new Date(evening))
        for (const { step } of steps) heard.add(step)
      }
      expect([...heard].toSorted()).toEqual(chances > 0 ? ['nudged', 'opened'] : [])
    }),
  )
})
