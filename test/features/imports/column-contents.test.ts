import { describe, expect, test } from '@jest/globals'
import { civilDate } from '../../../src/base/dates.ts'
import { readSheet } from '../../../src/base/sheets/read-sheet.ts'
import { rag } from '../../../src/domain/scheme/schemes.ts'
import { parsePlan } from '../../../src/features/imports/parse-plan.ts'

const read = async (...lines: string[]) =>
  parsePlan(
    await readSheet(Buffer.from(lines.join('\n')), 'plan.csv'),
    civilDate('2026-11-29'),
    rag,
  )

test('columns are known by the names that programs give them', async () => {
  const plan = await read(
    'task_id,MilestoneName,phase,OWNER_NAME,PlannedEndDate,completion_pct,STATUS,swimlane',
    'A-1,Dig the pond,Parks,Lee Moss,2027-03-31,40,IN_PROGRESS,North',
  )
  expect(plan.projects).toMatchObject([
    { ref: 'A-1', title: 'Dig the pond', leads: ['Lee Moss'], state: 'blank' },
  ])
  expect(plan.projects[0]?.milestones[0]?.due).toBe('2027-03-31')
  expect(plan.problems).toEqual([])
})

test.each([
  [
    'titles that name no tasks',
    ['Milestone,Owner,Due', 'FALSE,Lee,1 May 2027', 'TRUE,Lee,2 May 2027', 'FALSE,Lee,3 May 2027'],
    'What stands under “Milestone” names no tasks: “FALSE” and “TRUE”.',
  ],
  [
    'owners that are days',
    ['Task,Lead,Due', 'a,3,1 May 2027', 'b,5 %,2 May 2027', 'c,8,3 May 2027'],
    'What stands under “Lead” names nobody: “3”, “5 %” and “8”.',
  ],
  [
    'letters of a RACI matrix',
    ['Activity,HR Lead,Site', 'a,R/A,C', 'b,C,I', 'c,I,R'],
    'What stands under “HR Lead” names nobody: “R/A”, “C” and “I”.',
  ],
  [
    'rows of no dates, owners and states',
    ['Name,Department,Role', 'Launch manager,Office,A', 'Site lead,Site,R'],
    'It has no column of dates, owners or states: it may be a list of something else.',
  ],
  [
    'days that were not read',
    ['Task,Owner,Opens to all', 'a,Lee,1 May 2027', 'b,Lee,2 May 2027', 'c,Kim,3 May 2027'],
    'No column says when anything is due, and “Opens to all” holds days',
  ],
  [
    'states that were not read',
    ['Task,Owner,Due,Mood', 'a,Lee,1 May 2027,Red', 'b,Lee,2 May 2027,R', 'c,Kim,3 May 2027,Green'],
    'No column says where things stand, and “Mood” holds states: “Red”, “R” and “Green”.',
  ],
  [
    'days beside those that were read',
    ['Task,Due,Delivered', 'a,1 May 2026,Jun-26', 'b,2 May 2027,'],
    '“Delivered” holds days, such as “Jun-26”, and was not read.',
  ],
  [
    'days of gateways',
    ['Project,SRO,Gateway 1,Gateway 2', 'a,Lee,1 May 2026,2 May 2027', 'b,Kim,,3 May 2027'],
    '“Gateway 1” and “Gateway 2” hold days, such as “1 May 2026”, and were not read.',
  ],
  [
    'steps below quarters',
    ['Theme,Project,Lead,Q3 2026/27,Q4 2026/27', 'Parks,Pond,Lee,Bids,Digging'],
    '2 columns headed by a time, from “Q3 2026/27” on, were not read, with “Bids” and the like.',
  ],
  [
    'blanks beside an earlier rating',
    ['Task,Lead,Due,RAG Oct,RAG Nov', 'a,Lee,1 May 2027,G,A', 'b,Kim,1 June 2027,R,'],
    '“RAG Nov” is empty in 1 row, of which the first is 3, and “RAG Oct” beside it is not.',
  ],
  [
    'years beside months',
    ['Task,Lead,Due (month),Due (year)', 'a,Lee,March,2027', 'b,Kim,June,2027'],
    '“Due (year)” holds years, such as “2027”, and was not read',
  ],
  [
    'durations in place of dates',
    ['Task,Lead,Start date,Duration', 'a,Lee,1 May 2027,30 days', 'b,Kim,1 June 2027,2 weeks'],
    'Nothing says when anything is due but “Duration”, such as “30 days”.',
  ],
  [
    'answers to whether it is done',
    ['Task,Lead,Due,Delivered', 'a,Lee,1 May 2027,Yes', 'b,Kim,1 June 2027,Partly'],
    '“Delivered” holds “Yes” and “Partly”, and was not read. Say whether it tells that a row is done',
  ],
  [
    'words for what is over',
    ['Task,Owner,Due,Loop', 'a,Lee,1 May 2027,Open', 'b,Lee,2 May 2027,Closed'].concat(
      'c,Kim,3 May 2027,Open',
    ),
    'No column says where things stand, and “Loop” holds states: “Open” and “Closed”.',
  ],
])('%s are a question', async (_, lines, question) => {
  const { problems } = await read(...lines)
  expect(problems.map(({ message }) => message).join()).toContain(question)
})

