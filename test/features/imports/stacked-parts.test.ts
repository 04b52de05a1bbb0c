import { expect, test } from '@jest/globals'
import { civilDate } from '../../../src/base/dates.ts'
import { readSheets } from '../../../src/base/sheets/read-sheet.ts'
import { chooseSheet, registersBeside } from '../../../src/features/imports/choose-sheet.ts'
import { withStackedParts } from '../../../src/features/imports/stacked-parts.ts'
import { workbook } from '../../base/sheets/workbook-builder.ts'

const asOf = civilDate('2026-11-29')

/** A sheet of a workbook, its cells parted by "|". */
async function partsOf(...lines: string[]) {
  const bytes = workbook({ Report: lines.map((line) => line.split('|')) })
  return withStackedParts(await readSheets(bytes, 'report.xlsx'), asOf, {})
}

/** Rows from and to of each part. */
const spans = (sheets: Awaited<ReturnType<typeof partsOf>>) =>
  sheets.map(({ rows }) => `${rows[0]?.number}-${rows.at(-1)?.number}`)

const milestones = [
  'Key milestones',
  'Milestone|Baseline date|Forecast date|RAG|Comments',
  'Tender out|30/09/2026|14/10/2026|G|Done',
  'Award|04/12/2026|18/12/2026|A|Legal',
]
const risks = [
  'Top risks',
  'Risk|Likelihood|Impact|Mitigation|Owner',
  'No bidder|3|4|Market test|Ann Poole',
]
const issues = ['Issue|Raised|Severity|Owner', 'Roof leaks|01/10/2026|High|Raj Nair']
const spend = ['Spend', 'Heading|So far|To come', 'Works|£0.4m|£1.3m']

test.each([
  ['milestones, risks and money', [...milestones, '', ...risks, '', ...spend], ['1-4', '6-8']],
  [
    'a title, then milestones and risks',
    ['Highlight report', '', ...milestones, '', ...risks],
    ['1-6', '8-10'],
  ],
  ['risks, then issues', [...risks, '', ...issues], ['1-3', '5-6']],
  ['risks with a blank row among them', [...risks, '', 'Late start|2|2|None|Ann Poole'], ['1-5']],
  [
    'a plan whose groups are parted by blank rows',
    [...milestones, '', 'Works|||', 'Roof on|01/02/2027|01/02/2027|G|'],
    ['1-7'],
  ],
  [
    'two tables of a plan and no register',
    [...milestones, '', 'Task|Owner|Due date', 'Paint|Lee Moss|01/02/2027'],
    ['1-7'],
  ],
])('%s', async (_, lines, expected) => {
  expect(spans(await partsOf(...lines))).toEqual(expected)
})

test('the plan is read, its registers beside it, and what is neither is said', async () => {
  const sheets = await partsOf(...milestones, '', ...risks, '', ...spend)
  const chosen = chooseSheet(sheets, asOf, {})
  expect(chosen.rows[0]?.number).toBe(1)
  expect(chosen.notes).toEqual([
    {
      row: 10,
      message: 'Not read: rows 10 to 12, “Spend”: a table that is neither a plan nor a register.',
    },
  ])
  for (const named of [undefined, 'Report']) {
    const registers = registersBeside(sheets, chooseSheet(sheets, asOf, {}, named), named)
    expect(registers.map(({ rows }) => rows[0]?.number)).toEqual([6])
  }
})

test('a second table of a plan is asked about', async () => {
  const sheets = await partsOf(
    ...milestones,
    '',
    ...risks,
    '',
    'Task|Owner|Due date',
    'Paint|Lee Moss|01/02/2027',
  )
  expect(chooseSheet(sheets, asOf, {}).questions?.map(({ message }) => message)).toEqual([
    'Rows 10 to 11 hold another table of a plan, and one of a sheet is read. Put it into a sheet of its own, or accept that it is left out.',
  ])
})
