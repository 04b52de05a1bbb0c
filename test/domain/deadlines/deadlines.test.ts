import { describe, expect, test } from '@jest/globals'
import { civilDate } from '../../../src/base/dates.ts'
import { parseDeadlines } from '../../../src/domain/deadlines/deadlines.ts'
import { formatDeadlines } from '../../../src/domain/deadlines/format.ts'

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
    ['Mon 12 March 2018', '2018-03-12', '2018-03-12', 'day', ''],
    ['March 31st 2018', '2018-03-31', '2018-03-31', 'day', ''],
    ['31.3.18', '2018-03-31', '2018-03-31', 'day', ''],
    ['29 February 2020', '2020-02-29', '2020-02-29', 'day', ''],
    ['before 31 March 2018', null, '2018-03-30', 'day', ''],
    ['Before Mar 20', null, '2020-02-29', 'day', ''],
    ['no later than 31 March 2018', null, '2018-03-31', 'day', ''],
    ['Launch: 31 March 2018', '2018-03-31', '2018-03-31', 'day', 'Launch'],
    ['31-03-2018', '2018-03-31', '2018-03-31', 'day', ''],
    ['2018/03/31', '2018-03-31', '2018-03-31', 'day', ''],
    ['31-Mar-18 17:00', '2018-03-31', '2018-03-31', 'day', ''],
    ['2018-03-31T00:00:00+01:00', '2018-03-31', '2018-03-31', 'day', ''],
    ['2018-03-31T00:00:00Z', '2018-03-31', '2018-03-31', 'day', ''],
    ['2018-03-31 09:30', '2018-03-31', '2018-03-31', 'day', ''],
    ['31/03/2018 12:00 AM', '2018-03-31', '2018-03-31', 'day', ''],
    ['31/Mar/18 12:00 AM', '2018-03-31', '2018-03-31', 'day', ''],
    ['31/03', '2017-03-31', '2017-03-31', 'day', ''],
    ['March 31, 2018', '2018-03-31', '2018-03-31', 'day', ''],
    ['Dec 9, 2017', '2017-12-09', '2017-12-09', 'day', ''],
    ['Sat 31/03/18', '2018-03-31', '2018-03-31', 'day', ''],
    ['70 days from 24 January', '2017-04-04', '2017-04-04', 'day', ''],
    ['within six weeks of 1 March 2017', '2017-04-12', '2017-04-12', 'day', ''],
    ['not before 1 April 2017', '2017-04-01', null, 'none', ''],
    ['after 31 March 2017', '2017-03-31', null, 'none', ''],
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
    ['Feb 20', '2020-02-01', '2020-02-29', 'month', ''],
    ['03/2019', '2019-03-01', '2019-03-31', 'month', ''],
    ['until March 2019', null, '2019-03-31', 'month', ''],
    ['Campaigns in March - ongoing', '2017-03-01', '2017-03-31', 'month', 'Campaigns - ongoing'],
    ['Phase 2 March 2018', '2018-03-01', '2018-03-31', 'month', 'Phase 2'],
    ['The last stage by March 2018', null, '2018-03-31', 'month', 'The last stage'],
    [
      'Open two evenings a week by March 2018',
      null,
      '2018-03-31',
      'month',
      'Open two evenings a week',
    ],
    ['By 31 March 2018', null, '2018-03-31', 'day', ''],
    // range
    ['Jan – Mar 20', '2020-01-01', '2020-03-31', 'range', ''],
    ['Apr-Jun 20', '2020-04-01', '2020-06-30', 'range', ''],
    ['Feb/Mar 20', '2020-02-01', '2020-03-31', 'range', ''],
    ['Oct 21 – Mar 23', '2021-10-01', '2023-03-31', 'range', ''],
    ['Nov - Jan', '2016-11-01', '2017-01-31', 'range', ''],
    ['6 Mar - 9 Mar - Interviews', '2017-03-06', '2017-03-09', 'range', 'Interviews'],
    ['6-9 Mar - Interviews', '2017-03-06', '2017-03-09', 'range', 'Interviews'],
    ['13th to 15th March 2018', '2018-03-13', '2018-03-15', 'range', ''],
    ['30/31 March 2018', '2018-03-30', '2018-03-31', 'range', ''],
    ['w/c 6 March - Visits', '2017-03-06', '2017-03-12', 'range', 'Visits'],
    ['w/c 06/03/2017', '2017-03-06', '2017-03-12', 'range', ''],
    ['w/e 12/03/17', '2017-03-06', '2017-03-12', 'range', ''],
    ['week ending 10 Mar 2017', '2017-03-04', '2017-03-10', 'range', ''],
    ['early May', '2017-05-01', '2017-05-10', 'range', ''],
    ['Late Feb 2020', '2020-02-21', '2020-02-29', 'range', ''],
    ['between 28 March and 14 April', '2017-03-28', '2017-04-14', 'range', ''],
    ['between 6 and 9 March', '2017-03-06', '2017-03-09', 'range', ''],
    ['Mar-18 Phase 1', '2018-03-01', '2018-03-31', 'month', 'Phase 1'],
    // year, half, academic year
    ['End of 2018', '2018-01-01', '2018-12-31', 'range', ''],
    ['2018', '2018-01-01', '2018-12-31', 'range', ''],
    ['H1 2018', '2018-01-01', '2018-06-30', 'range', ''],
    ['H2 2018/19', '2018-10-01', '2019-03-31', 'range', ''],
    ['Academic year 2017/18', '2017-09-01', '2018-08-31', 'range', ''],
    ['AY 2017/18', '2017-09-01', '2018-08-31', 'range', ''],
    ['2017/18 school year', '2017-09-01', '2018-08-31', 'range', ''],
    // financial year, quarter
    ['2018/2019', '2018-04-01', '2019-03-31', 'range', ''],
    ['2018-19', '2018-04-01', '2019-03-31', 'range', ''],
    ['By end of 2018/19', null, '2019-03-31', 'range', ''],
    ['Financial year 2018/19: Pilot', '2018-04-01', '2019-03-31', 'range', 'Pilot'],
    ['1999/2000', null, null, 'none', ''], // too far, below
    ['Q1 2018/19', '2018-04-01', '2018-06-30', 'range', ''],
    ['Q2 2018/19', '2018-07-01', '2018-09-30', 'range', ''],
    ['quarter 3 2018-19', '2018-10-01', '2018-12-31', 'range', ''],
    ['Q4 19/20', '2020-01-01', '2020-03-31', 'range', ''],
    ['Q4', '2017-01-01', '2017-03-31', 'range', ''],
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
    expect(parseDeadlines(cell, asOf)).toMatchObject([
      { raw: cell, earliest, due, precision, about },
    ])
  })

  test.each(['', '   ', '·', ' - ', '\n'])('"%s" holds none', (cell) => {
    expect(parseDeadlines(cell, asOf)).toEqual([])
  })
})

