import { existsSync, readFileSync } from 'node:fs'
import { beforeEach, describe, expect, test } from '@jest/globals'
import { type CivilDate, civilDate, toDbDate } from '../../../../src/base/dates.ts'
import { newId } from '../../../../src/base/ids.ts'
import { readSheet } from '../../../../src/base/sheets/read-sheet.ts'
import { programmeByKey } from '../../../../src/domain/plan/store.ts'
import type { Audience } from '../../../../src/domain/programme/audience.ts'
import { wholeProgramme } from '../../../../src/domain/schedule/scope.ts'
import { subscribe } from '../../../../src/domain/schedule/subscription-store.ts'
import { postDigests } from '../../../../src/features/digests/posting/publish.ts'
import { type ImportAsked, importPlan } from '../../../../src/features/imports/import-plan.ts'
import {
  type ReportRequest,
  reportSummary,
} from '../../../../src/features/reports/summary/report.ts'
import { inTransaction } from '../../../../src/infra/db.ts'
import { clockAt } from '../../../support/clock.ts'
import { platformTitle } from '../../../support/platforms.ts'
import { emptyDatabase } from '../../../support/programme.ts'

const fresh = emptyDatabase()
const asAt = civilDate('2017-02-24')
const today = civilDate('2017-03-10')
const now = new Date('2017-03-10T10:00:00Z')

function load(key: string, bytes: Uint8Array, more: Partial<ImportAsked> = {}) {
  const asked = {
    fileName: 'plan.csv',
    programme: { key },
    dryRun: false,
    asOf: asAt,
    bytes,
    ...more,
  }
  return inTransaction(fresh.db, (tx) => importPlan(tx, asked, now))
}

async function report(key: string, file: string, more: Partial<ReportRequest> = {}) {
  const programme = await programmeByKey(fresh.db, key)
  const asked = { programme, today, asAt, reader: 'board' as Audience, file, ...more }
  return inTransaction(fresh.db, (tx) => reportSummary(tx, asked))
}

/** What the importer makes of a report, and where in it the plan ends. */
async function again(key: string, file: string, bytes: Uint8Array) {
  const result = await load(key, bytes, { fileName: file, accept: false })
  const { rows } = await readSheet(bytes, file)
  const footer = rows.find(({ cells }) => cells[0]?.startsWith('As at '))
  if (!footer) throw new Error('The sheet has no footer.')
  return { result, footer: footer.number }
}

const plan = [
  'REF,WORKSTREAM DETAIL,RAG,COMMENTARY,March,April',
  '1,"Practice, and standards",,,,',
  '1.1,Practice standards,R,"=cmd|x, no writer yet",31 Mar - Website populated,TBC',
  '1.2,"- Supervision ""policy""",G,,"9 Mar - Draft 20 Mar - Signed off","3 Apr - Audit tool, second line"',
  '1.3,إشراف,A,"Line one\nline two",,Apr - Review starts',
  '1.4,Not rated yet,,,,',
  '2,Permanency,,,,',
  '2.1,Tracking,G,,Scoping by 20 Mar for the board,30 Apr - Case tracker',
].join('\n')

describe.each(['sheet.xlsx', 'sheet.csv'])('%s', (file) => {
  beforeEach(async () => {
    await load('P1', Buffer.from(plan))
  })

  test('imports again with every cell kept, into the same programme and into a new one', async () => {
    const { bytes, counts, projects } = await report('P1', file)
    expect({ projects, counts }).toEqual({
      projects: 5,
      counts: { Red: 1, Amber: 1, Green: 2, 'Not rated': 1 },
    })
    const { result: same, footer } = await again('P1', file, bytes)
    expect(same.shape).toBe('summary-sheet')
    expect(same.difference).toMatchObject({ added: [], changed: [], missing: [] })
    expect(same.problems).toEqual([])
    expect(same.lost.filter(({ row }) => row < footer)).toEqual([])

    const { result: other } = await again('P2', file, bytes)
    expect(other.understood).toEqual(same.understood)
    const copy = await report('P2', file)
    const textsOf = async (some: Uint8Array) =>
      (await readSheet(some, file)).rows.slice(1).map(({ cells }) => cells)
    expect(await textsOf(copy.bytes)).toEqual(await textsOf(bytes))
  })

  test('is refused for a future day, and for a day before the plan', async () => {
    await expect(report('P1', file, { asAt: civilDate('2017-03-11') })).rejects.toThrow(
      'Sat 11 Mar 2017 has not come yet. Nothing was written.',
    )
    await fresh.db.project.updateMany({ data: { addedOn: toDbDate(asAt) } })
    await expect(report('P1', file, { asAt: civilDate('2017-02-23') })).rejects.toThrow(
      'P1 has no projects as at Thu 23 Feb 2017. Nothing was written.',
    )
  })
})

test('another file format is refused before anything is read', async () => {
  await load('P1', Buffer.from(plan))
  await expect(report('P1', 'sheet.pdf')).rejects.toThrow('ends neither with .csv nor with .xlsx')
})

