import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import {
  addDays,
  type CivilDate,
  civil,
  civilDate,
  dateIn,
  daysBetween,
  fromDbDate,
  fullDate,
  fullMoment,
  isCivilDate,
  isZone,
  lastDayOfMonth,
  momentAt,
  timeIn,
  toDbDate,
  weekdayOf,
} from '../../src/base/dates.ts'

const anyDate = fc
  .integer({ min: -20_000, max: 40_000 })
  .map((days) => addDays(civilDate('2017-01-01'), days))

describe('a civil date', () => {
  test.each(['2017-03-31', '2016-02-29', '2000-02-29', '0099-01-01'])('%s exists', (text) => {
    expect(civilDate(text)).toBe(text)
  })

  test.each(['2017-02-31', '2017-02-29', '1900-02-29', '2017-13-01', '2017-00-10', '2017-1-1', ''])(
    '"%s" does not exist and is refused',
    (text) => {
      expect(isCivilDate(text)).toBe(false)
      expect(() => civilDate(text)).toThrow(RangeError)
    },
  )

  test('is made of a year, a month from 1 and a day', () => {
    expect(civil(2017, 3, 1)).toBe('2017-03-01')
    expect(() => civil(2017, 2, 31)).toThrow(RangeError)
  })

  test.each([
    ['2017-12-31', 1, '2018-01-01'],
    ['2017-03-01', -1, '2017-02-28'],
    ['2017-03-25', 2, '2017-03-27'], // the clocks change between
  ])('%s and %i days is %s', (from, days, to) => {
    expect(addDays(civilDate(from), days)).toBe(to)
  })

  test('counts days both ways', () => {
    fc.assert(
      fc.property(anyDate, fc.integer({ min: -9000, max: 9000 }), (date, days) => {
        expect(daysBetween(date, addDays(date, days))).toBe(days)
      }),
    )
  })

  test('orders as plain strings', () => {
    fc.assert(
      fc.property(anyDate, anyDate, (a, b) => {
        expect(a < b).toBe(daysBetween(a, b) > 0)
      }),
    )
  })

  test('survives the conversion to a database date and back', () => {
    fc.assert(
      fc.property(anyDate, (date) => {
        expect(fromDbDate(toDbDate(date))).toBe(date)
      }),
    )
    expect(toDbDate(civilDate('2017-07-01')).toISOString()).toBe('2017-07-01T00:00:00.000Z')
  })

  test('has a weekday and a last day of its month', () => {
    expect(weekdayOf(civilDate('2017-02-27'))).toBe('monday')
    expect(weekdayOf(civilDate('2017-02-26'))).toBe('sunday')
    expect(lastDayOfMonth(civilDate('2017-02-03'))).toBe('2017-02-28')
    expect(lastDayOfMonth(civilDate('2020-02-29'))).toBe('2020-02-29')
    expect(lastDayOfMonth(civilDate('2017-12-01'))).toBe('2017-12-31')
  })

  test('is shown in full', () => {
    expect(fullDate(civilDate('2017-03-31'))).toBe('Fri 31 Mar 2017')
    expect(fullDate(civilDate('2017-09-01'))).toBe('Fri 1 Sep 2017')
  })
})

