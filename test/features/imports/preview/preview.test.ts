import { describe, expect, test } from '@jest/globals'
import { civilDate } from '../../../../src/base/dates.ts'
import type { SheetNote } from '../../../../src/base/sheets/read-sheet.ts'
import { rag } from '../../../../src/domain/scheme/schemes.ts'
import { formatImportResult } from '../../../../src/features/imports/format.ts'
import { countsOf } from '../../../../src/features/imports/parse-plan.ts'
import {
  formatGroup,
  groupNotes,
  groupQuestions,
} from '../../../../src/features/imports/preview/grouped-notes.ts'
import { withKinds } from '../../../../src/features/imports/preview/kinds.ts'
import {
  formatPeople,
  peopleInSheet,
} from '../../../../src/features/imports/preview/people-in-sheet.ts'
import {
  compareEffects,
  fingerprintOf,
  fitSections,
  plainLine,
} from '../../../../src/features/imports/preview/sheet-preview.ts'
import type { ImportResult } from '../../../../src/features/imports/result.ts'

/** Notes and results, as they are shown before anything is saved. */

describe('notes of one kind', () => {
  const lines = (...notes: [row: number, message: string, column?: string][]) =>
    groupNotes(
      notes.map(([row, message, column]) => ({ row, message, ...(column ? { column } : {}) })),
    ).map((group) => formatGroup(group))

  test.each<[string, Parameters<typeof lines>, string[]]>([
    [
      'make one line with their rows',
      [
        [3, '1.2 has no milestone.'],
        [7, '2.1 has no milestone.'],
        [9, '2.3 has no milestone.'],
      ],
      ['Row 3: 1.2 has no milestone. The same in rows 7, 9 (3 rows in all).'],
    ],
    [
      'are told by what they say, not by what they quote',
      [
        [3, '1.2: no date in "TBC".', 'March'],
        [4, '1.3: no date in "as agreed".', 'March'],
        [5, '“x” is no known state; taken as not rated.', 'RAG'],
      ],
      [
        'Row 3, March: 1.2: no date in "TBC". The same in row 4 (2 rows in all).',
        'Row 5, RAG: “x” is no known state; taken as not rated.',
      ],
    ],
    [
      'name some rows and count the others',
      Array.from({ length: 10 }, (_, at): [number, string] => [at + 1, `1.${at} has no title.`]),
      ['Row 1: 1.0 has no title. The same in rows 2, 3, 4, 5, 6, 7 and 3 more (10 rows in all).'],
    ],
    [
      'about the whole file say so',
      [[0, 'Only the sheet "A" was read.']],
      ['The file: Only the sheet "A" was read.'],
    ],
  ])('%s', (_, notes, expected) => {
    expect(lines(...notes)).toEqual(expected)
  })
})

test('notes of another sheet name it, and are none of the plan’s rows', () => {
  const note = { row: 3, column: 'RAG', message: 'It is “Red”.' }
  const groups = groupNotes([
    note,
    { ...note, sheet: 'Risks' },
    { ...note, row: 4, sheet: 'Risks' },
    { row: 0, message: 'There is no Owner.', sheet: 'Risks' },
  ])
  expect(groups.map((group) => formatGroup(group, (row) => `text of ${row}`))).toEqual([
    'Row 3, RAG (text of 3): It is “Red”.',
    'Sheet “Risks”, row 3, RAG: It is “Red”. The same in row 4 (2 rows in all).',
    'Sheet “Risks”: There is no Owner.',
  ])
})

describe('sections', () => {
  const section = (heading: string, count: number, length: number, most = 50) => ({
    ...{ heading, most },
    lines: Array.from({ length: count }, (_, at) => plainLine(`${at} ${'x'.repeat(length)}`)),
  })
  const sizes = (sections: ReturnType<typeof fitSections>) =>
    sections.map(({ lines }) => lines.length)

  test('that are empty are left out, and short ones are whole', () => {
    expect(sizes(fitSections([section('a', 0, 10), section('b', 3, 10)]))).toEqual([3])
  })

  test('say how many lines they leave out', () => {
    const [cut] = fitSections([section('a', 30, 10, 5)])
    expect(cut?.lines.at(-1)?.text).toBe('and 25 more')
    expect(cut?.lines).toHaveLength(6)
  })

  test('are cut, the largest first, until all fit a message', () => {
    const fitted = fitSections([section('a', 50, 300), section('b', 3, 20), section('c', 50, 300)])
    const characters = fitted
      .flatMap(({ lines }) => lines)
      .reduce((sum, { text }) => sum + text.length, 0)
    expect(characters).toBeLessThanOrEqual(9_500)
    expect(characters).toBeGreaterThan(8_500)
    expect(fitted[1]?.lines).toHaveLength(3)
  })
})

