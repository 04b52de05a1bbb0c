import { describe, expect, test } from '@jest/globals'
import { civilDate } from '../../../src/base/dates.ts'
import { fingerprint } from '../../../src/domain/checks/check.ts'
import { buildNameAllowlist } from '../../../src/domain/checks/personal-data-detector.ts'
import { keepCellNotes } from '../../../src/features/imports/cell-notes.ts'
import { findInRows, planTexts, registerTexts } from '../../../src/features/imports/child-words.ts'
import type { PlanAddition, PlanChange } from '../../../src/features/imports/diff-types.ts'
import { newDraft } from '../../../src/features/imports/formats/sheet-format.ts'
import type {
  MeasureRow,
  MilestoneCell,
  ProjectRow,
  ReadingCell,
} from '../../../src/features/imports/parsed-plan.ts'
import type { EntryWord } from '../../../src/features/imports/registers/diff-register.ts'
import { aRisk } from '../../support/register.ts'
import { aRiskRow } from './registers/entry-rows.ts'

const told = 'The review of Child X is late'

const cell: MilestoneCell = {
  ...{ row: 7, column: 'March', raw: `12 Mar ${told}`, about: told },
  ...{ due: null, earliest: null, precision: 'none', problem: null },
  ...{ recurrence: null, condition: null },
}
const project = (said: Partial<ProjectRow> = {}): ProjectRow => ({
  ...{ ref: '1.1', title: 'Paths', workstreamRef: '1', row: 7, state: 'red', rawState: 'R' },
  ...{ commentary: '', leads: [], recommendations: [], outcomes: [], milestones: [] },
  ...said,
})

const rest = { workstreams: [], measures: [] }

describe('the words of a plan are questioned where they are new', () => {
  const asked = (row: ProjectRow, added: PlanAddition[], changed: PlanChange[]) =>
    planTexts({ ...rest, projects: [row] }, { added, changed }).filter(({ texts }) =>
      texts.some((text) => text?.includes(told)),
    )
  const isNew: PlanAddition[] = [{ what: 'project', ref: '1.1', title: 'Paths' }]
  const change = (field: string, to: string): PlanChange[] => [
    { what: 'project', ref: '1.1', field, from: null, to },
  ]

  test('a note beside a cell, which is kept in the commentary', () => {
    const draft = newDraft()
    draft.projects.push(project())
    const row = { number: 7, cells: ['1.1', 'Paths'], looks: [undefined, { note: told }] }
    keepCellNotes([{ row: 1, columns: new Map(), rows: [row], title: null }], draft)
    const [noted = project()] = draft.projects
    expect(asked(noted, isNew, [])).toHaveLength(1)
  })

  test.each<[string, ProjectRow, PlanAddition[], PlanChange[]]>([
    ['a new project’s commentary', project({ commentary: told }), isNew, []],
    ['its title', project({ title: told }), isNew, []],
    ['its milestones', project({ milestones: [cell] }), isNew, []],
    [
      'a new milestone',
      project(),
      [{ what: 'milestone', ref: '1.1', title: told, milestone: cell }],
      [],
    ],
    ['a commentary that changes', project(), [], change('commentary', told)],
  ])('%s', (_, row, added, changed) => {
    expect(asked(row, added, changed)).toMatchObject([{ row: 7 }])
  })

  test.each<[string, ProjectRow, PlanChange[]]>([
    ['what the plan has already', project({ commentary: told }), []],
    ['the names of leads', project(), change('leads', told)],
  ])('but not %s', (_, row, changed) => {
    expect(asked(row, [], changed)).toEqual([])
  })
})

