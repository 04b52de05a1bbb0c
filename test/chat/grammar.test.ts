import { describe, expect, test } from '@jest/globals'
import { compilePattern } from '../../src/chat/grammar.ts'

const update = compilePattern('<project> <state> [<reason>] [green by <date>]')
const move = compilePattern('move <project> <milestone> to <date> [because <reason>]')

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
    expect(move.firstWord).toBe('move')
  })
})

test('nothing typed is the empty pattern alone', () => {
  expect(compilePattern('').match('  ')).toEqual({})
  expect(compilePattern('').match('help')).toBeUndefined()
})

test('a hyphen may be typed as a space', () => {
  const noChange = compilePattern('no-change <project>')
  expect(noChange.match('no change 2.1')).toEqual({ project: '2.1' })
  expect(noChange.match('No-Change 2.1')).toEqual({ project: '2.1' })
  expect(noChange.match('nochange 2.1')).toBeUndefined()
})

test('what may be left out may be left out alone', () => {
  const due = compilePattern('due [<days>]')
  expect(due.match('due')).toEqual({})
  expect(due.match('due 30')).toEqual({ days: '30' })
  expect(due.match('due soon')).toBeUndefined()
})

describe('what may be left out before their own words', () => {
  const decision = compilePattern('decision [for <project>] <text> [needed by <date>]')
  const asked = compilePattern('decision [for <project>] <text> needed from <whom> [by <date>]')
  const risk = compilePattern('risk [<rating>] <project> <text> [mitigated by <mitigation>]')

  test.each([
    ['decision which site to close', { text: 'which site to close' }],
    ['decision for 2.1 which site to close', { project: '2.1', text: 'which site to close' }],
    ['decision for the board: which site', { text: 'for the board: which site' }],
    ['decision whether to go by bus', { text: 'whether to go by bus' }],
    [
      'decision for 2.1 which site needed by 30 Jun',
      { project: '2.1', text: 'which site', date: '30 Jun' },
    ],
  ])('%j', (typed, parts) => {
    expect(decision.match(typed)).toEqual(parts)
    expect(asked.match(typed)).toBeUndefined()
  })

  test.each([
    [
      'decision for W17/2.1 which site needed from the Cabinet by 30 Jun',
      { project: 'W17/2.1', text: 'which site', whom: 'the Cabinet', date: '30 Jun' },
    ],
    [
      'decision whether money needed from reserves is spent needed from the Cabinet',
      { text: 'whether money needed from reserves is spent', whom: 'the Cabinet' },
    ],
  ])('%j', (typed, parts) => {
    expect(asked.match(typed)).toEqual(parts)
  })

  test.each([
    ['risk 2.1 A supplier may leave', { project: '2.1', text: 'A supplier may leave' }],
    ['risk A 2.1 the supplier', { rating: 'A', project: '2.1', text: 'the supplier' }],
    [
      'risk missed deadline/major issues 2.1 2 posts',
      { rating: 'missed deadline/major issues', project: '2.1', text: '2 posts' },
    ],
    ['risk 2.1 2018 is rated red', { project: '2.1', text: '2018 is rated red' }],
    [
      'risk red 2.1 no provider mitigated by a second tender mitigated by luck',
      {
        rating: 'red',
        project: '2.1',
        text: 'no provider',
        mitigation: 'a second tender mitigated by luck',
      },
    ],
  ])('%j', (typed, parts) => {
    expect(risk.match(typed)).toEqual(parts)
  })
})

describe('an entry of the register', () => {
  const close = compilePattern('close <kind> <number> [because <outcome>]')
  const shown = compilePattern('<kind> <number>')
  test.each([
    ['close risk 3', { kind: 'risk', number: '3' }],
    [
      'Close Decision W17/#2 because option B, by the Cabinet because it is cheaper',
      {
        kind: 'Decision',
        number: 'W17/#2',
        outcome: 'option B, by the Cabinet because it is cheaper',
      },
    ],
  ])('%j', (typed, parts) => {
    expect(close.match(typed)).toEqual(parts)
  })
  test.each(['close 3', 'close risk', 'close milestone 3', 'close risk 2.1', 'close risk 3 gone'])(
    '%j closes nothing',
    (typed) => {
      expect(close.match(typed)).toBeUndefined()
    },
  )
  test.each([
    ['risk 3', { kind: 'risk', number: '3' }],
    ['dependency #12', { kind: 'dependency', number: '#12' }],
  ])('%j', (typed, parts) => {
    expect(shown.match(typed)).toEqual(parts)
  })
  test.each(['risk', 'risk 2.1', 'risk 3 posts', 'risks'])('%j is none', (typed) => {
    expect(shown.match(typed)).toBeUndefined()
  })
})
