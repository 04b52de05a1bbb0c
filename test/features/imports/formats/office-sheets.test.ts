import { describe, expect, test } from '@jest/globals'
import { civilDate } from '../../../../src/base/dates.ts'
import { readSheet } from '../../../../src/base/sheets/read-sheet.ts'
import { rag } from '../../../../src/domain/scheme/schemes.ts'
import { parsePlan } from '../../../../src/features/imports/parse-plan.ts'

/** Kinds of sheets of offices and their tools that were read wrongly once, in words of our own. */

const asOf = civilDate('2026-11-29')
const read = async (rows: readonly string[], fileName = 'plan.csv') =>
  parsePlan(await readSheet(Buffer.from(rows.join('\n')), fileName), asOf, rag)
const messages = (notes: readonly { message: string }[]) => notes.map(({ message }) => message)

describe('two rows of headings', () => {
  test('quarters below a year are of that year, although they add no column of their own', async () => {
    const plan = await read([
      'KPI,Target,2026/27,,,,RAG,DoT',
      ',,Q1,Q2,Q3,Q4,,',
      'Calls answered,90%,81%,86%,,,A,↑',
      'Days lost (lower is better),8.5,9.1,9.4,,,R,↑',
    ])
    expect(
      plan.measures.map(({ title, polarity, readings }) => [
        ...[title, polarity],
        ...readings.map(({ raw, forDay, declared }) => [raw, forDay, declared]),
      ]),
    ).toEqual([
      ['Calls answered', null, ['81%', '2026-06-30', null], ['86%', '2026-09-30', 'amber']],
      [
        'Days lost (lower is better)',
        'decrease',
        ['9.1', '2026-06-30', null],
        ['9.4', '2026-09-30', 'red'],
      ],
    ])
    expect(plan.problems).toEqual([])
  })

  test.each([
    ['April', '2026-04-30'],
    ['March', '2027-03-31'],
  ])('%s below a financial year is in it', async (month, forDay) => {
    const plan = await read(['KPI,Target,2026/27,', `,,${month},May`, 'Calls answered,90%,81%,86%'])
    expect(plan.measures[0]?.readings[0]?.forDay).toBe(forDay)
  })

  test('the first row of a plan that has a cell below each heading is none of them', async () => {
    const plan = await read([
      'Must Do / Should Do,Regulation,Action to be taken,Lead,Date for completion,RAG',
      'MUST DO,Reg 12,Check the fridges,Practice nurse,31/12/2026,G',
      'SHOULD DO,Reg 17,Log complaints,Practice manager,31/03/2027,A',
    ])
    expect(plan.projects.map(({ title, tags }) => [title, tags])).toEqual([
      ['Check the fridges', ['MUST DO']],
      ['Log complaints', ['SHOULD DO']],
    ])
    expect(plan.problems).toEqual([])
  })
})

test('Monday’s tasks below a task are said to be left out; their headings are no task', async () => {
  const plan = await read([
    'Name,Subitems,Owner,Status,Due date',
    'Book the movers,,Raj Nair,Done,2026-12-04',
    'Subitems,Name,Owner,Status,Date',
    ',Get quotes,Raj Nair,Done,2026-11-20',
    'Move the servers,,Ann Poole,Done,2027-01-29',
  ])
  expect(plan.projects.map(({ title }) => title)).toEqual(['Book the movers', 'Move the servers'])
  expect(messages(plan.warnings)).toContain('Not read: the row names no task. It says: Get quotes')
})

test.each([
  [
    'is when a task is due where that is empty, and says so',
    'Due date',
    ['20/11/2026', ''],
    ['2026-11-20', '2026-12-30'],
    [
      '“Due date” says when a task is due, and “Timeline - End” where that is empty (1 row). In 1 row the two differ: “Due date” was taken.',
    ],
  ],
  [
    'is when a task is due where nothing else says it',
    'Link',
    ['', ''],
    ['2026-10-30', '2026-12-30'],
    [],
  ],
])('the end of Monday’s timeline %s', async (_, heading, [first, second], dues, notes) => {
  const plan = await read([
    `Name,Person,Timeline - Start,Timeline - End,${heading}`,
    `Dig,Lee Moss,01/10/2026,30/10/2026,${first}`,
    `Fill,Lee Moss,01/10/2026,30/12/2026,${second}`,
  ])
  expect(plan.projects.map(({ milestones: [one] }) => one?.due)).toEqual(dues)
  expect(messages(plan.warnings)).toEqual(notes)
})

