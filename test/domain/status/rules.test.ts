import { describe, expect, test } from '@jest/globals'
import { civilDate } from '../../../src/base/dates.ts'
import { rag, stateByKey } from '../../../src/domain/scheme/schemes.ts'
import {
  formatCriteriaComparison,
  needsConfirmation,
  type RatingConfig,
  ratingConfigOf,
  takesRatingAway,
  type UpdateInput,
  type ValidUpdate,
  validateUpdate,
} from '../../../src/domain/status/rules.ts'
import { settingsWith } from '../../support/settings.ts'

const today = civilDate('2017-02-24')
const whole = { state: 'amber', reason: 'The provider is late', date: '30 Jun' }
const allMet = ['scope', 'requirements', 'resource', 'plan', 'timescales']

const standard = ratingConfigOf(settingsWith())

function problemsOf(asked: UpdateInput, ways = standard): Readonly<Record<string, string>> {
  const checked = validateUpdate(asked, ways, today)
  return checked.ok ? {} : checked.problems
}

function stored(asked: UpdateInput, ways: RatingConfig = standard): ValidUpdate {
  const checked = validateUpdate(asked, ways, today)
  if (!checked.ok) throw new Error(JSON.stringify(checked.problems))
  return checked.update
}

describe('an invalid update', () => {
  const noReason = 'Say in a few words why it is Amber.'
  const noDay = 'Say by which day it will be back to Green: “green by 30 Jun”.'
  const noState = 'Choose one of Red, Amber and Green.'
  const passed = 'Thu 23 Feb 2017 has passed. Say a day from today on.'
  const noDate = 'I could not read “soonish” as a date. Try 30 Jun 2017 or end of March.'

  test.each<[string, UpdateInput, Record<string, string>]>([
    ['has no state', { ...whole, state: undefined }, { state: noState }],
    ['has no reason', { ...whole, reason: undefined }, { reason: noReason }],
    ['has no green-by day', { ...whole, date: undefined }, { date: noDay }],
    ['has a day that is none', { ...whole, date: 'soonish' }, { date: noDate }],
    ['has a green-by day that has passed', { ...whole, date: '23 Feb 2017' }, { date: passed }],
    ['lacks reason and day', { state: 'A' }, { reason: noReason, date: noDay }],
    [
      'lacks the reason and has a bad day',
      { state: 'A', date: 'soonish' },
      { reason: noReason, date: noDate },
    ],
    ['lacks the state and has a bad day', { date: 'soonish' }, { state: noState, date: noDate }],
    ['is empty', {}, { state: noState }],
  ])('%s', (_name, asked, problems) => {
    expect(problemsOf(asked)).toEqual(problems)
  })

  test('names the unknown state, and the nearest one', () => {
    expect(problemsOf({ ...whole, state: 'ambr' })).toEqual({
      state:
        'I do not know the state “ambr”. Did you mean Amber? The states are Red, Amber and Green.',
    })
    expect(problemsOf({ ...whole, state: 'purple' }).state).toBe(
      'I do not know the state “purple”. The states are Red, Amber and Green.',
    )
  })

  test('repeats no more than a line of what was typed', () => {
    expect(problemsOf({ ...whole, date: 'x'.repeat(5000) }).date?.length).toBeLessThan(200)
  })

  test('differs from its criteria without a reason', () => {
    const short = allMet.slice(0, 4)
    expect(problemsOf({ state: 'green', criteria: short })).toEqual({
      differs:
        'The five criteria come to ▲ Amber. Say in a few words why it is Green all the same.',
    })
    expect(problemsOf({ ...whole, criteria: ['scope'] })).toEqual({
      differs: 'The five criteria come to ◆ Red. Say in a few words why it is Amber all the same.',
    })
    expect(problemsOf({ state: 'green', criteria: short, differs: 'Nearly there' })).toEqual({})
    expect(problemsOf({ state: 'green', criteria: allMet })).toEqual({})
    expect(problemsOf({ state: 'green' })).toEqual({})
  })
})

