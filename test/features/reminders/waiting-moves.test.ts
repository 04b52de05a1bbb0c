import { expect, test } from '@jest/globals'
import { civilDate } from '../../../src/base/dates.ts'
import type { MoveRequest } from '../../../src/domain/plan/move-requests.ts'
import type { PlanSketch } from '../../support/plans.ts'
import { away, only, reminderLog } from './reminder-log.ts'

const sketch: PlanSketch = {
  programme: { settings: only({}) },
  projects: [{ ref: '2.1', leads: ['asha'], milestones: [{ due: '2017-12-29' }] }],
  workstreams: [{ ref: '2', sponsors: ['sara'] }],
  people: [{ id: 'asha' }, { id: 'sara' }, { id: 'priya' }],
  programmeOffice: ['priya'],
}

const request: MoveRequest = {
  ...{ id: 'request', milestoneId: '2.1/1', reason: 'ill', byId: 'asha', onBehalfOfId: null },
  ...{ from: civilDate('2017-12-29'), to: civilDate('2018-06-29') },
  onDay: civilDate('2017-03-17'),
}

const logOf = (plan: Partial<PlanSketch> = {}) =>
  reminderLog({ ...sketch, ...plan }, '2017-03-17', '2017-04-04', {
    waitingMoves: () => [request],
  })

test('a sponsor who does not answer is asked again, then the programme office too, then once a week', () => {
  expect(logOf()).toEqual([
    '2017-03-21 sara waiting-move +2 request',
    '2017-03-24 sara waiting-move +5 request',
    '2017-03-24 priya waiting-move +5 request',
    '2017-03-31 sara waiting-move +10 request',
    '2017-03-31 priya waiting-move +10 request',
  ])
})

test('while the sponsor is away, and where there is none, the programme office is asked from the beginning', () => {
  const office = ['2017-03-21', '2017-03-24', '2017-03-31'].map(
    (day, nth) => `${day} priya waiting-move +${[2, 5, 10][nth]} request`,
  )
  const isAway = { ...away('2017-03-17', '2017-04-28') }
  expect(logOf({ people: [{ id: 'asha' }, { id: 'sara', ...isAway }, { id: 'priya' }] })).toEqual(
    office,
  )
  expect(logOf({ workstreams: [{ ref: '2', leads: [] }] })).toEqual(office)
})

test('nobody is asked where the programme turned the rule off', () => {
  expect(logOf({ programme: { settings: only({ waitingMoves: false }) } })).toEqual([])
})
