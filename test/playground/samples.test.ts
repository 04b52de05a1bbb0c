import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from '@jest/globals'
import { civilDate } from '../../src/base/dates.ts'
import { readSheet } from '../../src/base/sheets/read-sheet.ts'
import { loadPlan, programmeByKey } from '../../src/domain/plan/store.ts'
import { parseSettings } from '../../src/domain/programme/setting.ts'
import { importPlan } from '../../src/features/imports/import-plan.ts'
import { loadStatusReport } from '../../src/features/status/status-report.ts'
import { inTransaction } from '../../src/infra/db.ts'
import { peopleOf, readSamples, type Sample } from '../../src/playground/sample.ts'
import { seedSamples } from '../../src/playground/seed.ts'
import { useDatabase } from '../support/database.ts'

const samples = await readSamples()
const now = new Date('2026-02-27T09:30:00Z')
const today = civilDate('2026-02-27')

const store = useDatabase()

beforeAll(async () => {
  await seedSamples(store.db, samples, now)
})

const sampleOf = (key: string): Sample => {
  const found = samples.find(({ programme }) => programme.key === key)
  if (!found) throw new Error(`There is no sample ${key}`)
  return found
}
const idOf = async (key: string) => (await programmeByKey(store.db, key)).id
const importAgain = ({ programme, asOf }: Sample, plan: Sample['plans'][number]) =>
  inTransaction(store.db, (tx) =>
    importPlan(tx, { ...plan, programme: { key: programme.key }, asOf, dryRun: false }, now),
  )

const files = samples.flatMap((sample) =>
  sample.plans.map((plan) => ({ key: sample.programme.key, file: plan.fileName, sample, plan })),
)

describe.each(files)('the plan of $key, $file', ({ sample, plan }) => {
  test('is imported whole, and a second time changes nothing', async () => {
    const again = await importAgain(sample, plan)
    expect(again).toMatchObject({ stored: false, problems: [], lost: [] })
    expect(again.difference).toMatchObject({ added: [], changed: [], missing: [] })
    expect(again.difference.unchanged).toBeGreaterThan(0)
  })
})

const understood = async (key: string, file = 'plan.csv') => {
  const sample = sampleOf(key)
  const plan = sample.plans.find(({ fileName }) => fileName === file)
  if (!plan) throw new Error(`${key} has no ${file}`)
  return importAgain(sample, plan)
}

describe('what the playground begins with', () => {
  test('a summary sheet, the first: 8 Reds, 18 Ambers and 21 Greens over 47 projects', async () => {
    expect(samples[0]?.programme.key).toBe('BCS')
    expect(await understood('BCS')).toMatchObject({
      shape: 'summary-sheet',
      scheme: 'rag',
      understood: {
        ...{ workstreams: 8, projects: 47, milestones: 94 },
        states: { red: 8, amber: 18, green: 21 },
      },
    })
  })

  test('an action plan of 28 actions that nobody has rated yet', async () => {
    expect(await understood('SEND')).toMatchObject({
      shape: 'action-plan',
      scheme: 'brag',
      understood: {
        ...{ workstreams: 5, projects: 28, milestones: 36, recommendations: 13 },
        ...{ measures: 33, outcomes: 21, withDay: 32, monthOnly: 2, range: 2, undated: 0 },
        states: { red: 0, amber: 0, green: 0, blue: 0, blank: 28 },
      },
    })
    const { projects } = await loadPlan(store.db, await idOf('SEND'), today)
    const perPriority = Map.groupBy(projects, ({ ref }) => ref.split('.')[0])
    expect([...perPriority.values()].map(({ length }) => length)).toEqual([5, 8, 9, 2, 4])
  })

  test('a quarterly update: actions, and 26 measures with their readings', async () => {
    expect(await understood('ASC')).toMatchObject({
      shape: 'action-plan',
      understood: {
        ...{ workstreams: 5, projects: 14, milestones: 17 },
        states: { red: 1, amber: 4, green: 7, blue: 1, 'no-update-required': 1, blank: 0 },
      },
    })
    expect(await understood('ASC', 'measures.tsv')).toMatchObject({
      shape: 'kpi-table',
      understood: { measures: 26, readings: 46 },
    })
    const measures = await store.db.measure.findMany({ where: { programme: { key: 'ASC' } } })
    const kinds = Map.groupBy(measures, ({ kind }) => kind)
    expect([...kinds].map(([kind, of]) => [kind, of.length])).toEqual([
      ['kpi', 20],
      ['quality', 3],
      ['feedback', 3],
    ])
  })

  test('a plan on a page: 6 outcomes, 15 projects, milestones by the four-state key', async () => {
    expect(await understood('FFC')).toMatchObject({
      shape: 'milestone-table',
      scheme: 'delivery',
      understood: { workstreams: 4, projects: 15, milestones: 34, outcomes: 6, measures: 12 },
    })
    const ratings = await store.db.milestoneRating.groupBy({ by: ['state'], _count: true })
    expect(Object.fromEntries(ratings.map(({ state, _count }) => [state, _count]))).toEqual({
      ...{ 'major-issues': 3, 'minor-issues': 6, 'on-track': 17, completed: 8 },
    })
  })

  test('themes with commitments, in grades of its own', async () => {
    expect(await understood('YTH')).toMatchObject({
      shape: 'commitments',
      scheme: 'own',
      understood: {
        ...{ workstreams: 5, projects: 23, milestones: 20 },
        states: {
          ...{ 'own-inadequate': 1, 'own-requires-improvement': 6 },
          ...{ 'own-good': 13, 'own-outstanding': 2, blank: 1 },
        },
      },
    })
  })

  test.each([
    ['BCS', 'Red'],
    ['SEND', null],
    ['ASC', 'Amber'],
    ['FFC', 'Missed deadline/Major issues'],
    ['YTH', 'Good'],
  ])('%s as a whole is %s by its own way to roll up', async (key, label) => {
    const { rollUp, contradictions } = await inTransaction(store.db, async (tx) =>
      loadStatusReport(tx, { programmeId: await idOf(key), asAt: today }),
    )
    expect(rollUp.programme.label).toBe(label)
    // What is complete has nothing left to do, and a grade says nothing of that.
    expect(contradictions.map(({ kind }) => kind)).not.toContain('complete with open milestones')
  })
})

