import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { civilDate } from '../../../../src/base/dates.ts'
import { readSheet, readSheets } from '../../../../src/base/sheets/read-sheet.ts'
import { brag, rag } from '../../../../src/domain/scheme/schemes.ts'
import { chooseSheet } from '../../../../src/features/imports/choose-sheet.ts'
import { parsePlan } from '../../../../src/features/imports/parse-plan.ts'
import { workbook } from '../../../base/sheets/workbook-builder.ts'

const asOf = civilDate('2026-11-29')
const read = async (text: string) =>
  parsePlan(await readSheet(Buffer.from(text), 'tracker.csv'), asOf, rag)
const messages = (notes: readonly { message: string }[]) => notes.map(({ message }) => message)

test('the forecast is when it is due, the baseline when it was at first, the actual day when it was done', async () => {
  const plan =
    await read(`ID,Workstream,Milestone,Owner,Baseline date,Due date,Forecast date,Actual date,RAG
M1,Money,Ledger drawn,Lee Moss,31/03/2026,31/03/2026,,29/06/2026,G
M2,Money,Ledger in use,Lee Moss,30/09/2026,30/09/2026,31/01/2027,,A
M3,Money,Ledger closed,Lee Moss,,31/03/2027,,31/05/2027,G`)
  expect(
    plan.projects.map(({ milestones: [one] }) => [one?.due, one?.baseline, one?.doneOn]),
  ).toEqual([
    ['2026-03-31', '2026-03-31', '2026-06-29'],
    ['2027-01-31', '2026-09-30', undefined],
    ['2027-03-31', undefined, undefined],
  ])
  expect(messages(plan.problems)).toEqual([
    '“31/05/2027” is still to come on Sun 29 Nov 2026. Put it right, or accept that it is not taken as done.',
  ])
})

test('rows without numbers that have one title are projects of their own, and it is said', async () => {
  const stages = ['Programme,Project,Stage,Finish', 'P1,Alpha,Design,30/09/2027']
  const rows = [...stages, 'P1,Alpha,Build,31/03/2028', 'P2,Alpha,Build,31/03/2028']
  const plan = await read(rows.join('\n'))
  expect(plan.projects.map(({ title }) => title)).toEqual(['Alpha', 'Alpha', 'Alpha'])
  expect(messages(plan.warnings)).toEqual([
    '“Alpha” stands in rows 2 and 3 of one workstream: they are 2 projects. If they are the milestones of one, head the column that tells them apart “Milestone”.',
  ])
  const said = [...rows.slice(1, 3), 'P2,Beta,Build,31/03/2028']
  const told = await read(['Programme,Project,Milestone,Finish', ...said].join('\n'))
  expect(told.projects.map(({ title, milestones }) => [title, milestones.length])).toEqual([
    ['Alpha', 2],
    ['Beta', 1],
  ])
  expect(told.warnings).toEqual([])
})

test('done without a day is done by the as-at day at the latest, and says so; without a date it is no less done', async () => {
  const plan = await read(`Task,Owner,Due date,% complete
Old work,Lee Moss,15/01/2026,100%
Other work,Lee Moss,,100%
New work,Lee Moss,15/01/2027,1%`)
  expect(plan.projects.map(({ milestones: [one] }) => one?.doneOn)).toEqual([
    '2026-11-29',
    '2026-11-29',
    undefined,
  ])
  const isUnknown = plan.projects.map(({ milestones: [one] }) => one?.isDoneDayUnknown ?? false)
  expect(isUnknown).toEqual([true, true, false])
  const message = 'It is done, and the sheet does not say when: its day is kept as not known.'
  expect(messages(plan.corrections)).toEqual([message, message])
})

