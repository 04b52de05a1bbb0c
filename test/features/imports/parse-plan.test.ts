import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { civilDate } from '../../../src/base/dates.ts'
import { Refusal } from '../../../src/base/errors.ts'
import { readSheet, type Sheet } from '../../../src/base/sheets/read-sheet.ts'
import { rag } from '../../../src/domain/scheme/schemes.ts'
import { type PlanFile, parsePlan } from '../../../src/features/imports/parse-plan.ts'

const asOf = civilDate('2019-03-04')
const head = ['REF', 'WORKSTREAM DETAIL', 'RAG', 'COMMENTARY', 'March', 'April']
const one = ['1', 'Welcome', '', '', '', '']

function sheetOf(...rows: string[][]): Sheet {
  const numbered = rows.map((cells, index) => ({ number: index + 1, cells }))
  return { fileName: 'plan.csv', format: 'csv', encoding: 'UTF-8', rows: numbered, notes: [] }
}

function projectOf(...cells: string[]): PlanFile {
  return parsePlan(sheetOf(head, one, ['1.1', ...cells]), asOf, rag)
}

/** What the summary sheet has none of. */
const nothingElse = { measures: 0, readings: 0, outcomes: 0, recommendations: 0 }

const said = (notes: PlanFile['warnings']) => notes.map(({ row, message }) => `${row} ${message}`)

describe('the RAG column', () => {
  test.each([
    ['R', 'red'],
    ['A', 'amber'],
    ['G', 'green'],
    ['g ', 'green'],
    ['Red', 'red'],
    ['AMBER', 'amber'],
    ['green', 'green'],
    ['', 'blank'],
    [' ', 'blank'],
  ])('"%s" is %s without a note', (raw, state) => {
    const plan = projectOf('Paths', raw, '', '', '')
    expect(plan.projects[0]).toMatchObject({ state, rawState: raw })
    expect(plan.corrections).toEqual([])
  })

  test.each([
    ['А', 'amber', '"А" (U+0410) was read as Amber.'], // Cyrillic
    ['Α', 'amber', '"Α" (U+0391) was read as Amber.'], // Greek
    ['Δ', 'amber', '"Δ" (U+0394) was read as Amber.'],
    ['l R', 'red', '"l R" was read as Red.'],
    ['l K', 'red', '"l K" was read as Red.'],
    ['K', 'red', '"K" was read as Red.'],
    ['Rеd', 'red', '"Rеd" (U+0052 U+0435 U+0064) was read as Red.'],
  ])('%s is read as %s, with a note', (raw, state, message) => {
    const plan = projectOf('Paths', raw, 'Because of rain', '', '')
    expect(plan.projects[0]).toMatchObject({ state, rawState: raw })
    expect(plan.corrections).toEqual([{ row: 3, column: 'RAG', message: `1.1: ${message}` }])
  })

  test.each(['Purple', 'R/A', '5', 'Λ', '#REF!'])('"%s" is not rated, and asked about', (raw) => {
    const plan = projectOf('Paths', raw, '', '1 Mar - Start', '')
    expect(plan.projects[0]).toMatchObject({ state: 'blank', rawState: raw })
    expect(plan.counts.states).toEqual({ red: 0, amber: 0, green: 0, blank: 1 })
    expect(plan.problems[0]?.message).toContain('is no state of this programme')
  })
})

