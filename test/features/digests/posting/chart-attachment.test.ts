import { beforeEach, describe, expect, test } from '@jest/globals'
import type { Place } from '../../../../src/base/addresses.ts'
import type { ChartData } from '../../../../src/base/charts/chart.ts'
import { civilDate, toDbDate } from '../../../../src/base/dates.ts'
import { newId } from '../../../../src/base/ids.ts'
import { addApprovalEvent } from '../../../../src/domain/digests/approval.ts'
import { wholeProgramme } from '../../../../src/domain/schedule/scope.ts'
import { subscribe } from '../../../../src/domain/schedule/subscription-store.ts'
import { postDigests } from '../../../../src/features/digests/posting/publish.ts'
import { digestCard, digestPartCard } from '../../../../src/features/digests/rendering/cards.ts'
import { clockAt } from '../../../support/clock.ts'
import { platformTitle } from '../../../support/platforms.ts'
import { emptyDatabase, storePeople, storeProgramme } from '../../../support/programme.ts'

/** A digest and its picture: decided together, and the words go out whatever becomes of the picture. */

const fresh = emptyDatabase()
const warned: object[] = []
const log = { info() {}, warn: (fields: object) => warned.push(fields), error() {} }
const channel = (conversation: string): Place => {
  return { platform: 'slack', tenant: 'T1', conversation, kind: 'channel' }
}

/** What was painted, in place of painting it. */
let painted: ChartData[]
let painting: () => Promise<void>
const painter = {
  async render(data: ChartData) {
    painted.push(data)
    await painting()
    return Buffer.from('a picture')
  },
  stop: async () => {},
}

let programmeId: string
beforeEach(async () => {
  painted = []
  painting = async () => {}
  warned.length = 0
  programmeId = await storeProgramme(fresh.db, {
    key: 'P1',
    projects: [
      { ref: '2.1', title: 'Practice standards' },
      { ref: '2.2', title: 'Supervision' },
    ],
  })
  await rate('2.1', 'green', '2017-02-14')
  await rate('2.2', 'amber', '2017-02-14')
  await subscribed(channel('C1'))
})

async function rate(ref: string, state: string, day: string): Promise<void> {
  const project = await fresh.db.project.findFirstOrThrow({ where: { programmeId, ref } })
  const about = { id: newId(), projectId: project.id, state, source: 'test' }
  await fresh.db.statusUpdate.create({
    data: { ...about, onDay: toDbDate(civilDate(day)), at: new Date(`${day}T07:00:00Z`) },
  })
}

function subscribed(place: Place, scope = wholeProgramme) {
  const schedule = { weekday: 'monday', time: '09:00', zone: 'Europe/London' } as const
  const now = new Date('2017-02-16T12:00:00Z')
  const to = { audience: 'board', scope, reach: null } as const
  return subscribe(fresh.db, { programmeId, place, schedule, ...to, createdById: null, now })
}

const post = (day: string) =>
  postDigests({
    ...{
      db: fresh.db,
      clock: clockAt(new Date(`${day}T09:00:00Z`)),
      prefix: () => '/rag',
      platformTitle,
      log,
    },
    chartWorker: painter,
  })

const roots = async () => {
  const rows = await fresh.db.outboxMessage.findMany({
    where: { card: 'digest' },
    orderBy: { sequence: 'asc' },
  })
  return rows.map(({ data, pictureId }) => ({ pictureId, card: digestCard.data.parse(data) }))
}

const parts = async () => {
  const rows = await fresh.db.outboxMessage.findMany({
    where: { card: 'digest-part' },
    orderBy: { sequence: 'asc' },
  })
  return rows.map(({ data, pictureId }) => ({ pictureId, card: digestPartCard.data.parse(data) }))
}