test.each([
  ['0.5', '1', '0', [false, true, false]],
  ['0', '1.0', '', [false, true, false]],
  ['90', '1', '0', [false, false, false]],
  ['90', '100', '1', [false, true, false]],
])('of %s, %s and %s complete, 1 is the whole where none is more', async (...cells) => {
  const [first, second, third, done] = cells
  const plan = await read(`Task,Due date,% complete
Old work,15/01/2026,${first}
Other work,15/02/2026,${second}
New work,15/01/2027,${third}`)
  expect(plan.projects.map(({ milestones: [one] }) => one?.doneOn !== undefined)).toEqual(done)
})

test('lines of their own above projects and milestones are the workstreams', async () => {
  const plan = await read(`Workstream 1: Homes,,,,
Project,Lead,Milestone,Due,RAG
Repairs,Lee Moss,Contract let,31/01/2027,G
,,Works begin,31/03/2027,A
Voids,Kim Ash,Policy agreed,28/02/2027,R
Total: 2 projects,,,,
Workstream 2: Schools,,,,
Project,Lead,Milestone,Due,RAG
New hub,Kim Ash,Site found,30/06/2027,G`)
  expect(plan.workstreams.map(({ ref, title }) => `${ref} ${title}`)).toEqual([
    '1 Homes',
    '2 Schools',
  ])
  const found = plan.projects.map(({ ref, title, milestones }) => [ref, title, milestones.length])
  expect(found).toEqual([
    ['1.1', 'Repairs', 2],
    ['1.2', 'Voids', 1],
    ['2.1', 'New hub', 1],
  ])
  expect(plan.unreadCells.map(({ message }) => message)).toEqual(['Not kept: Total: 2 projects'])
})

test.each([
  ['Parks,Dig,Lee Moss,31/01/2027', ',Fill,,', ',Plant,Lee Moss,28/02/2027'],
  [
    'Parks,,,',
    ',Dig,Lee Moss,31/01/2027',
    ',Fill,Lee Moss,31/01/2027',
    ',Plant,Kim Ash,28/02/2027',
  ],
])('no task is lost below “%s”, with a task or a project in a line of its own', async (...rows) => {
  const plan = await read(['Project,Task,Lead,Due', ...rows].join('\n'))
  expect(plan.projects.map(({ title }) => title)).toEqual(['Dig', 'Fill', 'Plant'])
})

test('a line that adds up is no part of the plan, whatever its figures stand below', async () => {
  const plan = await read(`Workstream,Milestone,Lead,Due
Homes,Contract let,Lee Moss,31/01/2027
Total Place,Begun,Lee Moss,31/01/2027
Grand total,2,,`)
  expect(plan.projects.map(({ title }) => title)).toEqual(['Contract let', 'Begun'])
})

test('the milestones of a project may stand in one cell with their dates', async () => {
  const plan = await read(`Project,Lead,Milestones,RAG
Hub,Lee Moss,"• Lease signed – 31 Jan 2027
• Fit out done – 30 Apr 2027",A
Depot,Kim Ash,"Sold Mar 2027",G`)
  expect(
    plan.projects.map(({ title, milestones }) => [
      title,
      ...milestones.map(({ about, due }) => `${about}: ${due}`),
    ]),
  ).toEqual([
    ['Hub', 'Lease signed: 2027-01-31', 'Fit out done: 2027-04-30'],
    ['Depot', 'Sold: 2027-03-31'],
  ])
})

test.each([
  ['"Lee Moss\nKim Ash"', ['Lee Moss', 'Kim Ash']],
  ['"Lee Moss\nHead of Parks"', ['Lee Moss Head of Parks']],
  ['"Strategic Manager\nPartnerships"', ['Strategic Manager Partnerships']],
  ['"Lee Moss;\nKim Ash"', ['Lee Moss', 'Kim Ash']],
])('the owners %s are %j', async (cell, leads) => {
  const plan = await read(`Task,Owner,Due date\nDig,${cell},15/01/2027`)
  expect(plan.projects[0]?.leads).toEqual(leads)
})