test('days that a tool keeps of its own work, and a column with another heading of its kind, are none', async () => {
  const plan = await read(
    'Task,Owner,Created,Status,Mood',
    'a,Lee,1 May 2026,Open,Red',
    'b,Lee,2 May 2026,Open,Red',
    'c,Kim,3 May 2026,Open,Red',
  )
  expect(plan.problems).toEqual([])
  const chart = await read(
    'Task,Owner,Due,Next review,w/c 3 May 2027',
    'a,Lee,1 May 2027,1 April 2027,X',
    'b,Lee,1 May 2027,1 April 2027,X',
  )
  expect(chart.problems).toEqual([])
})

describe('“Forecast” and “Actual” alone', () => {
  const money = { forecast: '131000', actual: '40000' }
  test.each<[string, string[], object]>([
    [
      'are money where amounts stand below them',
      ['Task|Due|Forecast|Actual', 'Dig|1 May 2027|£131,000|40k', 'Fill|2 May 2027|TBC|'],
      money,
    ],
    [
      'are money beside a budget, also in plain numbers',
      ['Task|Due|Budget|Forecast|Actual', 'Dig|1 May 2027|120000|131000|40000'],
      { budget: '120000', ...money },
    ],
    [
      'are money beside a column of forecast days',
      ['Task|Forecast date|Forecast|Actual', 'Dig|1 May 2027|£131,000|£40,000.00'],
      money,
    ],
  ])('%s', async (_, lines, attributes) => {
    const plan = await read(...lines.map((line) => line.replaceAll('|', '\t')))
    expect(plan.projects[0]?.attributes).toEqual(attributes)
    expect(plan.projects[0]?.milestones[0]?.due).toBe('2027-05-01')
    expect(plan.problems).toEqual([])
  })

  test('are days where days stand below them, or years beside a budget', async () => {
    const plan = await read('Task,Forecast', 'Dig,1 May 2027')
    expect(plan.projects[0]?.milestones[0]?.due).toBe('2027-05-01')
    const years = await read('Task,Due,Budget,Forecast', 'Dig,1 May 2027,120000,2027')
    expect(years.projects[0]?.attributes).toEqual({ budget: '120000' })
  })

  test('are asked about where days and amounts are mixed, and taken as a person says', async () => {
    const lines = ['Task,Due,Forecast', 'Dig,1 May 2027,£131000', 'Fill,2 May 2027,3 May 2027']
    const { problems } = await read(...lines)
    expect(problems.map(({ message }) => message).join()).toContain(
      'Under “Forecast” stand days and amounts. Say which of them it is: --map "Forecast=forecast" or --map "Forecast=project forecast"',
    )
    const sheet = await readSheet(Buffer.from(lines.join('\n')), 'plan.csv')
    const mapping = { Forecast: 'project forecast' }
    const said = parsePlan(sheet, civilDate('2026-11-29'), rag, { mapping })
    expect(said.projects[0]?.attributes).toEqual({ forecast: '131000' })
  })
})

test('a file that is no plan is refused with its own headings', async () => {
  await expect(read('Fish,Chips,Peas', 'cod,2,3', 'hake,1,1')).rejects.toThrow(
    'Row 1 has “Fish”, “Chips” and “Peas”. ',
  )
})
