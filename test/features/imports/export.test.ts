import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { type CivilDate, civilDate } from '../../../src/base/dates.ts'
import { readSheet } from '../../../src/base/sheets/read-sheet.ts'
import { textWorkbook } from '../../../src/base/sheets/write-xlsx.ts'
import { programmeByKey } from '../../../src/domain/plan/store.ts'
import { exportPlan } from '../../../src/features/imports/export.ts'
import { type ImportAsked, importPlan } from '../../../src/features/imports/import-plan.ts'
import { inTransaction } from '../../../src/infra/db.ts'
import { useDatabase } from '../../support/database.ts'

const store = useDatabase()

const now = new Date('2020-01-21T10:00:00Z')

function load(key: string, bytes: Uint8Array, more: Partial<ImportAsked> & { asOf: CivilDate }) {
  const asked = { fileName: 'plan.csv', programme: { key }, dryRun: false, bytes, ...more }
  return inTransaction(store.db, (tx) => importPlan(tx, asked, now))
}

async function written(key: string, asAt: CivilDate, fileName: string): Promise<Uint8Array> {
  const programme = await programmeByKey(store.db, key)
  return inTransaction(store.db, (tx) => exportPlan(tx, programme, asAt, fileName))
}

/** All that a plan says, without ids: to compare two programmes. */
async function contentsOf(key: string) {
  const named = {
    orderBy: { position: 'asc' as const },
    select: { person: { select: { name: true } } },
  }
  const texts = {
    orderBy: { outcome: { number: 'asc' as const } },
    select: { outcome: { select: { text: true } } },
  }
  const without = { id: true, programmeId: true }
  const programme = await store.db.programme.findUniqueOrThrow({
    where: { key },
    select: {
      recommendations: { orderBy: { ref: 'asc' }, omit: without },
      outcomes: { orderBy: { number: 'asc' }, omit: without },
      workstreams: {
        orderBy: { position: 'asc' },
        select: {
          ref: true,
          title: true,
          position: true,
          owners: { ...named, select: { role: true, ...named.select } },
        },
      },
      projects: {
        orderBy: { position: 'asc' },
        select: {
          ...{ ref: true, title: true, section: true, position: true, tags: true },
          workstream: { select: { ref: true } },
          recommendations: {
            orderBy: { recommendation: { ref: 'asc' } },
            select: { recommendation: { select: { ref: true } } },
          },
          outcomes: texts,
          leads: named,
          updates: { select: { state: true, reason: true, audience: true } },
          attributes: { orderBy: { key: 'asc' }, select: { key: true, value: true } },
          milestones: {
            orderBy: { number: 'asc' },
            omit: { id: true, projectId: true },
            include: {
              moves: { select: { from: true, to: true } },
              ratings: { select: { state: true } },
              done: { select: { onDay: true } },
            },
          },
        },
      },
      measures: {
        orderBy: { number: 'asc' },
        omit: { ...without, workstreamId: true, importId: true },
        include: {
          workstream: { select: { ref: true } },
          projects: {
            orderBy: { project: { position: 'asc' } },
            select: { project: { select: { ref: true } } },
          },
          outcomes: texts,
          readings: {
            orderBy: [{ forDay: 'asc' }, { at: 'asc' }],
            select: {
              raw: true,
              value: true,
              declared: true,
              direction: true,
              period: true,
              forDay: true,
            },
          },
        },
      },
    },
  })
  return programme
}

const beside = (path: string) => new URL(path, import.meta.url)
const published = (name: string) => beside(`../../../../shared/plans/${name}`)

