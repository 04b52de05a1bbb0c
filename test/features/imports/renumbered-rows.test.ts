import { describe, expect, test } from '@jest/globals'
import { stepsOf } from '../../../src/features/imports/apply-renumbering.ts'
import { diffMeasures } from '../../../src/features/imports/diff-measures.ts'
import { titleOnlyMeasure } from '../../../src/features/imports/formats/draft-linker.ts'
import { findRenumbered, withNewNumbers } from '../../../src/features/imports/renumbered-rows.ts'
import { emptyPlan } from '../../../src/features/imports/stored-plan.ts'
import { seededRandom } from '../../support/seeded-random.ts'

type Numbered = readonly [ref: string, title: string][]

const projectOf = ([ref, title]: Numbered[number]) => ({
  ...{ ref, title, workstreamRef: '1', state: 'blank', rawState: '', commentary: '' },
  ...{ leads: [], recommendations: [], outcomes: [], milestones: [] },
})

function renumbered(plan: Numbered, sheet: Numbered, newRows: readonly number[] = []) {
  const stored = { ...emptyPlan, projects: plan.map(projectOf) }
  const projects = sheet.map((one, at) => ({ ...projectOf(one), row: at + 2 }))
  return findRenumbered({ workstreams: [], projects }, stored, newRows).map(
    ({ from, to, title }) => `${from} ${title} is now ${to}`,
  )
}

const plan: Numbered = [
  ['1.1', 'Clear the paths'],
  ['1.2', 'Dig new ponds'],
  ['1.3', 'Mend the benches'],
]

describe('a sheet that numbers its rows anew', () => {
  test.each<[string, Numbered, string[]]>([
    ['with the same numbers: nothing', plan, []],
    [
      'with a row put in: those below it move down',
      [
        ['1.1', 'Clear the paths'],
        ['1.2', 'Count the birds'],
        ['1.3', 'Dig new ponds'],
        ['1.4', 'Mend the benches'],
      ],
      ['1.2 Dig new ponds is now 1.3', '1.3 Mend the benches is now 1.4'],
    ],
    [
      'with a row taken out: those below it move up, and it gives way',
      [
        ['1.1', 'Dig new ponds'],
        ['1.2', 'Mend the benches'],
      ],
      [
        '1.2 Dig new ponds is now 1.1',
        '1.3 Mend the benches is now 1.2',
        '1.1 Clear the paths is now 1.4',
      ],
    ],
    [
      'with two that change places',
      [
        ['1.2', 'Clear the paths'],
        ['1.1', 'Dig new ponds'],
        ['1.3', 'Mend the benches'],
      ],
      ['1.1 Clear the paths is now 1.2', '1.2 Dig new ponds is now 1.1'],
    ],
    [
      'with a number and a hyphen changed',
      [
        ['1.1', 'Clear the paths'],
        ['1.2', 'Dig new ponds'],
        ['2.1', 'Mend the-benches'],
      ],
      ['1.3 Mend the-benches is now 2.1'],
    ],
    [
      'with other words at a number: that is a new title',
      [
        ['1.1', 'Clear the paths'],
        ['1.2', 'Plant trees'],
        ['1.3', 'Mend the benches'],
      ],
      [],
    ],
    [
      'with figures that differ: another one',
      [
        ['1.1', 'Clear the paths'],
        ['1.2', 'Dig new ponds'],
        ['1.3', 'Mend the benches'],
        ['1.4', 'Mend the benches 2'],
      ],
      [],
    ],
  ])('%s', (_, sheet, expected) => {
    expect(renumbered(plan, sheet)).toEqual(expected)
  })

  test('goes by the number where the text is not one alone', () => {
    const twice: Numbered = [
      ['1.1', 'Training'],
      ['2.1', 'Training'],
    ]
    expect(
      renumbered(twice, [
        ['1.2', 'Training'],
        ['2.2', 'Training'],
      ]),
    ).toEqual([])
  })

  test('goes by the number where another row of the sheet has the text at its own number', () => {
    const once: Numbered = [
      ['1.1', 'Recruiting'],
      ['1.3', 'Training'],
      ['2.2', 'Training'],
    ]
    expect(
      renumbered(once, [
        ['1.1', 'Training'],
        ['1.3', 'Training'],
      ]),
    ).toEqual([])
  })

  test('goes by the numbers where two rows have words of one, of now and of before', () => {
    const stored = {
      ...emptyPlan,
      projects: [
        { ...projectOf(['1.1', 'The river']), known: { title: ['The cloud', 'The river'] } },
        projectOf(['1.2', 'Mend the lamp']),
      ],
    }
    const sheet: Numbered = [
      ['1.1', 'Count the birds'],
      ['2.2', 'The cloud'],
      ['1.3', 'The river'],
    ]
    const projects = sheet.map((one, at) => ({ ...projectOf(one), row: at + 2 }))
    expect(findRenumbered({ workstreams: [], projects }, stored, [])).toEqual([])
  })

  test('the row that is most alike is the project, whichever comes first', () => {
    const alike: Numbered = [
      ['2.1', 'Mend all benches in parks'],
      ['2.2', 'Mend all the benches in parks'],
    ]
    expect(renumbered([['1.3', 'Mend all of the benches in parks']], alike)).toEqual([
      '1.3 Mend all the benches in parks is now 2.2',
    ])
  })

  test('what an import added that was taken back comes again by its number alone', () => {
    const stored = {
      ...emptyPlan,
      projects: [projectOf(['2.2', 'Training'])].map((one) => ({ ...one, isTakenBack: true })),
    }
    const row = { ...projectOf(['1.1', 'Training']), row: 2 }
    expect(findRenumbered({ workstreams: [], projects: [row] }, stored, [])).toEqual([])
  })

  test('goes by the number where a person says so', () => {
    const moved: Numbered = [
      ['1.1', 'Clear the paths'],
      ['1.3', 'Dig new ponds'],
    ]
    expect(renumbered(plan, moved)).toEqual([
      '1.2 Dig new ponds is now 1.3',
      '1.3 Mend the benches is now 1.4',
    ])
    expect(renumbered(plan, moved, [3])).toEqual([])
  })
})

