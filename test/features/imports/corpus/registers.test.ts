import { describe, expect, test } from '@jest/globals'
import { Refusal } from '../../../../src/base/errors.ts'
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
  expect(whole.counts.entries).toEqual({ risk: 6, issue: 2, dependency: 2, action: 3, decision: 4 })
  expect(whole.problems).toEqual([])
  // Their rows are none of the plan's: what is said of one names its sheet.
  expect(new Set(whole.entries?.map(({ sheet }) => sheet))).toEqual(
    new Set(registers.map(({ name }) => name)),
  )
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

test.each([
  ['From 1 April 2027', 'It says when it begins, and not by when it is due.'],
  ['Reviewed 12/02/2027, next 12/05/2027', 'It has several days.'],
  ['Apr 30', 'It may be day 30 of the month, or the month of 2030.'],
])('a day of a register such as %j is asked about, as one of a plan is', async (day, ask) => {
  const rows = [
    ['Risk ID', 'Risk', 'Likelihood', 'Impact', 'Owner', 'Review date'],
    ['R1', 'The roof leaks', '4', '5', 'Lee Moss', day],
    ['R2', 'The hall floods', '2', '5', 'Kim Ash', '30/04/2027'],
  ]
  const { entries, problems } = await read(writers['CSV, UTF-8'](rows), 'risks.csv')
  expect(entries?.map(({ reviewOn }) => reviewOn)).toEqual([null, '2027-04-30'])
  expect(problems.map(({ message }) => message)).toEqual([
    `“${day}”: ${ask} Put the day right, or accept that it is left out.`,
  ])
})

describe('a RAID log is never read as projects', () => {
  test.each([
    [
      'its kinds in a column',
      'ID|Category|Title|Owner|Due date|Status',
      '1|Risk|Rain|Lee Moss|31/03/2027|Open',
    ],
    [
      'letters for its kinds',
      'ID|RAID|Title|Owner|Due date|Status',
      '1|R|Rain|Lee Moss|31/03/2027|Open',
    ],
    [
      'its kinds under another heading',
      'Ref|Item type|Title|Assigned to|Target date|RAG',
      '1|Issue|Rain|Lee Moss|31/03/2027|A',
    ],
    [
      'its kinds with marks',
      'Ref|R/A/I/D|Title|Assigned to|Target date|RAG',
      '1|I|Rain|Lee Moss|31/03/2027|A',
    ],
    [
      'a title alone above its headings',
      'RAID log',
      'Ref|Title|Owner|Due date|RAG',
      '1|Rain|Lee Moss|31/03/2027|A',
    ],
    [
      'a longer title',
      'Harbour programme - RAID log',
      'Ref|Title|Owner|Due date|RAG',
      '1|Rain|Lee Moss|31/03/2027|A',
    ],
  ])('with %s', async (_, ...lines) => {
    const rows = lines.map((line) => line.split('|'))
    const plan = await read(writers['CSV, UTF-8'](rows), 'harbour.csv').catch(
      (error: unknown) => error,
    )
    if (!(plan instanceof Refusal)) expect(plan).toMatchObject({ projects: [] })
  })
})

const cellsUnder: Readonly<Record<string, string>> = {
  ...{ Task: 'Sweep', Owner: 'Lee Moss', 'Due date': '31/03/2027', Status: 'Completed' },
}

describe('a log of something else is refused, and passed over beside a plan', () => {
  const logs: [string, string, string][] = [
    ['change requests', 'changes', 'cr_id|title|requested_by|date_raised|due_date|status|decision'],
    ['change requests', 'changes', 'Change request no|Description|Owner|Due date|Status|Raised by'],
    ['change requests', 'change_log', 'ID|Title|Owner|Due date|Status|Raised by'],
    ['change requests', 'changes', 'CR#|Summary|Assigned to|Target date|RAG|Impact'],
    ['lessons', 'lessons learned', 'ID|Title|Owner|Due date|Status|Category'],
    ['stakeholders', 'people', 'Stakeholder|Interest|Owner|Next date|Status|Notes'],
    ['assumptions', 'assumptions', 'ID|Title|Owner|Due date|Status|Notes'],
  ]
  test.each(logs)('%s (%s: %s)', async (what, name, headings) => {
    const cells = headings.split('|')
    const rows = [cells, ['1', 'Widen the slip', 'Lee Moss', '31/03/2027', 'Open', 'Approved']]
    const csv = writers['CSV, UTF-8'](rows)
    await expect(read(csv, `${name}.csv`)).rejects.toThrow(`is a log of ${what}`)
    const [sheet] = await readSheets(csv, `${name}.csv`)
    const asTracker = () => parsePlan(sheet, asOf, rag, { shape: 'tracker' })
    expect(asTracker).not.toThrow('is a log of')
    const plan = [
      ['Ref', 'Workstream', 'Action', 'Owner', 'Due date', 'RAG'],
      ['1.1', '1. Halls', 'Sweep', 'Lee Moss', '31/03/2027', 'G'],
    ]
    const whole = await read(workbook({ [name]: rows, Plan: plan }), 'harbour.xlsx')
    expect(whole.projects.map(({ title }) => title)).toEqual(['Sweep'])
    expect(whole.entries ?? []).toEqual([])
  })

  test.each([
    ['a column of change requests in a plan', 'plan', 'Task|Owner|Due date|Status|Change request'],
    ['a plan of changes', 'Change programme plan', 'Task|Owner|Due date|Status|Lessons'],
    ['who is told what by when', 'Stakeholder plan', 'Stakeholder|Task|Owner|Due date|Status'],
  ])('but not %s', async (_, name, headings) => {
    const titles = headings.split('|')
    const rows = [titles, titles.map((heading) => cellsUnder[heading] ?? 'CR 7')]
    expect((await read(writers['CSV, UTF-8'](rows), `${name}.csv`)).projects).toHaveLength(1)
  })
})
