import { describe, expect, test } from '@jest/globals'
import { civilDate } from '../../../src/base/dates.ts'
import { type ImportAsked, importPlan } from '../../../src/features/imports/import-plan.ts'
import { inTransaction } from '../../../src/infra/db.ts'
import { useDatabase } from '../../support/database.ts'

const store = useDatabase()

const now = new Date('2018-05-04T10:00:00Z')
let programmes = 0

/** Into a programme of its own. */
function run(rows: readonly string[], more: Partial<ImportAsked> = {}) {
  programmes += 1
  const asked: ImportAsked = {
    bytes: Buffer.from(rows.join('\n')),
    fileName: 'plan.csv',
    programme: { key: `BAD${programmes}` },
    asOf: civilDate('2018-05-04'),
    dryRun: false,
    ...more,
  }
  return inTransaction(store.db, (tx) => importPlan(tx, asked, now))
}

const sheet = (...rows: string[]) => ['REF,WORKSTREAM DETAIL,RAG,COMMENTARY,March', ...rows]
const action = (...rows: string[]) => [
  'Priority,Action,Owner,Start,Deadline,BRAG',
  ...rows,
  '1. Lights,Test the lamps,Harbour Master,,1 Jun 2018,G',
]
const kpi = (...rows: string[]) => ['Workstream,KPI,Figure will,Baseline,Target,Value', ...rows]

/** Each with its place, and what is stored when a person accepts it. */
const problems: [string, string[], string, { projects?: number; measures?: number }][] = [
  [
    'two projects with one ref',
    sheet('1,People,,,', '1.1,Recruiting,G,,', '1.1,Keeping,G,,', '1.2,Pay,G,,'),
    'row 4, REF: 1.1 stands in rows 3 and 4, but a number may come once. Give each row its own (Excel turns 1.10 into 1.1 unless the column is formatted as Text), or accept that only row 3 is imported.',
    { projects: 2 },
  ],
  [
    'a milestone before its project starts',
    action('1. Lights,Paint the mast,Harbour Master,1 Sep 2018,1 Aug 2018,'),
    'row 2, Deadline: 1.1: “1 Aug 2018” is due Wed 1 Aug 2018, before the project starts on Sat 1 Sep 2018 (Start). Put one of the two days right, or accept both as they are.',
    { projects: 2 },
  ],
  [
    'a target without a unit',
    kpi('Lights,Lights that work,Increase,80%,95,90%'),
    'row 2, Target: “Lights that work”: The target “95” has no unit, and “90%” has one. Give the target its unit.',
    { measures: 1 },
  ],
  [
    'a target without a unit, and nothing beside it',
    kpi('Lights,Lights that work,Increase,,95,'),
    'row 2, Target: “Lights that work”: the target “95” has no unit. Write it as 65% or 65 days, or accept it as a plain number.',
    { measures: 1 },
  ],
  [
    'a percentage over 100',
    kpi('Lights,Lights that work,Increase,80%,95%,190%'),
    'row 2, Target: “Lights that work”: The reading “190%” is over 100%.',
    { measures: 1 },
  ],
  [
    'a measure of a project that is not in the plan',
    ['Project,KPI,Figure will,Baseline,Target,Value', '9.9,Lights that work,Increase,80%,95%,90%'],
    'row 2, Project: There is no project “9.9” in the plan. Put its number right, or accept that the measure is not linked to it.',
    { measures: 1 },
  ],
  [
    '31 February',
    action('1. Lights,Paint the mast,Harbour Master,,31 February 2019,'),
    'row 2, Deadline: 1.1: “31 February 2019”: There is no 31 February. Put the date right, or accept that the milestone is kept without a date.',
    { projects: 2 },
  ],
  [
    '31 February under a month',
    sheet('1,People,,,', '1.1,Recruiting,G,,31 Feb - Adverts out'),
    'row 3, March: 1.1: “31 Feb - Adverts out”: There is no 31 February.',
    { projects: 1 },
  ],
  [
    'a year 2107',
    action('1. Lights,Paint the mast,Harbour Master,,1 June 2107,'),
    'row 2, Deadline: 1.1: “1 June 2107”: Wed 1 Jun 2107 is more than 15 years from Fri 4 May 2018.',
    { projects: 2 },
  ],
  [
    'a column doubled',
    ['REF,WORKSTREAM DETAIL,RAG,RAG,COMMENTARY,March', '1,People,,,,', '1.1,Recruiting,G,A,,'],
    'row 1, RAG: Columns C and D mean the same (state). Remove one, or say what it is: --map "column D=ignore". If it is accepted, only C is read.',
    { projects: 1 },
  ],
  [
    'a column that should be there',
    ['Priority,Action,Deadline,BRAG', '1. Lights,Test the lamps,1 Jun 2018,G'],
    'row 1, Action Owner: There is no column headed Action Owner. Add it, or say which one it is: --map "Your heading=leads". If it is accepted, the plan is imported without it.',
    { projects: 1 },
  ],
  [
    'merged heading rows',
    [
      'REF,WORKSTREAM DETAIL,Status,,Milestones,',
      ',,RAG,COMMENTARY,March,April',
      '1,People,,,,',
      '1.1,Recruiting,G,,6 Mar - Adverts out,',
    ],
    'row 1: The headings stand in two rows, 1 and 2, with merged cells. They were read together; look at what each column was taken for. Put all headings into one row, or accept it.',
    { projects: 1 },
  ],
]

