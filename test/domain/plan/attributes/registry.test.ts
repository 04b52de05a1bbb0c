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
import { withToll } from '../../../support/toll-attribute.ts'

const asOf = civilDate('2017-02-24')

describe.each(withToll.map((one) => [one.key, one] as const))('the attribute %s', (_, one) => {
  test('reads its example as it is, so that an export imports again', () => {
    expect(one.parse(one.example, asOf)).toEqual({ value: one.example, problem: null })
    expect(one.parseTyped(one.example, asOf)).toEqual({ value: one.example, problem: null })
  })

  test('is found by its key, its column and its headings', () => {
    for (const words of [one.key, one.column.toUpperCase(), ...one.headings])
      expect(findAttribute(withToll, ` ${words} `)).toBe(one)
  })
})

test('a word that is misspelt finds the nearest attribute', () => {
  expect(nearestAttribute(withToll, 'brige tol')).toBe('Toll')
  expect(nearestAttribute(withToll, 'strat date')).toBe('Starts')
  expect(nearestAttribute(withToll, 'colour')).toBeUndefined()
})

test('two attributes with one heading cannot be told apart', () => {
  const cost = definePlanAttribute({
    ...{ key: 'toll paid', column: 'Toll paid', noun: 'amount', example: '1' },
    parse: (text) => ({ value: text, problem: null }),
    format: (value) => value,
  })
  expect(() => collectAttributes([...withToll, cost])).toThrow('called "toll paid"')
})

describe('the values of a project', () => {
  const values = { start: '2017-03-01', toll: '40000', gone: 'x' }
  const readBy = (reader: readonly Audience[]) => (audience: Audience) => reader.includes(audience)

  test('are shown in the order of the registry, with their labels', () => {
    expect(formatAttributes(values, withToll)).toEqual([
      { label: 'Starts', text: 'Wed 1 Mar 2017' },
      { label: 'Toll', text: '£40,000' },
    ])
  })

  test('are for insiders only unless the attribute says otherwise', () => {
    expect(readableAttributes(values, withToll, readBy(['internal', 'board', 'public']))).toEqual({
      start: '2017-03-01',
      toll: '40000',
    })
    expect(readableAttributes(values, withToll, readBy(['board', 'public']))).toEqual({
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
