import { describe, expect, test } from '@jest/globals'
import { civilDate } from '../../../src/base/dates.ts'
import { fingerprint } from '../../../src/domain/checks/check.ts'
import { buildNameAllowlist } from '../../../src/domain/checks/personal-data-detector.ts'
import {
  childWordNotes,
  planTexts,
  registerTexts,
} from '../../../src/features/imports/child-words.ts'
import type { PlanAddition, PlanChange } from '../../../src/features/imports/diff-types.ts'
import type { MilestoneCell, ProjectRow } from '../../../src/features/imports/parsed-plan.ts'
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

describe('the words of a plan are questioned where they are new', () => {
  const asked = (row: ProjectRow, added: PlanAddition[], changed: PlanChange[]) =>
    planTexts({ projects: [row] }, { added, changed }).filter(({ texts }) =>
      texts.some((text) => text?.includes(told)),
    )
  const isNew: PlanAddition[] = [{ what: 'project', ref: '1.1', title: 'Paths' }]
  const change = (field: string, to: string): PlanChange[] => [
    { what: 'project', ref: '1.1', field, from: null, to },
  ]

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
    expect(childWordNotes(rows, { answers: [], names })).toEqual([
      {
        row: 4,
        message:
          'This looks as if it told of one child or case: “Child X” and “YP2”. Change the words in the sheet, or accept that they are fine.',
      },
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
    expect(childWordNotes(same ? [same] : [], { answers, names })).toEqual([])
  })
})
