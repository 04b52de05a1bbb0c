import { describe, expect, test } from '@jest/globals'
import { formatGroup, groupNotes } from '../../../../src/features/imports/preview/grouped-notes.ts'
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

describe('notes of one kind', () => {
  const lines = (...notes: [row: number, message: string, column?: string][]) =>
    groupNotes(
      notes.map(([row, message, column]) => ({ row, message, ...(column ? { column } : {}) })),
    ).map(formatGroup)

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