const plans: [name: string, file: URL, asOf: string, scheme?: 'delivery'][] = [
  ['the summary sheet', beside('samples/parks-2019.csv'), '2019-03-04'],
  ['the action plan', beside('samples/harbour-action-plan.csv'), '2018-05-04'],
  ['the KPI table', beside('samples/harbour-kpis.tsv'), '2018-11-20'],
  ['the milestone table', beside('samples/harbour-milestones.csv'), '2020-01-21', 'delivery'],
  ['the list of commitments', beside('samples/harbour-commitments.csv'), '2016-08-15'],
]
for (const [name, file, asOf] of [
  ['the published W17 plan', published('worcestershire-2017.csv'), '2017-02-24'],
  ['the published SOM plan', published('somerset-2018.csv'), '2018-05-04'],
] as const) {
  if (existsSync(file)) plans.push([name, file, asOf])
  else console.warn(`NOT RUN: ${name} is not beside the project (shared/plans).`)
}

describe.each(plans)('%s', (name, file, asOf, scheme) => {
  const day = civilDate(asOf)
  const key = name.replaceAll(/\W/g, '')

  test('is saved as a whole, and a second import changes nothing', async () => {
    const more = { asOf: day, fileName: 'plan', accept: true, programme: { key, scheme } }
    expect((await load(key, readFileSync(file), more)).stored).toBe(true)
    const again = await load(key, readFileSync(file), {
      ...more,
      accept: false,
      programme: { key },
      dryRun: true,
    })
    expect(again.difference).toMatchObject({ added: [], changed: [], missing: [] })
  })

  test.each(['csv', 'xlsx'])('comes back the same through .%s', async (ending) => {
    const bytes = await written(key, day, `plan.${ending}`)
    const result = await load(`${key}-${ending}`, bytes, { asOf: day })
    expect(result).toMatchObject({
      stored: true,
      shape: 'milepost',
      problems: [],
      attention: [],
      lost: [],
    })
    expect(await contentsOf(`${key}-${ending}`)).toEqual(await contentsOf(key))
  })

  test('its own export changes nothing', async () => {
    const bytes = await written(key, day, 'plan.csv')
    const { stored, difference } = await load(key, bytes, { asOf: day })
    expect([stored, difference]).toMatchObject([false, { added: [], changed: [], missing: [] }])
  })

  test('the export of an imported export has the same bytes', async () => {
    expect(await written(`${key}-csv`, day, 'plan.csv')).toEqual(
      await written(key, day, 'plan.csv'),
    )
  })
})

describe('what was reported in chat since the import', () => {
  const sheet = (state: string) =>
    `Priority,Action,Owner,Deadline,BRAG\n1. Lights,Test the lamps,Ines Calder,1 Jun 2018,${state}\n`
  const may = civilDate('2018-05-04')

  async function told(key: string) {
    await load(key, Buffer.from(sheet('G')), { asOf: may })
    const project = await store.db.project.findFirstOrThrow({
      where: { programme: { key } },
      include: { milestones: true },
    })
    const said = {
      source: 'slack',
      onDay: new Date('2018-05-08'),
      at: now,
      id: crypto.randomUUID(),
    }
    await store.db.statusUpdate.create({
      data: { ...said, projectId: project.id, state: 'red', reason: 'Out of lamps' },
    })
    const [milestone] = project.milestones
    const to = new Date('2018-07-02')
    await store.db.milestoneMove.create({
      data: {
        ...said,
        milestoneId: milestone?.id ?? '',
        from: milestone?.due ?? null,
        to,
        reason: 'Lamps are late',
      },
    })
    await store.db.milestone.update({ where: { id: milestone?.id ?? '' }, data: { due: to } })
  }

  test('is in the export, and an import of it into a new programme keeps that a date was moved', async () => {
    await told('SAID')
    const bytes = await written('SAID', civilDate('2018-05-09'), 'plan.csv')
    await load('COPY', bytes, { asOf: civilDate('2018-05-09') })
    const copy = await contentsOf('COPY')
    expect(copy.projects[0]).toMatchObject({
      updates: [{ state: 'red', reason: 'Out of lamps' }],
      milestones: [
        {
          baselineDue: new Date('2018-06-01'),
          due: new Date('2018-07-02'),
          moves: [{ from: new Date('2018-06-01'), to: new Date('2018-07-02') }],
        },
      ],
    })
  })

  test('is not undone by an earlier export, nor by the first sheet', async () => {
    await told('OLD')
    const before = await written('OLD', may, 'plan.csv')
    const asOf = civilDate('2018-05-10')
    expect((await load('OLD', before, { asOf })).stored).toBe(false)
    expect((await load('OLD', Buffer.from(sheet('G')), { asOf })).stored).toBe(false)
    const other = await load('OLD', Buffer.from(sheet('A')), { asOf })
    expect(other.difference.changed).toEqual([])
    expect(other.attention.map(({ message }) => message)).toContainEqual(
      expect.stringMatching(/stays .+, as was said on .+, since the last sheet\. If ▲ Amber/),
    )
  })
})