test('MS Project’s people come without the share of their time', async () => {
  const plan = await read([
    'ID,Name,Duration,Start,Finish,Resource Names,Milestone',
    '1,Posts filled,0 days,Fri 13/11/26,Fri 13/11/26,Ann Poole[50%];Raj Nair,Yes',
  ])
  expect(plan.projects.map(({ title, leads }) => [title, leads])).toEqual([
    ['Posts filled', ['Ann Poole', 'Raj Nair']],
  ])
})

test.each([
  ['Q4', '2027-03-31'],
  ['Mar-27', '2027-03-31'],
  ['w/c 07/12/2026', '2026-12-13'],
  ['07/12/2026', '2026-12-07'],
])('an action of a log that is due “%s” is due by its last day', async (due, day) => {
  const plan = await read(
    ['No.,Date raised,Action,Owner,Due,Status', `1,Nov 2026,Write to partners,AP,${due},Open`],
    'action-log.csv',
  )
  expect(plan.entries?.map(({ neededBy, raisedOn }) => [neededBy, raisedOn])).toEqual([
    [day, '2026-11-01'],
  ])
})

test('the forecast day of a task and its forecast cost are two things', async () => {
  const plan = await read([
    'Task,Due date,Forecast date,Forecast cost,Actual cost',
    'Paint the hall,15/01/2027,31/03/2027,£12000,£3000',
  ])
  const [{ milestones: [one] = [], attributes } = { milestones: [] }] = plan.projects
  expect([one?.due, one?.baseline]).toEqual(['2027-03-31', '2027-01-15'])
  expect(Object.keys(attributes ?? {})).toEqual(['forecast', 'actual'])
  expect(plan.problems).toEqual([])
})

test('what was read by a word in its heading alone is said, in one line', async () => {
  const plan = await read([
    'Task,Due date,Est. completion,Responsible person in the team',
    'Paint the hall,15/01/2027,31/03/2027,Lee Moss',
  ])
  expect(messages(plan.warnings)).toContain(
    'Read by a word in the heading: column C “Est. completion” as Forecast date. If one is something else, say what it is: --map "Its heading=ignore".',
  )
})

describe('a column Target beside the KPIs of an action plan', () => {
  const head = 'Ref,Priority,Action,Action Owner,Deadline,RAG,KPI,Target'
  const action = (ref: string, kpi: string, target: string) =>
    `${ref},1. Parks,Step ${ref},Lee Moss,31/03/2027,A,"${kpi}","${target}"`

  test.each<[string, string[], (string | null)[][], string[]]>([
    [
      'is the target of the measure',
      [action('1.1', 'Visits on time', '80% by March 2027')],
      [['Visits on time', '80% by March 2027', '2027-03-31']],
      [],
    ],
    [
      'has one for each of several',
      [action('1.1', 'Visits on time; Staff trained', '80%; 95%')],
      [
        ['Visits on time', '80%', null],
        ['Staff trained', '95%', null],
      ],
      [],
    ],
    [
      'is asked about where it is one of several measures',
      [action('1.1', 'Visits on time; Staff trained', '80%')],
      [
        ['Visits on time', null, null],
        ['Staff trained', null, null],
      ],
      [
        "“80%” is no target for each of the row's 2 measures. Give each measure a row of its own, or accept that they have none.",
      ],
    ],
    [
      'is asked about where it may be the stages of one measure',
      [action('1.1', 'Visits on time; Staff trained', '80% by June 2027; 95% by December 2027')],
      [
        ['Visits on time', null, null],
        ['Staff trained', null, null],
      ],
      [
        "“80% by June 2027; 95% by December 2027” is no target for each of the row's 2 measures. Give each measure a row of its own, or accept that they have none.",
      ],
    ],
    [
      'is asked about where the same measure has another one',
      [action('1.1', 'Visits on time', '80%'), action('1.2', 'Visits on time', '90%')],
      [['Visits on time', '80%', null]],
      [
        '“Visits on time” has the target “80%” in row 2, and “90%” here. Put one right, or accept that it is “80%”.',
      ],
    ],
  ])('%s', async (_, rows, measures, problems) => {
    const plan = await read([head, ...rows])
    expect(plan.measures.map(({ title, target, targetOn }) => [title, target, targetOn])).toEqual(
      measures,
    )
    expect(messages(plan.problems)).toEqual(problems)
  })
})