test('a measure that chat moved stays there, where the sheet has its former place by a new number', () => {
  const workstreamOf = ([ref, title]: Numbered[number]) => ({ ref, title, sponsors: [], leads: [] })
  const measure = titleOnlyMeasure('Trees', 9)
  const stored = {
    ...emptyPlan,
    workstreams: [workstreamOf(['1', 'Parks']), workstreamOf(['2', 'Paths'])],
    projects: [projectOf(['1.1', 'Dig new ponds']), projectOf(['1.2', 'Mend the benches'])],
    measures: [
      {
        ...{ ...measure, number: 1, workstreamRef: '2', projects: [] },
        known: { workstreamRef: ['1', '2'], projects: ['1.1; 1.2', ''] },
      },
    ],
  }
  const file = {
    workstreams: [
      { ...workstreamOf(['3', 'Parks']), row: 2 },
      { ...workstreamOf(['4', 'Paths']), row: 5 },
    ],
    projects: [
      { ...projectOf(['3.1', 'Dig new ponds']), row: 3 },
      { ...projectOf(['3.2', 'Mend the benches']), row: 4 },
    ],
  }
  const before = withNewNumbers(stored, findRenumbered(file, stored, []))
  const row = { ...measure, workstreamRef: '3', projects: ['3.1', '3.2'] }
  expect(diffMeasures(before.measures ?? [], [row])).toMatchObject({ added: [], changed: [] })
})

test('no two rows are one project and no two projects get one number, whatever the words', () => {
  const random = seededRandom(14)
  const titles = ['The lamp', 'The cloud', 'The old lamp', 'The cloud of all', 'A field'] as const
  const refs = ['1.1', '1.2', '1.3', '2.1', '2.2'] as const
  const some = () => refs.filter(() => random.happens(0.7)).map((ref) => [ref, random.pick(titles)])
  for (let count = 0; count < 2000; count += 1) {
    const stored = (some() as [string, string][]).map((one) => ({
      ...projectOf(one),
      known: { title: random.happens(0.5) ? [random.pick(titles)] : [] },
    }))
    const rows = (some() as [string, string][]).map((one, at) => ({
      ...projectOf(one),
      row: at + 2,
    }))
    const found = findRenumbered(
      { workstreams: [], projects: rows },
      { ...emptyPlan, projects: stored },
      [],
    )
    const froms = found.map(({ from }) => from)
    const kept = stored.map(({ ref }) => ref).filter((ref) => !froms.includes(ref))
    const numbers = [...kept, ...found.map(({ to }) => to)]
    expect([new Set(froms).size, new Set(numbers).size]).toEqual([froms.length, stored.length])
  }
})

test.each([
  ['one after the other', ['1 2', '2 3'], ['2 3', '1 2']],
  ['round in a circle, one waits at a free number', ['1 2', '2 1'], ['1 3', '2 1', '1 2']],
])('numbers are given %s', (_, wanted, steps) => {
  const pairs = wanted.map((pair) => {
    const [from = '', to = ''] = pair.split(' ')
    return { from, to }
  })
  const present = ['1', '2']
  const given = stepsOf(pairs, present)
  expect(given.map(({ of, to }) => `${of} ${to}`)).toEqual(steps)
})