test('what an import would change has one fingerprint, and its differences are told', () => {
  const [a, b] = [
    ['one', 'two'],
    ['two', 'three'],
  ]
  expect(fingerprintOf({ effects: a })).toBe(fingerprintOf({ effects: [...a] }))
  expect(fingerprintOf({ effects: a })).not.toBe(fingerprintOf({ effects: b }))
  expect(compareEffects(a, b)).toEqual({ appeared: ['three'], gone: ['one'] })
})

test('people in a sheet are told by name or post: known, without an account, new', () => {
  const named = (leads: string[]) => ({ workstreams: [], projects: [{ leads }] }) as never
  const people = peopleInSheet(
    named(['Asha Verity', 'HEAD OF PRACTICE', 'Mei Harrow', 'asha  verity']),
    new Map([
      ['asha verity', { hasAccount: true }],
      ['head of practice', { hasAccount: false }],
    ]),
  )
  expect(formatPeople(people)).toEqual([
    'In the programme already (1 name): asha  verity',
    'In the programme, without an account here (1 name): HEAD OF PRACTICE',
    'New in the programme, without an account here (1 name): Mei Harrow',
  ])
})

describe('a sheet of 10,000 rows', () => {
  const each = <One>(make: (row: number) => One) =>
    Array.from({ length: 10_000 }, (_, at) => make(at + 2))
  const notes = (say: (row: number) => string): SheetNote[] =>
    each((row) => ({ row, column: 'RAG', message: say(row) }))
  const result: ImportResult = {
    ...{ programme: 'W17', asOf: civilDate('2026-02-27'), file: 'plan.csv', dryRun: true },
    ...{
      stored: false,
      shape: 'tracker',
      what: 'a tracker',
      mapping: [],
      columns: [],
      scheme: 'rag',
    },
    understood: countsOf(
      { workstreams: [], projects: [], measures: [], outcomes: [], recommendations: [] },
      rag,
    ),
    changed: notes((row) => `“R*” was read as Red in row ${row}.`),
    attention: notes((row) => `1.${row} has no milestone.`),
    problems: [
      ...notes((row) => `1.${row} “A title” was ◆ Red, and its cell is empty now.`),
      ...notes((row) => `1.${row}: “${row} Feb” is no day.`),
    ],
    lost: notes((row) => `Not kept: “${'x'.repeat(100)} ${row}”`),
    difference: {
      added: [
        ...each((row) => ({
          what: 'project' as const,
          ref: `1.${row}`,
          title: 'Sweep '.repeat(50),
        })),
        ...each((row) => ({ what: 'risk' as const, ref: `R${row}`, title: 'The hall closes' })),
      ],
      changed: each((row) => ({
        ...({
          what: 'project',
          ref: `2.${row}`,
          field: 'commentary',
          from: 'x'.repeat(2_000),
        } as const),
        to: null,
      })),
      missing: each((row) => ({ what: 'project', ref: `3.${row}`, title: 'Paint' })),
      unchanged: 0,
    },
    blankRatings: [],
    ratesMilestones: false,
  }

  test('prints a page, with one line for each kind of note', () => {
    const lines = formatImportResult(result).split('\n')
    expect(lines.length).toBeLessThanOrEqual(66)
    expect(lines.filter((line) => line.length > 320)).toEqual([])
    expect(lines).toEqual(
      expect.arrayContaining([
        '  Row 2, RAG: 1.2 “A title” was ◆ Red, and its cell is empty now. The same in rows 3, 4, 5, 6, 7, 8 and 9,993 more (10,000 rows in all).',
        'New in the plan (10,000):',
        'New in the register (10,000):',
      ]),
    )
    expect(lines.at(-1)).toContain('A dry run: nothing was saved.')
  })

  test('has its kinds counted first for programs', () => {
    const { summary } = withKinds(result)
    expect(Object.keys(withKinds(result))[0]).toBe('summary')
    expect(summary.problems.map(({ count, rows }) => [count, rows.length])).toEqual([
      [10_000, 20],
      [10_000, 20],
    ])
    expect(summary.added).toBe('10,000 projects, 10,000 risks')
    expect(JSON.stringify(summary, null, 2).split('\n').length).toBeLessThan(200)
  })
})

test('questions are a line each, unless there are many of a kind', () => {
  const asked = (count: number) =>
    groupQuestions(
      Array.from({ length: count }, (_, at) => ({ row: at + 2, message: `1.${at} is Red?` })),
    ).map(({ rows }) => rows.length)
  expect(asked(4)).toEqual([1, 1, 1, 1])
  expect(asked(5)).toEqual([5])
})
