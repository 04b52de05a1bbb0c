import { describe, expect, test } from '@jest/globals'
import { civilDate } from '../../../../src/base/dates.ts'
import { readSheet } from '../../../../src/base/sheets/read-sheet.ts'
import { rag } from '../../../../src/domain/scheme/schemes.ts'
import { parsePlan } from '../../../../src/features/imports/parse-plan.ts'
import { workbook } from '../../../base/sheets/workbook-builder.ts'

const asOf = civilDate('2026-11-29')
const read = async (rows: readonly string[]) =>
  parsePlan(await readSheet(Buffer.from(rows.join('\n')), 'plan.csv'), asOf, rag)
type Plan = Awaited<ReturnType<typeof read>>
const messages = (notes: readonly { message: string }[]) => notes.map(({ message }) => message)

/** "Design / 1.1 Sketch: Paper 2027-01-08" of each milestone. */
const milestonesOf = ({ workstreams, projects }: Plan) =>
  projects.flatMap(({ workstreamRef, ref, title, milestones }) => {
    const group = workstreams.find((one) => one.ref === workstreamRef)?.title ?? ''
    return milestones.map(({ about, due }) => `${group} / ${ref} ${title}: ${about} ${due}`)
  })

describe('a row that sums up those below it is their group, and no task', () => {
  test.each<[string, string[], string[]]>([
    [
      'two levels by their number',
      [
        'ID,Outline Level,Task Name,Duration,Start,Finish,Resource Names',
        '1,1,Design,9 days,Mon 04/01/27,Fri 08/01/27,',
        '2,2,Sketch,9 days,Mon 04/01/27,Fri 08/01/27,Lee Moss',
        '3,1,Build,5 days,Mon 11/01/27,Fri 15/01/27,',
        '4,2,Walls,5 days,Mon 11/01/27,Fri 15/01/27,Kim Ash',
      ],
      ['Design / 2 Sketch: Finish 2027-01-08', 'Build / 4 Walls: Finish 2027-01-15'],
    ],
    [
      'three levels by the numbers of an outline, below the plan itself',
      [
        'WBS,Task Name,Duration,Finish,Resource Names',
        '1,Harbour plan,20 days,29/01/2027,',
        '1.1,Design,9 days,08/01/2027,',
        '1.1.1,Sketch,9 days,08/01/2027,',
        '1.1.1.1,Paper,4 days,06/01/2027,Lee Moss',
        '1.1.1.2,Ink,5 days,08/01/2027,Lee Moss',
        '1.2,Build,9 days,29/01/2027,',
        '1.2.1,Walls,9 days,29/01/2027,Kim Ash',
      ],
      [
        'Design / 1.1.1 Sketch: Paper 2027-01-06',
        'Design / 1.1.1 Sketch: Ink 2027-01-08',
        'Build / 1.2.1 Walls: Walls 2027-01-29',
      ],
    ],
    [
      'four levels: what is deeper than a milestone begins with its group',
      [
        'Outline Level,Name,Finish,Resource Names',
        '1,Design,08/01/2027,',
        '2,Sketch,08/01/2027,',
        '3,North,08/01/2027,',
        '4,Paper,08/01/2027,Lee Moss',
        '1,Open,29/01/2027,Kim Ash',
      ],
      ['Design / 1.1 Sketch: North: Paper 2027-01-08', 'Whole plan / 2.1 Open: Open 2027-01-29'],
    ],
    [
      'beside a column of workstreams, which stay',
      [
        'Ancestors,Task Name,Workstream,Finish,Assigned To',
        '0,Design,Harbour,28/01/2027,',
        '1,Sketch,Harbour,28/01/2027,Lee Moss',
      ],
      ['Harbour / 1.1 Sketch: Finish 2027-01-28'],
    ],
  ])('%s', async (_, rows, expected) => {
    const plan = await read(rows)
    expect(milestonesOf(plan)).toEqual(expected)
    expect(messages(plan.problems)).toEqual([])
    expect(messages(plan.warnings).join()).toContain('sum')
  })

  test('one row over all others is the plan itself, and is said to be', async () => {
    const plan = await read([
      'Outline Level,Task Name,Finish',
      ...['1,Harbour,28/01/2027', '2,Design,28/01/2027', '3,Sketch,28/01/2027'],
    ])
    expect(milestonesOf(plan)).toEqual(['Design / 1.1 Sketch: Finish 2027-01-28'])
    expect(messages(plan.warnings)).toContain(
      '“Harbour” sums up all other rows: it was taken for the plan itself, and is no workstream.',
    )
  })

  test('keeps its owner, a project its rating and comment as well; what has no place is said by row', async () => {
    const plan = await read([
      'Outline Level,Task Name,Finish,Assigned To,RAG,Comments',
      '1,Design,29/01/2027,Ann Poole,R,All late',
      '2,Sketch,28/01/2027,Bo Reed,A,Paper is short',
      '3,Paper,26/01/2027,Lee Moss,,',
      '3,Ink,28/01/2027,Lee Moss,,Dry',
      '1,Build,29/01/2027,,,',
      '2,Walls,29/01/2027,Kim Ash,G,',
    ])
    expect(plan.workstreams.map(({ title, leads }) => [title, leads])).toEqual([
      ['Design', ['Ann Poole']],
      ['Build', []],
    ])
    expect(
      plan.projects.map(({ title, leads, state, commentary }) => [title, leads, state, commentary]),
    ).toEqual([
      ['Sketch', ['Bo Reed', 'Lee Moss'], 'amber', 'Paper is short\nInk: Dry'],
      ['Walls', ['Kim Ash'], 'green', ''],
    ])
    expect(plan.corrections).toContainEqual({
      row: 2,
      message: 'Ann Poole was read as the owner of the workstream “Design”.',
    })
    expect(plan.warnings).toContainEqual({
      row: 2,
      message:
        '“Design” sums up those below. A workstream has only an owner: its rating and comment are left out.',
    })
  })

  test('set in by spaces alone, it is asked about', async () => {
    const plan = await read([
      'Task Name,Finish,Assigned To,Status',
      'Design,08/01/2027,Ann Poole,',
      '   Sketch,08/01/2027,Lee Moss,',
      '   Paint,15/01/2027,Lee Moss,',
    ])
    expect(milestonesOf(plan)).toEqual([
      'Design / 1.1 Sketch: Finish 2027-01-08',
      'Design / 1.2 Paint: Finish 2027-01-15',
    ])
    expect(messages(plan.problems)).toEqual([
      '1 row sums up those below (“Design”): read as the group of those and not as tasks, without their dates. Their titles alone say so, by how far they are set in. Accept it, or take the indents of the titles away.',
    ])
  })

  test('set in by the format of its cells, as Smartsheet exports, it is asked about', async () => {
    const setIn = (value: string, indent: number) => ({ value, style: { indent } })
    const rows = [
      ['Task Name', 'Finish', 'Assigned To'],
      ['Design', '28/01/2027', ''],
      [setIn('Sketch', 1), '28/01/2027', ''],
      [setIn('Paper', 2), '26/01/2027', 'Lee Moss'],
      [setIn('Ink', 2), '28/01/2027', 'Lee Moss'],
      ['Build', '29/01/2027', ''],
      [setIn('Walls', 1), '29/01/2027', 'Kim Ash'],
    ]
    const plan = parsePlan(await readSheet(workbook({ Plan: rows }), 'plan.xlsx'), asOf, rag)
    expect(milestonesOf(plan)).toEqual([
      'Design / 1.1 Sketch: Paper 2027-01-26',
      'Design / 1.1 Sketch: Ink 2027-01-28',
      'Build / 2.1 Walls: Walls 2027-01-29',
    ])
    expect(messages(plan.problems).join()).toContain('3 rows sum up those below')
  })

  test('in groups of rows alone, as Excel folds them away, it is asked about', async () => {
    const rows = [
      ['Task Name', 'Finish', 'Assigned To'],
      ['Design', '28/01/2027', ''],
      ['Sketch', '26/01/2027', 'Lee Moss'],
      ['Ink', '28/01/2027', 'Lee Moss'],
      ['Build', '29/01/2027', ''],
      ['Walls', '29/01/2027', 'Kim Ash'],
    ]
    const readGrouped = async (cells: string[][], groupLevels: number[]) => {
      const bytes = workbook({ Plan: cells }, { groupLevels })
      return parsePlan(await readSheet(bytes, 'plan.xlsx'), asOf, rag)
    }
    const plan = await readGrouped(rows, [0, 0, 1, 1, 0, 1])
    expect(milestonesOf(plan)).toEqual([
      'Design / 1.1 Sketch: Finish 2027-01-26',
      'Design / 1.2 Ink: Finish 2027-01-28',
      'Build / 2.1 Walls: Finish 2027-01-29',
    ])
    expect(messages(plan.problems)).toEqual([
      '2 rows sum up those below (“Design” and “Build”): read as the groups of those and not as tasks, without their dates. The groups of rows alone say so (Data, Group). Accept it, or take the groups away (Data, Ungroup).',
    ])
    // Folded away below a total, or beside a column that says the groups, they say nothing.
    for (const [cells, levels] of [
      [rows, [0, 1, 1, 1, 1, 0]],
      [rows.map((row, at) => [...row, at === 0 ? 'Workstream' : 'Hall']), [0, 0, 1, 1, 0, 1]],
    ] as const) {
      const alike = await readGrouped([...cells], [...levels])
      expect([alike.projects.length, alike.problems]).toEqual([5, []])
    }
  })

  test('numbered in two levels but set in otherwise, it is asked about; set in as numbered, it is said', async () => {
    const head = 'WBS,Task Name,Finish,Assigned To'
    const tasks = ['1.2,  Paint,15/01/2027,Lee Moss', '2,Build,29/01/2027,']
    const said = async (...rows: string[]) => {
      const { problems, warnings } = await read([head, ...rows])
      const isSaid = (one: string) => one.includes('up those below')
      return [problems, warnings].map((notes) => messages(notes).filter(isSaid).length)
    }
    const walls = '2.1,  Walls,29/01/2027,Kim Ash'
    expect(
      await said('1,Design,08/01/2027,', '1.1,  Sketch,08/01/2027,Lee Moss', ...tasks, walls),
    ).toEqual([0, 1])
    expect(
      await said('1,Design,08/01/2027,', '2,  Sketch,08/01/2027,Lee Moss', ...tasks, walls),
    ).toEqual([1, 0])
  })

  test('lines of their own above tasks that are set in head them, as without indents', async () => {
    const plan = await read([
      'Task,Finish,Owner',
      'Design',
      '  Sketch,28/01/2027,',
      '  Ink,28/01/2027,',
    ])
    expect(milestonesOf(plan)).toEqual([
      'Design / 1.1 Sketch: Finish 2027-01-28',
      'Design / 1.2 Ink: Finish 2027-01-28',
    ])
    expect(plan.problems).toEqual([])
  })

  test.each([
    [['Task Name,Outline Level,Finish', 'Dig,3,08/01/2027', 'Fill,1,15/01/2027']],
    [['Task Name,Finish', '  Dig,08/01/2027', 'Fill,15/01/2027']],
    [['Ref,Task Name,Finish', '1.1,Dig,08/01/2027', '1.1.1,Fill,15/01/2027']],
  ])('%j is no outline', async (rows) => {
    const plan = await read(rows)
    expect(plan.projects.map(({ title }) => title)).toEqual(['Dig', 'Fill'])
    expect(messages(plan.warnings).join()).not.toContain('sums up')
  })
})

describe('tasks that are not active', () => {
  const tasks = (...flags: string[]) => [
    'ID,Active,Task Name,Duration,Finish,Resource Names',
    ...flags.map((flag, at) => `${at + 1},${flag},Step ${at + 1},5 days,08/01/2027,Lee Moss`),
  ]

  test.each([
    ['Yes', 'No', 'Yes'],
    ['TRUE', 'FALSE', 'TRUE'],
  ])('%s, %s, %s: are left out, and counted', async (...flags) => {
    const plan = await read(tasks(...flags))
    expect(plan.projects.map(({ title }) => title)).toEqual(['Step 1', 'Step 3'])
    expect(messages(plan.warnings)).toContain(
      '1 task that is not active was left out (row 3): “Step 2”. To have them read, say --map "Active=ignore".',
    )
  })

  test('are read where the column says something else', async () => {
    const plan = await read(tasks('No', 'Since May', 'Yes'))
    expect(plan.projects).toHaveLength(3)
    expect(messages(plan.warnings).join()).not.toContain('not active')
  })
})