describe('an impossible date is kept and flagged, never dropped', () => {
  test.each([
    ['31 Feb - Launch', 'There is no 31 February.'],
    ['By 31 April 2018', 'There is no 31 April.'],
    ['29 February 2019', 'There is no 29 February 2019.'],
    ['31/13/2018', 'There is no month 13.'],
    ['2017-02-30', 'There is no 30 February.'],
    ['31 March 2107', 'Thu 31 Mar 2107 is more than 15 years from Fri 24 Feb 2017.'],
    ['Launch by March 2107', 'Thu 31 Mar 2107 is more than 15 years from Fri 24 Feb 2017.'],
    ['Apr 2017 - Mar 2107', 'Thu 31 Mar 2107 is more than 15 years from Fri 24 Feb 2017.'],
    ['1999/2000', 'Fri 31 Mar 2000 is more than 15 years from Fri 24 Feb 2017.'],
    ['Mar 20 - Feb 20', 'The range ends before it begins.'],
    ['9-6 March', '9 comes after 6.'],
    ['09/10', 'It may be 9 October or the financial year 2009/10.'],
    [
      '2017-03-30T23:00:00Z',
      'It is late on 2017-03-30 in UTC, which may be the day after in Britain.',
    ],
    ['Q2 2018', 'It is not clear whether Q2 is of 2018 or of 2018/19.'],
  ])('"%s": %s', (cell, problem) => {
    const [entry, ...others] = parseDeadlines(cell, asOf)
    expect(entry).toMatchObject({
      raw: cell,
      earliest: null,
      due: null,
      precision: 'none',
      problem,
    })
    expect(others).toEqual([])
  })

  test('a weekday that does not fit its date is flagged; the date holds', () => {
    expect(parseDeadlines('Fri 4 Mar 2017', asOf)).toMatchObject([
      { due: '2017-03-04', problem: 'Sat 4 Mar 2017 is not a Friday.' },
    ])
  })

  test.each([
    '24/7 support',
    '5-10 people',
    '3/4',
    'Mar 20.5%',
    'By 2020',
    'Spring 2019',
    '16/17 year olds',
  ])('"%s" is no date, and nothing is wrong with it', (cell) => {
    expect(parseDeadlines(cell, asOf)).toMatchObject([{ raw: cell, due: null, problem: null }])
  })
})

