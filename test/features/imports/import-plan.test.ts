import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { civilDate } from '../../../src/base/dates.ts'
import { nationSetting } from '../../../src/domain/calendars/settings.ts'
import { loadMeasures } from '../../../src/domain/measures/store.ts'
import { declaredStateOf } from '../../../src/domain/plan/plan.ts'
import { loadPlan, programmeByKey } from '../../../src/domain/plan/store.ts'
import { exportPlan } from '../../../src/features/imports/export.ts'
import { type ImportAsked, importPlan } from '../../../src/features/imports/import-plan.ts'
import { inTransaction, type Tx } from '../../../src/infra/db.ts'
import { useDatabase } from '../../support/database.ts'

const store = useDatabase()

const now = new Date('2026-02-27T10:00:00Z')
const samplePlan = new URL('../../../src/playground/sample/plan.csv', import.meta.url)

function run(
  asked: Partial<ImportAsked> & { text?: string; key: string; asOf?: never },
  asOf = '2026-02-27',
) {
  const { text, key, ...rest } = asked
  const work = (tx: Tx) =>
    importPlan(
      tx,
      {
        bytes: text === undefined ? readFileSync(samplePlan) : Buffer.from(text),
        fileName: 'plan.csv',
        programme: { key },
        dryRun: false,
        ...rest,
        asOf: civilDate(asOf),
      },
      now,
    )
  return inTransaction(store.db, work, { timeoutMs: 120_000 })
}

const small = (rows: readonly string[]) =>
  ['REF,WORKSTREAM DETAIL,RAG,COMMENTARY,March', ...rows].join('\n')
const before = small([
  '1,People,,,',
  '1.1,Recruiting,G,,06 Mar - Adverts out 20 Mar - Interviews held',
  '1.2,Keeping staff,A,Offer not agreed,31 Mar - Offer agreed',
])