test('words for progress are no rating, and words for how it goes are asked about', async () => {
  const plan = await read(`Task,Bucket Name,Assigned To,Due date,Status
Hire the hall,Venue,Lee Moss,15/01/2027,In progress
Paint the hall,Venue,Lee Moss,15/02/2027,Not started
Heat the hall,Venue,Lee Moss,15/03/2027,Delayed`)
  expect(plan.projects.map(({ state }) => state)).toEqual(['blank', 'blank', 'blank'])
  expect(messages(plan.problems).map((message) => message.split(' is no')[0])).toEqual([
    '"Delayed" in row 4',
  ])
})

test('whole numbers head the rows numbered below them, and only those', async () => {
  const plan = await read(`WBS,Task Name,Finish,Resource Names
1,Design,,
1.1,Sketch,08/01/2027,Lee Moss
2,Publish,15/01/2027,Kim Ash`)
  expect(plan.workstreams.map(({ title }) => title)).toContain('Design')
  expect(plan.projects.map(({ title }) => title)).toEqual(['Sketch', 'Publish'])
})

test('Priority heads the parts of a plan, or says High and Low: by what stands in it', async () => {
  const rows = (first: string, second: string) =>
    `Ref,Priority,Action,Owner,Due date,Status,RAG
a,${first},Sweep,Lee Moss,31/03/2027,Open,G
b,${second},Mop,Kim Ash,30/04/2027,Open,A`
  const parts = await read(rows('1. Halls', '2. Yards'))
  expect(parts.workstreams.map(({ title }) => title)).toEqual(['Halls', 'Yards'])
  const importance = await read(rows('High', 'Low'))
  expect(importance.workstreams.map(({ title }) => title)).toEqual(['Whole plan'])
  expect(importance.projects.map(({ tags }) => tags)).toEqual([['High'], ['Low']])
})

describe('a register is never read as projects', () => {
  test.each([
    [
      'Risk ID,Risk description,Likelihood,Impact,Mitigation,Owner,Review date\nR1,Rain,3,4,Tents,Lee,31/01/2027',
    ],
    [
      'ID,Type,Description,Owner,Due date,Status\n1,Risk,Rain,Lee,31/01/2027,Open\n2,Issue,Mud,Kim,13/01/2027,Closed',
    ],
    ['Ref,Risk,Probability,Severity,Action,Owner,Due date\n1,Rain,2,2,Buy tents,Lee,31/01/2027'],
  ])('%s', async (text) => {
    const plan = await read(text)
    expect([plan.projects, plan.workstreams, plan.headings.sheetFormat.key]).toEqual([
      [],
      [],
      'register',
    ])
    expect(plan.entries?.length).toBeGreaterThan(0)
  })
})

describe('the sheet of a workbook', () => {
  const plan = (title: string) => [
    ['Ref', 'Workstream', 'Action', 'Owner', 'Due date', 'RAG'],
    ['1.1', '1. Halls', title, 'Lee Moss', '31/03/2027', 'G'],
  ]
  const risks = [
    ['Risk', 'Likelihood', 'Impact', 'Mitigation'],
    ['Rain', '3', '4', 'Tents'],
  ]
  const choose = async (sheets: Record<string, string[][]>, named?: string) =>
    chooseSheet(await readSheets(workbook(sheets), 'p.xlsx'), asOf, {}, named)

  test('is the one that holds a plan, past a cover and a register', async () => {
    const cover = [['Hall programme'], ['Issued', '29 November']]
    const sheet = await choose({ Cover: cover, Risks: risks, Plan: plan('Sweep') })
    expect([sheet.name, sheet.questions]).toEqual(['Plan', undefined])
  })

  test('is asked about where two hold one, and can be named', async () => {
    const both = { 'Plan 2025': plan('Old'), 'Plan 2026': plan('New') }
    const asked = await choose(both)
    expect(messages(asked.questions ?? [])).toEqual([
      '2 sheets hold a plan: “Plan 2025” and “Plan 2026”. “Plan 2025” was read. Say which: --sheet "…", or accept that it is this one.',
    ])
    expect((await choose(both, 'plan 2026')).name).toBe('Plan 2026')
    await expect(choose(both, 'Plan 2027')).rejects.toThrow('There is no sheet “Plan 2027”')
  })
})

