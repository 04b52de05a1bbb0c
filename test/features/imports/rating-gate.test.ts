import { describe, expect, test } from '@jest/globals'
import { rag, stateByKey } from '../../../src/domain/scheme/schemes.ts'
import { judgeBlank, parseBlankAnswers } from '../../../src/features/imports/blank-ratings.ts'
import type { PlanChange } from '../../../src/features/imports/diff-types.ts'
import type { MilestoneCell, ProjectRow } from '../../../src/features/imports/parsed-plan.ts'
import { gateRatings } from '../../../src/features/imports/rating-gate.ts'
import { aPlan, type UpdateSketch } from '../../support/plans.ts'
import { settingsWith } from '../../support/settings.ts'

const row = (state: string, rawState: string, commentary = ''): ProjectRow => ({
  ...{ ref: '1.1', title: 'Paths', workstreamRef: '1', row: 7, state, rawState, commentary },
  ...{ leads: [], recommendations: [], outcomes: [], milestones: [] },
})

const change = (to: string): PlanChange => ({
  ...{ what: 'project', ref: '1.1', field: 'state', from: 'red', to },
})

/** A sheet that rates projects, nothing of which is answered. */
const ofSheet = { knowsPlan: false, ratesProjects: true, stateWords: {} }
const nothingAnswered = { now: {}, earlier: {} }

/** What becomes of a sheet's rating of a project that was rated so. */
function gated(
  updates: UpdateSketch[],
  sheet: ProjectRow,
  settings: object = {},
  knowsPlan = false,
) {
  const bySheet = updates.map((update) => ({ source: 'import', ...update }))
  const plan = aPlan({ projects: [{ ref: '1.1', updates: bySheet }] })
  const difference = { added: [], missing: [], unchanged: 0, changed: [change(sheet.state)] }
  const file = { ...ofSheet, projects: [sheet], knowsPlan, answers: nothingAnswered }
  const result = gateRatings(plan, settingsWith(settings), file, difference)
  return {
    isKept: result.difference.changed.length === 0,
    isToConfirm: result.toConfirm.has('1.1'),
    said: [...result.notes, ...result.problems].map(({ row: at, message }) => `${at}: ${message}`),
  }
}

const red = [{ state: 'red', onDay: '2017-02-13' }]
const unrated = [{ state: 'not-applicable', onDay: '2017-02-20' }, ...red]
const asks = { confirm: { improvement: true } }

describe('what a lead said since the last sheet', () => {
  const said = [{ state: 'red', onDay: '2017-02-23', source: 'slack' }, { state: 'amber' }]
  const note =
    '7: 1.1 stays ◆ Red, as was said on Thu 23 Feb 2017, since the last sheet. If ● Green in the sheet is right, say it: 1.1 green.'

  test('stays, and whoever imports is told how to say otherwise', () => {
    const sheet = row('green', 'G', 'All is well')
    expect(gated(said, sheet)).toEqual({ isKept: true, isToConfirm: false, said: [note] })
  })

  test.each<[string, UpdateSketch[], ProjectRow, boolean]>([
    ['the sheet says the same', said, row('red', 'R', 'In other words'), false],
    ['the sheet is an export that was changed', said, row('green', 'G'), true],
    ['a sheet spoke last', said.slice(1), row('green', 'G'), false],
  ])('is no matter where %s', (_, updates, sheet, knowsPlan) => {
    expect(gated(updates, sheet, {}, knowsPlan)).toEqual({
      ...{ isKept: false, isToConfirm: false, said: [] },
    })
  })
})