describe('a plan is imported', () => {
  test('with what is done on a day that nobody gave; a later sheet may give it', async () => {
    const sheet = (done: string) => `Task,Owner,Due date,Actual date,% complete
Sweep the hall,Lee Moss,14/01/2026,${done},100%`
    await run({ key: 'DONE', text: sheet('') })
    const completionAt = async (day: string) => {
      const { id } = await programmeByKey(store.db, 'DONE')
      const [project] = (await loadPlan(store.db, id, civilDate(day))).projects
      return project?.milestones[0]?.completion
    }
    expect(await completionAt('2026-02-27')).toMatchObject({
      onDay: '2026-02-27',
      isDayUnknown: true,
    })
    const { difference } = await run({ key: 'DONE', text: sheet('20/01/2026') })
    expect(difference.changed).toMatchObject([{ field: 'done', to: '2026-01-20' }])
    expect(await completionAt('2026-02-27')).toMatchObject({
      onDay: '2026-01-20',
      isDayUnknown: false,
    })
    const again = await run({ key: 'DONE', text: sheet('20/01/2026') })
    expect(again.stored).toBe(false)
  })

  test('again with a hyphen: the milestone is the same one, reworded, unless a person says that it is new', async () => {
    await run({ key: 'HYPHEN', text: before })
    const text = before.replace('Adverts out', 'Ad-verts out')
    const { difference } = await run({ key: 'HYPHEN', text, dryRun: true, newRows: [3] })
    expect(difference.added).toMatchObject([{ what: 'milestone', title: 'Ad-verts out' }])
    await run({ key: 'HYPHEN', text })
    const { id } = await programmeByKey(store.db, 'HYPHEN')
    const [project] = (await loadPlan(store.db, id, civilDate('2026-02-27'))).projects
    expect(project?.milestones.map(({ about }) => about)).toEqual([
      'Ad-verts out',
      'Interviews held',
    ])
  })

  test('again with other numbers: each project and milestone is the one that it was', async () => {
    await run({ key: 'RENUM', text: before })
    const text = small([
      '1,People,,,',
      '1.1,Keeping staff,A,Offer not agreed,31 Mar - Offer agreed',
      '1.2,Recruiting,G,,06 Mar - Adverts out 27 Mar - Interviews held',
    ])
    const { id } = await programmeByKey(store.db, 'RENUM')
    const planOn = async () => {
      const { projects } = await loadPlan(store.db, id, civilDate('2026-02-27'))
      return new Map(projects.map((project) => [project.title, project]))
    }
    const then = await planOn()
    const { difference, attention } = await run({ key: 'RENUM', text })
    expect(difference.changed.map(({ field, from, to }) => [field, from, to])).toEqual([
      ['number', '1.2', '1.1'],
      ['number', '1.1', '1.2'],
      ['due', '2026-03-20', '2026-03-27'],
    ])
    expect(attention[0]?.message).toContain('1.2 “Keeping staff” is now 1.1: its text is the same')
    expect([difference.added, difference.missing]).toEqual([[], []])
    const now = await planOn()
    for (const [title, project] of now) {
      expect(project.id).toBe(then.get(title)?.id)
      expect(project.milestones.map(({ id: milestone }) => milestone)).toEqual(
        then.get(title)?.milestones.map(({ id: milestone }) => milestone),
      )
    }
    expect([now.get('Recruiting')?.ref, now.get('Keeping staff')?.ref]).toEqual(['1.2', '1.1'])
    expect((await run({ key: 'RENUM', text })).stored).toBe(false)
  })

  test('again with other numbers: what gives way is numbered in the order of the plan, whichever was written last', async () => {
    const [people, placed] = ['1,People,,,', { programme: { key: 'GIVEWAY' } }] as const
    await run({ key: 'GIVEWAY', text: small([people, '1.1,Recruiting,,,', '1.2,Pay,,,']) })
    await run({ key: 'GIVEWAY', text: small([people, '1.3,Training,,,', '1.4,Leave,,,']) })
    // Two sheets counted their places from 0. Of a small table the database gives last what was written last.
    await store.db.project.updateMany({ where: { ...placed, ref: '1.1' }, data: { section: null } })
    await store.db.$executeRaw`ANALYZE "Project"`
    const text = small([people, '1.1,Pay,,,', '1.3,Leave,,,'])
    const { difference } = await run({ key: 'GIVEWAY', text, dryRun: true })
    const numbers = difference.changed.map(({ from, to }) => `${from} is now ${to}`)
    expect(numbers.slice(2)).toEqual(['1.1 is now 1.5', '1.3 is now 1.6'])
  })

  test('with measures in nearly the same words: their readings and staged targets stay theirs, out and in again', async () => {
    const sheet = (title: string, value: string) => `KPI,Figure will,Target,Q3 2025/26
${title},Increase,"80% by Dec 2025; 90% by Jun 2026",${value}`
    await run({ key: 'AIMS', text: sheet('1. Visits that are made on time', '81%') })
    const { difference } = await run({
      key: 'AIMS',
      text: sheet('Visits that are made in time', '82%'),
    })
    expect(difference.changed.map(({ field, from, to }) => [field, from, to])).toEqual([
      ['title', '1. Visits that are made on time', 'Visits that are made in time'],
    ])
    expect(difference.missing).toEqual([])
    const programme = await programmeByKey(store.db, 'AIMS')
    const measures = await loadMeasures(store.db, programme.id, civilDate('2026-02-27'))
    expect(measures).toMatchObject([
      {
        ...{ title: 'Visits that are made in time', targetOn: '2026-06-30' },
        target: '80% by Dec 2025; 90% by Jun 2026',
        allReadings: [{ raw: '82%' }, { raw: '81%' }],
      },
    ])
    const bytes = await inTransaction(store.db, (tx) =>
      exportPlan(tx, programme, civilDate('2026-02-27'), 'plan.csv'),
    )
    expect((await run({ key: 'AIMS', bytes })).stored).toBe(false)
  })

  test('with answers to what its sheet leaves open, which later sheets need no more', async () => {
    const text = `Ref,Priority,Action,Action Owner,Deadline,RAG
1.1,1. Halls,Sweep,Lee Moss,04/03/2026,On it`
    await expect(run({ key: 'ANS', text })).rejects.toThrow('has 2 problems')
    const answers = { dates: 'month first' as const, states: { 'On it': 'green' } }
    await run({ key: 'ANS', text, answers })
    const again = await run({ key: 'ANS', text: text.replace('Sweep', 'Sweep up') })
    expect(again.problems).toEqual([])
    expect(again.difference.changed.map(({ field }) => field)).toEqual(['title'])
    const wrong = { states: { 'On it': 'purple' } }
    await expect(run({ key: 'ANS', text, answers: wrong })).rejects.toThrow(
      '“purple” is nothing that a state can mean here',
    )
  })

  test('with an answer for each Red or Amber whose cell is empty, of which that it stays is remembered', async () => {
    await run({ key: 'GAP', text: before })
    const text = before.replace('A,Offer not agreed', ',The offer is agreed')
    const asked = await run({ key: 'GAP', text, dryRun: true })
    expect(asked.blankRatings).toEqual([
      { item: '1.2', title: 'Keeping staff', row: 4, state: '▲ Amber' },
    ])
    await expect(run({ key: 'GAP', text })).rejects.toThrow('Say whether it stays so')
    const stands = () => {
      const where = { project: { ref: '1.2', workstream: { programme: { key: 'GAP' } } } }
      return store.db.statusUpdate.findFirst({ where, orderBy: { onDay: 'desc' } })
    }
    await run({ key: 'GAP', text, answers: { blanks: { all: 'keep' } } }, '2026-03-20')
    expect(await stands()).toMatchObject({ state: 'amber', reason: 'The offer is agreed' })
    // Neither asked nor changed again.
    const again = await run({ key: 'GAP', text }, '2026-03-20')
    expect([again.problems, again.stored]).toEqual([[], false])

    const empty = before.replace('A,Offer not agreed', ',')
    const answers = { blanks: { '1.2': 'not rated' as const }, blankReason: 'The panel has ended' }
    await run({ key: 'GAP', text: empty, answers }, '2026-03-31')
    expect(await stands()).toMatchObject({ state: 'blank', reason: 'The panel has ended' })
    expect((await run({ key: 'GAP', text: empty }, '2026-03-31')).stored).toBe(false)
  })

  test('with the calendar of its nation, which a later import does not change', async () => {
    const programme = { key: 'SCO', calendar: 'scotland' } as const
    await run({ key: 'SCO', text: before, programme })
    expect(nationSetting.of((await programmeByKey(store.db, 'SCO')).settings)).toBe('scotland')
    await run({ key: 'SCO', text: before })
    expect(nationSetting.of((await programmeByKey(store.db, 'SCO')).settings)).toBe('scotland')
    const other = { key: 'SCO', calendar: 'northern-ireland' } as const
    await expect(run({ key: 'SCO', text: before, programme: other })).rejects.toThrow(
      'SCO has the calendar scotland. It is changed in chat, with “admin calendar northern-ireland”.',
    )
  })

  test('as a whole, and a second time changes nothing', async () => {
    const first = await run({ key: 'BCS' })
    expect(first.stored).toBe(true)
    expect(first.understood).toMatchObject({
      workstreams: 8,
      projects: 47,
      milestones: 94,
      states: { red: 8, amber: 18, green: 21 },
    })

    const second = await run({ key: 'BCS' })
    expect(second.stored).toBe(false)
    expect(second.difference).toEqual({
      added: [],
      changed: [],
      missing: [],
      unchanged: 8 + 47 + 94,
    })

    const { id } = await programmeByKey(store.db, 'bcs')
    const plan = await loadPlan(store.db, id, civilDate('2026-02-27'))
    expect(plan.projects).toHaveLength(47)
    expect(plan.projects.flatMap(({ milestones }) => milestones)).toHaveLength(94)
    expect(
      plan.projects.filter((project) => declaredStateOf(project) === 'red').map(({ ref }) => ref),
    ).toEqual(['1.7', '2.1', '2.2', '2.3', '3.2', '4.5', '5.1', '8.2'])
  })

  test('not at all in a dry run', async () => {
    const result = await run({ key: 'DRY', text: before, dryRun: true })
    expect(result.stored).toBe(false)
    expect(result.difference.added).toHaveLength(1 + 2 + 3)
    expect(await store.db.programme.findUnique({ where: { key: 'DRY' } })).toBeNull()
  })

  test('with its differences reported, and nothing deleted', async () => {
    await run({ key: 'DIFF', text: before })
    const after = small([
      '1,People,,,',
      '1.1,Recruiting,A,Too few applied,06 Mar - Adverts out 27 Mar - Interviews held',
      '1.3,Induction,G,,',
    ])
    const { difference } = await run({ key: 'DIFF', text: after }, '2026-03-06')
    expect(
      difference.changed.map(({ what, ref, field, from, to }) => ({ what, ref, field, from, to })),
    ).toEqual([
      { what: 'project', ref: '1.1', field: 'state', from: 'green', to: 'amber' },
      { what: 'project', ref: '1.1', field: 'commentary', from: '', to: 'Too few applied' },
      { what: 'milestone', ref: '1.1', field: 'due', from: '2026-03-20', to: '2026-03-27' },
    ])
    expect(difference.added).toMatchObject([{ what: 'project', ref: '1.3' }])
    expect(difference.missing).toMatchObject([
      { what: 'project', ref: '1.2', title: 'Keeping staff' },
    ])

    const { id } = await programmeByKey(store.db, 'DIFF')
    const then = await loadPlan(store.db, id, civilDate('2026-02-28'))
    const since = await loadPlan(store.db, id, civilDate('2026-03-06'))
    expect(then.projects.map((project) => [project.ref, declaredStateOf(project)])).toEqual([
      ['1.1', 'green'],
      ['1.2', 'amber'],
    ])
    expect(since.projects.map((project) => [project.ref, declaredStateOf(project)])).toEqual([
      ['1.1', 'amber'],
      ['1.2', 'amber'],
      ['1.3', 'green'],
    ])
    expect(then.projects[0]?.milestones[1]).toMatchObject({ due: '2026-03-20', moves: [] })
    expect(since.projects[0]?.milestones[1]).toMatchObject({
      due: '2026-03-27',
      moves: [{ from: '2026-03-20' }],
    })
  })

  test('without undoing what was reported in chat since', async () => {
    await run({ key: 'CHAT', text: before })
    const { id } = await programmeByKey(store.db, 'CHAT')
    const project = await store.db.project.findFirstOrThrow({
      where: { programmeId: id, ref: '1.1' },
    })
    await store.db.statusUpdate.create({
      data: {
        id: crypto.randomUUID(),
        projectId: project.id,
        state: 'red',
        reason: 'Nobody applied',
        source: 'slack',
        onDay: now,
        at: new Date('2026-02-27T11:00:00Z'),
      },
    })
    expect((await run({ key: 'CHAT', text: before })).stored).toBe(false)
    const plan = await loadPlan(store.db, id, civilDate('2026-02-27'))
    expect(plan.projects.find(({ ref }) => ref === '1.1')?.updates[0]).toMatchObject({
      state: 'red',
      source: 'slack',
    })
  })

  test('with its way out of Red waiting for a second person, who is not who imported it', async () => {
    const red = before.replace('Keeping staff,A,', 'Keeping staff,R,')
    await run({ key: 'GATE', text: red })
    const { id } = await programmeByKey(store.db, 'GATE')
    const settings = { confirm: { improvement: true } }
    await store.db.programme.update({ where: { id }, data: { settings } })
    const person = { id: crypto.randomUUID(), name: 'Priya Marlowe' }
    await store.db.person.create({ data: { ...person, createdAt: now } })
    const text = before.replace('Keeping staff,A,Offer not agreed', 'Keeping staff,G,')
    const result = await run({ key: 'GATE', text, byId: person.id }, '2026-03-06')
    expect(result.attention.map(({ message }) => message)).toContain(
      '1.2 stays ◆ Red until somebody confirms ● Green: confirm 1.2.',
    )
    const plan = await loadPlan(store.db, id, civilDate('2026-03-06'))
    const project = plan.projects.find(({ ref }) => ref === '1.2')
    expect(project && declaredStateOf(project)).toBe('red')
    expect(project?.updates[0]).toMatchObject({ awaitsConfirmation: true, byId: person.id })
    expect((await run({ key: 'GATE', text, byId: person.id }, '2026-03-06')).stored).toBe(false)
  })

  test('never an older sheet over a newer one', async () => {
    await run({ key: 'OLD', text: before }, '2026-03-06')
    await expect(run({ key: 'OLD', text: before }, '2026-02-27')).rejects.toThrow(
      'already holds a sheet as at Fri 6 Mar 2026',
    )
  })

  test('with leads and sponsors where the file names them', async () => {
    const text = [
      'REF,WORKSTREAM DETAIL,RAG,COMMENTARY,March,SPONSOR,LEADS',
      '1,People,,,,Helen Tarrant,Mei Harrow',
      '1.1,Recruiting,G,,,,Mei Harrow; Tom Quill',
    ].join('\n')
    await run({ key: 'LEADS', text })
    const { id } = await programmeByKey(store.db, 'LEADS')
    const plan = await loadPlan(store.db, id, civilDate('2026-02-27'))
    const names = (ids: readonly string[]) => ids.map((personId) => plan.people.get(personId)?.name)
    expect(names(plan.workstreams[0]?.sponsors ?? [])).toEqual(['Helen Tarrant'])
    expect(names(plan.workstreams[0]?.leads ?? [])).toEqual(['Mei Harrow'])
    expect(names(plan.projects[0]?.leads ?? [])).toEqual(['Mei Harrow', 'Tom Quill'])
    expect((await run({ key: 'LEADS', text })).stored).toBe(false)
  })

  test('with ten thousand rows', async () => {
    const rows = Array.from({ length: 100 }, (_, w) => [
      `${w + 1},Workstream ${w + 1},,,`,
      ...Array.from(
        { length: 99 },
        (_, p) => `${w + 1}.${p + 1},Project ${p + 1},G,,06 Mar - First step`,
      ),
    ]).flat()
    const { understood } = await run({ key: 'BIG', text: small(rows) })
    expect(understood).toMatchObject({ workstreams: 100, projects: 9900, milestones: 9900 })
  }, 90_000)
})

