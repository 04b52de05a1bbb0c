import { describe, expect, test } from '@jest/globals'
import { type CivilDate, civilDate } from '../../../src/base/dates.ts'
import { rag } from '../../../src/domain/scheme/schemes.ts'
import { diffPlans, type StoredPlan } from '../../../src/features/imports/diff.ts'
import { type PlanFile, parsePlan } from '../../../src/features/imports/parse-plan.ts'

const head = ['REF', 'WORKSTREAM DETAIL', 'RAG', 'COMMENTARY', 'March', 'LEAD', 'SPONSOR']
const rows = [
  ['1', 'Welcome', '', '', '', 'Head of Parks', 'Director'],
  ['1.1', 'Paths', 'G', '', '8 Mar - Survey 29 Mar - Report', 'Ada Quill', ''],
  ['1.2', 'Signs', 'A', 'Printer late', '15 Mar - Draft 22 Mar - Draft TBC', '', ''],
]

const asOf = civilDate('2019-03-04')

function planOf(day: CivilDate, ...table: string[][]): PlanFile {
  const numbered = [head, ...table].map((cells, index) => ({ number: index + 1, cells }))
  const sheet = {
    fileName: 'p.csv',
    format: 'csv',
    encoding: 'UTF-8',
    rows: numbered,
    notes: [],
  } as const
  return parsePlan(sheet, day, rag)
}

function stored({ workstreams, projects }: PlanFile): StoredPlan {
  const kept = projects.map((project) => {
    const milestones = project.milestones.map(({ about, raw, due }, at) => ({
      number: at + 1,
      about,
      raw,
      due,
    }))
    return { ...project, milestones }
  })
  return { workstreams, projects: kept }
}

/** The rows with one cell written otherwise. */
function withCell(row: number, column: string, text: string): string[][] {
  return rows.map((cells, at) => {
    return cells.map((cell, index) => (at === row && head[index] === column ? text : cell))
  })
}

const before = stored(planOf(asOf, ...rows))