describe('a sheet', () => {
  test('takes no Red away without saying why', () => {
    const said = ['7: 1.1 stays ◆ Red: the sheet rates it no more, and no commentary says why.']
    expect(gated(red, row('not-applicable', 'N/A'))).toEqual({
      ...{ isKept: true, isToConfirm: false, said },
    })
  })

  test('changes no rating that it is not understood to give', () => {
    const green = [{ state: 'green', onDay: '2017-02-13' }]
    const said = ['7: 1.1 stays ● Green: the state in the sheet was not understood.']
    expect(gated(green, row('blank', 'Gr??n', 'All is well'))).toMatchObject({ isKept: true, said })
  })

  test.each([
    ['with the reason why it is not rated any more', red, row('not-applicable', 'N/A', 'Closed')],
    ['a worse rating', [{ state: 'green' }], row('red', 'R', 'Nobody applied')],
    ['an improvement, where nobody has to agree', red, row('green', 'G')],
    ['a first rating', [], row('red', 'R', 'Nobody applied')],
  ])('is taken %s', (_what, updates, sheet) => {
    expect(gated(updates, sheet)).toEqual({ isKept: false, isToConfirm: false, said: [] })
  })

  test.each([
    ['a Red is Green in it', red, row('green', 'G'), '◆ Red', '● Green'],
    [
      'a Red is not applicable in it',
      red,
      row('not-applicable', 'N/A', 'Closed'),
      '◆ Red',
      '□ N/A',
    ],
    [
      'a Red that was not rated for a while comes back',
      unrated,
      row('green', 'G'),
      '□ N/A',
      '● Green',
    ],
  ])(
    'waits for a second person where %s and the programme asks for one',
    (_what, updates, sheet, was, is) => {
      expect(gated(updates, sheet, asks)).toEqual({
        ...{ isKept: false, isToConfirm: true },
        said: [`7: 1.1 stays ${was} until somebody confirms ${is}: confirm 1.1.`],
      })
    },
  )

  test.each<[string, string, string | undefined, boolean, string[]]>([
    [
      'stays where the sheet says otherwise',
      'amber',
      'slack',
      false,
      [
        '1.1, 1. Survey stays ▲ Amber, as was said on Mon 20 Feb 2017, since the last sheet. If ● Green in the sheet is right, say it: rate 1.1 1 green.',
      ],
    ],
    ['is no matter where the sheet says the same', 'green', 'slack', false, []],
    ['is no matter where the sheet is an export that was changed', 'amber', 'slack', true, []],
    ['is no matter where a sheet spoke last', 'amber', undefined, false, []],
  ])('what was said in chat of a milestone %s', (_, rating, ratedIn, knowsPlan, messages) => {
    const rated = {
      about: 'Survey',
      due: null,
      rating,
      ratedOn: '2017-02-20',
      ...(ratedIn ? { ratedIn } : {}),
    }
    const plan = aPlan({ projects: [{ ref: '1.1', milestones: [rated] }] })
    const milestone = { rawState: 'G', row: 7 } as MilestoneCell
    const about = { what: 'milestone', ref: '1.1', number: 1, title: 'Survey', milestone } as const
    const changed: PlanChange[] = [{ ...about, field: 'state', from: 'red', to: 'green' }]
    const difference = { added: [], missing: [], unchanged: 0, changed }
    const file = { ...ofSheet, projects: [row('blank', '')], knowsPlan, answers: nothingAnswered }
    const { notes, difference: left } = gateRatings(plan, settingsWith(), file, difference)
    expect(left.changed).toHaveLength(messages.length === 0 ? 1 : 0)
    expect(notes).toEqual(messages.map((message) => ({ row: 7, message })))
  })
})

/** A rating of the plan, and the cell of a later sheet. */
type Was = 'red' | 'amber' | 'green' | 'blank'
const cells = {
  empty: row('blank', ''),
  'empty, with commentary': row('blank', '', 'The panel was dissolved'),
  'not understood': row('blank', 'Gr??n', 'All is well'),
  done: row('blank', 'Completed'),
  'not applicable, with commentary': row('not-applicable', 'N/A', 'It has ended'),
  better: row('green', 'G', 'All is well'),
} as const
type Cell = keyof typeof cells

type Fate = 'asked' | 'kept' | 'kept, with the words' | 'changed' | 'to confirm'
type Answer = 'keep' | 'not rated' | undefined

interface Combination {
  readonly was: Was
  readonly cell: Cell
  readonly answer?: Answer
  readonly reason?: string
  readonly confirms?: boolean
}

const changed = (field: string, from: string, to: string) =>
  from === to ? [] : [{ what: 'project' as const, ref: '1.1', field, from, to }]

/** What becomes of a project. */
function ofProject({ was, cell, answer, reason, confirms = false }: Combination): Fate {
  const updates = was === 'blank' ? [] : [{ state: was, source: 'import', reason: 'As it was' }]
  const plan = aPlan({ projects: [{ ref: '1.1', updates }] })
  const sheet = cells[cell]
  const before = was === 'blank' ? '' : 'As it was'
  const difference = {
    ...{ added: [], missing: [], unchanged: 0 },
    changed: [
      ...changed('state', was, sheet.state),
      ...changed('commentary', before, sheet.commentary),
    ],
  }
  const now = {
    ...(answer ? { blanks: { '1.1': answer } } : {}),
    ...(reason ? { blankReason: reason } : {}),
  }
  const file = { ...ofSheet, projects: [sheet], answers: { now, earlier: {} } }
  const result = gateRatings(plan, settingsWith(confirms ? asks : {}), file, difference)
  const fields = result.difference.changed.map(({ field }) => field)
  // What is written of the project is what the changes say.
  const [written] = result.projects
  if (fields.includes('commentary')) {
    const words = result.difference.changed.find(({ field }) => field === 'commentary')
    expect(words?.to).toBe(written?.commentary)
  }
  if (!fields.includes('state') && fields.includes('commentary')) expect(written?.state).toBe(was)
  if (result.problems.length > 0) return 'asked'
  if (fields.length === 0) return 'kept'
  if (!fields.includes('state')) return 'kept, with the words'
  return result.toConfirm.has('1.1') ? 'to confirm' : 'changed'
}