test('one RAG behind several periods is that of the last one that is filled', async () => {
  const { measures } = await read(`Indicator,Figure will,Target,Q1,Q2,Q3,RAG
Visits,Increase,90%,84%,88%,,Red`)
  expect(measures[0]?.readings.map(({ period, declared }) => [period, declared])).toEqual([
    ['Q1', null],
    ['Q2', 'red'],
  ])
})

const reported = new URL('../../../../../shared/cases/import/', import.meta.url)

if (!existsSync(reported)) console.warn('NOT RUN: the reported sheets are not beside the project.')
else
  test('r05, r12: the last filled period’s RAG; a forecast, a baseline and an actual day', async () => {
    const readCase = async (name: string) =>
      parsePlan(await readSheet(readFileSync(new URL(name, reported)), name), asOf, brag)
    const { measures } = await readCase('r05-kpi-year-grid-rag.csv')
    expect(measures.map(({ readings }) => readings.at(-1)?.declared)).toEqual(['red', 'green'])
    const { projects } = await readCase('r12-baseline-forecast-actual.csv')
    expect(projects.map(({ milestones: [one] }) => [one?.due, one?.baseline, one?.doneOn])).toEqual(
      [
        ['2026-03-31', '2026-03-31', '2026-06-29'],
        ['2027-01-31', '2026-09-30', undefined],
      ],
    )
  })

const projectsOf = (plan: Awaited<ReturnType<typeof read>>) =>
  plan.projects.map(({ ref, title, state, milestones }) => [
    ...[ref, title, state],
    ...milestones.map(({ about, due, state: own }) =>
      [about, due ?? '-', own].filter(Boolean).join(' '),
    ),
  ])

test('beside a workstream and a task, a column of projects is the level between them', async () => {
  const plan = await read(`Ref,Workstream,Project,Milestone,Owner,Due date,RAG,Comment
1.1,Money,Ledger,Drawn,Lee Moss,31/03/2027,A,Waits for the bank
1.1,,,In use,,30/04/2027,,Two teams first
1.2,,Payroll,Chosen,Kim Ash,,G,
1.2,Money,,Moved,Lee Moss,31/05/2027,,
2.1,Halls,Roof,Mended,Lee Moss,30/06/2027,R,
,,,,,,,`)
  expect(projectsOf(plan)).toEqual([
    ['1.1', 'Ledger', 'amber', 'Drawn 2027-03-31', 'In use 2027-04-30'],
    ['1.2', 'Payroll', 'green', 'Chosen -', 'Moved 2027-05-31'],
    ['2.1', 'Roof', 'red', 'Mended 2027-06-30'],
  ])
  expect(plan.projects.map(({ leads }) => leads)).toEqual([
    ['Lee Moss'],
    ['Kim Ash', 'Lee Moss'],
    ['Lee Moss'],
  ])
  expect(plan.projects[0]?.commentary).toBe('Waits for the bank\nIn use: Two teams first')
  expect([plan.problems, plan.unreadCells]).toEqual([[], []])
})

describe('what differs within a project is said of its milestones', () => {
  test('ratings, numbers and what is done', async () => {
    const plan = await read(`ID,Workstream,Project,Task,Finish,RAG,% complete
T1,Money,Ledger,Drawn,31/03/2026,G,100%
T2,Money,Ledger,In use,30/04/2027,A,20%
T3,Halls,Roof,Mended,30/06/2027,R,0%`)
    expect(projectsOf(plan)).toEqual([
      ['1.1', 'Ledger', 'blank', 'Drawn 2026-03-31 green', 'In use 2027-04-30 amber'],
      ['2.1', 'Roof', 'blank', 'Mended 2027-06-30 red'],
    ])
    const done = plan.projects.flatMap(({ milestones }) => milestones.map(({ doneOn }) => doneOn))
    expect(done).toEqual(['2026-11-29', undefined, undefined])
    expect(messages(plan.warnings)).toEqual([
      '“ID” numbers the milestones: the projects got numbers of their own.',
    ])
  })

  test('a rating that is the same in all rows is of the project; done in the first row alone is of all', async () => {
    const plan = await read(`Workstream,Project,Task,Finish,Status
Money,Ledger,Drawn,31/03/2026,Done
,,In use,30/04/2026,
Halls,Roof,Mended,30/06/2027,Red
,,Painted,30/07/2027,Red`)
    expect(projectsOf(plan).map(([, , state]) => state)).toEqual(['blank', 'red'])
    const done = plan.projects.map(({ milestones }) => milestones.map(({ doneOn }) => doneOn))
    expect(done).toEqual([
      ['2026-11-29', '2026-11-29'],
      [undefined, undefined],
    ])
  })
})