describe('recurrence and conditions', () => {
  test.each([
    ['Monthly', 'Monthly', null],
    ['each term', 'each term', null],
    ['Every 6 weeks until Mar 2018', 'Every 6 weeks', '2018-03-31'],
    ['Monthly from Apr 17', 'Monthly', '2017-04-30'],
    ['quarterly until March 2018', 'quarterly', '2018-03-31'],
    ['31 Mar 2017 and annually thereafter', 'annually', '2017-03-31'],
    ['May 2017 and then quarterly', 'quarterly', '2017-05-31'],
    ['Reports 12 weekly', '12 weekly', null],
    ['Quarterly - Report to the board', 'Quarterly', null],
    ['31 Mar - Quarterly report published', null, '2017-03-31'],
    ['All managers complete monthly audits.', null, null],
  ])('"%s" repeats %s, due %s', (cell, recurrence, due) => {
    expect(parseDeadlines(cell, asOf)).toMatchObject([{ recurrence, due, condition: null }])
  })

  test.each([
    ['31 March 2017 (subject to Cabinet approval)', 'subject to Cabinet approval', '2017-03-31'],
    ['31 Mar - Launch, pending the vote. Then review', 'pending the vote', '2017-03-31'],
    ['Dependent on funding - see minutes', 'Dependent on funding', null],
    ['Awaiting consent', 'Awaiting consent', null],
    ['31 March (tbc)', 'tbc', '2017-03-31'],
    ['31 Mar - Spending review', null, '2017-03-31'],
  ])('"%s" waits for %s, due %s', (cell, condition, due) => {
    expect(parseDeadlines(cell, asOf)).toMatchObject([{ condition, due, recurrence: null }])
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
    ['Draft by 31 Mar - Final by 30 Apr', ['2017-03-31 Draft', '2017-04-30 Final']],
    ['- 31 Mar: Launch\n- 30 Apr: Review', ['2017-03-31 Launch', '2017-04-30 Review']],
    ['31 Mar: Launch\n30 Apr: Review', ['2017-03-31 Launch', '2017-04-30 Review']],
    ['(i) 31 Mar (ii) TBC', ['2017-03-31 (i)', 'null (ii)']],
    ['1. Launch 31 March 2. 31 Feb', ['2017-03-31 1. Launch', 'null 2.']],
    [
      '13, 20 & 27 March - Board meets',
      ['2017-03-13 Board meets', '2017-03-20 Board meets', '2017-03-27 Board meets'],
    ],
    ['28/02 and 30/06/2018', ['2018-02-28 ', '2018-06-30 ']],
    ['Nov, Dec and Jan', ['2016-11-30 ', '2016-12-31 ', '2017-01-31 ']],
    ['31 Mar 2017 / 31 Feb 2018 / 30 Jun 2018', ['2017-03-31 ', 'null ', '2018-06-30 ']],
  ])('"%s"', (cell, entries) => {
    const read = parseDeadlines(cell, asOf)
    expect(read.map(({ due, about }) => `${due} ${about}`)).toEqual(entries)
    expect(read.map(({ raw }) => raw).join('')).toBe(cell)
  })

  test.each([
    'See item 3 of 28 Mar minutes',
    'Paper to the board on 28 Mar - agreed',
    'Runs 6-9 Mar - Interviews',
    '31 Mar - Draft by 7 Apr. 9 Apr people come',
    '31 Mar - Draft agreed on 7 Apr 2017. 14 May groups follow',
  ])('"%s" is one sentence, not two entries', (cell) => {
    expect(parseDeadlines(cell, asOf)).toHaveLength(1)
  })
})

