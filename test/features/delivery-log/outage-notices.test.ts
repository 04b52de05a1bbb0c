import { beforeEach, describe, expect, test } from '@jest/globals'
import { messageKinds } from '../../../src/app/message-kinds.ts'
import { enqueueOutageNotices } from '../../../src/features/delivery-log/outage-notices.ts'
import { endOutage, recordOutage } from '../../../src/outbox/workspace-outages.ts'
import { clockAt } from '../../support/clock.ts'
import { explainErrorCode, platformTitle } from '../../support/platforms.ts'
import {
  emptyDatabase,
  type StoredPerson,
  storePeople,
  storeProgramme,
} from '../../support/programme.ts'

const empty = emptyDatabase()
const workspace = { platform: 'slack', tenant: 'T1' }
const monday = new Date('2017-02-27T10:00:00Z')
const at = (moment: string) => new Date(`2017-${moment}Z`)

let asha: StoredPerson
let olive: StoredPerson
let logged: object[]
beforeEach(async () => {
  logged = []
  ;[asha, olive] = await storePeople(empty.db, 'Asha Verity', 'Olive Tamsin')
  await storeProgramme(empty.db, {
    key: 'W17',
    office: [olive],
    projects: [{ ref: '2.1', title: 'Standards', leads: [asha] }],
  })
})

const giveTeams = (person: StoredPerson) =>
  empty.db.identity.create({
    data: { platform: 'teams', tenant: 'A1', user: '29:olive', personId: person.id },
  })
const breakWorkspace = (code = 'slack:token_revoked') =>
  recordOutage(empty.db, workspace, code, monday)
const tell = (moment: Date) =>
  enqueueOutageNotices({
    ...{ db: empty.db, clock: clockAt(moment), prefix: () => '@Milepost', platformTitle },
    log: { info() {}, warn() {}, error: (fields) => void logged.push(fields) },
    explain: explainErrorCode,
  })
const notices = () =>
  empty.db.outboxMessage.findMany({ where: { kind: 'outage' }, orderBy: { sequence: 'asc' } })

describe('a workspace that refuses Milepost', () => {
  test('is told to the office at its account in another, with what to do', async () => {
    await giveTeams(olive)
    await breakWorkspace()
    await tell(at('02-27T10:05:00'))
    const [notice] = await notices()
    expect(notice).toMatchObject({ platform: 'teams', personId: olive.id, state: 'waiting' })
    const words = JSON.stringify(notice?.data)
    expect(words).toContain('I can do nothing in Slack')
    expect(words).toContain('slack:token_revoked')
    expect(words).toContain('Whoever looks after it has to install me again')
    expect(words).toContain('@Milepost ledger')
  })

  test('is told once a day: at once, then from nine o’clock, and not at a weekend', async () => {
    await giveTeams(olive)
    await breakWorkspace()
    const told: string[] = []
    for (let hour = 0; hour < 24 * 8; hour += 1) {
      const now = new Date(monday.getTime() + hour * 3_600_000)
      const before = (await notices()).length
      await tell(now)
      if ((await notices()).length > before) told.push(now.toISOString().slice(5, 16))
    }
    expect(told).toEqual([
      ...['02-27T11:00', '02-28T09:00', '03-01T09:00', '03-02T09:00', '03-03T09:00'],
      ...['03-06T09:00', '03-07T09:00'],
    ])
  })

  test('is an error in the log once a day, where the office has no other road, too', async () => {
    await breakWorkspace()
    for (const moment of ['02-27T10:05:00', '02-27T18:00:00', '02-28T10:05:00']) {
      await tell(at(moment))
      await tell(at(moment))
    }
    expect(await notices()).toEqual([])
    expect(logged).toMatchObject([
      {
        ...{ platform: 'slack', tenant: 'T1', errorCode: 'slack:token_revoked' },
        remedy: expect.stringContaining('install me again'),
      },
      { errorCode: 'slack:token_revoked' },
    ])
  })

  test('is not told of before five minutes are over: it may concern one recipient alone', async () => {
    await giveTeams(olive)
    await breakWorkspace()
    await tell(at('02-27T10:04:59'))
    expect(await notices()).toEqual([])
    expect(logged).toEqual([])
  })

  test('is not told where that account’s workspace is broken, too, or is gone', async () => {
    await giveTeams(olive)
    await breakWorkspace()
    await recordOutage(empty.db, { platform: 'teams', tenant: 'A1' }, 'teams:http_401', monday)
    await tell(at('02-27T10:05:00'))
    expect(await notices()).toEqual([])
    await endOutage(empty.db, { platform: 'teams', tenant: 'A1' })
    await empty.db.identity.updateMany({ where: { platform: 'teams' }, data: { goneAt: monday } })
    await tell(at('02-27T10:06:00'))
    expect(await notices()).toEqual([])
  })

  test('concerns no programme without people or digests there', async () => {
    await empty.db.identity.deleteMany()
    await giveTeams(olive)
    await breakWorkspace()
    await tell(at('02-27T10:05:00'))
    expect(await notices()).toEqual([])
  })

  test('because it asks to wait for longer than anybody does is told alike', async () => {
    await giveTeams(olive)
    await breakWorkspace('slack:http_429')
    await tell(at('02-27T10:05:00'))
    expect(JSON.stringify((await notices())[0]?.data)).toContain('Slack asks me to slow down')
  })
})

describe('a notice that had to wait', () => {
  const revalidate = async (moment: string) => {
    const [row] = await notices()
    if (!row) throw new Error('there is no notice')
    const { id, key, kind, topics, programmeIds, createdAt: enqueuedAt } = row
    const card = { name: row.card, data: row.data as object }
    const place = { platform: 'teams', tenant: 'A1', conversation: 'c', kind: 'direct' } as const
    return messageKinds.revalidate(
      { db: empty.db, clock: clockAt(at(moment)) },
      {
        ...{ id, key, kind, card, place, topics, programmeIds, enqueuedAt },
        personId: olive.id,
      },
    )
  }
  beforeEach(async () => {
    await giveTeams(olive)
    await breakWorkspace()
    await tell(at('02-27T10:05:00'))
  })

  test('is sent while the workspace is broken, and not once a later one says the same', async () => {
    expect(await revalidate('02-27T18:00:00')).toBe('unchanged')
    expect(await revalidate('02-28T18:00:00')).toMatchObject({
      dropReason: 'a later one says the same',
    })
  })

  test('is not sent once the workspace is mended', async () => {
    await endOutage(empty.db, workspace)
    expect(await revalidate('02-27T18:00:00')).toMatchObject({ dropReason: 'it was mended' })
  })
})