describe('a person should look at', () => {
  test.each([
    ['no milestone', ['Paths', 'G', '', '', ''], '3 1.1 has no milestone.'],
    ['no title', ['', 'G', '', '5 Mar - Start', ''], '3 1.1 has no title.'],
    ['no reason', ['Paths', 'R', '', '5 Mar - Start', ''], '3 1.1 is Red without a commentary.'],
    [
      'Green with words',
      ['Paths', 'G', 'All done', '5 Mar - Start', ''],
      '3 1.1 is Green but has a commentary.',
    ],
    [
      'a stray number',
      ['Paths', 'G', '5', '5 Mar - Start', ''],
      '3 1.1: the commentary is only "5".',
    ],
    [
      'a stray dot',
      ['Paths', 'G', '', '·', '5 Apr - Start'],
      '3 1.1: the cell holds only "·" (U+00B7); no milestone was read.',
    ],
    ['no date', ['Paths', 'G', '', 'TBC - Start', ''], '3 1.1: no date in "TBC - Start".'],
    [
      'another month',
      ['Paths', 'G', '', '5 Apr - Start', ''],
      '3 1.1: "5 Apr - Start" is due Fri 5 Apr 2019, but stands under March.',
    ],
  ])('%s', (_what, cells, message) => {
    expect(said(projectOf(...cells).warnings)).toEqual([message])
  })

  test('nothing in a clean row', () => {
    const plan = projectOf('Paths', 'A', 'Rain', '5 Mar - Start 8 Mar - Stop', 'Apr - Rest')
    expect([plan.warnings, plan.corrections]).toEqual([[], []])
    expect(plan.projects[0]?.milestones.map(({ column, due }) => `${column} ${due}`)).toEqual([
      'March 2019-03-05',
      'March 2019-03-08',
      'April 2019-04-30',
    ])
  })

  test('a project above its workstream', () => {
    const plan = parsePlan(
      sheetOf(head, ['1.1', 'Paths', 'G', '', '5 Mar - Go', ''], one),
      asOf,
      rag,
    )
    expect(said(plan.warnings)).toEqual(['2 1.1 stands above its workstream 1.'])
  })

  test('a rating beside a workstream, a row without a number and a column of another kind', () => {
    const rows = [
      [...head, 'NOTES'],
      ['1', 'Welcome', 'R', '', '', '', ''],
      ['1.1', 'Paths', 'G', '', '5 Mar - Go', '', 'see file'],
      ['', 'Paths, continued', '', '', '', '', ''],
      ['x', 'Key', '', '', '', '', ''],
    ]
    const { warnings, unreadCells } = parsePlan(sheetOf(...rows), asOf, rag)
    expect(said(warnings)).toEqual([
      '1 Not read: the column "NOTES", first filled in row 3.',
      '4 Not read: the row has no REF. It says: Paths, continued',
      '5 Not read: REF "x" is not a number. It says: x | Key',
    ])
    expect(said(unreadCells)).toEqual([
      '2 Not kept: R',
      '3 Not kept: see file',
      '4 Not kept: Paths, continued',
      '5 Not kept: x',
      '5 Not kept: Key',
    ])
  })
})

describe('headings', () => {
  test('may be below a title, in another order and case, with other months', () => {
    const rows = [
      ['Plan for the year'],
      ['Sept 2019', 'rag', 'Ref', 'October', 'Commentary', 'Workstream detail', 'LEADS', 'Sponsor'],
      ['', '', '1', '', '', 'Welcome', 'Head of Parks', 'Director; Cllr Reed'],
      [
        '2 Sep - Go',
        'G',
        '1.1',
        '3 Oct - Stop',
        '',
        'Paths',
        'Ada Quill / Tom Birch, North and South',
        '',
      ],
    ]
    const plan = parsePlan(sheetOf(...rows), asOf, rag)
    expect(plan.workstreams).toEqual([
      {
        ref: '1',
        title: 'Welcome',
        row: 3,
        leads: ['Head of Parks'],
        sponsors: ['Director', 'Cllr Reed'],
      },
    ])
    expect(plan.projects[0]).toMatchObject({
      title: 'Paths',
      leads: ['Ada Quill', 'Tom Birch, North and South'],
      milestones: [{ column: 'Sept 2019' }, { column: 'October' }],
    })
    expect(plan.warnings).toEqual([])
  })
})

describe('a file is refused as a whole', () => {
  test.each([
    [
      'without headings',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
      'not a plan that Milepost can read',
    ],
    [
      'without RAG and months',
      [['REF', 'WORKSTREAM DETAIL', 'COMMENTARY'], one],
      'row 1: the plan has no column headed RAG and a month',
    ],
    ['without rows', [head], 'no row with a REF'],
    [
      'without the workstream of a project',
      [head, one, ['2.1', 'a']],
      'row 3: project 2.1 belongs to workstream 2, which has no row',
    ],
  ])('%s', (_what, rows, message) => {
    const read = () => parsePlan(sheetOf(...rows), asOf, rag)
    expect(read).toThrow(Refusal)
    expect(read).toThrow(message)
    expect(read).toThrow('othing was imported')
  })
})