describe('a date that was changed: the last counts, the first is its baseline', () => {
  test.each([
    ['31/12/2016 (revised 31/03/2017)', '2017-03-31', '2016-12-31'],
    ['31/12/2016 (revised from 30/10/2016)', '2016-12-31', '2016-10-30'],
    ['31/03/2017, slipped from 31/12/2016', '2017-03-31', '2016-12-31'],
    ['31/03/2017 (from 31/12/2016)', '2017-03-31', '2016-12-31'],
    ['31/12/2016 31/03/2017', '2017-03-31', '2016-12-31'],
    ['31/12/2016\n31/03/2017', '2017-03-31', '2016-12-31'],
    ['31/12/16 -> 31/03/17 -> 30/06/17', '2017-06-30', '2016-12-31'],
    ['Nov 2016 (extended to Mar 2017)', '2017-03-31', '2016-11-30'],
    ['31 March 2017 (was 31 December 2016)', '2017-03-31', '2016-12-31'],
    ['Was 31/12/2016, now 31/03/2017', '2017-03-31', '2016-12-31'],
    ['extended from Nov 2016 to Mar 2017', '2017-03-31', '2016-11-30'],
    ['30 Nov, moved to 31 March 2017', '2017-03-31', '2016-11-30'],
    ['Revised: 31/03/2017', '2017-03-31', undefined],
  ])('"%s" is due %s, at first %s', (cell, due, baseline) => {
    expect(parseDeadlines(cell, asOf)).toMatchObject([{ raw: cell, due, about: '' }])
    expect(parseDeadlines(cell, asOf)[0]?.baseline).toBe(baseline)
  })

  test.each([
    ['Completed 12/10/16', '2016-10-12'],
    ['done on 1 February 2017', '2017-02-01'],
    ['Completed 12/10/17', undefined], // a day to come is a deadline
    ['Survey completed - end March 2016', undefined],
  ])('"%s" is done on %s', (cell, doneOn) => {
    expect(parseDeadlines(cell, asOf)[0]?.doneOn).toBe(doneOn)
  })

  test('a third date, or words beside the two, are no such pair', () => {
    expect(parseDeadlines('31/12/2016 31/03/2017 30/06/2017', asOf)[0]?.baseline).toBeUndefined()
    expect(parseDeadlines('31/03/2017 31/12/2016', asOf)[0]?.baseline).toBeUndefined()
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
    expect(parseDeadlines(cell, civilDate(day))[0]?.due).toBe(due)
  })
})

test('entries in words: a line for each, every date in full', () => {
  const cell =
    'a) By 31 March b) 31 Feb - Launch c) Monthly from Apr 17 d) 1 June 2017 subject to consent e) TBC'
  expect(formatDeadlines(parseDeadlines(cell, asOf)).split('\n')).toEqual([
    'By Fri 31 Mar 2017 · a)',
    'No date · b) Launch · There is no 31 February.',
    'Sat 1 Apr 2017 to Sun 30 Apr 2017 · c) Monthly · repeats: Monthly',
    'Thu 1 Jun 2017 · d) subject to consent · condition: subject to consent',
    'No date · e)',
  ])
  expect(formatDeadlines(parseDeadlines('TBC', asOf))).toBe('No date · “TBC”')
  expect(formatDeadlines([])).toBe('The text holds no letter and no number: there is no entry.')
})
