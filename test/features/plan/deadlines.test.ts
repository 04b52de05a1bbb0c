import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { addDays, civilDate, daysBetween, fullDate } from '../../../src/base/dates.ts'
import { readDate, readDeadlines } from '../../../src/features/plan/deadlines.ts'

const asOf = civilDate('2017-02-24')

describe('one entry in a cell', () => {
  test.each([
    // day
    ['09 Mar - Draft plan', '2017-03-09', '2017-03-09', 'day', 'Draft plan'],
    ['6 Mar - Draft', '2017-03-06', '2017-03-06', 'day', 'Draft'],
    ['14 March - Draft', '2017-03-14', '2017-03-14', 'day', 'Draft'],
    ['O1 Mar - a letter for a zero', '2017-03-01', '2017-03-01', 'day', 'a letter for a zero'],
    ['01 Mar- Draft', '2017-03-01', '2017-03-01', 'day', 'Draft'],
    ['28 Mar', '2017-03-28', '2017-03-28', 'day', ''],
    ['31 Маr – look-alikes', '2017-03-31', '2017-03-31', 'day', 'look-alikes'],
    ['Fri 31 Mar 2017 - Launch', '2017-03-31', '2017-03-31', 'day', 'Launch'],
    ['31 Mar: Launch', '2017-03-31', '2017-03-31', 'day', 'Launch'],
    ['31 Mar Launch day', '2017-03-31', '2017-03-31', 'day', 'Launch day'],
    // day with year
    ['1st June 2018', '2018-06-01', '2018-06-01', 'day', ''],
    ['27th Nov 19', '2019-11-27', '2019-11-27', 'day', ''],
    ['10 March 2018', '2018-03-10', '2018-03-10', 'day', ''],
    ['1st of June 2018', '2018-06-01', '2018-06-01', 'day', ''],
    ['2018-06-01 - Launch', '2018-06-01', '2018-06-01', 'day', 'Launch'],
    ['01/06/2018', '2018-06-01', '2018-06-01', 'day', ''],
    ['14 Apr 20 people invited', '2017-04-14', '2017-04-14', 'day', '20 people invited'],
    // month
    ['Apr - Embed it', '2017-04-01', '2017-04-30', 'month', 'Embed it'],
    ['Nov 19', '2019-11-01', '2019-11-30', 'month', ''],
    ['July 2018', '2018-07-01', '2018-07-31', 'month', ''],
    ['Jan 20', '2020-01-01', '2020-01-31', 'month', ''], // never 20 January
    ['end March 2019', '2019-03-01', '2019-03-31', 'month', ''],
    ['end of March 2019', '2019-03-01', '2019-03-31', 'month', ''],
    ['By Mar 20', null, '2020-03-31', 'month', ''],
    ['by end of September 2016', null, '2016-09-30', 'month', ''],
    ['By 31 March 2018', null, '2018-03-31', 'day', ''],
    // range
    ['Jan – Mar 20', '2020-01-01', '2020-03-31', 'range', ''],
    ['Apr-Jun 20', '2020-04-01', '2020-06-30', 'range', ''],
    ['Feb/Mar 20', '2020-02-01', '2020-03-31', 'range', ''],
    ['Oct 21 – Mar 23', '2021-10-01', '2023-03-31', 'range', ''],
    ['Nov - Jan', '2016-11-01', '2017-01-31', 'range', ''],
    ['6 Mar - 9 Mar - Interviews', '2017-03-06', '2017-03-09', 'range', 'Interviews'],
    // none
    ['TBC', null, null, 'none', ''],
    ['ТВС', null, null, 'none', ''], // Cyrillic
    ['TBC - Scoping', null, null, 'none', 'Scoping'],
    ['31 Feb - Launch', null, null, 'none', 'Launch'],
    ['Mar 20 - Feb 20', null, null, 'none', ''],
    ['Year on year', null, null, 'none', 'Year on year'],
    ['Summer campaign', null, null, 'none', 'Summer campaign'],
    ['May need more staff', null, null, 'none', 'May need more staff'],
    [
      'Pending decision (28 Feb) - see minutes',
      null,
      null,
      'none',
      'Pending decision (28 Feb) - see minutes',
    ],
    [
      'Go-live moved to 28 Mar - see minutes',
      null,
      null,
      'none',
      'Go-live moved to 28 Mar - see minutes',
    ],
  ])('"%s" means %s to %s, %s, about "%s"', (cell, earliest, due, precision, about) => {
    expect(readDeadlines(cell, asOf)).toMatchObject([
      { raw: cell, earliest, due, precision, about },
    ])
  })

  test.each(['', '   ', '·', ' - ', '\n'])('"%s" holds none', (cell) => {
    expect(readDeadlines(cell, asOf)).toEqual([])
  })
})

