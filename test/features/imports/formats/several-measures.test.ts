import { describe, expect, test } from '@jest/globals'
import { civilDate } from '../../../../src/base/dates.ts'
import { readSheet } from '../../../../src/base/sheets/read-sheet.ts'
import { rag } from '../../../../src/domain/scheme/schemes.ts'
import { parsePlan } from '../../../../src/features/imports/parse-plan.ts'

const asOf = civilDate('2026-11-29')

async function read(headings: string, cells: readonly string[]) {
  const row = cells.map((cell) => `"${cell}"`).join(',')
  const sheet = await readSheet(Buffer.from(`${headings}\n${row}`), 'plan.csv')
  return parsePlan(sheet, asOf, rag)
}

describe('several KPIs in the cells of one row', () => {
  const columns = 'KPI,Figure will,Baseline,Target,Q2 2026/27'
  const readRow = (title: string, ...figures: string[]) =>
    read(columns, [title, 'Increase', ...figures])

  test.each([
    ['numbered', '1. Beds\n2. Chairs', ['1. 50%\n2. 60%', '1. 80%\n2. 90%', '1. 70%\n2. 71%']],
    ['with bullets', '• Beds\n• Chairs', ['50%\n60%', '80%\n90%', '70%\n71%']],
    ['on lines', 'Beds\nChairs', ['50%\n60%', '80%\n90%', '70%\n71%']],
    [
      'lettered in one line',
      'a) Beds b) Chairs',
      ['a) 50% b) 60%', 'a) 80% b) 90%', 'a) 70% b) 71%'],
    ],
    ['parted by semicolons', 'Beds; Chairs', ['50%; 60%', '80%; 90%', '70%; 71%']],
  ])('%s are measures of their own with their own figures', async (_, title, figures) => {
    const { measures, problems, unreadCells } = await readRow(title, ...figures)
    expect(
      measures.map(({ title, baseline, target, readings }) => [
        title,
        baseline,
        target,
        readings[0]?.raw,
      ]),
    ).toEqual([
      ['Beds', '50%', '80%', '70%'],
      ['Chairs', '60%', '90%', '71%'],
    ])
    expect([...problems, ...unreadCells]).toEqual([])
  })

  test.each([
    ['labelled titles with one figure', '1. Beds\n2. Chairs', '80%', 'KPI'],
    ['more figures than titles', 'Beds\nChairs', '80%\n90%\n95%', 'KPI'],
    ['one title with two figures', 'Beds', '80%\n90%', 'Target'],
    [
      'what may be a target for each, or in stages',
      'Beds; Chairs',
      '80% by Jun 26; 90% by Dec 26',
      'KPI',
    ],
  ])('%s are asked about', async (_, title, target, column) => {
    const { measures, problems } = await readRow(title, '', target, '')
    expect(measures).toHaveLength(1)
    expect(problems).toMatchObject([{ row: 2, column }])
  })

  test.each(['Beds that are\nready', 'Beds; all wards'])('%j is one title', async (title) => {
    const { measures, problems } = await readRow(title, '50%', '80%', '70%')
    expect(measures).toMatchObject([{ target: '80%', readings: [{ raw: '70%' }] }])
    expect(problems).toEqual([])
  })
})

test.each([
  ['1. Staff trained\n2. Visits on time', ['Staff trained', 'Visits on time']],
  ['i) Books ii) Pens', ['Books', 'Pens']],
  ['Staff trained; Visits on time', ['Staff trained', 'Visits on time']],
  ['Staff trained; by team', ['Staff trained; by team']],
  [
    '90% of plans within 5 days\nand 95% within 10 days',
    ['90% of plans within 5 days and 95% within 10 days'],
  ],
  ['1.8.1 Beds\n1.8.2 Chairs', ['1.8.1 Beds', '1.8.2 Chairs']],
])('the KPIs of an action, %j, are %j', async (cell, titles) => {
  const head = 'Ref,Priority,Action,Action Owner,Deadline,RAG,KPIs'
  const row = ['1.1', '1. Parks', 'Dig', 'Lee Moss', '31/03/2027', 'A', cell]
  const { measures, unreadCells } = await read(head, row)
  expect(measures.map(({ title }) => title)).toEqual(titles)
  expect(unreadCells).toEqual([])
})

describe('a target in stages', () => {
  const columns = 'KPI,Figure will,Target,Q2 2026/27'

  test('keeps its text, with the day of its last stage, and says how it was read', async () => {
    const { measures, corrections, problems } = await read(columns, [
      'Beds',
      'Increase',
      'June 80 %, December 90 %',
      '81%',
    ])
    expect(measures).toMatchObject([{ target: 'June 80 %, December 90 %', targetOn: '2026-12-31' }])
    expect(corrections[0]?.message).toBe(
      '“June 80 %, December 90 %” was read as 80 % by Tue 30 Jun 2026 and 90 % by Thu 31 Dec 2026.',
    )
    expect(problems).toEqual([])
  })

  test.each([
    [
      'each headed with its period',
      'Target Jun 2026,Target Dec 2026',
      '80% by Jun 2026; 90% by Dec 2026',
      '2026-12-31',
    ],
    [
      'with the period before the word',
      '2026/27 target,2027/28 target',
      '80% by 2026/27; 90% by 2027/28',
      '2028-03-31',
    ],
  ])('in columns, %s, is one target', async (_, headings, target, targetOn) => {
    const row = ['Beds', 'High', '80%', '90%', '81%']
    const { measures, problems } = await read(`KPI,Good is,${headings},Q2 2026/27`, row)
    expect(measures).toMatchObject([{ target, targetOn, polarity: 'increase', baseline: null }])
    expect(problems).toEqual([])
  })

  test('in columns without periods is a question', async () => {
    const row = ['Beds', '80%', '90%', '81%']
    const { measures, problems } = await read('KPI,Target,Target Dec 2026,Q2 2026/27', row)
    expect(measures).toMatchObject([{ target: '80%' }])
    expect(problems[0]?.message).toContain('The row has 2 targets')
  })

  test.each([
    ['whose days are past, without a year', 'Q1 60%, Q2 70%', 'Write the years'],
    ['whose days are none', 'Year 1: 80%, Year 2: 90%', 'has several figures in one cell'],
  ])('%s is a question', async (_, target, asked) => {
    const { problems } = await read(columns, ['Beds', 'Increase', target, '81%'])
    expect(problems.map(({ message }) => message).join()).toContain(asked)
  })
})