describe('a file that cannot be a plan changes nothing', () => {
  test.each([
    ['empty', ''],
    ['no plan', 'name,age\nsomebody,4'],
    ['one ref twice', small(['1,People,,,', '1.1,A,G,,', '1.1,B,G,,'])],
    ['a project of no workstream', small(['1,People,,,', '2.1,A,G,,'])],
  ])('%s', async (_, text) => {
    await expect(run({ key: 'BAD', text })).rejects.toMatchObject({ name: 'Refusal' })
    expect(await store.db.programme.findUnique({ where: { key: 'BAD' } })).toBeNull()
  })
})

test('a table of measures lists missing measures, and keeps them in the plan', async () => {
  const table = (rows: readonly string[]) =>
    ['KPI,Polarity,Baseline,Target,January 2026', ...rows].join('\n')
  const before = [
    'Visits on time,Increase,70%,90%,80%',
    'Days to decide,Decrease,40 days,20 days,30 days',
  ]
  await run({ key: 'KPIS', text: table(before), shape: 'kpi-table', accept: true })
  const { difference } = await run({
    key: 'KPIS',
    text: table(before.slice(0, 1)),
    shape: 'kpi-table',
    accept: true,
  })
  expect(difference.missing).toMatchObject([{ what: 'measure', title: 'Days to decide' }])
  expect(await store.db.measure.count({ where: { programme: { key: 'KPIS' } } })).toBe(2)
})
