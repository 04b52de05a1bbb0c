import { beforeEach, describe, expect, test } from '@jest/globals'
import type { Place } from '../../../../src/base/addresses.ts'
import { civilDate, toDbDate } from '../../../../src/base/dates.ts'
import { Refusal } from '../../../../src/base/errors.ts'
import { newId } from '../../../../src/base/ids.ts'
import { digestContent } from '../../../../src/domain/digests/content/content.ts'
import { loadPlan } from '../../../../src/domain/plan/store.ts'
import type { Schedule } from '../../../../src/domain/schedule/schedule.ts'
import {
  loadSubscriptions,
  subscribe,
  unsubscribe,
} from '../../../../src/domain/schedule/subscription-store.ts'
import { previewDigest } from '../../../../src/features/digests/approval/preview.ts'
import { dryRunDigest, formatDryRun } from '../../../../src/features/digests/dry-run.ts'
import { postDigests } from '../../../../src/features/digests/posting/publish.ts'
import { clockAt } from '../../../support/clock.ts'
import { emptyTables, useDatabase } from '../../../support/database.ts'
import { platformTitle } from '../../../support/platforms.ts'

const fresh = useDatabase()

const place: Place = { platform: 'slack', tenant: 'T1', conversation: 'C1', kind: 'channel' }
const mondays: Schedule = { weekday: 'monday', time: '09:00', zone: 'Europe/London' }
const errors: string[] = []
const log = {
  info: () => {},
  warn: () => {},
  error: (_: object, message: string) => errors.push(message),
}

let programmeId: string
const projects: string[] = []

beforeEach(async () => {
  errors.length = 0
  projects.length = 0
  const { db } = fresh
  await emptyTables(db)
  programmeId = newId()
  const createdAt = new Date('2017-01-02T00:00:00Z')
  await db.programme.create({
    data: { id: programmeId, key: 'P1', title: 'Better Together', createdAt },
  })
  const workstreamId = newId()
  await db.workstream.create({
    data: { id: workstreamId, programmeId, ref: '1', title: 'Practice', position: 1 },
  })
  for (const number of [1, 2]) {
    const id = newId()
    projects.push(id)
    const ref = `1.${number}`
    await db.project.create({
      data: { id, programmeId, workstreamId, ref, title: `Project ${ref}`, position: number },
    })
    await rate(id, 'green', '2017-02-14')
  }
})

async function rate(projectId: string | undefined, state: string, day: string) {
  const onDay = toDbDate(civilDate(day))
  const at = new Date(`${day}T12:00:00Z`)
  await fresh.db.statusUpdate.create({
    data: { id: newId(), projectId: projectId ?? '', state, onDay, at, source: 'test' },
  })
}

async function enter(kind: 'decision' | 'headline', number: number, day: string) {
  const told = { id: newId(), programmeId, kind, number, text: 'Told', source: 'test' }
  const projectId = kind === 'decision' ? (projects[0] ?? null) : null
  const at = new Date(`${day}T12:00:00Z`)
  await fresh.db.registerEntry.create({
    data: { ...told, projectId, onDay: toDbDate(civilDate(day)), at },
  })
}

const post = (moment: string) =>
  postDigests({
    db: fresh.db,
    clock: clockAt(new Date(moment)),
    prefix: () => '/rag',
    platformTitle,
    log,
  })

function subscribed(moment: string, schedule = mondays, where = place) {
  const now = new Date(moment)
  return subscribe(fresh.db, { programmeId, place: where, schedule, createdById: null, now })
}

const deliveries = () => fresh.db.outboxMessage.findMany({ orderBy: { key: 'asc' } })
const digests = async () => {
  const rows = await fresh.db.digest.findMany({ orderBy: { round: 'asc' } })
  return rows.map(({ content }) => digestContent.parse(content))
}

