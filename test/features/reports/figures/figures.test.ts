import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { civilDate } from '../../../../src/base/dates.ts'
import { readSheet } from '../../../../src/base/sheets/read-sheet.ts'
import { noMoney } from '../../../../src/domain/money/rules.ts'
import type { ProgrammeLinks } from '../../../../src/domain/plan/programme-links.ts'
import { datesFeed } from '../../../../src/features/reports/figures/dates-feed.ts'
import { missingAttributes } from '../../../../src/features/reports/figures/government-standard.ts'
import { dataTables } from '../../../../src/features/reports/figures/registry.ts'
import { dataFiles } from '../../../../src/features/reports/figures/write-data.ts'
import { paperSnapshotOf } from '../../../../src/features/reports/papers/snapshot.ts'
import { askedOf, story } from '../../../domain/digests/audience/marked-stories.ts'
import { aMeasure } from '../../../domain/measures/measure-builder.ts'
import { aPlan, type MilestoneSketch } from '../../../support/plans.ts'
import { aDecision, aRisk } from '../../../support/register.ts'

const website = { id: '1.1', ref: '1.1', title: 'Website' }
const plan = aPlan({
  projects: [
    {
      ...website,
      updates: [{ state: 'red', reason: '=cmd|x "quoted", and\na line' }],
      milestones: [
        { due: '2017-03-31', about: 'Website populated' },
        { due: null, about: 'Audit tool' },
      ],
    },
    { ref: '2.1', title: 'Not rated yet' },
  ],
})
const links: ProgrammeLinks = {
  outcomes: [{ number: 1, text: 'We want to be heard' }],
  recommendations: [{ ref: '4', text: 'Hear every child' }],
  projects: new Map([['1.1', { section: 'Voice', outcomes: [1], recommendations: ['4'] }]]),
  measures: new Map(),
}
const snapshot = paperSnapshotOf(
  {
    plan,
    register: [
      aRisk(1, 'red', { text: 'Nobody bids', project: website }),
      aDecision(2, '2017-03-01', { text: 'Which site', closedOn: '2017-02-20', outcome: 'North' }),
    ],
    measures: [
      aMeasure({
        ...{ title: 'Children who were heard', target: '90%', projects: [website] },
        readings: [{ raw: '72%', forDay: '2017-01-31' }],
      }),
    ],
    previous: null,
    since: civilDate('2017-02-17'),
  },
  links,
  'board',
  {
    benefits: [],
    dimensions: {
      now: new Map([
        ['1.1', [{ dimension: 'cost', state: 'red', onDay: civilDate('2017-02-20') }]],
      ]),
      before: new Map(),
    },
    money: {
      now: {
        projects: new Map([['1.1', { budget: 100_000_00, forecast: 101_000_00 }]]),
        workstreams: new Map(),
      },
      before: noMoney,
    },
    meeting: null,
  },
)

type Row = Readonly<Record<string, unknown>>
const jsonOf = (name: string): readonly Row[] => {
  const file = dataFiles(snapshot, 'json').find((one) => one.name === `${name}.json`)
  return JSON.parse(Buffer.from(file?.bytes ?? []).toString())
}
const columnsOf = (row: Row, names: readonly string[]) => names.map((name) => row[name])

describe.each(dataTables.map((table) => [table.name, table] as const))('%s', (name, table) => {
  test('has a row for each key, and only keys that its other tables have', () => {
    const rows = jsonOf(name)
    const keys = rows.map((row) => JSON.stringify(columnsOf(row, table.key)))
    expect(new Set(keys).size).toBe(keys.length)
    for (const { name: column, refersTo } of table.columns) {
      if (refersTo === undefined) continue
      const [key = ''] = dataTables.find((one) => one.name === refersTo)?.key ?? []
      const known = new Set(jsonOf(refersTo).map((row) => row[key]))
      expect(rows.map((row) => row[column]).filter((value) => !known.has(value))).toEqual([])
    }
  })
})

test('money is in pence, added up, with its rating; dimensions have their day', () => {
  const told = jsonOf('money').map((row) => [row.of, row.budget, row.forecast, row.rating])
  const figures = [100_000_00, 101_000_00, 'amber']
  expect(told).toEqual([
    ['programme', ...figures],
    ['workstream', ...figures],
    ['project', ...figures],
  ])
  expect(jsonOf('dimension_rating')).toEqual([
    { project_id: '1.1', dimension: 'Cost', state: 'red', rated_on: '2017-02-20' },
  ])
})