describe('several entries in a cell', () => {
  test.each([
    [
      '13 Mar - Mock up ready 21 Mar - Launch event. Flyers printed',
      ['2017-03-13 Mock up ready', '2017-03-21 Launch event. Flyers printed'],
    ],
    [
      '06 Mar - Interviews commence28 Mar - Survey closes',
      ['2017-03-06 Interviews commence', '2017-03-28 Survey closes'],
    ],
    [
      '7 Apr - Sign-off at the Steering Group21 Apr - Launch',
      ['2017-04-07 Sign-off at the Steering Group', '2017-04-21 Launch'],
    ],
    [
      'O1 Mar - Group set up (meets 3 Mar - 5 people) 31 Mar - Plan done',
      ['2017-03-01 Group set up (meets 3 Mar - 5 people)', '2017-03-31 Plan done'],
    ],
    [
      '14 Apr - Report – by area 14 Apr - Policy live',
      ['2017-04-14 Report – by area', '2017-04-14 Policy live'],
    ],
    ['Kick-off 31 Mar - Launch', ['null Kick-off', '2017-03-31 Launch']],
    ['31 Mar - Launch.\nTBC - Review', ['2017-03-31 Launch.', 'null Review']],
    ['31 Feb - Never 1 Mar - Soon', ['null Never', '2017-03-01 Soon']],
    [
      '1 Mar - Bracket never closed (see 31 Mar - Launch',
      ['2017-03-01 Bracket never closed (see', '2017-03-31 Launch'],
    ],
    [
      'Fri 31 Mar 2017 - Launch Sat 1 Apr 2017 - Review',
      ['2017-03-31 Launch', '2017-04-01 Review'],
    ],
  ])('"%s"', (cell, entries) => {
    const read = readDeadlines(cell, asOf)
    expect(read.map(({ due, about }) => `${due} ${about}`)).toEqual(entries)
    expect(read.map(({ raw }) => raw).join('')).toBe(cell)
  })

  test.each([
    'See item 3 of 28 Mar minutes',
    'Paper to the board on 28 Mar - agreed',
    'Runs 6-9 Mar - Interviews',
  ])('"%s" is one sentence, not two entries', (cell) => {
    expect(readDeadlines(cell, asOf)).toHaveLength(1)
  })
})

describe('a missing year', () => {
  test.each([
    ['31 Dec', '2017-01-10', '2016-12-31'],
    ['10 Jan', '2016-12-20', '2017-01-10'],
    ['24 Feb', '2017-02-24', '2017-02-24'],
    ['29 Feb', '2017-01-01', '2016-02-29'],
    ['29 Feb', '2018-06-01', null],
    ['Dec', '2017-01-10', '2016-12-31'],
  ])('"%s" as of %s is %s', (cell, day, due) => {
    expect(readDeadlines(cell, civilDate(day))[0]?.due).toBe(due)
  })

  test('is never more than half a year off', () => {
    const anyDay = fc.integer({ min: 0, max: 9000 }).map((n) => addDays(civilDate('2005-01-01'), n))
    fc.assert(
      fc.property(anyDay, anyDay, (date, day) => {
        const written = fullDate(date).split(' ').slice(1, 3).join(' ')
        fc.pre(written !== '29 Feb')
        const due = readDeadlines(written, day)[0]?.due
        expect(due && Math.abs(daysBetween(day, due))).toBeLessThanOrEqual(183)
      }),
    )
  })
})

