import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import {
  addDays,
  type CivilDate,
  civilDate,
  daysBetween,
  fullDate,
} from '../../../src/base/dates.ts'
import { latinLetters } from '../../../src/base/text.ts'
import { parseDeadlines, readDate } from '../../../src/domain/deadlines/deadlines.ts'

const asOf = civilDate('2017-02-24')
const anyDay = fc.integer({ min: 0, max: 9000 }).map((n) => addDays(civilDate('2005-01-01'), n))
/** Within the fifteen years that a plan may look ahead. */
const nearDay = (day: CivilDate) =>
  fc.integer({ min: -5000, max: 5000 }).map((n) => addDays(day, n))
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

describe('whatever the day', () => {
  test('is never more than half a year off', () => {
    fc.assert(
      fc.property(anyDay, anyDay, (date, day) => {
        const written = fullDate(date).split(' ').slice(1, 3).join(' ')
        fc.pre(written !== '29 Feb')
        const due = parseDeadlines(written, day)[0]?.due
        expect(due && Math.abs(daysBetween(day, due))).toBeLessThanOrEqual(183)
      }),
    )
  })

  test('a date with its year means that day, in every form, whenever it is read', () => {
    fc.assert(
      fc.property(nearDay(asOf), (date) => {
        const [year, month, day] = date.split('-')
        const [weekday, number, name, full] = fullDate(date).split(' ')
        const forms = [
          date,
          `${day}/${month}/${year}`,
          `${number} ${name} ${full}`,
          `${weekday} ${number} ${name} ${full}`,
          `Launch of it. ${number} ${name} ${full}.`,
          `Launch - ${number} ${name} ${full}`,
          `a) ${number} ${name} ${full} b) TBC`,
        ]
        for (const cell of forms) {
          const [entry] = parseDeadlines(cell, asOf)
          expect([cell, entry?.due, entry?.precision]).toEqual([cell, date, 'day'])
        }
        expect(readDate(fullDate(date), asOf)).toBe(date)
      }),
    )
  })

  test('"Jan 20" is the whole month of a year, never a day', () => {
    fc.assert(
      fc.property(fc.constantFrom(...months), fc.integer({ min: 5, max: 30 }), (name, year) => {
        const [entry] = parseDeadlines(`${name} ${String(year).padStart(2, '0')}`, asOf)
        const [first, last] = [entry?.earliest, entry?.due]
        expect(entry?.precision).toBe('month')
        expect(Number(first?.slice(0, 4))).toBe(2000 + year)
        expect(first?.slice(8)).toBe('01')
        expect(last && addDays(last, 1).slice(8)).toBe('01')
        expect(last?.slice(0, 7)).toBe(first?.slice(0, 7))
      }),
    )
  })

  test('the four quarters of a financial year are that year, end to end', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2003, max: 2030 }), (start) => {
        const name = `${start}/${String(start + 1).slice(2)}`
        const [year] = parseDeadlines(name, asOf)
        const quarters = [1, 2, 3, 4].map((n) => parseDeadlines(`Q${n} ${name}`, asOf)[0])
        expect(year).toMatchObject({ earliest: `${start}-04-01`, due: `${start + 1}-03-31` })
        expect(quarters[0]?.earliest).toBe(year?.earliest)
        expect(quarters[3]?.due).toBe(year?.due)
        for (const [index, quarter] of quarters.slice(1).entries()) {
          const before = quarters[index]?.due
          expect(before && addDays(before, 1)).toBe(quarter?.earliest)
        }
      }),
    )
  })

  test('a list gives one occurrence for each of its dates, in their order', () => {
    const month = fc.tuple(fc.constantFrom(...months), fc.integer({ min: 10, max: 30 }))
    const joint = fc.constantFrom(' / ', ' & ', ', ', ' and ')
    fc.assert(
      fc.property(fc.array(month, { minLength: 2, maxLength: 6 }), joint, (list, between) => {
        const cell = `Reports ${list.map((one) => one.join(' ')).join(between)}`
        const entries = parseDeadlines(cell, asOf)
        expect(entries.map(({ raw }) => raw).join('')).toBe(cell)
        expect(entries.map(({ due }) => due?.slice(2, 4))).toEqual(
          list.map(([, year]) => `${year}`),
        )
        expect(new Set(entries.map(({ about }) => about))).toEqual(new Set(['Reports']))
      }),
    )
  })

  test('TBC is none in any mixture of Latin, Cyrillic and Greek letters', () => {
    const letters = fc.tuple(
      ...[
        ['T', 'Т', 'Τ'],
        ['B', 'В', 'Β'],
        ['C', 'С', 'Ϲ'],
      ].map((like) => fc.constantFrom(...like)),
    )
    fc.assert(
      fc.property(letters, (mixed) => {
        const cell = `${mixed.join('')} - Scoping`
        expect(latinLetters(cell)).toBe('tbc - scoping')
        expect(parseDeadlines(cell, asOf)).toMatchObject([{ precision: 'none', about: 'Scoping' }])
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
    ...[
      'end ',
      'a) ',
      'b)',
      'by ',
      'in ',
      ' & ',
      ' and ',
      ', ',
      'Q2 ',
      '2018/19',
      '19/20',
      'monthly',
      'subject to ',
    ],
    ...[
      'end of ',
      '31 March 2107',
      'Nov 19',
      'w/c 6 Mar',
      'mid-',
      '6-9 Mar',
      'Survey',
      '1. ',
      '* ',
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
        const entries = parseDeadlines(cell, asOf)
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

  test('chat answers it with a day of the years around, or with none', () => {
    fc.assert(
      fc.property(anyCell, (text) => {
        const date = readDate(text, asOf)
        if (date) expect(Math.abs(daysBetween(asOf, date))).toBeLessThan(16 * 366)
      }),
      { numRuns: 1000 },
    )
  })

  test('4,000 characters are read, and of a longer cell it is said why not', () => {
    const cell = '13 Mar - (Mock up) ready '.repeat(160)
    expect(parseDeadlines(cell, asOf)).toHaveLength(160)
    const [only, ...others] = parseDeadlines(`${cell}.`, asOf)
    expect(others).toEqual([])
    expect(only).toMatchObject({ raw: `${cell}.`, due: null })
    expect(only?.problem).toBe(
      'It has 4,001 characters, and dates are read in 4,000 characters at most.',
    )
  })

  test.each([
    ['dates behind their texts', 'Scoping Nov 19. ', 3000],
    ['a list', 'Nov 19 / ', 5000],
    ['no date', 'awaiting the outcome in a word ', 1500],
    ['open brackets and dashes', '(- a) [ ', 6000],
  ])('so are 50,000 of %s', (_what, text, times) => {
    const cell = text.repeat(times)
    expect(
      parseDeadlines(cell, asOf)
        .map(({ raw }) => raw)
        .join(''),
    ).toBe(cell)
  })
})