describe('the people of the samples', () => {
  const everyone = samples.flatMap(peopleOf)

  test('belong to one programme each, with names and accounts of their own', () => {
    const names = everyone.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    const users = everyone.flatMap(({ slack, teams }) => [slack?.user ?? [], teams?.user ?? []])
    expect(new Set(users.flat()).size).toBe(users.flat().length)
    const handles = names.map((name) => name.split(' ')[0])
    expect(new Set(handles).size).toBe(handles.length)
  })

  test.each(samples.map((sample) => [sample.programme.key, sample] as const))(
    '%s has a programme office, two leads or more and a sponsor who can be reached',
    async (key, sample) => {
      const people = peopleOf(sample)
      const reached = (role: string) =>
        people.filter((person) => person.role === role && (person.slack || person.teams)).length
      expect(reached('programme office')).toBeGreaterThan(0)
      expect(reached('lead')).toBeGreaterThan(1)
      expect(reached('sponsor')).toBeGreaterThan(0)
      const { projects } = await loadPlan(store.db, await idOf(key), today)
      const leads = await store.db.identity.findMany({
        where: { personId: { in: projects.flatMap((project) => project.leads) } },
      })
      expect(new Set(leads.map(({ personId }) => personId)).size).toBeGreaterThan(1)
    },
  )

  test('hold the posts that a plan names as owners, two of them jointly', async () => {
    const leads = await store.db.projectLead.findMany({
      where: { project: { ref: '3.7', programme: { key: 'SEND' } } },
      orderBy: { position: 'asc' },
      include: { person: true },
    })
    expect(leads.map(({ person }) => [person.name, person.post])).toEqual([
      ['Joel Abara', 'Head of Inclusion'],
      ['Rowan Tilley', 'Post-16 Partnerships Manager'],
    ])
  })
})

test('each programme keeps what it chose, and a second start leaves everything as it is', async () => {
  const before = await store.db.programme.findMany({ orderBy: { key: 'asc' } })
  await seedSamples(store.db, samples, new Date('2026-03-09T09:00:00Z'))
  expect(await store.db.programme.findMany({ orderBy: { key: 'asc' } })).toEqual(before)
  for (const { programme, settings } of samples) {
    const stored = before.find(({ key }) => key === programme.key)
    expect(stored?.title).toBe(programme.title)
    expect(parseSettings(stored?.settings)).toMatchObject(settings)
  }
})

test('a sample that cannot be loaded stops the start, and says which file and why', async () => {
  const [bcs] = samples
  if (!bcs) throw new Error('There are no samples')
  const programme = { key: 'BAD', title: 'Bad' }
  const plan = { fileName: 'plan.csv', bytes: Buffer.from('Shopping,Price\nMilk,2') }
  await expect(seedSamples(store.db, [{ ...bcs, programme, plans: [plan] }], now)).rejects.toThrow(
    /^The sample programme BAD cannot be loaded from its plan\.csv: plan\.csv is not/,
  )
  expect(await store.db.programme.count({ where: { key: 'BAD' } })).toBe(0)
})

/** The published documents lie beside this checkout on the machines of those who may have them. */
const published = new URL('../../../shared/', import.meta.url)
/** As many words in a row that are the same are a sentence of somebody else's. */
const run = 6

if (existsSync(published)) {
  test('no sample repeats a sentence of the published documents', async () => {
    const texts = ['seeds/', 'plans/'].flatMap((folder) =>
      readdirSync(new URL(folder, published)).map((name) =>
        readFileSync(new URL(folder + name, published), 'utf8'),
      ),
    )
    const theirs = new Set(texts.flatMap((text) => runsIn(text.replace(/<[^<>]*>/g, ' '))))
    expect(theirs.size).toBeGreaterThan(10_000)
    for (const { programme, plans, people } of samples) {
      for (const { bytes, fileName } of [...plans, people]) {
        const { rows } = await readSheet(bytes, fileName)
        // The headings are those of the shape.
        const ours = rows.slice(1).flatMap(({ cells }) => cells.flatMap(runsIn))
        expect({ key: programme.key, same: ours.filter((words) => theirs.has(words)) }).toEqual({
          key: programme.key,
          same: [],
        })
      }
    }
  })
} else {
  console.info('The published documents are not at hand: the wording was not held against them.')
}

function runsIn(text: string): string[] {
  const words = text.toLowerCase().match(/[\p{L}\p{N}%'’]+/gu) ?? []
  return words.slice(run - 1).map((_, at) => words.slice(at, at + run).join(' '))
}