describe('the words of workstreams, measures and outcomes are questioned where they are new', () => {
  const measure = (said: Partial<MeasureRow> = {}): MeasureRow => ({
    ...{ title: 'Attendance', row: 9, kind: 'kpi', polarity: null, baseline: null },
    ...{ baselineState: null, target: null, targetOn: null, frequency: null, method: null },
    ...{ nextDue: null, workstreamRef: null, projects: [], outcomes: [], readings: [] },
    ...said,
  })
  const reading: ReadingCell = {
    ...{ row: 9, column: 'Q1', raw: told, declared: null, direction: null, period: 'Q1' },
    forDay: civilDate('2026-03-31'),
  }
  const workstream = { ref: '2', title: told, row: 5, sponsors: [], leads: [] }
  const file = {
    workstreams: [workstream],
    projects: [project({ outcomes: [told], recommendations: ['4'] })],
    measures: [measure(), measure({ title: told, row: 11 }), measure({ title: 'M', method: told })],
  }
  const changed = (what: 'workstream' | 'measure', field: string): PlanChange =>
    ({ what, ref: '2', field, title: 'Attendance', from: 'x', to: told }) as PlanChange

  test.each<[string, number, PlanAddition[], PlanChange[]]>([
    ['the title of a new workstream', 5, [{ what: 'workstream', ref: '2', title: told }], []],
    ['a workstream’s title that changes', 5, [], [changed('workstream', 'title')]],
    ['the title of a new measure', 11, [{ what: 'measure', ref: '', title: told }], []],
    ['how a new measure is taken', 9, [{ what: 'measure', ref: '', title: 'M' }], []],
    ['a measure’s target that changes', 9, [], [changed('measure', 'target')]],
    ['a new reading', 9, [{ what: 'reading', ref: '', title: 'Attendance', reading }], []],
    ['a new outcome', 7, [{ what: 'outcome', ref: '', title: told }], []],
    ['a new recommendation', 7, [{ what: 'recommendation', ref: '4', title: told }], []],
  ])('%s', (_, row, added, changes) => {
    const found = planTexts(file, { added, changed: changes })
    expect(found).toMatchObject([{ row, texts: expect.arrayContaining([told]) }])
  })

  test('but not what a measure is linked to', () => {
    const [found] = planTexts(file, { added: [], changed: [changed('measure', 'outcomes')] })
    expect(found?.texts).toEqual([])
  })
})

describe('the words of a register are questioned where they are new', () => {
  const word = (said: Partial<EntryWord>): EntryWord => ({
    ...{ row: aRiskRow({ text: told }), fields: {}, closing: null, isReopened: false },
    ...{ sheetRef: null, ...said },
    stored: {
      ...{ entry: aRisk(1, 'red'), sheetRef: 'R1', ofSheet: null, history: [], saidOn: null },
      ...{ isClosedBySheet: false, isReopenedInChat: false },
    },
  })
  const textsOf = (...[found]: ReturnType<typeof registerTexts>) =>
    found?.texts.filter((text) => text === told)

  test.each(['text', 'mitigation', 'proximity', 'outcome', 'askedOf', 'dependsOn'] as const)(
    'the %s of a new entry',
    (field) => {
      const added = [aRiskRow({ [field]: told })]
      expect(textsOf(...registerTexts({ added, words: [] }))).toEqual([told])
    },
  )

  test('what changes of an entry, and not what it says already', () => {
    const changed = word({ fields: { mitigation: told } })
    expect(textsOf(...registerTexts({ added: [], words: [changed] }))).toEqual([told])
    expect(textsOf(...registerTexts({ added: [], words: [word({})] }))).toEqual([])
  })
})

describe('each row is asked about once', () => {
  const names = buildNameAllowlist(['Ella'])
  const rows = [
    { row: 2, texts: ['All is well', null] },
    { row: 4, texts: [told, 'Visits to YP2 are overdue'] },
    { row: 4, texts: [told] },
    { row: 9, texts: ['We await the views of Ella’s mother'] },
  ]

  test('with what it is about, and what to do', () => {
    expect(findInRows(rows, { answers: [], names })).toEqual({
      fingerprints: rows
        .slice(1, 3)
        .flatMap(({ texts }) => texts.map((text) => fingerprint(text ?? '')))
        .filter((one, at, all) => all.indexOf(one) === at),
      notes: [
        {
          row: 4,
          message:
            'This looks as if it told of one child or case: “Child X” and “YP2”. Change the words in the sheet, or accept that they are fine.',
        },
      ],
    })
  })

  test('with the name of its sheet, where a register stands beside the plan', () => {
    const { notes } = findInRows(
      [
        { row: 4, texts: [told] },
        { row: 4, sheet: 'Risks', texts: [told] },
      ],
      { answers: [], names },
    )
    expect(notes.map(({ row, sheet }) => [row, sheet])).toEqual([
      [4, undefined],
      [4, 'Risks'],
    ])
  })

  test('unless somebody has answered for the words', () => {
    const answers = [{ check: 'child', fingerprints: [fingerprint(told)] }].map((one) => ({
      ...{
        answer: 'A style of review',
        projectId: null,
        byId: null,
        onDay: civilDate('2026-02-27'),
      },
      ...one,
    }))
    const [, , same] = rows
    expect(findInRows(same ? [same] : [], { answers, names }).notes).toEqual([])
  })
})