describe('a later report', () => {
  beforeEach(async () => {
    await load('P1', Buffer.from(plan))
  })

  async function update(ref: string, state: string, day: CivilDate, more: object = {}) {
    const { id } = await fresh.db.project.findFirstOrThrow({ where: { ref } })
    const about = { id: newId(), projectId: id, state, source: 'test', ...more }
    await fresh.db.statusUpdate.create({ data: { ...about, onDay: toDbDate(day), at: now } })
  }

  test('changes no earlier sheet', async () => {
    const before = await report('P1', 'sheet.csv')
    await update('1.1', 'green', civilDate('2017-03-06'))
    expect((await report('P1', 'sheet.csv')).bytes).toEqual(before.bytes)
    expect((await report('P1', 'sheet.csv', { asAt: undefined })).counts.Green).toBe(3)
  })

  test('for a narrower audience than the reader’s is left out', async () => {
    const words = { audience: 'internal', reason: 'The inspector is displeased' } as const
    await update('2.1', 'red', civilDate('2017-03-06'), words)
    const board = Buffer.from(
      (await report('P1', 'sheet.csv', { asAt: undefined })).bytes,
    ).toString()
    expect(board).not.toContain('displeased')
    expect(board).toContain('Details are for the programme team')
    const internal = await report('P1', 'sheet.csv', { asAt: undefined, reader: 'internal' })
    expect(Buffer.from(internal.bytes).toString()).toContain('The inspector is displeased')
  })
})

describe('a digest as a sheet', () => {
  const place = { platform: 'slack', tenant: 'T1', conversation: 'C1', kind: 'channel' } as const

  beforeEach(async () => {
    await load('P1', Buffer.from(plan))
    const { id: programmeId } = await programmeByKey(fresh.db, 'P1')
    const schedule = { weekday: 'monday', time: '09:00', zone: 'Europe/London' } as const
    const to = { audience: 'board', scope: wholeProgramme, reach: null } as const
    const since = new Date('2017-02-25T12:00:00Z')
    await inTransaction(fresh.db, (tx) =>
      subscribe(tx, { programmeId, place, schedule, ...to, createdById: null, now: since }),
    )
    const log = { info() {}, warn() {}, error() {} }
    const clock = clockAt(new Date('2017-02-27T09:00:00Z'))
    await postDigests({ db: fresh.db, clock, prefix: () => '/rag', platformTitle, log })
  })

  test('is as at its day, names the digest, and says what differs by now', async () => {
    const { id: projectId } = await fresh.db.project.findFirstOrThrow({ where: { ref: '1.1' } })
    const later = { onDay: toDbDate(civilDate('2017-03-06')), at: now }
    await fresh.db.statusUpdate.create({
      data: { id: newId(), projectId, state: 'green', source: 'test', ...later },
    })
    const told = await report('P1', 'sheet.csv', { asAt: undefined, digest: 1 })
    expect(told).toMatchObject({ asAt: '2017-02-27', counts: { Red: 1 } })
    expect(told.notes).toEqual(['Changed since: 1 project in another state.'])
    const text = Buffer.from(told.bytes).toString()
    expect(text).toContain('For digest 1, issued Mon 27 Feb 2017, 09:00.')
    expect(text).toContain('Changed since: 1 project in another state.')
  })

  test('says so where something was reported for its day after it was posted', async () => {
    const { id: projectId } = await fresh.db.project.findFirstOrThrow({ where: { ref: '1.2' } })
    const same = { onDay: toDbDate(civilDate('2017-02-27')), at: now }
    await fresh.db.statusUpdate.create({
      data: { id: newId(), projectId, state: 'red', source: 'test', ...same },
    })
    const { notes } = await report('P1', 'sheet.csv', { asAt: undefined, digest: 1 })
    expect(notes[0]).toBe(
      'Digest 1 said otherwise of 1 project: what was said of that day came after it.',
    )
  })

  test('is refused together with a day, or where the digest does not exist', async () => {
    await expect(report('P1', 'sheet.csv', { digest: 1 })).rejects.toThrow('leave --as-of out')
    await expect(report('P1', 'sheet.csv', { asAt: undefined, digest: 2 })).rejects.toThrow(
      'has no digest 2. The last one is 1.',
    )
  })
})

/** Whole plans: the sample that is shipped, and the published sheet where it is at hand. */
const plans = [
  {
    file: new URL('../../../../src/playground/sample/plan.csv', import.meta.url),
    counts: null,
    milestones: null,
  },
  {
    file: new URL('../../../../../shared/plans/worcestershire-2017.csv', import.meta.url),
    counts: { Red: 8, Amber: 18, Green: 21 },
    milestones: { milestones: 94, withDay: 88, monthOnly: 1, undated: 5 },
  },
].filter(({ file }) => existsSync(file))

test('the sample programme exists', () => {
  expect(plans.length).toBeGreaterThanOrEqual(1)
})

describe.each(plans)('$file.pathname', ({ file, counts, milestones }) => {
  test.each(['sheet.xlsx', 'sheet.csv'])(
    'comes out as %s and goes in again, whole',
    async (name) => {
      const loaded = await load('W17', readFileSync(file))
      const told = await report('W17', name)
      expect(told.projects).toBe(loaded.understood.projects)
      if (counts) expect(told.counts).toEqual(counts)
      const { result, footer } = await again('W17', name, told.bytes)
      if (milestones) expect(result.understood).toMatchObject(milestones)
      expect(result.difference).toMatchObject({ added: [], changed: [] })
      expect(result.problems).toEqual([])
      expect(result.lost.filter(({ row }) => row < footer)).toEqual([])
    },
  )
})
