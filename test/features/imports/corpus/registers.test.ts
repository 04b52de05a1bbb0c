import { expect, test } from '@jest/globals'
import { readSheets } from '../../../../src/base/sheets/read-sheet.ts'
import { rag } from '../../../../src/domain/scheme/schemes.ts'
import { chooseSheet, registersBeside } from '../../../../src/features/imports/choose-sheet.ts'
import { parsePlan } from '../../../../src/features/imports/parse-plan.ts'
import { withRegisters } from '../../../../src/features/imports/registers/read-registers.ts'
import { workbook } from '../../../base/sheets/workbook-builder.ts'
import { writers } from './read-corpus.ts'
import { registerLayouts } from './register-layouts.ts'
import { asOf } from './sample-tasks.ts'

const read = async (bytes: Uint8Array, name: string) => {
  const sheets = await readSheets(bytes, name)
  const chosen = chooseSheet(sheets, asOf, {})
  const plan = parsePlan(chosen, asOf, rag)
  return withRegisters(plan, registersBeside(sheets, chosen), asOf, rag, {})
}

test.each(registerLayouts)('$name is read as it says, or asked about', async (layout) => {
  const { name, rows, entries, asks = [] } = layout
  const copies = rows.map((cells) => [...cells])
  for (const [bytes, fileName] of [
    [writers['CSV, UTF-8'](copies), `${name}.csv`],
    [writers['CSV, semicolons'](copies), `${name}.csv`],
    [workbook({ [name]: copies }), 'harbour.xlsx'],
  ] as const) {
    const plan = await read(bytes, fileName)
    expect(plan.projects).toEqual([])
    expect(plan.entries).toMatchObject(entries)
    expect(plan.problems.map(({ message }) => message)).toEqual(
      asks.map((ask) => expect.stringContaining(ask)),
    )
  }
})

test('beside a plan, every register of the workbook is read, and the plan as without them', async () => {
  const plan = [
    ['Ref', 'Workstream', 'Action', 'Owner', 'Due date', 'RAG'],
    ['1.1', '1. Halls', 'Sweep', 'Lee Moss', '31/03/2027', 'G'],
  ]
  const registers = registerLayouts.filter(({ asks }) => asks === undefined)
  const sheets = Object.fromEntries(
    registers.map(({ name, rows }) => [name, rows.map((cells) => [...cells])]),
  )
  const alone = await read(workbook({ Plan: plan }), 'harbour.xlsx')
  const whole = await read(workbook({ ...sheets, Plan: plan }), 'harbour.xlsx')
  expect(whole.projects).toEqual(alone.projects)
  expect(whole.entries).toHaveLength(registers.flatMap(({ entries }) => entries).length)
  expect(whole.counts.entries).toEqual({ risk: 6, issue: 2, dependency: 2, action: 3, decision: 3 })
  expect(whole.problems).toEqual([])
})

test.each([
  ['a plan that has its risks beside each row', 'Milestone|Owner|Due date|RAG|Risks|Mitigation'],
  ['what Jira writes', 'Issue Type|Issue key|Issue id|Summary|Assignee|Status|Resolution|Due date'],
])('%s is no register', async (_, headings) => {
  const cells = headings.split('|')
  const row = cells.map((heading) => (heading === 'Due date' ? '31/03/2027' : 'Open'))
  const plan = await read(writers['CSV, UTF-8']([cells, row]), 'plan.csv')
  expect(plan.entries).toBeUndefined()
  expect(plan.projects).toHaveLength(1)
})