/** What becomes of a milestone's own rating. */
function ofMilestone({ was, cell, answer, reason, confirms = false }: Combination): Fate {
  const rated = { about: 'Survey', due: null, ...(was === 'blank' ? {} : { rating: was }) }
  const plan = aPlan({ projects: [{ ref: '1.1', milestones: [rated] }] })
  const { state, rawState } = cells[cell]
  const milestone = { state, rawState, row: 7 } as MilestoneCell
  const about = { what: 'milestone', ref: '1.1', number: 1, title: 'Survey', milestone } as const
  const change = { ...about, field: 'state', from: was, to: state } as const
  const difference = {
    added: [],
    missing: [],
    unchanged: 0,
    changed: was === state ? [] : [change],
  }
  const now = {
    ...(answer ? { blanks: { '1.1 1': answer } } : {}),
    ...(reason ? { blankReason: reason } : {}),
  }
  const file = { ...ofSheet, projects: [row('blank', '')], answers: { now, earlier: {} } }
  const result = gateRatings(plan, settingsWith(confirms ? asks : {}), file, difference)
  if (result.problems.length > 0) return 'asked'
  return result.difference.changed.length === 0 ? 'kept' : 'changed'
}

describe('an empty cell beside an earlier Red or Amber is asked about', () => {
  const fates: Readonly<Record<Cell, Readonly<Record<Was, readonly [Fate, Fate]>>>> = {
    // Without a second person, and with one.
    empty: {
      red: ['asked', 'asked'],
      amber: ['asked', 'asked'],
      green: ['changed', 'changed'],
      blank: ['kept', 'kept'],
    },
    'empty, with commentary': {
      red: ['asked', 'asked'],
      amber: ['asked', 'asked'],
      green: ['changed', 'changed'],
      blank: ['kept, with the words', 'kept, with the words'],
    },
    'not understood': {
      red: ['kept, with the words', 'kept, with the words'],
      amber: ['kept, with the words', 'kept, with the words'],
      green: ['kept, with the words', 'kept, with the words'],
      blank: ['kept, with the words', 'kept, with the words'],
    },
    done: {
      red: ['kept', 'kept'],
      amber: ['kept', 'kept'],
      green: ['kept', 'kept'],
      blank: ['kept', 'kept'],
    },
    'not applicable, with commentary': {
      red: ['changed', 'to confirm'],
      amber: ['changed', 'to confirm'],
      green: ['changed', 'changed'],
      blank: ['changed', 'changed'],
    },
    better: {
      red: ['changed', 'to confirm'],
      amber: ['changed', 'changed'],
      green: ['kept, with the words', 'kept, with the words'],
      blank: ['changed', 'changed'],
    },
  }
  const rows = Object.entries(fates).flatMap(([cell, byState]) =>
    Object.entries(byState).flatMap(([was, [alone, confirmed]]) => [
      [was, cell, 'alone', alone] as const,
      [was, cell, 'with a second person', confirmed] as const,
    ]),
  )
  test.each(rows)('a project that was %s and whose cell is %s, %s: %s', (was, cell, who, fate) => {
    const confirms = who !== 'alone'
    expect(ofProject({ was: was as Was, cell: cell as Cell, confirms })).toBe(fate)
  })

  const ofMilestones: Readonly<Record<Cell, Readonly<Record<Was, readonly [Fate, Fate]>>>> = {
    empty: {
      red: ['asked', 'asked'],
      amber: ['asked', 'asked'],
      green: ['kept', 'kept'],
      blank: ['kept', 'kept'],
    },
    // The commentary is the project's.
    'empty, with commentary': {
      red: ['asked', 'asked'],
      amber: ['asked', 'asked'],
      green: ['kept', 'kept'],
      blank: ['kept', 'kept'],
    },
    'not understood': {
      red: ['kept', 'kept'],
      amber: ['kept', 'kept'],
      green: ['kept', 'kept'],
      blank: ['kept', 'kept'],
    },
    done: {
      red: ['kept', 'kept'],
      amber: ['kept', 'kept'],
      green: ['kept', 'kept'],
      blank: ['kept', 'kept'],
    },
    'not applicable, with commentary': {
      red: ['kept', 'kept'],
      amber: ['kept', 'kept'],
      green: ['changed', 'changed'],
      blank: ['changed', 'changed'],
    },
    better: {
      red: ['changed', 'kept'],
      amber: ['changed', 'changed'],
      green: ['kept', 'kept'],
      blank: ['changed', 'changed'],
    },
  }
  const milestoneRows = Object.entries(ofMilestones).flatMap(([cell, byState]) =>
    Object.entries(byState).flatMap(([was, [alone, confirmed]]) => [
      [was, cell, 'alone', alone] as const,
      [was, cell, 'with a second person', confirmed] as const,
    ]),
  )
  test.each(milestoneRows)(
    'a milestone that was %s and whose cell is %s, %s: %s',
    (was, cell, who, fate) => {
      const confirms = who !== 'alone'
      expect(ofMilestone({ was: was as Was, cell: cell as Cell, confirms })).toBe(fate)
    },
  )

  const spoken = 'The panel was dissolved'
  test.each<[Cell, Answer, string | undefined, boolean, project: Fate, milestone: Fate]>([
    ['empty', 'keep', undefined, false, 'kept', 'kept'],
    ['empty, with commentary', 'keep', undefined, true, 'kept, with the words', 'kept'],
    // A person who types it has to say why, and so has a person who answers.
    ['empty', 'not rated', undefined, false, 'asked', 'asked'],
    ['empty', 'not rated', spoken, false, 'changed', 'changed'],
    ['empty', 'not rated', spoken, true, 'to confirm', 'kept'],
    ['empty, with commentary', 'not rated', undefined, false, 'changed', 'asked'],
    ['empty, with commentary', 'not rated', undefined, true, 'to confirm', 'asked'],
  ])(
    'its cell is %s, answered “%s” (why: %s, a second person: %p): %s, and of a milestone %s',
    (...given) => {
      const [cell, answer, reason, confirms, project, milestone] = given
      for (const was of ['red', 'amber'] as const) {
        const combination = { was, cell, answer, confirms, ...(reason ? { reason } : {}) }
        expect(ofProject(combination)).toBe(project)
        expect(ofMilestone(combination)).toBe(milestone)
      }
    },
  )

  test('with the answers, and with what happens if it is accepted', () => {
    expect(gated(red, row('blank', '')).said).toEqual([
      '7: 1.1 “Paths” was ◆ Red, and its cell is empty now. Say whether it stays so: --blank "1.1=keep", or --blank "1.1=not rated" --because "…". If it is accepted, it stays ◆ Red.',
    ])
  })

  test('and what was answered for an earlier sheet: that it stays is remembered, that it goes is not', () => {
    const blank = { item: '1.1', title: 'Paths', row: 7, commentary: '' }
    const asked = (earlier: 'keep' | 'not rated') =>
      judgeBlank(
        { ...blank, state: stateByKey(rag, 'red') },
        { now: { blankReason: spoken }, earlier: { blanks: { '1.1': earlier } } },
      )
    expect(asked('keep')).toMatchObject({ reason: null, problems: [] })
    expect(asked('not rated').problems).toHaveLength(1)
  })

  test('but not where the sheet has no column of states', () => {
    const plan = aPlan({
      projects: [{ ref: '1.1', updates: [{ state: 'red', source: 'import' }] }],
    })
    const sheet = row('blank', '', 'All is well')
    const file = { ...ofSheet, ratesProjects: false, projects: [sheet], answers: nothingAnswered }
    const difference = {
      ...{ added: [], missing: [], unchanged: 0 },
      changed: [...changed('state', 'red', 'blank'), ...changed('commentary', '', 'All is well')],
    }
    const result = gateRatings(plan, settingsWith(), file, difference)
    expect(result.difference.changed.map(({ field }) => field)).toEqual(['commentary'])
    expect(result.projects).toMatchObject([{ state: 'red', commentary: 'All is well' }])
    expect([...result.problems, ...result.notes]).toEqual([])
  })
})

test('an answer about empty cells is one of two', () => {
  expect(parseBlankAnswers({ '1.1': 'Keep', all: 'not-rated' })).toEqual({
    '1.1': 'keep',
    all: 'not rated',
  })
  expect(() => parseBlankAnswers({ '1.1': 'green' })).toThrow(
    '“1.1=green”: an empty cell can mean “keep” or “not rated”. Nothing was imported.',
  )
})