describe('a plan that is imported again', () => {
  test('changes nothing if it is the same', () => {
    const difference = diffPlans(before, planOf(asOf, ...rows))
    expect(difference).toEqual({ added: [], changed: [], missing: [], unchanged: 7 })
  })

  test('changes nothing if it names a known person by their post', () => {
    const kept = { ...before, posts: new Map([['chief gardener', 'Ada Quill']]) }
    const again = planOf(asOf, ...withCell(1, 'LEAD', 'Chief Gardener'))
    expect(diffPlans(kept, again)).toMatchObject({ changed: [], unchanged: 7 })
    expect(diffPlans(before, again).changed).toMatchObject([
      { ref: '1.1', field: 'leads', from: 'Ada Quill', to: 'Chief Gardener' },
    ])
  })

  test('moves a project to the workstream that it names, and none where it names no workstream', () => {
    const there = planOf(asOf, ...rows)
    const elsewhere = (title: string) => ({
      ...there,
      workstreams: [...there.workstreams, { ref: '2', title, row: 9, sponsors: [], leads: [] }],
      projects: there.projects.map((one) => ({ ...one, workstreamRef: '2' })),
    })
    expect(diffPlans(before, elsewhere('Paths')).changed).toEqual([
      { what: 'project', ref: '1.1', field: 'workstream', from: '1', to: '2' },
      { what: 'project', ref: '1.2', field: 'workstream', from: '1', to: '2' },
    ])
    expect(diffPlans(before, elsewhere('Whole plan')).changed).toEqual([])
  })

  test('is all new the first time', () => {
    const difference = diffPlans({ workstreams: [], projects: [] }, planOf(asOf, ...rows))
    expect(difference.added.map(({ what, ref, title }) => `${what} ${ref} ${title}`)).toEqual([
      'workstream 1 Welcome',
      'project 1.1 Paths',
      'project 1.2 Signs',
      'milestone 1.1 Survey',
      'milestone 1.1 Report',
      'milestone 1.2 Draft',
      'milestone 1.2 Draft TBC',
    ])
    expect(difference).toMatchObject({ changed: [], missing: [], unchanged: 0 })
  })

  test.each([
    [0, 'WORKSTREAM DETAIL', 'Welcome all', ['workstream 1 title: Welcome > Welcome all']],
    [
      0,
      'SPONSOR',
      'Director; Cllr Reed',
      ['workstream 1 sponsors: Director > Director; Cllr Reed'],
    ],
    [1, 'RAG', 'R', ['project 1.1 state: green > red']],
    [1, 'LEAD', 'Tom Birch', ['project 1.1 leads: Ada Quill > Tom Birch']],
    [1, 'LEAD', '', []], // a sheet that names nobody says nothing
    [2, 'COMMENTARY', 'Printer  late', []], // white space only
    [2, 'COMMENTARY', 'Printer back', ['project 1.2 commentary: Printer late > Printer back']],
    [1, 'March', '08 March - Survey 29 Mar – report', []], // the same, in other letters
    [1, 'March', '8 Mar - Survey 1 Apr - Report', ['milestone 1.1 due: 2019-03-29 > 2019-04-01']],
    [1, 'March', 'TBC - Survey 29 Mar - Report', ['milestone 1.1 due: 2019-03-08 > null']],
  ])('with row %i, %s "%s"', (row, column, text, changes) => {
    const table = withCell(row, column, text)
    const { added, changed, missing } = diffPlans(before, planOf(asOf, ...table))
    expect(
      changed.map(({ what, ref, field, from, to }) => `${what} ${ref} ${field}: ${from} > ${to}`),
    ).toEqual(changes)
    expect([added, missing]).toEqual([[], []])
  })

  test.each([
    ['31 Mar - Re-port', 'a hyphen makes no new milestone'],
    ['31 Mar - Report!', 'nor does a mark'],
  ])('"%s": %s, unless a person says so', (text) => {
    const table = withCell(1, 'March', `8 Mar - Survey ${text}`)
    const file = planOf(asOf, ...table)
    const { added, changed, missing } = diffPlans(before, file)
    expect(changed.map(({ field, to }) => [field, to])).toEqual([
      ['about', text.slice('31 Mar - '.length)],
      ['due', '2019-03-31'],
    ])
    expect([added, missing]).toEqual([[], []])
    const row = file.projects.find(({ ref }) => ref === '1.1')?.row ?? 0
    const apart = diffPlans(before, file, [row])
    expect([apart.added.length, apart.missing.length]).toEqual([1, 1])
  })

  test('a moved milestone is named by its number in the stored plan', () => {
    const table = withCell(1, 'March', '5 Mar - Tea 29 Mar - Report 9 Mar - Survey')
    const { added, changed, missing } = diffPlans(before, planOf(asOf, ...table))
    expect(changed).toMatchObject([
      { what: 'milestone', title: 'Survey', number: 1, to: '2019-03-09' },
    ])
    expect(added).toMatchObject([
      { what: 'milestone', ref: '1.1', title: 'Tea', milestone: { column: 'March' } },
    ])
    expect(missing).toEqual([])
  })

  test('missing milestones, projects with all their parts and workstreams are listed', () => {
    const [workstream = [], project = []] = rows
    const fewer = planOf(
      asOf,
      workstream,
      project.map((cell) => cell.replace('8 Mar - Survey ', '')),
    )
    expect(diffPlans(before, fewer).missing).toEqual([
      { what: 'project', ref: '1.2', title: 'Signs' },
      { what: 'milestone', ref: '1.1', title: 'Survey', number: 1 },
    ])
  })

  test('an unchanged sheet that is imported a year later moves no date', () => {
    const table = withCell(1, 'March', '8 Mar - Survey 29 Mar - Report Feb - Rest')
    const later = planOf(civilDate('2020-03-04'), ...table)
    expect(later.projects[0]?.milestones[0]?.due).toBe('2020-03-08')
    expect(diffPlans(stored(planOf(asOf, ...table)), later).changed).toEqual([])
  })

  test('a date that an import moved can be moved back by the text it had at first', () => {
    const projects = before.projects.map((project) => {
      const milestones = project.milestones.map((one) => ({ ...one, due: civilDate('2019-06-28') }))
      return { ...project, milestones }
    })
    const { changed } = diffPlans({ ...before, projects }, planOf(asOf, ...rows))
    expect(changed[0]).toMatchObject({ title: 'Survey', from: '2019-06-28', to: '2019-03-08' })
  })

  test('among similar milestones, the one with the same text is the same', () => {
    const twice = withCell(1, 'March', '8 Mar - Visit 29 Mar - Visit')
    const once = withCell(1, 'March', '29 Mar - Visit')
    const { changed, missing } = diffPlans(stored(planOf(asOf, ...twice)), planOf(asOf, ...once))
    expect(changed).toEqual([])
    expect(missing).toMatchObject([{ what: 'milestone', title: 'Visit', number: 1 }])
  })

  test('equal texts with other dates are paired in order', () => {
    const twice = withCell(1, 'March', '8 Mar - Visit 29 Mar - Visit')
    const later = withCell(1, 'March', '9 Mar - Visit 30 Mar - Visit')
    const { changed } = diffPlans(stored(planOf(asOf, ...twice)), planOf(asOf, ...later))
    expect(changed).toMatchObject([
      { number: 1, from: '2019-03-08', to: '2019-03-09' },
      { number: 2, from: '2019-03-29', to: '2019-03-30' },
    ])
  })
})
