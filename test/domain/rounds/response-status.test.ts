import { describe, expect, test } from '@jest/globals'
import { civilDate } from '../../../src/base/dates.ts'
import { coverageOf, responseStatuses } from '../../../src/domain/rounds/response-status.ts'
import { roundsBetween } from '../../../src/domain/rounds/rules.ts'
import { defaultSchedule } from '../../../src/domain/schedule/schedule.ts'
import { outstandingUpdates } from '../../../src/features/rounds/outstanding-updates.ts'
import { aPlan, type PlanSketch, type UpdateSketch } from '../../support/plans.ts'

const day = civilDate('2017-02-27')

/** The round from Tuesday 21 February 09:00 to Thursday 23 at 12:00; the one before closed on Thursday 16 at 12:00. */
function roundOf(plan: ReturnType<typeof aPlan>) {
  const schedule = defaultSchedule('Europe/London')
  const [round] = roundsBetween({ programme: plan.programme, schedule, changes: [] }, day, day)
  if (!round) throw new Error('no round')
  return round
}

function standing(updates: readonly UpdateSketch[], programme: PlanSketch['programme'] = {}) {
  const plan = aPlan({ programme, projects: [{ ref: '2.1', updates }] })
  return responseStatuses(plan, roundOf(plan))[0]?.status
}

const saidAt = (at: string, state = 'green'): UpdateSketch => ({
  state,
  onDay: at.slice(0, 10),
  at: new Date(`${at}:00Z`),
})

describe('a project in a round', () => {
  test.each<[string, readonly UpdateSketch[], string]>([
    ['owes its update where nobody said anything', [], 'owed'],
    ['is answered by an update while it is open', [saidAt('2017-02-22T10:00')], 'answered'],
    ['is answered at the very minute it closes', [saidAt('2017-02-23T12:00')], 'answered'],
    ['is not answered by one a minute later', [saidAt('2017-02-23T12:01')], 'owed'],
    ['is answered early, from when the last one closed', [saidAt('2017-02-16T12:01')], 'answered'],
    ['is not answered by what counted for the last one', [saidAt('2017-02-16T12:00')], 'owed'],
    ['is not answered by a cell that was blank', [saidAt('2017-02-22T10:00', 'blank')], 'owed'],
    [
      'is answered by an improvement that awaits confirmation',
      [{ ...saidAt('2017-02-22T10:00'), awaitsConfirmation: true }],
      'answered',
    ],
    [
      'owes an update where a reading is still to come',
      [saidAt('2017-01-10T10:00', 'not-yet-available')],
      'owed',
    ],
    [
      'owes none once it was said to need none',
      [saidAt('2017-01-10T10:00', 'no-update-required')],
      'excused',
    ],
    [
      'owes none where it is not applicable',
      [saidAt('2017-01-10T10:00', 'not-applicable')],
      'excused',
    ],
    [
      'has answered in the round in which it was said to need none',
      [saidAt('2017-02-22T10:00', 'not-applicable')],
      'answered',
    ],
    [
      'owed it, if it was only later said to need none',
      [saidAt('2017-02-24T10:00', 'not-applicable'), saidAt('2017-01-10T10:00')],
      'owed',
    ],
    [
      'is not answered by a sheet, which is nobody’s word',
      [{ ...saidAt('2017-02-22T10:00'), source: 'import' }],
      'owed',
    ],
    [
      'is answered by whoever says something beside a sheet',
      [{ ...saidAt('2017-02-22T11:00'), source: 'import' }, saidAt('2017-02-22T10:00')],
      'answered',
    ],
    [
      'owes none where a sheet of before says so, whenever somebody got round to importing it',
      [
        {
          ...{ state: 'not-applicable', onDay: '2017-01-31', source: 'import' },
          at: new Date('2017-02-24T10:00Z'),
        },
      ],
      'excused',
    ],
  ])('%s', (_, updates, is) => {
    expect(standing(updates)).toBe(is)
  })

  test('owes none once it is complete', () => {
    const settings = { scheme: 'brag' }
    expect(standing([saidAt('2017-01-10T10:00', 'blue')], { settings })).toBe('excused')
    expect(standing([saidAt('2017-01-10T10:00', 'green')], { settings })).toBe('owed')
  })

  test('is answered by its latest update in the round, whoever made it', () => {
    const updates = [
      saidAt('2017-02-24T10:00'),
      saidAt('2017-02-22T10:00'),
      saidAt('2017-02-21T10:00'),
    ]
    const plan = aPlan({ projects: [{ ref: '2.1', updates }] })
    expect(responseStatuses(plan, roundOf(plan))).toMatchObject([{ update: { id: '2.1:1' } }])
  })
})

test('coverage counts only projects that owe an answer', () => {
  const plan = aPlan({
    projects: [
      { ref: '2.1', updates: [saidAt('2017-02-22T10:00')] },
      { ref: '2.2' },
      { ref: '2.3', updates: [saidAt('2017-01-10T10:00', 'not-applicable')] },
    ],
  })
  expect(coverageOf(responseStatuses(plan, roundOf(plan)))).toEqual({ answered: 1, of: 2 })
  expect(coverageOf([])).toEqual({ answered: 0, of: 0 })
})

test('each lead is asked, or the deputy of a lead who is away; nobody where there is neither', () => {
  const plan = aPlan({
    people: [
      {
        id: 'asha',
        leaves: [{ from: day, to: day, deputyId: 'tom', programmeId: null }],
      },
    ],
    projects: [
      { ref: '2.1', leads: ['asha', 'robin'], updates: [saidAt('2017-02-10T10:00')] },
      { ref: '2.2', leads: ['tom'] },
      { ref: '3.1' },
    ],
  })
  const owed = outstandingUpdates(plan, roundOf(plan), { day, contactabilityOf: () => 'reached' })
  const rows = [...owed].map(([id, theirs]) => [id, ...theirs.map(({ project }) => project.ref)])
  expect(rows).toEqual([
    ['robin', '2.1'],
    ['tom', '2.1', '2.2'],
    [null, '3.1'],
  ])
  expect(owed.get('robin')).toMatchObject([
    { state: '● Green', age: 17, recipient: { role: 'lead' } },
  ])
  expect(owed.get(null)).toMatchObject([{ state: '○ Not rated', age: null }])
})