describe('a digest', () => {
  test('is enqueued with its chart, which opens its thread', async () => {
    await post('2017-02-20')
    const [picture, ...more] = await fresh.db.picture.findMany()
    expect(more).toEqual([])
    expect(picture).toMatchObject({ programmeId, alt: expect.stringContaining('2 projects') })
    const [part] = await parts()
    expect(part?.pictureId).toBe(picture?.id)
    expect(part?.card.picture).toEqual({ id: picture?.id, alt: picture?.alt })
    const where = { pictureId: { not: null } }
    expect(await fresh.db.outboxMessage.count({ where })).toBe(1)
  })

  test('has its chart rendered once, and not for a round that was posted', async () => {
    await post('2017-02-20')
    await post('2017-02-20')
    expect(painted).toHaveLength(1)
  })

  test('goes out without a chart that cannot be rendered, and the log says why', async () => {
    painting = async () => {
      throw new Error('no letters to write with')
    }
    expect(await post('2017-02-20')).toHaveLength(1)
    const [part] = await parts()
    expect(part).toMatchObject({ pictureId: null })
    expect(part?.card.picture).toBeUndefined()
    expect(warned).toEqual([
      { key: expect.stringContaining('digest:'), error: 'no letters to write with' },
    ])
    expect(await fresh.db.picture.count()).toBe(0)
  })

  test('that is held while its chart is rendered is not posted', async () => {
    const [office] = await storePeople(fresh.db, 'Priya')
    painting = () =>
      addApprovalEvent(fresh.db, {
        ...{ programmeId, round: civilDate('2017-02-20'), kind: 'held', text: null },
        ...{ byId: office.id, source: 'test', now: new Date('2017-02-20T09:00:00Z') },
      })
    expect(await post('2017-02-20')).toEqual([])
    expect(painted).toHaveLength(1)
    expect(await roots()).toEqual([])
  })

  test('and its chart have the same content: updates made while the chart is rendered are in the next digest', async () => {
    painting = () => rate('2.2', 'red', '2017-02-20')
    await post('2017-02-20')
    painting = async () => {}
    await post('2017-02-27')
    const counts = (await roots()).map(({ card }) => card.counts.map(({ text }) => text).join())
    expect(counts[0]).toContain('Red 0')
    expect(painted[0]?.counts).toEqual({ amber: 1, green: 1 })
    expect(counts[1]).toContain('Red 1 (was 0)')
    expect(painted[1]?.counts).toEqual({ red: 1, green: 1 })
    expect((await parts())[0]?.pictureId).not.toBeNull()
    expect(warned).toEqual([])
  })

  test('has the same content in every channel: the plan is read once for all of them', async () => {
    await subscribed(channel('C2'))
    painting = () => rate('2.2', 'red', '2017-02-20')
    await post('2017-02-20')
    const [first, second, ...more] = await roots()
    expect(more).toEqual([])
    expect(second?.card.counts).toEqual(first?.card.counts)
    expect(painted.map(({ counts }) => counts)).toEqual([
      { amber: 1, green: 1 },
      { amber: 1, green: 1 },
    ])
  })

  test('of a week in which nothing happened is one line without a chart', async () => {
    await rate('2.2', 'green', '2017-02-15')
    await post('2017-02-20')
    await post('2017-02-27')
    expect((await roots()).map(({ pictureId }) => pictureId)).toEqual([null, null])
    expect(warned).toEqual([])
  })

  test('of a programme without projects has no chart', async () => {
    await fresh.db.statusUpdate.deleteMany()
    await fresh.db.project.deleteMany()
    expect(await post('2017-02-20')).toHaveLength(1)
    expect(painted).toEqual([])
  })
})

describe('the trend', () => {
  test('shows what the earlier digests said, whatever changed since about their days', async () => {
    await post('2017-02-20')
    await rate('2.1', 'red', '2017-02-15')
    await rate('2.2', 'blank', '2017-02-25')
    await post('2017-02-27')
    expect(painted.at(-1)?.rounds).toEqual([
      { asAt: '2017-02-20', counts: { amber: 1, green: 1 } },
      { asAt: '2017-02-27', counts: { red: 1, blank: 1 } },
    ])
  })

  test('counts a day once, and is shown in a channel that has just subscribed', async () => {
    await subscribed(channel('C2'))
    await post('2017-02-20')
    await subscribed(channel('C3'))
    await post('2017-02-27')
    expect(painted.map(({ rounds }) => rounds.length)).toEqual([1, 1, 2, 2, 2])
  })

  test('of a part of the programme is that of the part', async () => {
    await post('2017-02-20')
    await subscribed(channel('C2'), { workstreams: ['2'], tags: [] })
    await post('2017-02-27')
    // The whole has a round before; its part has none. Which comes first is not said.
    expect(painted.map(({ rounds }) => rounds.length).toSorted()).toEqual([1, 1, 2])
  })
})
