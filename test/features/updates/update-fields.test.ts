import { describe, expect, test } from '@jest/globals'
import { civilDate } from '../../../src/base/dates.ts'
import { allStates, rag } from '../../../src/domain/scheme/schemes.ts'
import { prefillFrom } from '../../../src/features/updates/prefill.ts'
import { fieldNeeds, fieldValues } from '../../../src/features/updates/update-fields.ts'

const scheme = rag
const stateOf = (key: string) => {
  const state = allStates(scheme).find((one) => one.key === key)
  if (!state) throw new Error(`The scheme has no ${key}`)
  return state
}
const standing = (key: string) => ({ state: stateOf(key), lastRated: null })

describe('the fields of an update', () => {
  test.each([
    ['nothing', undefined, 'amber', false, '', 'absent', false, false],
    ['Green', 'green', 'amber', false, '', 'absent', false, false],
    ['Green with words', 'green', 'amber', false, 'Early', 'optional', false, false],
    ['Green, with More', 'green', 'amber', true, '', 'optional', false, false],
    ['Amber', 'amber', 'green', false, '', 'required', true, false],
    ['Red, with More', 'red', 'green', true, '', 'required', true, true],
    ['N/A after Amber', 'not-applicable', 'amber', false, '', 'required', false, false],
    ['N/A after Green', 'not-applicable', 'green', false, '', 'absent', false, false],
    ['Green over a Red cost', 'green', 'green', false, '', 'required', false, false],
  ])('of %s', (name, chosen, before, isLong, reason, wanted, hasDate, hasPath) => {
    const state = chosen === undefined ? undefined : stateOf(chosen)
    const isBetterThanWorst = name.includes('over')
    const needs = fieldNeeds({
      ...{ state, before: standing(before), isBetterThanWorst, isLong, reason },
    })
    expect(needs).toEqual({ reason: wanted, hasDate, hasPath })
  })
})

describe('what stands in them once a status is chosen', () => {
  const today = civilDate('2026-02-27')
  const greenBy = civilDate('2026-05-29')
  const last = prefillFrom({ state: 'red', reason: 'No builder', greenBy }, scheme, today)
  const { was } = last
  test.each([
    ['another: the last words go, the day stays', 'amber', 'No builder', greenBy, '', greenBy],
    ['another: what was typed stays', 'amber', 'A builder starts', '', 'A builder starts', ''],
    ['the last one again: its words are back', 'red', '', '', 'No builder', greenBy],
    ['the last one again: what was typed stays', 'red', 'Still none', '', 'Still none', greenBy],
  ] as const)('%s', (_name, state, reason, date, wantedReason, wantedDate) => {
    const drawnFor = state === 'red' ? 'green' : 'red'
    const values = fieldValues({ state, reason, date }, last, { drawnFor, was })
    expect(values).toEqual({ state, reason: wantedReason, date: wantedDate })
  })

  test('the same: words that were taken out stay out', () => {
    const emptied = { state: 'red', reason: '', date: '' } as const
    expect(fieldValues(emptied, last, { drawnFor: 'red', was })).toEqual(emptied)
  })
})