test.each([
  ['names the whole', ['Portal', 'Portal', 'Portal']],
  ['crosses the workstreams', ['Portal', 'Site', 'Portal']],
])('a column of projects that %s is no level, and is named as not read', async (_what, names) => {
  const [a, b, c] = names
  const plan = await read(`Section,Projects,Task,Due date
To do,${a},Sweep,31/03/2027
To do,${b},Mop,30/04/2027
Doing,${c},Polish,31/05/2027`)
  expect(plan.projects.map(({ title }) => title)).toEqual(['Sweep', 'Mop', 'Polish'])
  expect(messages(plan.warnings)).toEqual([
    'Not read: the column "Projects", first filled in row 2.',
  ])
})

test('a name that stands in two workstreams is a project of each, and is told', async () => {
  const plan = await read(`Workstream,Project,Task,Due date
Money,Ledger,Drawn,31/03/2027
Money,Training,Booked,31/03/2027
Halls,Roof,Mended,31/03/2027
Halls,Training,Held,31/03/2027`)
  expect(projectsOf(plan).map(([ref, title]) => `${ref} ${title}`)).toEqual([
    ...['1.1 Ledger', '1.2 Training', '2.1 Roof', '2.2 Training'],
  ])
  expect(messages(plan.warnings)).toEqual([
    '“Training” stands in 2 workstreams: it was read as a project of each.',
  ])
})

test('rows of no project, and lines that add up, are said and left out', async () => {
  const plan = await read(`Workstream,Project,Task,Due date
,,Lost,31/03/2027
Money,Ledger,Drawn,31/03/2027
Halls,,Swept,31/03/2027
Halls,Roof,Mended,31/03/2027
Total,,3,`)
  expect(projectsOf(plan)).toEqual([
    ['1.1', 'Ledger', 'blank', 'Drawn 2027-03-31'],
    ['2.1', 'Roof', 'blank', 'Mended 2027-03-31'],
  ])
  expect(messages(plan.warnings)).toEqual([
    'Not read: the row belongs to no project. It says: Lost',
    'Not read: the row belongs to no project. It says: Halls',
    'Not read: the row is a total. It says: Total',
  ])
})

describe('a line below the table', () => {
  const table = 'Task,Workstream,Owner\nSweep,Halls,Lee Moss\nPaint,Halls,Kim Ash'
  test.each([
    ['set off by a blank row', `${table}\n\nAny line of text,,`],
    ['in the words of a program', `${table}\nExported from Planner on 29/11/2026,,`],
    ['after a blank row, of several lines', `${table}\n\nKey,,\nNot for publication,,`],
  ])('%s is no task, and is told', async (_, text) => {
    const plan = await read(text)
    expect(plan.projects.map(({ title }) => title)).toEqual(['Sweep', 'Paint'])
    expect(messages(plan.warnings)[0]).toContain('Not read: the row stands below the table.')
  })

  test.each([
    ['a last task of which nothing is known yet', `${table}\nOpen the doors,,`],
    ['a task that begins like a footer', `${table}\nKey stage 2 results,,`],
  ])('but not %s', async (_, text) => {
    expect((await read(text)).projects).toHaveLength(3)
  })
})