describe('posting digests', () => {
  test('freezes the content and enqueues the message, with the rest in its thread', async () => {
    const { id } = await subscribed('2017-02-16T12:00:00Z')
    await rate(projects[0], 'amber', '2017-02-15')
    const key = `digest:${programmeId}:2017-02-20:${id}`
    expect(await post('2017-02-20T09:00:00Z')).toEqual([key])
    const [root, part, ...more] = await deliveries()
    expect(more).toEqual([])
    expect(root).toMatchObject({
      key,
      kind: 'digest',
      card: 'digest',
      conversation: 'C1',
      programmeId,
    })
    expect(part).toMatchObject({ key: `${key}:part:1`, card: 'digest-part', afterId: root?.id })
    expect(await digests()).toMatchObject([{ asAt: '2017-02-20', previousAsAt: null }])
  })

  test('compares the next digest with it', async () => {
    await subscribed('2017-02-16T12:00:00Z')
    await post('2017-02-20T09:00:00Z')
    await rate(projects[1], 'red', '2017-02-22')
    await post('2017-02-27T09:00:00Z')
    const [, second] = await digests()
    expect(second).toMatchObject({
      previousAsAt: '2017-02-20',
      worse: [{ ref: '1.2', from: 'green', to: 'red' }],
      notUpdated: { count: 1, of: 2, since: '2017-02-20' },
    })
  })

  test('tells two channels on one Monday the same past, under one number, whichever missed one', async () => {
    await subscribed('2017-02-16T12:00:00Z')
    await post('2017-02-20T09:00:00Z')
    await rate(projects[1], 'red', '2017-02-22')
    await subscribed('2017-02-23T12:00:00Z', mondays, { ...place, conversation: 'C2' })
    expect(await post('2017-02-27T09:00:00Z')).toHaveLength(2)
    await fresh.db.digest.deleteMany({
      where: { round: toDbDate(civilDate('2017-02-27')), subscription: { conversation: 'C1' } },
    })
    await rate(projects[1], 'green', '2017-03-02')
    expect(await post('2017-03-06T09:00:00Z')).toHaveLength(2)
    const told = (await digests()).map(({ issue, previousAsAt, worse, better }) => [
      ...[issue?.number, previousAsAt, worse.length, better.length],
    ])
    expect(told).toEqual([
      [1, null, 0, 0],
      [2, '2017-02-20', 1, 0],
      [3, '2017-02-27', 0, 1],
      [3, '2017-02-27', 0, 1],
    ])
  })

  test('has a history for each audience: one for insiders is no past of the board’s', async () => {
    await subscribed('2017-02-16T12:00:00Z')
    await post('2017-02-20T09:00:00Z')
    const insiders = { ...place, conversation: 'C2' }
    const now = new Date('2017-02-23T12:00:00Z')
    const terms = { programmeId, place: insiders, schedule: mondays, createdById: null, now }
    await subscribe(fresh.db, { ...terms, audience: 'internal' })
    await post('2017-02-27T09:00:00Z')
    const told = (await digests()).map(({ audience, issue, previousAsAt }) => [
      ...[audience, issue?.number, previousAsAt],
    ])
    expect(told[0]).toEqual(['board', 1, null])
    expect(told.slice(1).toSorted()).toEqual([
      ['board', expect.any(Number), '2017-02-20'],
      ['internal', expect.any(Number), null],
    ])
    expect(new Set(told.map(([, number]) => number)).size).toBe(3)
  })

  test('compares a first one with the plan as imported, and counts no update before that', async () => {
    const sheet = { fileName: 'plan.csv', sha256: 'x', result: {} }
    const at = new Date('2017-02-17T12:00:00Z')
    const row = { id: newId(), programmeId, asOf: toDbDate(civilDate('2017-02-14')), at }
    await fresh.db.planImport.create({ data: { ...row, ...sheet } })
    await fresh.db.milestone.create({
      data: {
        ...{ id: newId(), projectId: projects[0] ?? '', number: 1, about: 'Pages', raw: '16 Feb' },
        ...{ addedOn: toDbDate(civilDate('2017-02-14')), precision: 'day' },
        ...{
          baselineDue: toDbDate(civilDate('2017-02-16')),
          due: toDbDate(civilDate('2017-02-16')),
        },
      },
    })
    await subscribed('2017-02-16T12:00:00Z')
    await rate(projects[0], 'red', '2017-02-17')
    await post('2017-02-20T09:00:00Z')
    const [first] = await digests()
    expect(first).toMatchObject({
      ...{ previousAsAt: '2017-02-14', previousBasis: 'import' },
      ...{ worse: [{ ref: '1.1', from: 'green', to: 'red' }], missed: [{ isNew: false }] },
      notUpdated: { round: null },
    })
    const words = JSON.stringify((await deliveries())[0]?.data)
    expect(words).toContain('Compared with the plan as imported, Tue 14 Feb 2017.')
    expect(words).toContain('Overdue (1)')
    expect(words).not.toMatch(/projects? updated|newly overdue/)
  })

  test('includes the register as at its day, and what is new in it', async () => {
    await subscribed('2017-02-16T12:00:00Z')
    await enter('decision', 1, '2017-02-15')
    await enter('headline', 1, '2017-02-15')
    await enter('headline', 2, '2017-02-22')
    await post('2017-02-20T09:00:00Z')
    await post('2017-02-27T09:00:00Z')
    const [first, second] = await digests()
    expect(first).toMatchObject({ decisions: [{ number: 1 }], headlines: [{ number: 1 }] })
    expect(second).toMatchObject({
      decisions: [{ number: 1, isNew: false, project: { ref: '1.1' } }],
      headlines: [{ number: 2, isNew: true }],
    })
  })

  test('keeps posted digests as they are when entries are made later', async () => {
    await subscribed('2017-02-16T12:00:00Z')
    await post('2017-02-20T09:00:00Z')
    const before = await deliveries()
    await rate(projects[0], 'red', '2017-02-15')
    expect(await post('2017-02-20T09:01:00Z')).toEqual([])
    expect(await deliveries()).toEqual(before)
    await post('2017-02-27T09:00:00Z')
    expect((await digests())[1]?.worse).toMatchObject([{ ref: '1.1', to: 'red' }])
  })

  test('posts a round once, also when it runs again, late, or in two processes at once', async () => {
    await subscribed('2017-02-16T12:00:00Z')
    const both = await Promise.all([post('2017-02-20T09:00:00Z'), post('2017-02-20T09:00:00Z')])
    expect(both.flat()).toHaveLength(1)
    expect(await post('2017-02-20T16:00:00Z')).toEqual([])
    expect(await digests()).toHaveLength(1)
    expect(errors).toEqual([])
  })

  test('does not post a missed round days later', async () => {
    await subscribed('2017-02-16T12:00:00Z')
    expect(await post('2017-02-22T09:00:00Z')).toEqual([])
  })

  test('makes a channel that subscribes after the hour wait for next week', async () => {
    await subscribed('2017-02-20T10:00:00Z')
    expect(await post('2017-02-20T10:01:00Z')).toEqual([])
    expect(await post('2017-02-27T09:00:00Z')).toHaveLength(1)
  })

  test('posts each channel’s own digest at its own hour', async () => {
    await subscribed('2017-02-16T12:00:00Z')
    await subscribed(
      '2017-02-16T12:00:00Z',
      { ...mondays, time: '11:00' },
      { ...place, conversation: 'C2' },
    )
    expect(await post('2017-02-20T09:00:00Z')).toHaveLength(1)
    expect(await post('2017-02-20T11:00:00Z')).toHaveLength(1)
    const places = (await deliveries()).map(({ conversation }) => conversation)
    expect(places.toSorted()).toEqual(['C1', 'C2'])
  })
})