test('10,000 rows are read', () => {
  const rows = Array.from({ length: 10_000 }, (_, at) => [
    `1.${at}`,
    'Paths',
    'G',
    '',
    '5 Mar - Go',
    '',
  ])
  expect(parsePlan(sheetOf(head, one, ...rows), asOf, rag).counts.projects).toBe(10_000)
})

test('the sample plan with all its dirt', async () => {
  const bytes = readFileSync(new URL('samples/parks-2019.csv', import.meta.url))
  const plan = parsePlan(await readSheet(bytes, 'parks-2019.csv'), asOf, rag)
  expect(plan.counts).toEqual({
    workstreams: 2,
    projects: 8,
    milestones: 13,
    withDay: 8,
    monthOnly: 1,
    range: 0,
    undated: 4,
    states: { red: 2, amber: 2, green: 2, blank: 2 },
    ...nothingElse,
  })
  expect(said(plan.corrections)).toEqual([
    '6 1.2: "А" (U+0410) was read as Amber.',
    '6 1.2: "O1 Mar" was read as Fri 1 Mar 2019.',
    '7 1.3: "l K" was read as Red.',
    '7 1.3: "ТВС" (U+0422 U+0412 U+0421) was read as TBC.',
    '9 2.1: "Δ" (U+0394) was read as Amber.',
    '13 The headings come again here; skipped.',
  ])
  expect(said(plan.warnings)).toEqual([
    '6 1.2: no date in "TBC - Install the first signs".',
    '7 1.3: the cell holds only "·" (U+00B7); no milestone was read.',
    '7 1.3: no date in "ТВС".',
    '10 2.2: the commentary is only "5".',
    '11 2.3: "30 Apr - First hundred planted" is due Tue 30 Apr 2019, but stands under March.',
    '12 2.4 has no milestone.',
    '12 2.4 is Red without a commentary.',
    '14 2.5: no date in "=SUM(A1)".',
    '16 Not read: REF "Key: R = Red" is not a number. It says: Key: R = Red',
  ])
  expect(said(plan.problems)).toEqual([
    '10 2.2: “31 Feb - Rota agreed”: There is no 31 February. Put the date right, or accept that the milestone is kept without a date.',
    '14 "Purple" in row 14 is no state of this programme. Say what it means: --state "Purple=…", with one of Red, Amber, Green, No update required, N/A, Not yet available, done, not rated. If it is accepted, it is not rated, and an earlier rating stays.',
  ])
})

const published = new URL('../../../../shared/plans/worcestershire-2017.csv', import.meta.url)
const isThere = existsSync(published)

if (!isThere)
  console.warn('NOT RUN: the published W17 plan is not beside the project (shared/plans).')
else
  describe('the published W17 plan', () => {
    test('gives its 8 workstreams, 47 projects and 94 milestones, and keeps every cell', async () => {
      const sheet = await readSheet(readFileSync(published), 'worcestershire-2017.csv')
      const plan = parsePlan(sheet, civilDate('2017-02-24'), rag)
      expect(plan.unreadCells).toEqual([])
      expect(plan.counts).toEqual({
        workstreams: 8,
        projects: 47,
        milestones: 94,
        withDay: 88,
        monthOnly: 1,
        range: 0,
        undated: 5,
        states: { red: 8, amber: 18, green: 21, blank: 0 },
        ...nothingElse,
      })
      const reds = plan.projects.filter(({ state }) => state === 'red').map(({ ref }) => ref)
      expect(reds).toEqual(['1.7', '2.1', '2.2', '2.3', '3.2', '4.5', '5.1', '8.2'])
      const perWorkstream = plan.workstreams.map(({ ref }) => {
        return plan.projects.filter(({ workstreamRef }) => workstreamRef === ref).length
      })
      expect(perWorkstream).toEqual([8, 7, 3, 5, 6, 9, 5, 4])
      expect(plan.corrections).toHaveLength(21)
      for (const project of plan.projects) {
        const row = sheet.rows.find(({ number }) => number === project.row)
        const raws = project.milestones.map(({ raw }) => raw).join('')
        expect(raws).toBe(row?.cells.slice(4).join('').replace('·', ''))
      }
    })
  })