describe('a file that a spreadsheet opens', () => {
  test('keeps a formula as the text that was written', async () => {
    const text = `Priority,Action,Owner,Deadline,BRAG\n1. Lights,"=HYPERLINK(""x"")",'+Ines,1 Jun 2018,\n`
    await load('RUN', Buffer.from(text), { asOf: civilDate('2018-05-04') })
    const bytes = await written('RUN', civilDate('2018-05-04'), 'plan.csv')
    expect(Buffer.from(bytes).toString()).toContain(`"'=HYPERLINK(""x"")"`)
    await load('RUN2', bytes, { asOf: civilDate('2018-05-04') })
    expect(await contentsOf('RUN2')).toEqual(await contentsOf('RUN'))
  })

  test('a workbook gives back every text of it', async () => {
    const cell = fc.string({ unit: fc.constantFrom(...'aZ1é<&>"\'=+\n\t ü漢😀') })
    const row = fc.array(cell, { minLength: 3, maxLength: 3 })
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 6 }), async (rows) => {
        fc.pre(rows.some((cells) => cells.some((text) => text.trim() !== '')))
        const sheet = await readSheet(textWorkbook('Plan', rows), 'p.xlsx')
        const padded = new Map(sheet.rows.map(({ number, cells }) => [number, cells]))
        for (const [at, cells] of rows.entries()) {
          if (cells.every((text) => text.trim() === '')) continue
          expect(cells.map((_, index) => padded.get(at + 1)?.[index] ?? '')).toEqual(cells)
        }
      }),
    )
  })

  test('with any other ending is refused', async () => {
    await expect(written('RUN', civilDate('2018-05-04'), 'plan.pdf')).rejects.toThrow(
      'plan.pdf ends neither with .csv nor with .xlsx. Nothing was written',
    )
  })
})

test('tags and the audience of commentary are exported and imported', async () => {
  const sheet = [
    'What,Number,Part of,Title,State (rag),Commentary,Commentary for,Tags,As written',
    'workstream,1,,Practice,,,,,',
    'project,1.1,1,Standards,Red,The manager resigned,internal,Ofsted; Innovation,',
    'project,1.2,1,Assessments,Amber,Two posts are vacant,,,',
  ].join('\n')
  const asOf = civilDate('2020-01-20')
  await load('TAGS', Buffer.from(sheet), { asOf })
  await load('TAGS2', await written('TAGS', asOf, 'plan.csv'), { asOf })
  const { projects } = await contentsOf('TAGS2')
  expect(projects).toMatchObject([
    { tags: ['Ofsted', 'Innovation'], updates: [{ audience: 'internal' }] },
    { tags: [], updates: [{ audience: 'board' }] },
  ])

  const again = sheet.replace('Ofsted; Innovation', 'Ofsted').replace(',internal,', ',everybody,')
  const { problems } = await load('TAGS', Buffer.from(again), { asOf, dryRun: true })
  expect(JSON.stringify(problems)).toContain('accept that it is for insiders alone')
})