describe.each(problems)('%s', (_what, rows, message, accepted) => {
  test('is reported with its place and its remedy, and nothing is saved', async () => {
    await expect(run(rows)).rejects.toMatchObject({
      name: 'Refusal',
      message: expect.stringContaining(message),
    })
    await expect(run(rows)).rejects.toThrow('or import the rest with --accept')
    expect(await store.db.programme.findUnique({ where: { key: `BAD${programmes}` } })).toBeNull()
  })

  test('is reported by a dry run', async () => {
    const result = await run(rows, { dryRun: true })
    expect(result.stored).toBe(false)
    expect(result.problems).not.toEqual([])
  })

  test('the rest is imported once a person accepts that, and a second import changes nothing', async () => {
    const { understood, stored } = await run(rows, { accept: true })
    expect([stored, understood]).toMatchObject([true, accepted])
    const key = `BAD${programmes}`
    const again = await run(rows, { accept: true, programme: { key } })
    expect(again.difference).toMatchObject({ added: [], changed: [], missing: [] })
  })
})

describe('a file that gives no plan is refused, accepted or not', () => {
  test.each([
    [
      'a column missing',
      ['REF,WORKSTREAM DETAIL,COMMENTARY,March', '1,People,,'],
      'plan.csv, row 1: the plan has no column headed RAG. It was read as a summary sheet. Row 1 has “REF”, “WORKSTREAM DETAIL”, “COMMENTARY” and “March”. Nothing was imported; add the heading and try again, or say which column it is: --map "Your heading=state".',
    ],
    [
      'no row below the headings',
      ['Action,Owner,Deadline,Priority,BRAG', ',,,,'],
      'plan.csv, row 1: there are the headings of an action plan, but nothing below them',
    ],
    [
      'a project without its workstream',
      sheet('1,People,,,', '2.1,Recruiting,G,,'),
      'row 3: project 2.1 belongs to workstream 2, which has no row',
    ],
  ])('%s', async (_what, rows, message) => {
    await expect(run(rows, { accept: true })).rejects.toThrow(message)
    expect(await store.db.programme.findUnique({ where: { key: `BAD${programmes}` } })).toBeNull()
  })
})

test('an import that fails late leaves nothing behind', async () => {
  const rows = action('1. Lights,Scrape the hull,Harbour Master,,1 Aug 2018,')
  const key = 'HALF'
  await expect(
    inTransaction(store.db, async (tx) => {
      await importPlan(
        tx,
        {
          bytes: Buffer.from(rows.join('\n')),
          fileName: 'plan.csv',
          programme: { key },
          asOf: civilDate('2018-05-04'),
          dryRun: false,
        },
        now,
      )
      throw new Error('the line went dead')
    }),
  ).rejects.toThrow('the line went dead')
  expect(await store.db.programme.findUnique({ where: { key } })).toBeNull()
  expect(await store.db.project.count({ where: { title: 'Scrape the hull' } })).toBe(0)
})

test('the meaning of headings is remembered for the programme', async () => {
  const rows = ['Step,Who,By when,Priority,BRAG,Aside', 'Dig,Ada Quill,1 May 2018,1. Soil,G,x']
  const mapping = { Step: 'title', Who: 'leads', Aside: 'ignore' }
  const first = await run(rows, { mapping })
  expect(first).toMatchObject({ stored: true, shape: 'action-plan', lost: [] })
  const key = `BAD${programmes}`
  const second = await run(rows, { programme: { key } })
  expect(second.difference).toMatchObject({ added: [], changed: [], unchanged: 3 })
  const { settings } = await store.db.programme.findUniqueOrThrow({ where: { key } })
  expect(settings).toMatchObject({ mapping: { ...mapping, 'By when': 'deadline' } })
})