test('the government’s names have what is kept, and each attribute that is missing is named', () => {
  const told = jsonOf('government_standard').filter(({ project_id: id }) => id === '1.1')
  expect(told.map(({ attribute, value }) => `${attribute}: ${value}`)).toEqual([
    'Project Name: Website',
    'Description / Aims: We want to be heard',
    'Project - End Date (Latest Approved End Date): 2017-03-31',
    ...['Risks: 1', 'Milestones with a date: 1', 'TOTAL Baseline Whole Life Costs (£m): 0.1'],
  ])
  const missing = missingAttributes(snapshot)
  expect(missing).toContain('Project features: Department is not kept in Milepost.')
  expect(missing).toContain(
    'Benefit: TOTAL Baseline Benefits (£m) is missing for 2 of 2 projects: 1.1, 2.1.',
  )
  expect(missing).toContain('Risk: Risks is missing for 1 of 2 projects: 2.1.')
  expect(missing.join()).not.toContain('Project Name')
})

test('CSV says what JSON says, and no cell of it runs in a spreadsheet', async () => {
  for (const { name, bytes } of dataFiles(snapshot, 'csv')) {
    if (name === 'datapackage.json') continue
    const rows = jsonOf(name.replace('.csv', ''))
    if (rows.length === 0) continue
    const [head, ...body] = (await readSheet(bytes, name)).rows.map(({ cells }) => cells)
    expect(head).toEqual(Object.keys(rows[0] ?? {}))
    expect(body.map((cells) => cells.map((cell) => cell.replace(/^'=/, '=')))).toEqual(
      rows.map((row) => Object.values(row).map((value) => (value === null ? '' : String(value)))),
    )
  }
  const project = dataFiles(snapshot, 'csv').find(({ name }) => name === 'project.csv')
  expect(Buffer.from(project?.bytes ?? []).toString()).toContain(`"'=cmd|x`)
})

test('the schema describes every column of every table, with its keys', () => {
  const [schema] = dataFiles(snapshot, 'csv')
  const described = JSON.parse(Buffer.from(schema?.bytes ?? []).toString())
  expect(described.resources.map(({ path }: { path: string }) => path)).toEqual(
    dataTables.map(({ name }) => `${name}.csv`),
  )
  const milestone = described.resources.find(({ name }: { name: string }) => name === 'milestone')
  expect(milestone.schema).toMatchObject({
    primaryKey: ['milestone_id'],
    foreignKeys: [
      { fields: 'project_id', reference: { resource: 'project', fields: 'project_id' } },
    ],
  })
  const fields = described.resources.flatMap(
    ({ schema: { fields: some } }: { schema: { fields: { description: string }[] } }) => some,
  )
  expect(fields.filter(({ description }: { description: string }) => !description)).toEqual([])
})

test('no text for fewer readers is in the tables for more', () => {
  const reader = fc.constantFrom('board' as const, 'public' as const)
  fc.assert(
    fc.property(reader, story, (audience, now) => {
      const from = paperSnapshotOf(askedOf(now, null), links, audience)
      const text = dataTables.map((table) => JSON.stringify(table.records(from))).join()
      const forbidden = audience === 'board' ? ['«internal»'] : ['«internal»', '«board»', '«name»']
      expect(forbidden.filter((mark) => text.includes(mark))).toEqual([])
    }),
    { numRuns: 60 },
  )
})

describe('the dates of a plan', () => {
  const feedOf = (milestones: readonly MilestoneSketch[], personId?: string) => {
    const one = aPlan({
      projects: [
        { ref: '1.1', title: 'Website', leads: ['asha'], milestones },
        { ref: '2.1', milestones: [{ due: '2017-05-01', about: 'Of another' }] },
      ],
    })
    const { bytes, ...counts } = datesFeed(one, new Date('2017-02-24T09:00:00Z'), personId)
    return { ...counts, text: Buffer.from(bytes).toString() }
  }
  const uidsIn = (text: string) => text.match(/^UID:.*$/gm)

  test('a moved date keeps its identity and is a later version of it', () => {
    const before = feedOf([{ due: '2017-03-31', about: 'Pages' }])
    const move = { from: '2017-03-31', to: '2017-06-30', onDay: '2017-02-20' }
    const after = feedOf([{ due: '2017-06-30', about: 'Pages', moves: [move] }])
    expect(uidsIn(after.text)).toEqual(uidsIn(before.text))
    expect(before.text).toContain('SEQUENCE:0')
    expect(after.text).toContain('SEQUENCE:1')
    expect(after.text).toContain('DTSTART;VALUE=DATE:20170630')
  })

  test('of a person are those of the projects they lead; what has no date is counted', () => {
    const feed = feedOf([{ due: '2017-03-31', about: 'Pages; two, three' }, { due: null }], 'asha')
    expect(feed).toMatchObject({ events: 1, undated: 1 })
    expect(feed.text).toContain('SUMMARY:1.1 Pages\\; two\\, three')
    expect(feed.text).not.toContain('Of another')
  })
})