describe('a moment in a zone', () => {
  test.each([
    ['Europe/London', '2017-03-25T23:30:00Z', '2017-03-25', '23:30'],
    ['Europe/London', '2017-03-26T23:30:00Z', '2017-03-27', '00:30'],
    ['Pacific/Kiritimati', '2017-03-25T11:00:00Z', '2017-03-26', '01:00'],
    ['Asia/Kolkata', '2017-03-25T20:00:00Z', '2017-03-26', '01:30'],
  ])('%s at %s shows %s %s', (zone, moment, date, time) => {
    expect(dateIn(zone, new Date(moment))).toBe(date)
    expect(timeIn(zone, new Date(moment))).toBe(time)
  })

  test.each([
    ['a winter morning', '2017-02-27', '09:00', 'Europe/London', '2017-02-27T09:00:00Z'],
    ['a summer morning', '2017-03-27', '09:00', 'Europe/London', '2017-03-27T08:00:00Z'],
    ['a skipped time', '2017-03-26', '01:30', 'Europe/London', '2017-03-26T01:00:00Z'],
    ['a time that comes twice', '2017-10-29', '01:30', 'Europe/London', '2017-10-29T00:30:00Z'],
    ['half an hour skipped', '2017-10-01', '02:10', 'Australia/Lord_Howe', '2017-09-30T15:30:00Z'],
    ['half an hour twice', '2017-04-02', '01:45', 'Australia/Lord_Howe', '2017-04-01T14:45:00Z'],
    ['a skipped day', '2011-12-30', '12:00', 'Pacific/Apia', '2011-12-30T10:00:00Z'],
  ])('%s: %s %s in %s', (_what, date, time, zone, moment) => {
    expect(momentAt(civilDate(date), time, zone).toISOString()).toBe(new Date(moment).toISOString())
  })

  const zones = ['Europe/London', 'Australia/Lord_Howe', 'America/St_Johns', 'Asia/Tehran', 'UTC']
  const minutes = fc.integer({ min: 0, max: 24 * 60 - 1 })
  const clockChanges = ['2017-03-26', '2017-10-29', '2017-04-02', '2017-10-01', '2017-03-12']
  const anyDay: fc.Arbitrary<CivilDate> = fc.oneof(
    anyDate,
    fc.constantFrom(...clockChanges).map(civilDate),
  )

  test('a local time converts to a moment and back, unless the clock skipped it', () => {
    fc.assert(
      fc.property(fc.constantFrom(...zones), anyDay, minutes, (zone, date, minute) => {
        const time = new Date(minute * 60_000).toISOString().slice(11, 16)
        const moment = momentAt(date, time, zone)
        const shown = `${dateIn(zone, moment)} ${timeIn(zone, moment)}`
        if (shown === `${date} ${time}`) return
        // A skipped time gives the first moment after the gap, so a minute earlier the local time is before it.
        const before = new Date(moment.getTime() - 60_000)
        expect(shown > `${date} ${time}`).toBe(true)
        expect(`${dateIn(zone, before)} ${timeIn(zone, before)}` < `${date} ${time}`).toBe(true)
      }),
      { numRuns: 300 },
    )
  })

  test('a moment converts to local time and back, or to the first of two in a repeated hour', () => {
    const around = fc.integer({ min: 0, max: 3 * 24 * 60 })
    fc.assert(
      fc.property(fc.constantFrom(...zones), anyDay, around, (zone, date, minute) => {
        const moment = new Date(toDbDate(date).getTime() + (minute - 24 * 60) * 60_000)
        const back = momentAt(dateIn(zone, moment), timeIn(zone, moment), zone)
        expect(moment.getTime() - back.getTime()).toBeGreaterThanOrEqual(0)
        expect(timeIn(zone, back)).toBe(timeIn(zone, moment))
        expect(dateIn(zone, back)).toBe(dateIn(zone, moment))
      }),
      { numRuns: 300 },
    )
  })

  test('is shown in full with its time', () => {
    expect(fullMoment(new Date('2017-02-27T09:00:00Z'), 'Europe/London')).toBe(
      'Mon 27 Feb 2017, 09:00',
    )
  })

  test('an unknown zone, a bare offset and a wrong time are refused', () => {
    expect(isZone('Europe/London')).toBe(true)
    expect(isZone('Europe/Camelot')).toBe(false)
    expect(isZone('+01:00')).toBe(false)
    expect(() => dateIn('Europe/Camelot', new Date(0))).toThrow(RangeError)
    expect(() => momentAt(civilDate('2017-01-01'), '24:00', 'UTC')).toThrow(RangeError)
    expect(() => momentAt(civilDate('2017-01-01'), '09:00', 'Nowhere')).toThrow(RangeError)
  })
})
