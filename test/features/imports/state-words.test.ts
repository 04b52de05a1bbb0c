import { expect, test } from '@jest/globals'
import { civilDate } from '../../../src/base/dates.ts'
import { readSheet } from '../../../src/base/sheets/read-sheet.ts'
import { confidence, rag } from '../../../src/domain/scheme/schemes.ts'
import { parsePlan } from '../../../src/features/imports/parse-plan.ts'
import { parseRating } from '../../../src/features/imports/rating-parser.ts'
import { schemeNamed } from '../../../src/features/imports/state-words.ts'

const asOf = civilDate('2026-11-29')
const sheetOf = (heading: string, ...states: string[]) => {
  const rows = states.map((state, at) => `1.${at + 1},1. Halls,Sweep ${at},Lee,31/03/2027,${state}`)
  const text = [`Ref,Workstream,Action,Owner,Due date,${heading}`, ...rows].join('\n')
  return readSheet(Buffer.from(text), 'plan.csv')
}

test.each([
  ['Green', 'green'],
  ['Amber/Green', 'amber-green'],
  ['GREEN / AMBER', 'amber-green'],
  ['AG', 'amber-green'],
  ['Amber', 'amber'],
  ['A/R', 'amber-red'],
  ['Red/Amber', 'amber-red'],
  ['Amber - Red', 'amber-red'],
  ['Red', 'red'],
  ['Red/Green', 'blank'],
  ['3', 'blank'],
  // Two points are amber: a round mark tells neither.
  ['G/R', 'blank'],
])('“%s” on the five points of delivery confidence is %s', (text, key) => {
  expect(parseRating(text, confidence).state.key).toBe(key)
})

test.each([
  ['Delivery Confidence Assessment', ['Red'], 'confidence'],
  ['IPA DCA', ['Red'], 'confidence'],
  ['RAG', ['Red', 'Amber/Green'], 'confidence'],
  ['RAG', ['Red', 'Amber'], undefined],
  ['BRAG', ['Red'], 'brag'],
])('headed %s with %j, a new programme has the scheme %s', async (heading, states, scheme) => {
  const sheet = await sheetOf(heading, ...states)
  const headings = parsePlan(sheet, asOf, rag).headings
  const state = { index: 5, heading, over: '' }
  expect(schemeNamed(sheet, { row: headings.row, columns: new Map([['state', [state]]]) })).toBe(
    scheme,
  )
})

test('where a programme has three colours, one question for a point between offers the scheme', async () => {
  const plan = parsePlan(await sheetOf('RAG', 'Amber/Red', 'Amber/Red', 'Red'), asOf, rag)
  expect(plan.problems.map(({ message }) => message)).toEqual([
    expect.stringContaining('admin scheme confidence'),
  ])
})
