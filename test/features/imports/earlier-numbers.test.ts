import { describe, expect, test } from '@jest/globals'
import { matchEarlierNumbers } from '../../../src/features/imports/earlier-numbers.ts'

type Written = readonly [ref: string, title: string, workstream?: string, milestone?: string]

const described = ([ref, title, workstreamRef = '1', about]: Written) => ({
  ...{ ref, title, workstreamRef },
  milestones: about === undefined ? [] : [{ about }],
})

/** The plan has these projects now; "1.2 was 1.9": 1.9 now, 1.2 before. Rows of the sheet begin with 2. */
function match(
  plan: readonly Written[],
  before: readonly string[],
  sheet: readonly Written[],
  newRows: readonly number[] = [],
) {
  const earlier = before.map((one) => {
    const [present = '', number = ''] = one.split(' was ')
    return { present, earlier: number }
  })
  const rows = sheet.map((one, at) => ({ ...described(one), row: at + 2 }))
  const { refs, notes, questions } = matchEarlierNumbers(
    rows,
    plan.map(described),
    earlier,
    newRows,
  )
  return {
    refs: Object.fromEntries(refs),
    said: notes.map(({ row }) => row),
    asked: questions.map(({ row }) => row),
  }
}

const lamp: Written = ['1.9', 'Mend the lamp', '1', 'Lamp bought']
const both = ['1.9 was 1.3', '1.9 was 1.2'] as const

describe('a row with a number that a project had before', () => {
  test.each<
    [string, readonly Written[], readonly string[], readonly Written[], ReturnType<typeof match>]
  >([
    [
      'is that project',
      [lamp],
      ['1.9 was 1.2'],
      [['1.2', 'Mend the lamp']],
      { refs: { '1.2': '1.9' }, said: [], asked: [] },
    ],
    [
      'is that project in other words, where nothing speaks against it',
      [lamp],
      ['1.9 was 1.2'],
      [['1.2', 'Buy a lamp post']],
      { refs: { '1.2': '1.9' }, said: [], asked: [] },
    ],
    [
      'is new, where another row has the number of today',
      [lamp],
      ['1.9 was 1.2'],
      [
        ['1.2', 'Mend the lamp'],
        ['1.9', 'Mend the lamp'],
      ],
      { refs: {}, said: [], asked: [] },
    ],
    [
      'is new, where another row has the words of the project',
      [lamp],
      ['1.9 was 1.2'],
      [
        ['1.2', 'Count the birds'],
        ['1.4', 'Mend the lamp'],
      ],
      { refs: {}, said: [], asked: [] },
    ],
    [
      'is another project, where it has its words',
      [lamp, ['1.8', 'Count the birds']],
      ['1.9 was 1.2'],
      [['1.2', 'Count the birds']],
      { refs: {}, said: [], asked: [] },
    ],
    [
      'is that project, where the other with its words stands in a row of its own',
      [lamp, ['1.8', 'Count the birds']],
      ['1.9 was 1.2'],
      [
        ['1.8', 'Count the birds'],
        ['1.2', 'Count the birds'],
      ],
      { refs: { '1.2': '1.9' }, said: [], asked: [] },
    ],
    [
      'is the one of the two that had the number of which the words are the same',
      [lamp, ['1.8', 'Count the birds']],
      ['1.9 was 1.2', '1.8 was 1.2'],
      [['1.2', 'Count the birds']],
      { refs: { '1.2': '1.8' }, said: [], asked: [] },
    ],
    [
      'is the one that had the number last, where the words are of neither',
      [lamp, ['1.8', 'Count the birds']],
      ['1.9 was 1.2', '1.8 was 1.2'],
      [['1.2', 'Plant trees']],
      { refs: { '1.2': '1.9' }, said: [], asked: [] },
    ],
  ])('%s', (_, plan, before, sheet, expected) => {
    expect(match(plan, before, sheet)).toEqual(expected)
  })
})

describe('of two rows with numbers that one project had before', () => {
  test.each<[string, readonly Written[], ReturnType<typeof match>]>([
    [
      'the one with its words is the project',
      [
        ['1.2', 'Mend the lamp'],
        ['1.3', 'Count the birds'],
      ],
      { refs: { '1.2': '1.9' }, said: [], asked: [] },
    ],
    [
      'the one with nearly its words is the project',
      [
        ['1.2', 'Mend the big lamp'],
        ['1.3', 'Count the birds'],
      ],
      { refs: { '1.2': '1.9' }, said: [2], asked: [] },
    ],
    [
      'with equal words, the one in its workstream is',
      [
        ['1.3', 'Mend the lamp', '2'],
        ['1.2', 'Mend the lamp', '1'],
      ],
      { refs: { '1.2': '1.9' }, said: [3], asked: [] },
    ],
    [
      'with equal words and place, the one with its milestones is',
      [
        ['1.3', 'Mend the lamp'],
        ['1.2', 'Mend the lamp', '1', 'Lamp bought'],
      ],
      { refs: { '1.2': '1.9' }, said: [3], asked: [] },
    ],
    [
      'with all alike, a person is asked, and until then the later number is',
      [
        ['1.2', 'Mend the lamp'],
        ['1.3', 'Mend the lamp'],
      ],
      { refs: { '1.3': '1.9' }, said: [], asked: [3] },
    ],
    [
      'with nothing of it, a person is asked',
      [
        ['1.2', 'Count the birds'],
        ['1.3', 'Plant trees'],
      ],
      { refs: { '1.3': '1.9' }, said: [], asked: [3] },
    ],
  ])('%s', (_, sheet, expected) => {
    expect(match([lamp], both, sheet)).toEqual(expected)
  })

  test('a person says that one is new: the other is the project', () => {
    const sheet: Written[] = [
      ['1.2', 'Mend the lamp'],
      ['1.3', 'Mend the lamp'],
    ]
    expect(match([lamp], both, sheet, [3])).toEqual({ refs: { '1.2': '1.9' }, said: [], asked: [] })
  })
})