describe('whatever a cell holds', () => {
  const bit = fc.constantFrom(
    ...[
      '13 Mar',
      ' - ',
      'O1 Apr',
      '31 Feb',
      'TBC',
      'ТВС',
      'By ',
      'Mar 20',
      'Jan',
      '/',
      '(',
      ')',
      ' ',
      '\n',
      '. ',
    ],
    ...['end ', '2018', '21', 'Group', '–', '·', '😀', 'İ', '2017-03-31', '1/2/18', 'Fri '],
  )
  const anyCell = fc.oneof(
    fc.array(bit, { maxLength: 20 }).map((bits) => bits.join('')),
    fc.string({ unit: 'binary' }),
  )

  test('the raws put together are the cell, and nothing is due before it can begin', () => {
    fc.assert(
      fc.property(anyCell, (cell) => {
        const entries = readDeadlines(cell, asOf)
        if (entries.length === 0) expect(cell).not.toMatch(/[\p{L}\p{N}]/u)
        else expect(entries.map(({ raw }) => raw).join('')).toBe(cell)
        for (const { earliest, due, precision } of entries) {
          expect(due === null).toBe(precision === 'none')
          if (earliest && due) expect(earliest <= due).toBe(true)
        }
      }),
      { numRuns: 1000 },
    )
  })

  test('50,000 characters are read in good time', () => {
    const cell = '13 Mar - (Mock up) ready '.repeat(2000)
    expect(readDeadlines(cell, asOf)).toHaveLength(2000)
  })
})

describe('a date typed in chat on Mon 27 Feb 2017', () => {
  const today = civilDate('2017-02-27')
  test.each([
    ['31 Mar', '2017-03-31'],
    ['31 Mar 2017', '2017-03-31'],
    ['31st march', '2017-03-31'],
    ['2017-03-31', '2017-03-31'],
    ['31/03/2017', '2017-03-31'],
    ['4/3/17', '2017-03-04'], // British order
    ['end of March', '2017-03-31'],
    ['Apr 2017', '2017-04-30'],
    ['april', '2017-04-30'],
    ['today', '2017-02-27'],
    ['Tomorrow', '2017-02-28'],
    ['friday', '2017-03-03'],
    ['fri', '2017-03-03'],
    ['this friday', '2017-03-03'],
    ['monday', '2017-03-06'], // not today
    ['next friday', '2017-03-10'],
    ['in 3 weeks', '2017-03-20'],
    ['in a week', '2017-03-06'],
    ['in 10 days', '2017-03-09'],
    ['end of the month', '2017-02-28'],
    // without a year
    ['5 Jan', '2017-01-05'], // 53 days past
    ['29 Dec', '2016-12-29'], // 60 days past
    ['28 Dec', '2017-12-28'], // 61 days past
    ['24 Feb', '2017-02-24'],
    ['Dec', '2016-12-31'],
  ])('"%s" is %s', (text, date) => {
    expect(readDate(text, today)).toBe(date)
  })

  test.each([
    '',
    'soon',
    'TBC',
    '31 Feb',
    '2017-02-31',
    '32/13/2017',
    '31 Mar or so',
    'in many weeks',
    'funday',
  ])('"%s" is not one', (text) => {
    expect(readDate(text, today)).toBeUndefined()
  })

  test('next friday, said on a Sunday, is in the week that begins tomorrow', () => {
    expect(readDate('next friday', civilDate('2017-02-26'))).toBe('2017-03-03')
  })
})
