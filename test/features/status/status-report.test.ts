import { existsSync, readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from '@jest/globals'
import { civilDate } from '../../../src/base/dates.ts'
import { programmeByKey } from '../../../src/domain/plan/store.ts'
import { importPlan } from '../../../src/features/imports/import-plan.ts'
import { loadStatusReport, type StatusReport } from '../../../src/features/status/status-report.ts'
import { inTransaction } from '../../../src/infra/db.ts'
import { useDatabase } from '../../support/database.ts'

/**
 * The published W17 sheet where it is at hand, beside this checkout; else the playground's sample in its shape, of
 * which only the figures are the same.
 */
const published = new URL('../../../../shared/plans/worcestershire-2017.csv', import.meta.url)
const sample = new URL('../../../src/playground/sample/plan.csv', import.meta.url)
const atHand = existsSync(published)
if (!atHand)
  console.info('The published W17 sheet is not at hand: its figures are checked on the sample.')

const store = useDatabase()
let status: StatusReport

beforeAll(async () => {
  const asOf = civilDate(atHand ? '2017-02-24' : '2026-02-27')
  status = await inTransaction(store.db, async (tx) => {
    await importPlan(
      tx,
      {
        bytes: readFileSync(atHand ? published : sample),
        fileName: 'plan.csv',
        programme: { key: 'W17' },
        asOf,
        dryRun: false,
      },
      new Date(`${asOf}T12:00:00Z`),
    )
    const { id } = await programmeByKey(tx, 'W17')
    return loadStatusReport(tx, { programmeId: id, asAt: asOf })
  })
})

describe('the summary sheet gives back its figures', () => {
  test('R 8, A 18, G 21 over 47 projects in 8 workstreams, 94 milestones of which 5 are undated', () => {
    expect(status.counts).toMatchObject({
      workstreams: 8,
      projects: 47,
      states: { red: 8, amber: 18, green: 21 },
      percentages: { red: 17, amber: 38, green: 45 },
      milestones: { total: 94, undated: 5 },
    })
  })

  test('8 7 3 5 6 9 5 4 projects in the workstreams', () => {
    expect(status.rollUp.workstreams.map((each) => each.of)).toEqual([8, 7, 3, 5, 6, 9, 5, 4])
  })

  test('the reds, and no Green among what needs a path', () => {
    const { reds, ambersWithoutPath } = status.exceptions
    expect(reds.map(({ ref }) => ref)).toEqual([
      '1.7',
      '2.1',
      '2.2',
      '2.3',
      '3.2',
      '4.5',
      '5.1',
      '8.2',
    ])
    expect(ambersWithoutPath).toHaveLength(18)
  })

  test('each workstream has the worst colour of its projects', () => {
    expect(status.rollUp.workstreams.map(({ label }) => label)).toEqual([
      'Red',
      'Red',
      'Red',
      'Red',
      'Red',
      'Amber',
      'Amber',
      'Red',
    ])
    expect(status.rollUp.programme).toMatchObject({ label: 'Red', counts: { red: 6, amber: 2 } })
  })
})

test('the figures of a paper are held against the measures of the plan', async () => {
  const kpis = [
    'Workstream,Project,KPI,Figure will:,March 2016,Target March 2018,December 2016',
    'People,1.1,Posts filled,Increase,71%,90%,60%',
  ].join('\n')
  const asAt = civilDate('2026-03-31')
  const parts = [{ label: 'Green', count: 1 }]
  const published = [{ subject: 'KPI', row: 2, parts, areShares: false, total: null }]
  const { contradictions } = await inTransaction(store.db, async (tx) => {
    const sheet = { bytes: Buffer.from(kpis), fileName: 'kpis.csv', programme: { key: 'W17' } }
    const asOf = civilDate('2026-03-02')
    await importPlan(tx, { ...sheet, asOf, dryRun: false }, new Date(`${asOf}T12:00:00Z`))
    const { id } = await programmeByKey(tx, 'W17')
    return loadStatusReport(tx, { programmeId: id, asAt, published })
  })
  expect(contradictions).toContainEqual({
    ...{ kind: 'published count', ref: 'KPI', certain: true },
    ...{ says: 'Printed: Green 1.', should: "The plan's readings give 0." },
  })
})

if (atHand) {
  describe('the published sheet', () => {
    const of = (kind: string) =>
      status.contradictions.filter((each) => each.kind === kind).map(({ ref }) => ref)

    test('contradicts itself where its commentary reads like another colour', () => {
      // The four that break its own rule, and 6.1, whose clear scope is “being developed” under an Amber.
      expect(of('commentary and colour')).toEqual(['4.1', '5.3', '5.5', '6.1', '8.2'])
    })

    test('has milestones under another month, a Green with commentary, and shares that add up to 99', () => {
      expect(of('month')).toEqual(['5.5', '5.5', '5.6'])
      expect(of('green with commentary')).toEqual(['5.2'])
      expect(of('percentages')).toContain('workstream 3')
    })

    test('has no Red or Amber without commentary', () => {
      expect(of('no commentary')).toEqual([])
    })
  })
}
