import { describe, expect, test } from '@jest/globals'
import { civilDate } from '../../../../src/base/dates.ts'
import { monthsFor } from '../../../../src/features/reports/summary/months.ts'
import type { SummaryRow } from '../../../../src/features/reports/summary/rows.ts'
import { summaryOf } from '../../../../src/features/reports/summary/summary.ts'
import { aPlan, type PlanSketch } from '../../../support/plans.ts'

const sheetOf = (sketch: PlanSketch, asAt = '2017-02-24') =>
  summaryOf({ plan: aPlan({ asAt, ...sketch }), reader: 'board' })

const projectIn = (rows: readonly SummaryRow[], ref: string) => {
  const found = rows.find((row) => row.kind === 'project' && row.ref === ref)
  if (found?.kind !== 'project') throw new Error(`There is no project ${ref}.`)
  return found
}
const footersIn = (rows: readonly SummaryRow[]) =>
  rows.flatMap((row) => (row.kind === 'footer' ? [row.text] : []))
const keysIn = (rows: readonly SummaryRow[]) =>
  rows.flatMap((row) => (row.kind === 'key' ? [[row.rating, row.text]] : []))

describe('the months of a sheet', () => {
  test.each([
    ['2017-02-24', 'March', 'April'],
    ['2017-02-20', 'February', 'March'],
    ['2017-03-01', 'March', 'April'],
    ['2017-11-21', 'December', 'January'],
    ['2016-12-31', 'January', 'February'],
  ])('as at %s are %s and %s', (asAt, first, second) => {
    expect(monthsFor(civilDate(asAt)).map(({ name }) => name)).toEqual([first, second])
  })
})

describe('a sheet', () => {
  test('has the columns of W17, and its workstreams as heading rows', () => {
    const { headings, rows } = sheetOf({
      projects: [
        { ref: '1.1', updates: [{ state: 'amber', reason: 'No writer' }] },
        { ref: '2.1' },
      ],
    })
    expect(headings).toEqual([
      ...['REF', 'WORKSTREAM DETAIL', 'RAG', 'COMMENTARY', 'March', 'April'],
    ])
    expect(rows.slice(0, 4).map((row) => ('ref' in row ? row.ref : ''))).toEqual([
      ...['1', '1.1', '2', '2.1'],
    ])
    expect(projectIn(rows, '1.1')).toMatchObject({ rating: 'A', commentary: 'No writer' })
    expect(projectIn(rows, '2.1')).toMatchObject({ rating: '', commentary: '' })
  })

  test('has a milestone in the month it is due in, and overdue or undated ones in the first', () => {
    const { rows } = sheetOf({
      projects: [
        {
          ref: '2.1',
          milestones: [
            { about: 'In the first', due: '2017-03-31' },
            { about: 'In the second', due: '2017-04-01' },
            { about: 'Late', due: '2017-02-10' },
            { about: 'Undated', due: null },
            { about: 'Undated in April', due: null, heading: 'April' },
            { about: 'In May', due: '2017-05-01' },
            { about: 'Done in February', due: '2017-02-10', doneOn: '2017-02-10' },
          ],
        },
      ],
    })
    const [march, april] = projectIn(rows, '2.1').months
    expect(march).toContain('In the first')
    expect(march).toContain('Late')
    expect(march).toMatch(/Undated$/)
    expect(april).toContain('In the second')
    expect(april).toContain('Undated in April')
    expect(footersIn(rows)).toContain(
      'Not in these columns: 1 milestone due after Sun 30 Apr 2017 and 1 done and due before Wed 1 Mar 2017.',
    )
    expect(footersIn(rows)).toContain('Overdue: 2.1 Late (was due Fri 10 Feb 2017)')
  })

  test('has a moved milestone on its new day, and its old day below', () => {
    const moves = [{ from: '2017-03-01', to: '2017-04-12', onDay: '2017-02-20' }]
    const { rows } = sheetOf({
      projects: [{ ref: '2.1', milestones: [{ about: 'Website', due: '2017-04-12', moves }] }],
    })
    expect(projectIn(rows, '2.1').months).toEqual(['', '12 Apr - Website'])
    expect(footersIn(rows)).toContain('Moved: 2.1 Website (was Wed 1 Mar 2017, moved once)')
  })

  test('has the plan’s words where they contain the date, or else the date before them', () => {
    const { rows } = sheetOf({
      projects: [
        {
          ref: '2.1',
          milestones: [
            {
              about: 'Scoping for the board',
              raw: 'Scoping by 20 Mar for the board',
              due: '2017-03-20',
            },
            { about: 'Recruit two posts', raw: 'Apr 17', due: '2017-04-30' },
          ],
        },
      ],
    })
    expect(projectIn(rows, '2.1').months).toEqual([
      'Scoping by 20 Mar for the board',
      'Apr 17 - Recruit two posts',
    ])
  })

  test('ends with the day, the key with its counts, and the criteria with their rule', () => {
    const { rows } = sheetOf({
      projects: [
        { ref: '1.1', updates: [{ state: 'red', reason: 'x' }] },
        { ref: '1.2', updates: [{ state: 'green' }] },
        { ref: '1.3' },
      ],
    })
    expect(keysIn(rows)).toEqual([
      ['R', 'Red: 1 project'],
      ['A', 'Amber: 0 projects'],
      ['G', 'Green: 1 project'],
      ['', 'Not rated: 1 project'],
    ])
    expect(footersIn(rows)).toEqual([
      'As at Fri 24 Feb 2017: 3 projects in 1 workstream.',
      'Criteria: Clear scope (critical); Clear resource requirements; Resource allocated; Project plan developed; Ambitious delivery timescales.',
      'Rating: All five: Green. One missing: Amber. Two missing, or a critical one: Red.',
      'Milestones due in March and April; March also has what is overdue and what has no date.',
    ])
  })

  test.each([
    ['brag', 'BRAG', 'blue', 'B'],
    ['delivery', 'STATUS', 'on-track', 'On track/No issues'],
  ])('of the scheme %s has its heading and its words', (scheme, heading, state, rating) => {
    const { headings, rows } = sheetOf({
      programme: { settings: { scheme } },
      projects: [{ ref: '1.1', updates: [{ state }] }],
    })
    expect(headings[2]).toBe(heading)
    expect(projectIn(rows, '1.1').rating).toBe(rating)
    expect(footersIn(rows).join()).not.toContain('Criteria')
    expect(keysIn(rows)).toHaveLength(4)
  })
})
