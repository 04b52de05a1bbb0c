import { describe, expect, test } from '@jest/globals'
import { pattern } from '../../src/chat/grammar.ts'

const update = pattern('<project> <state> [<reason>] [green by <date>]')
const move = pattern('move <project> <milestone> to <date> [because <reason>]')

describe('an update as people type it', () => {
  test.each([
    ['2.1 green', { project: '2.1', state: 'green' }],
    ['2.1 A waiting for legal', { project: '2.1', state: 'A', reason: 'waiting for legal' }],
    [
      '2.1 amber waiting for legal green by 30 Jun',
      { project: '2.1', state: 'amber', reason: 'waiting for legal', date: '30 Jun' },
    ],
    [
      '  2.1   RED\nlate   Green By end of March ',
      { project: '2.1', state: 'RED', reason: 'late', date: 'end of March' },
    ],
    ['2.1 amber green by 30 Jun', { project: '2.1', state: 'amber', date: '30 Jun' }],
    [
      'W17/2.1 red the green by the office is closed',
      { project: 'W17/2.1', state: 'red', reason: 'the', date: 'the office is closed' },
    ],
  ])('%j', (typed, parts) => {
    expect(update.match(typed)).toEqual(parts)
  })

  test.each(['', '2.1', 'amber 2.1', 'help'])('%j is not one', (typed) => {
    expect(update.match(typed)).toBeUndefined()
  })
})

describe('a move as people type it', () => {
  test.each([
    [
      'move 2.1 2 to 30 Jun because the tender is late',
      { project: '2.1', milestone: '2', date: '30 Jun', reason: 'the tender is late' },
    ],
    [
      'move 2.1 roll out to schools to 30 Jun because we need to wait to see',
      {
        project: '2.1',
        milestone: 'roll out to schools',
        date: '30 Jun',
        reason: 'we need to wait to see',
      },
    ],
    [
      'Move 2.1 website to next Friday',
      { project: '2.1', milestone: 'website', date: 'next Friday' },
    ],
  ])('%j', (typed, parts) => {
    expect(move.match(typed)).toEqual(parts)
  })

  test('without a date it is not one, and its first word still tells what was meant', () => {
    expect(move.match('move 2.1 website')).toBeUndefined()
    expect(move.opening).toBe('move')
  })
})

test('nothing typed is the empty pattern alone', () => {
  expect(pattern('').match('  ')).toEqual({})
  expect(pattern('').match('help')).toBeUndefined()
})

test('what may be left out may be left out alone', () => {
  const due = pattern('due [<days>]')
  expect(due.match('due')).toEqual({})
  expect(due.match('due 30')).toEqual({ days: '30' })
  expect(due.match('due soon')).toBeUndefined()
})
