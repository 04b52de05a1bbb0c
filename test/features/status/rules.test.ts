import { describe, expect, test } from '@jest/globals'
import { civilDate } from '../../../src/base/dates.ts'
import {
  checkUpdate,
  criteriaInWords,
  type UpdateAsked,
  type UpdateChecked,
} from '../../../src/features/status/rules.ts'
import { rag } from '../../../src/features/status/schemes.ts'

const today = civilDate('2017-02-24')
const whole = { state: 'amber', reason: 'The provider is late', date: '30 Jun' }
const allMet = ['scope', 'requirements', 'resource', 'plan', 'timescales']

function problemsOf(asked: UpdateAsked): Readonly<Record<string, string>> {
  const checked = checkUpdate(asked, rag, today)
  return checked.ok ? {} : checked.problems
}

function stored(asked: UpdateAsked): UpdateChecked {
  const checked = checkUpdate(asked, rag, today)
  if (!checked.ok) throw new Error(JSON.stringify(checked.problems))
  return checked.update
}

describe('an update that cannot be stored yet', () => {
  const noReason = 'Say in a few words why it is Amber.'
  const noDay = 'Say by which day it will be back to Green: “green by 30 Jun”.'
  const noState = 'Choose one of Red, Amber and Green.'
  const passed = 'Thu 23 Feb 2017 has passed. Say a day from today on.'
  const noDate = 'I could not read “soonish” as a date. Try 30 Jun 2017 or end of March.'

  test.each<[string, UpdateAsked, Record<string, string>]>([
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

  test('names a state that it does not know, and the nearest one', () => {
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

  test('is a Green without a reason where the criteria do not come to Green', () => {
    expect(problemsOf({ state: 'green', criteria: allMet.slice(0, 4) })).toEqual({
      reason: 'The five criteria come to ▲ Amber. Say in a few words why it is Green.',
    })
    expect(problemsOf({ state: 'green', criteria: allMet })).toEqual({})
    expect(problemsOf({ state: 'green' })).toEqual({})
  })
})

describe('an update that can be stored', () => {
  test('keeps the state, the reason, the path and its day', () => {
    expect(stored({ ...whole, path: 'A second provider' })).toEqual({
      state: rag.states[1],
      reason: 'The provider is late',
      path: 'A second provider',
      greenBy: '2017-06-30',
      criteria: [],
      derived: null,
    })
  })

  test('may be back to Green today', () => {
    expect(stored({ ...whole, date: '24 Feb 2017' }).greenBy).toBe('2017-02-24')
  })

  test('keeps the reason and the ticks of a Green, which has no path to green', () => {
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

  test('keeps what the ticks come to beside what was declared', () => {
    const update = stored({ ...whole, criteria: ['scope'] })
    expect([update.state.key, update.derived?.key]).toEqual(['amber', 'red'])
    expect(criteriaInWords(update)).toBe(
      'The five criteria come to ◆ Red. Both are kept, and your programme office can see the difference.',
    )
    expect(criteriaInWords(stored({ state: 'g', criteria: allMet }))).toBe(
      'The five criteria come to ● Green as well.',
    )
    expect(criteriaInWords(stored(whole))).toBeNull()
  })

  test('keeps each criterion that there is, once', () => {
    const criteria = ['plan', 'scope', 'wishes', 'scope']
    expect(stored({ ...whole, criteria }).criteria).toEqual(['scope', 'plan'])
  })
})