describe('a valid update', () => {
  test('keeps the state, the reason, the path and its day', () => {
    expect(stored({ ...whole, path: 'A second provider' })).toEqual({
      state: rag.states[1],
      reason: 'The provider is late',
      path: 'A second provider',
      greenBy: '2017-06-30',
      criteria: [],
      derived: null,
      divergenceReason: null,
    })
  })

  test('may be back to Green today', () => {
    expect(stored({ ...whole, date: '24 Feb 2017' }).greenBy).toBe('2017-02-24')
  })

  test('keeps the reason and the ticks of a Green, which has no day to be back to Green by', () => {
    const asked = { state: 'g', reason: 'All done', path: 'left over', criteria: allMet }
    expect(stored(asked)).toMatchObject({
      reason: 'All done',
      path: null,
      greenBy: null,
      criteria: allMet,
      derived: { key: 'green' },
    })
  })

  test.each(['30 Jun', 'soonish', '1 Jan 2017'])(
    'is a Green whatever stands in its green-by day: "%s"',
    (date) => {
      expect(stored({ state: 'green', date }).greenBy).toBeNull()
    },
  )

  test('keeps what the ticks come to beside what was declared, and why', () => {
    const update = stored({ ...whole, criteria: ['scope'], differs: 'The scope is what matters' })
    expect([update.state.key, update.derived?.key, update.divergenceReason]).toEqual([
      ...['amber', 'red', 'The scope is what matters'],
    ])
    expect(formatCriteriaComparison(update, standard)).toEqual([
      'The five criteria come to ◆ Red. Both are kept, and your programme office can see the difference.',
      'Why it differs: The scope is what matters',
    ])
    expect(formatCriteriaComparison(stored({ state: 'g', criteria: allMet }), standard)).toEqual([
      'The five criteria come to ● Green as well.',
    ])
    expect(formatCriteriaComparison(stored(whole), standard)).toEqual([])
  })

  test('needs no reason for a difference where there is none', () => {
    expect(
      stored({ state: 'g', criteria: allMet, differs: 'left over' }).divergenceReason,
    ).toBeNull()
    expect(stored({ state: 'n/a', criteria: ['scope'] })).toMatchObject({
      divergenceReason: null,
      derived: { key: 'red' },
    })
  })

  test('keeps each known criterion once', () => {
    const criteria = ['plan', 'scope', 'wishes', 'scope']
    expect(stored({ ...whole, criteria, differs: 'Nearly' }).criteria).toEqual(['scope', 'plan'])
  })
})

describe('an update in another scheme', () => {
  const delivery = ratingConfigOf(settingsWith({ scheme: 'delivery' }))

  test.each<[string, UpdateInput, string, string | null]>([
    ['of two words', { state: 'on', reason: 'track the site is up' }, 'on-track', 'the site is up'],
    ['without a colour', { state: 'no', reason: 'update required' }, 'no-update-required', null],
    [
      'as the plan prints it',
      { state: 'Missed', reason: 'Deadline / Major Issues no money', date: '30 Jun' },
      'major-issues',
      'no money',
    ],
    [
      'by its key, as a form gives it, with a reason that goes on like a state',
      { state: 'major-issues', reason: 'missed deadline\nagain', date: '30 Jun' },
      'major-issues',
      'missed deadline\nagain',
    ],
  ])('%s is understood', (_how, asked, key, reason) => {
    expect(stored(asked, delivery)).toMatchObject({ state: { key }, reason, derived: null })
  })

  test('asks for what its own states need, in its own words', () => {
    expect(problemsOf({ state: 'minor', reason: 'issues' }, delivery)).toEqual({
      reason: 'Say in a few words why it is Possibility of missing deadlines/Minor issues.',
      date: 'Say by which day it will be back to On track/No issues: “green by 30 Jun”.',
    })
    expect(problemsOf({ state: 'completed' }, delivery)).toEqual({})
    expect(problemsOf({ state: 'on', reason: 'trakc' }, delivery).state).toContain(
      'Did you mean On track/No issues?',
    )
  })

  test('has no criteria unless its programme chose some; complete agrees with ready', () => {
    expect(stored({ state: 'completed', criteria: ['scope'] }, delivery).derived).toBeNull()
    const criteria = [{ key: 'money', label: 'Money', critical: false }]
    const brag = ratingConfigOf(settingsWith({ scheme: 'brag', criteria }))
    expect(stored({ state: 'blue', criteria: ['money'] }, brag).derived?.key).toBe('green')
    expect(problemsOf({ state: 'blue', criteria: [] }, brag)).toEqual({
      differs:
        'The one criterion comes to ▲ Amber. Say in a few words why it is Blue all the same.',
    })
  })
})

describe('an improvement that a second person confirms', () => {
  const asks = settingsWith({ confirm: { improvement: true } })
  test.each([
    ['red', null, 'amber', true],
    ['red', null, 'green', true],
    ['red', null, 'not-applicable', true],
    ['amber', null, 'no-update-required', true],
    ['red', null, 'red', false],
    ['amber', null, 'green', false],
    ['blank', null, 'green', false],
    ['green', null, 'not-applicable', false],
    // A Red that was not rated for a while is no less Red.
    ['not-applicable', 'red', 'green', true],
    ['blank', 'red', 'amber', true],
    ['not-applicable', 'red', 'blank', false],
    ['not-applicable', 'red', 'red', false],
    ['not-applicable', 'amber', 'green', false],
  ])('from %s (last rated %s) to %s: %s', (state, last, to, expected) => {
    const until = civilDate('2017-02-13')
    const lastRated = last === null ? null : { state: stateByKey(rag, last), until }
    const before = { state: stateByKey(rag, state), lastRated }
    expect(needsConfirmation(before, stateByKey(rag, to), asks)).toBe(expected)
    expect(needsConfirmation(before, stateByKey(rag, to), settingsWith())).toBe(false)
  })
})

describe('a rating that is taken away', () => {
  test.each([
    ['red', 'not-applicable', true],
    ['amber', 'no-update-required', true],
    ['red', 'not-yet-available', true],
    ['green', 'not-applicable', false],
    ['not-applicable', 'no-update-required', false],
    ['red', 'green', false],
  ])('from %s to %s asks why: %s', (state, to, expected) => {
    const before = { state: stateByKey(rag, state), lastRated: null }
    expect(takesRatingAway(before, stateByKey(rag, to))).toBe(expected)
  })
})
