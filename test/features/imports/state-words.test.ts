import { describe, expect, test } from '@jest/globals'
import { civilDate } from '../../../src/base/dates.ts'
import { readSheet, type Sheet } from '../../../src/base/sheets/read-sheet.ts'
import { confidence, rag } from '../../../src/domain/scheme/schemes.ts'
import { parsePlan } from '../../../src/features/imports/parse-plan.ts'
import { parseRating } from '../../../src/features/imports/rating-parser.ts'
import { schemeNamed } from '../../../src/features/imports/state-words.ts'
import { type TestCell, type TestRule, workbook } from '../../base/sheets/workbook-builder.ts'

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

/** By what it is asked: the state of each row, and the questions. */
async function readCells(cells: readonly TestCell[], rules: readonly TestRule[] = []) {
  const rows = cells.map((cell, at): TestCell[] => [
    `1.${at + 1}`,
    '1. Halls',
    'Sweep',
    'Lee',
    '31/03/2027',
    cell,
  ])
  const headings = ['Ref', 'Workstream', 'Action', 'Owner', 'Due date', 'RAG']
  const bytes = workbook({ Plan: [headings, ...rows] }, { rules })
  const { projects, problems } = parsePlan(await readSheet(bytes, 'plan.xlsx'), asOf, rag)
  return [projects.map(({ state }) => state), problems.map(({ message }) => message)]
}
const ofRule = (formula: string, fill: string): TestRule => {
  return { area: 'F2:F99', attributes: 'type="expression"', formulas: [formula], fill }
}

test('states shown by rules of colours alone are read after one question; what no rule tells is not', async () => {
  const rules = [
    ofRule('$A2=1.1', 'C00000'),
    ofRule('$A2=1.2', 'FFC000'),
    ofRule('TODAY()>E2', '00B050'),
  ]
  expect(await readCells(['', '', ''], rules)).toEqual([
    ['red', 'amber', 'blank'],
    [
      expect.stringContaining(
        'C00000 (1 row) as Red, FFC000 (1 row) as Amber and a rule of colours (1 row) as not rated',
      ),
    ],
  ])
})

test('a number is one question, with what its colour suggests', async () => {
  const rules = [1, 3].map(
    (number, at): TestRule => ({
      ...ofRule(String(number), ['C00000', 'FFC000'][at] ?? ''),
      attributes: 'type="cellIs" operator="equal"',
    }),
  )
  const [states, questions] = await readCells([1, 3, 3], rules)
  expect(states).toEqual(['blank', 'blank', 'blank'])
  expect(questions).toEqual([
    expect.stringContaining('Its cells are coloured as Red. Say what it means: --state "1=…"'),
    expect.stringContaining('Its cells are coloured as Amber.'),
  ])
})

test('beside words, an empty cell of a colour of its own is asked about, and a coloured row is none', async () => {
  const filled = { value: '', style: { fill: 'C00000' } }
  const [states, questions] = await readCells(['Green', filled])
  expect(states).toEqual(['green', 'red'])
  expect(questions).toEqual([expect.stringContaining('C00000 (1 row) as Red')])
  const band = { ...ofRule('$B2="1. Halls"', 'C00000'), area: 'A2:F99' }
  expect(await readCells(['Green', ''], [band])).toEqual([['green', 'blank'], []])
})

describe('the key that a sheet prints', () => {
  const readText = async (lines: readonly string[], keySheets: readonly Sheet[] = []) => {
    const rows = ['1.1,1. Halls,Sweep,Lee,31/03/2027,1', '1.2,1. Halls,Mop,Lee,30/04/2027,3']
    const text = ['Ref,Workstream,Action,Owner,Due date,RAG', ...rows, ...lines].join('\n')
    const sheet = await readSheet(Buffer.from(text), 'plan.csv')
    const { projects, problems, corrections } = parsePlan(sheet, asOf, rag, { keySheets })
    return {
      states: projects.map(({ state }) => state),
      asked: problems.length,
      said: corrections.map(({ message }) => message),
    }
  }
  const said = 'By the sheet’s own key, “1” is Red, “2” is Amber and “3” is Green.'

  test.each([
    ['in one cell', ['"Key: 1 = Red, 2 = Amber, 3 = Green (on course)"']],
    ['row by row', ['Key', '1,Red', '2,Amber – slipping', '3,Green']],
  ])('%s says what its numbers mean', async (_, lines) => {
    expect(await readText(lines)).toEqual({ states: ['red', 'green'], asked: 0, said: [said] })
  })

  test('may stand in a sheet of its own', async () => {
    const key = workbook({
      Key: [
        [1, 'Red'],
        [2, 'Amber'],
        [3, 'Green'],
      ],
    })
    const sheet = await readSheet(key, 'plan.xlsx')
    expect(await readText([], [sheet])).toEqual({
      states: ['red', 'green'],
      asked: 0,
      said: [said],
    })
  })

  test.each([
    ['with two meanings for a sign', ['1,Red', '3,Green', '1,Green', '3,Red']],
    ['of one row', ['1,Red']],
    ['of rows of the plan', ['1,Green spaces', '3,Red routes']],
    ['in words that are no states', ['"1 = High, 3 = Low"']],
  ])('%s is none: its numbers are asked about', async (_, lines) => {
    const { said, asked } = await readText(lines)
    expect(said.filter((message) => message.startsWith('By the sheet'))).toEqual([])
    expect(asked).toBeGreaterThanOrEqual(2)
  })
})
