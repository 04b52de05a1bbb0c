import { beforeEach, describe, expect, test } from '@jest/globals'
import { civilDate, toDbDate } from '../../../src/base/dates.ts'
import { newId } from '../../../src/base/ids.ts'
import { claimLooks } from '../../../src/domain/looks/look-store.ts'
import { createReminderJob } from '../../../src/features/reminders/reminder-job.ts'
import { emptyDatabase, storePeople, storeProgramme } from '../../support/programme.ts'

const fresh = emptyDatabase()
let programmeId: string
let priya: string

const log = { info: () => {}, warn: () => {}, error: () => {} }

beforeEach(async () => {
  const [someone] = await storePeople(fresh.db, 'Priya Shah')
  priya = someone.id
  programmeId = await storeProgramme(fresh.db, { key: 'P1', office: [someone], projects: [] })
})

describe('the plans are read', () => {
  /** How often a run at each of the moments reads a plan. */
  const looks = async (moments: readonly (string | (() => Promise<unknown>))[]) => {
    let reads = 0
    const now = { at: new Date('2017-03-31T11:00:00Z') }
    const db = new Proxy(fresh.db, {
      get(target, name, receiver) {
        if (name === 'workstream') reads += 1
        return Reflect.get(target, name, receiver)
      },
    })
    const job = createReminderJob({ db, clock: { now: () => now.at }, prefix: () => '/rag', log })
    const counts: number[] = []
    for (const moment of moments) {
      if (typeof moment !== 'string') {
        await moment()
        continue
      }
      now.at = new Date(moment)
      const before = reads
      await job()
      counts.push(reads - before)
    }
    return counts
  }

  test('in the first minute, and then when a day begins; not each minute, at night or at a weekend', async () => {
    expect(
      await looks([
        ...['2017-03-31T07:59:00Z', '2017-03-31T08:00:00Z', '2017-03-31T08:01:00Z'],
        ...['2017-03-31T08:05:00Z', '2017-03-31T18:00:00Z', '2017-04-01T11:00:00Z'],
        ...['2017-04-03T07:59:00Z', '2017-04-03T08:00:00Z'],
      ]),
    ).toEqual([1, 1, 0, 0, 0, 0, 0, 1])
  })

  test('five minutes after the last time where something of them was changed since, and at once what cannot wait', async () => {
    const rename = () =>
      fresh.db.workstream.updateMany({ where: { programmeId }, data: { title: 'Another' } })
    const subscribe = () =>
      fresh.db.subscription.create({
        data: {
          ...{ id: newId(), programmeId, platform: 'slack', tenant: 'T', conversation: 'C' },
          ...{ weekday: 'monday', time: '09:00', zone: 'Europe/London' },
          createdAt: new Date('2017-03-31T08:01:00Z'),
        },
      })
    await fresh.db.workstream.create({
      data: { id: newId(), programmeId, ref: '1', title: 'One', position: 1 },
    })
    expect(
      await looks([
        ...['2017-03-31T08:00:00Z', rename, '2017-03-31T08:01:00Z', '2017-03-31T08:04:00Z'],
        ...['2017-03-31T08:05:00Z', '2017-03-31T08:06:00Z', subscribe, '2017-03-31T08:07:00Z'],
        '2017-03-31T08:12:00Z',
      ]),
    ).toEqual([1, 0, 0, 1, 0, 1, 0])
  })

  test('again where whoever looked at them crashed, and once where two look at the same time', async () => {
    const crashed = new Date('2017-03-31T08:00:00Z')
    const claim = (now: Date) =>
      claimLooks(fresh.db, { work: 'reminders', now, limit: 10, except: [] })
    const both = await Promise.all([claim(crashed), claim(crashed)])
    expect(both.flat()).toMatchObject([{ programmeId, isArchived: false }])
    expect(await looks(['2017-03-31T08:01:00Z', '2017-03-31T08:02:00Z'])).toEqual([0, 1])
  })

  test('not where they are archived, and as soon as they are restored', async () => {
    const archive = (archivedAt: Date | null) => () =>
      fresh.db.programme.update({ where: { id: programmeId }, data: { archivedAt } })
    await archive(new Date('2017-03-30T08:00:00Z'))()
    expect(await looks(['2017-03-31T08:00:00Z', archive(null), '2017-03-31T08:01:00Z'])).toEqual([
      0, 1,
    ])
  })

  test('at once when a snooze ends, or the clock was set back', async () => {
    await fresh.db.snooze.create({
      data: {
        ...{ id: newId(), personId: priya, subject: 'project:x', source: 'test' },
        ...{ at: new Date('2017-03-31T07:02:00Z'), until: new Date('2017-03-31T08:02:00Z') },
      },
    })
    expect(
      await looks([
        ...['2017-03-31T08:00:00Z', '2017-03-31T08:01:00Z', '2017-03-31T08:02:00Z'],
        ...['2017-03-31T08:03:00Z', '2017-03-31T08:01:00Z'],
      ]),
    ).toEqual([1, 0, 1, 0, 1])
  })

  test('in the minute after the programme office nudged a round, once', async () => {
    await fresh.db.roundChange.create({
      data: {
        ...{ id: newId(), programmeId, round: toDbDate(civilDate('2017-04-03')) },
        ...{ kind: 'nudged', source: 'test', at: new Date('2017-03-31T08:01:30Z') },
      },
    })
    expect(
      await looks([
        ...['2017-03-31T07:59:00Z', '2017-03-31T08:00:00Z', '2017-03-31T08:02:00Z'],
        ...['2017-03-31T08:03:00Z', '2017-03-31T08:04:00Z'],
      ]),
    ).toEqual([1, 1, 1, 0, 0])
  })

  test('on a Sunday where somebody works on Sundays', async () => {
    const from = toDbDate(civilDate('2017-01-02'))
    const at = new Date('2017-01-02T12:00:00Z')
    await fresh.db.workingPattern.create({
      data: {
        id: newId(),
        personId: priya,
        weekdays: ['sunday'],
        fromDay: from,
        source: 'test',
        at,
      },
    })
    expect(
      await looks(['2017-04-01T11:00:00Z', '2017-04-02T07:59:00Z', '2017-04-02T08:00:00Z']),
    ).toEqual([1, 0, 1])
  })
})
