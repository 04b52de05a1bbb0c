import { describe, expect, test } from '@jest/globals'
import { civilDate } from '../../../src/base/dates.ts'
import type { Measure } from '../../../src/domain/measures/measure.ts'
import type { Person } from '../../../src/domain/people/person.ts'
import type { PlanSketch } from '../../support/plans.ts'
import { away, only, reminderLog } from './reminder-log.ts'

/** The rules that do not depend on a milestone’s due day, day by day. */

describe('milestones without a date', () => {
  const sketch = (person: Partial<Person> = {}): PlanSketch => ({
    programme: { settings: only({ undated: 10 }) },
    projects: [
      { ref: '2.1', leads: ['asha'], milestones: [{ due: null }] },
      { ref: '2.2', leads: ['asha'], milestones: [{ due: null, addedOn: '2017-03-30' }] },
    ],
    people: [{ id: 'asha', ...person }],
  })

  test('are asked for once a fortnight, all together, after the clocks changed as before', () => {
    expect(reminderLog(sketch(), '2017-03-20', '2017-04-14')).toEqual([
      '2017-03-27 asha undated 2.1/1',
      '2017-04-10 asha undated 2.1/1',
      '2017-04-10 asha undated 2.2/1',
    ])
  })

  test('on a bank holiday they are asked for on the next working day', () => {
    expect(reminderLog(sketch(), '2017-12-30', '2018-01-08')).toEqual([
      '2018-01-02 asha undated 2.1/1',
      '2018-01-02 asha undated 2.2/1',
    ])
  })

  test('who is away is asked when they are back', () => {
    const person = away('2017-04-08', '2017-04-13')
    expect(reminderLog(sketch(person), '2017-04-03', '2017-04-22')).toEqual([
      '2017-04-18 asha undated 2.1/1',
      '2017-04-18 asha undated 2.2/1',
    ])
  })

  test('one that is done is not asked for', () => {
    const done: PlanSketch = {
      ...sketch(),
      projects: [
        { ref: '2.1', leads: ['asha'], milestones: [{ due: null, doneOn: '2017-03-01' }] },
      ],
    }
    expect(reminderLog(done, '2017-03-20', '2017-04-14')).toEqual([])
  })
})

describe('a project past the day it was to be Green', () => {
  const sketch = (
    greenBy: string,
    state = 'amber',
    people: PlanSketch['people'] = [],
  ): PlanSketch => ({
    programme: { settings: only({ greenBy: true }) },
    projects: [{ ref: '2.1', leads: ['asha'], updates: [{ state, greenBy, onDay: '2017-03-01' }] }],
    people,
  })

  test.each([
    ['a Friday: on the Monday, over the clock change', '2017-03-24', '2017-03-27'],
    ['a Saturday: on the Monday', '2017-03-25', '2017-03-27'],
    ['the Thursday before Easter: on the Tuesday', '2017-04-13', '2017-04-18'],
  ])('that was %s', (_, greenBy, on) => {
    expect(reminderLog(sketch(greenBy), '2017-03-20', '2017-04-20')[0]).toBe(
      `${on} asha green-by +1 2.1`,
    )
  })

  test('is asked of again once a fortnight, until it is updated', () => {
    expect(reminderLog(sketch('2017-03-24', 'red'), '2017-03-20', '2017-04-30')).toEqual([
      '2017-03-27 asha green-by +1 2.1',
      '2017-04-10 asha green-by +11 2.1',
      '2017-04-26 asha green-by +21 2.1',
    ])
    const updated: PlanSketch = {
      ...sketch('2017-03-24'),
      projects: [
        {
          ref: '2.1',
          leads: ['asha'],
          updates: [
            { state: 'green', onDay: '2017-03-24' },
            { state: 'red', greenBy: '2017-03-24', onDay: '2017-03-01' },
          ],
        },
      ],
    }
    expect(reminderLog(updated, '2017-03-20', '2017-04-30')).toEqual([])
  })

  test('is not asked of where it is Green, or the day has not passed', () => {
    expect(reminderLog(sketch('2017-03-24', 'green'), '2017-03-20', '2017-03-31')).toEqual([])
    expect(reminderLog(sketch('2017-04-28'), '2017-03-20', '2017-04-28')).toEqual([])
  })

  test('the deputy is asked while the lead is away', () => {
    const people = [{ id: 'asha', ...away('2017-03-24', '2017-04-05', 'tom') }, { id: 'tom' }]
    expect(reminderLog(sketch('2017-03-24', 'amber', people), '2017-03-20', '2017-04-04')).toEqual([
      '2017-03-27 tom green-by +1 2.1',
    ])
  })
})

const measure = (about: Partial<Measure>): Measure => ({
  ...{ id: 'm1', number: 1, title: 'Visits in time', kind: 'kpi', polarity: 'increase' },
  ...{ baseline: null, baselineState: null, target: '90%', targetOn: null, frequency: 'Quarterly' },
  ...{
    method: null,
    nextDue: null,
    addedOn: civilDate('2016-01-01'),
    outcomes: [],
    allReadings: [],
  },
  projects: [{ id: '2.1', ref: '2.1', title: 'Project 2.1' }],
  ...about,
})

const read = (forDay: string) => [
  {
    ...{ id: `r${forDay}`, raw: '80%', declared: null, period: null, byId: null, source: 'test' },
    ...{ forDay: civilDate(forDay), onDay: civilDate(forDay) },
  },
]

describe('a reading that has not come', () => {
  const sketch: PlanSketch = {
    programme: { settings: only({ readings: true }) },
    projects: [
      { ref: '2.1', leads: ['asha'] },
      { ref: '2.2', leads: ['asha'] },
    ],
    programmeOffice: ['olu'],
  }
  const having = (about: Partial<Measure>) => ({ measures: () => [measure(about)] })

  test('is asked for on the working day after it was due, and once a fortnight', () => {
    const known = having({ allReadings: read('2016-12-31') })
    expect(reminderLog(sketch, '2017-03-27', '2017-04-28', known)).toEqual([
      '2017-04-03 asha reading +1 m1',
      '2017-04-19 asha reading +11 m1',
    ])
  })

  test('of a measure of two projects of one lead is one row, and of none the office’s', () => {
    const both = ['2.1', '2.2'].map((id) => ({ id, ref: id, title: `Project ${id}` }))
    const said = read('2016-12-31')
    expect(
      reminderLog(
        sketch,
        '2017-04-03',
        '2017-04-07',
        having({ allReadings: said, projects: both }),
      ),
    ).toEqual(['2017-04-03 asha reading +1 m1'])
    expect(
      reminderLog(sketch, '2017-04-03', '2017-04-07', having({ allReadings: said, projects: [] })),
    ).toEqual(['2017-04-03 olu reading +1 m1'])
  })

  test('is not asked for where no frequency is known', () => {
    const known = having({ frequency: null, allReadings: read('2016-12-31') })
    expect(reminderLog(sketch, '2017-03-27', '2017-04-28', known)).toEqual([])
  })
})