describe('subscribing', () => {
  test('twice with the same settings is one subscription', async () => {
    const first = await subscribed('2017-02-16T12:00:00Z')
    expect((await subscribed('2017-02-17T12:00:00Z')).id).toBe(first.id)
    expect(await loadSubscriptions(fresh.db, programmeId)).toHaveLength(1)
  })

  test('for another time replaces the first, and does not post the same round twice', async () => {
    await subscribed('2017-02-16T12:00:00Z')
    await post('2017-02-20T09:00:00Z')
    await subscribed('2017-02-20T09:30:00Z', { ...mondays, time: '10:00' })
    expect(await loadSubscriptions(fresh.db, programmeId)).toMatchObject([{ time: '10:00' }])
    expect(await post('2017-02-20T10:00:00Z')).toEqual([])
    await post('2017-02-27T10:00:00Z')
    expect((await digests())[1]?.previousAsAt).toBe('2017-02-20')
  })

  test('can be ended', async () => {
    await subscribed('2017-02-16T12:00:00Z')
    const now = new Date('2017-02-17T12:00:00Z')
    expect(await unsubscribe(fresh.db, { programmeId, place, now })).toBe(true)
    expect(await unsubscribe(fresh.db, { programmeId, place, now })).toBe(false)
    expect(await post('2017-02-20T09:00:00Z')).toEqual([])
  })

  test.each([
    ['a private conversation', mondays, { ...place, kind: 'direct' as const }],
    ['a time that is none', { ...mondays, time: '25:00' }, place],
    ['a zone that is none', { ...mondays, zone: 'Mars' }, place],
  ])('is refused for %s', async (_, schedule, where) => {
    await expect(subscribed('2017-02-16T12:00:00Z', schedule, where)).rejects.toThrow(Refusal)
    expect(await loadSubscriptions(fresh.db, programmeId)).toEqual([])
  })
})

describe('the dry run', () => {
  const asAt = civilDate('2017-02-24')

  test('compares with the last digest of an earlier day, and stores nothing', async () => {
    await subscribed('2017-02-16T12:00:00Z')
    await post('2017-02-20T09:00:00Z')
    await rate(projects[0], 'amber', '2017-02-22')
    expect(
      await previewDigest(fresh.db, await loadPlan(fresh.db, programmeId, asAt)),
    ).toMatchObject({
      previousAsAt: '2017-02-20',
      worse: [{ ref: '1.1' }],
    })
    expect(await digests()).toHaveLength(1)
  })

  test('says on the command line what is posted, where and when', async () => {
    await subscribed('2017-02-16T12:00:00Z')
    const told = await dryRunDigest(fresh.db, { programmeId, asAt })
    expect(told).toMatchObject({
      programme: { key: 'P1', title: 'Better Together' },
      asAt: '2017-02-24',
      when: [
        {
          round: '2017-02-27',
          at: '2017-02-27T09:00:00.000Z',
          localTime: 'Mon 27 Feb 2017, 09:00',
        },
      ],
      sendTo: [{ platform: 'slack', conversation: 'C1', weekday: 'monday', time: '09:00' }],
      counts: { red: 0, amber: 0, green: 2, blank: 0 },
      notUpdated: { count: 2, of: 2, since: '2017-02-20' },
    })
    expect(told.messages[0]?.plainText).toContain('● Green 2')
    expect(formatDryRun(told)).toContain(
      'Next posting: Mon 27 Feb 2017, 09:00 (Europe/London)\nTo C1 on slack',
    )
  })

  test('explains how to subscribe where no channel does, and when the digest would come', async () => {
    const told = await dryRunDigest(fresh.db, { programmeId, asAt })
    expect(told).toMatchObject({ sendTo: [], when: [{ round: '2017-02-27' }] })
    expect(told.note).toContain('/rag digest here weekly monday 09:00')
  })
})
