import { describe, expect, test } from '@jest/globals'
import { civilDate } from '../../../../src/base/dates.ts'
import {
  collectAttributes,
  definePlanAttribute,
  findAttribute,
  formatAttributes,
  nearestAttribute,
  readableAttributes,
} from '../../../../src/domain/plan/attributes/attribute.ts'
import { planAttributes } from '../../../../src/domain/plan/attributes/registry.ts'
import type { Audience } from '../../../../src/domain/programme/audience.ts'
import { withBudget } from '../../../support/budget-attribute.ts'

const asOf = civilDate('2017-02-24')

describe.each(withBudget.map((one) => [one.key, one] as const))('the attribute %s', (_, one) => {
  test('reads its example as it is, so that an export imports again', () => {
    expect(one.parse(one.example, asOf)).toEqual({ value: one.example, problem: null })
    expect(one.parseTyped(one.example, asOf)).toEqual({ value: one.example, problem: null })
  })

  test('is found by its key, its column and its headings', () => {
    for (const words of [one.key, one.column.toUpperCase(), ...one.headings])
      expect(findAttribute(withBudget, ` ${words} `)).toBe(one)
  })
})

test('a word that is misspelt finds the nearest attribute', () => {
  expect(nearestAttribute(withBudget, 'bugdet')).toBe('Budget')
  expect(nearestAttribute(withBudget, 'strat date')).toBe('Starts')
  expect(nearestAttribute(withBudget, 'colour')).toBeUndefined()
})

test('two attributes with one heading cannot be told apart', () => {
  const cost = definePlanAttribute({
    ...{ key: 'cost', column: 'Cost', noun: 'amount', example: '1' },
    parse: (text) => ({ value: text, problem: null }),
    format: (value) => value,
  })
  expect(() => collectAttributes([...withBudget, cost])).toThrow('called "cost"')
})

describe('the values of a project', () => {
  const values = { start: '2017-03-01', budget: '40000', gone: 'x' }
  const readBy = (reader: readonly Audience[]) => (audience: Audience) => reader.includes(audience)

  test('are shown in the order of the registry, with their labels', () => {
    expect(formatAttributes(values, withBudget)).toEqual([
      { label: 'Starts', text: 'Wed 1 Mar 2017' },
      { label: 'Budget', text: '£40,000' },
    ])
  })

  test('are for insiders only unless the attribute says otherwise', () => {
    expect(readableAttributes(values, withBudget, readBy(['internal', 'board', 'public']))).toEqual(
      { start: '2017-03-01', budget: '40000' },
    )
    expect(readableAttributes(values, withBudget, readBy(['board', 'public']))).toEqual({
      start: '2017-03-01',
    })
  })

  test('are for nobody where no attribute describes them any more', () => {
    expect(readableAttributes(values, [], readBy(['internal']))).toEqual({})
  })
})

describe('the start day', () => {
  const [start] = planAttributes
  test.each([
    ['2017-02-24', '2017-02-24'],
    ['1 March 2017', '2017-03-01'],
    ['March 2017', '2017-03-01'],
    ['TBC', null],
  ])('“%s” in a sheet is %s', (text, value) => {
    expect(start?.parse(text, asOf)).toEqual({ value, problem: null })
  })

  test('a day that does not exist is a problem of the sheet', () => {
    expect(start?.parse('31 Feb 2017', asOf).problem).toMatch(/February/)
  })

  test.each([
    ['next friday', '2017-03-03'],
    ['1 Mar', '2017-03-01'],
    ['Apr 2017', '2017-04-01'],
    ['some time', null],
    ['31 Feb 2017', null],
  ])('“%s” in chat is %s', (text, value) => {
    expect(start?.parseTyped(text, asOf).value).toBe(value)
  })
})
