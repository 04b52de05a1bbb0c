import { beforeEach, describe, expect, test } from '@jest/globals'
import { messageKinds } from '../../../src/app/message-kinds.ts'
import { newId } from '../../../src/base/ids.ts'
import { enqueueFailureNotices } from '../../../src/features/delivery-log/failure-notices.ts'
import { digestKind } from '../../../src/features/digests/message-kinds.ts'
import { reminderKind } from '../../../src/features/reminders/message-kind.ts'
import { enqueue, type NewOutboxMessage, requeue } from '../../../src/outbox/outbox.ts'
import { explainErrorCode, platformTitle } from '../../support/platforms.ts'
import {
  emptyDatabase,
  type StoredPerson,
  storePeople,
  storePerson,
  storeProgramme,
} from '../../support/programme.ts'

const empty = emptyDatabase()
const moment = new Date('2017-02-27T09:00:00Z')
const parts = () => ({
  db: empty.db,
  clock: { now: () => moment },
  prefix: () => '/rag',
  kinds: messageKinds,
  platformTitle,
  explain: explainErrorCode,
})

let asha: StoredPerson
let office: StoredPerson
let other: StoredPerson
let programmeId: string
beforeEach(async () => {
  await empty.db.outboxMessage.deleteMany()
  const people = await storePeople(empty.db, 'Asha Verity', 'Olive Tamsin', 'Otto Brook')
  asha = people[0]
  office = people[1]
  other = people[2]
  programmeId = await storeProgramme(empty.db, {
    key: 'W17',
    office: [office, other],
    projects: [{ ref: '2.1', title: 'Standards', leads: [asha] }],
  })
})

const channel = { platform: 'slack', tenant: 'T1', conversation: 'C1', kind: 'channel' } as const

async function undelivered(more: Partial<NewOutboxMessage> = {}): Promise<string> {
  const key = newId()
  const card = { name: 'notice', data: { words: 'a private reason' } }
  await enqueue(
    empty.db,
    { key, kind: digestKind, place: channel, card, programmeIds: [programmeId], ...more },
    moment,
  )
  await empty.db.outboxMessage.update({
    where: { key },
    data: {
      state: 'dead',
      gone: true,
      errorCode: 'slack:is_archived',
      error: 'Slack says is_archived.',
    },
  })
  return key
}

const news = () =>
  empty.db.outboxMessage.findMany({
    where: { key: { startsWith: 'undelivered:' } },
    orderBy: { sequence: 'asc' },
  })

describe('what could not be delivered', () => {
  test('is told to each of the programme office, in private, in plain words', async () => {
    await undelivered()
    expect(await enqueueFailureNotices(parts())).toBe(1)
    const told = await news()
    expect(told.map(({ personId }) => personId).toSorted()).toEqual(
      [office.id, other.id].toSorted(),
    )
    expect(told.every(({ placeKind }) => placeKind === 'direct')).toBe(true)
    const words = JSON.stringify(told[0]?.data)
    expect(words).toContain('The channel is archived. Open it again')
    expect(words).toContain('ledger-retry')
    expect(words).not.toContain('a private reason')
  })

  test('is told once, and what is new at the same time stands in one message', async () => {
    await undelivered()
    await undelivered()
    await Promise.all([enqueueFailureNotices(parts()), enqueueFailureNotices(parts())])
    await enqueueFailureNotices(parts())
    expect(await news()).toHaveLength(2)
    expect(JSON.stringify((await news())[0]?.data)).toContain('2 messages could not be delivered')
  })

  test('is told anew where it failed again after it was sent again', async () => {
    const key = await undelivered()
    await enqueueFailureNotices(parts())
    await requeue(empty.db, key, moment)
    await empty.db.outboxMessage.update({ where: { key }, data: { state: 'dead' } })
    const later = { ...parts(), clock: { now: () => new Date('2017-02-27T10:00:00Z') } }
    expect(await enqueueFailureNotices(later)).toBe(1)
    expect(await news()).toHaveLength(4)
  })

  test('is no news where it was itself news for the office that could not be reached', async () => {
    await undelivered()
    await enqueueFailureNotices(parts())
    await empty.db.outboxMessage.updateMany({
      data: {
        state: 'dead',
        errorCode: 'slack:user_disabled',
        error: 'Slack says user_disabled.',
      },
    })
    expect(await enqueueFailureNotices(parts())).toBe(0)
    expect(await news()).toHaveLength(2)
  })

  test('is told of once where the messages in its thread fell with it', async () => {
    await undelivered()
    const part = await undelivered()
    await empty.db.outboxMessage.update({
      where: { key: part },
      data: { errorCode: 'root_not_sent', error: 'its root was never sent' },
    })
    expect(await enqueueFailureNotices(parts())).toBe(1)
  })
})

describe('a reminder that could not be delivered', () => {
  let theirs: StoredPerson
  let second: string
  beforeEach(async () => {
    theirs = await storePerson(empty.db, 'Zoe Marsh', 'U9')
    second = await storeProgramme(empty.db, {
      key: 'OTH',
      office: [theirs],
      members: [asha],
      projects: [],
    })
  })

  const failed = async (programmeIds: string[]) => {
    await undelivered({ personId: asha.id, programmeIds, kind: reminderKind })
    await enqueueFailureNotices(parts())
    return (await news()).map(({ personId }) => personId).toSorted()
  }

  test('is told to the office of its own programme, and not to another of its recipient', async () => {
    expect(await failed([programmeId])).toEqual([office.id, other.id].toSorted())
  })

  test('is told to each office of whose programme it tells', async () => {
    expect(await failed([programmeId, second])).toEqual([office.id, other.id, theirs.id].toSorted())
    const notice = (await news()).find(({ personId }) => personId === theirs.id)
    expect(notice?.programmeIds).toEqual([second])
  })
})

describe('a notice that died itself', () => {
  const hoursLater = (hours: number) => ({
    ...parts(),
    clock: { now: () => new Date(moment.getTime() + hours * 3_600_000) },
  })
  const states = async () => (await news()).map(({ state }) => state)
  const killNews = () =>
    empty.db.outboxMessage.updateMany({
      where: { kind: 'failure-notice' },
      data: { state: 'dead', gone: true, errorCode: 'slack:user_disabled' },
    })
  beforeEach(async () => {
    await undelivered()
    await enqueueFailureNotices(parts())
    await killNews()
  })

  test('does not count as told: it is sent again a day later, and again until it arrives', async () => {
    await enqueueFailureNotices(hoursLater(23))
    expect(await states()).toEqual(['dead', 'dead'])
    await enqueueFailureNotices(hoursLater(24))
    expect(await states()).toEqual(['waiting', 'waiting'])
    await killNews()
    await enqueueFailureNotices(hoursLater(47))
    expect(await states()).toEqual(['dead', 'dead'])
    await enqueueFailureNotices(hoursLater(48))
    expect(await states()).toEqual(['waiting', 'waiting'])
  })

  test('is given up after two weeks', async () => {
    await enqueueFailureNotices(hoursLater(24 * 15))
    expect(await states()).toEqual(['dead', 'dead'])
  })

  test('is not sent any more once what it tells of was sent', async () => {
    const [notice] = await news()
    if (!notice) throw new Error('there is no notice')
    const { id, key, kind, topics, createdAt: enqueuedAt, programmeIds, personId } = notice
    const message = {
      ...{ id, key, kind, topics, enqueuedAt, place: channel },
      ...{ programmeIds, personId: personId ?? undefined },
      card: { name: notice.card, data: {} },
    }
    const context = { db: empty.db, clock: parts().clock }
    expect(await messageKinds.revalidate(context, message)).toBe('unchanged')
    await empty.db.outboxMessage.updateMany({ where: { kind: 'digest' }, data: { state: 'sent' } })
    expect(await messageKinds.revalidate(context, message)).toMatchObject({
      dropReason: 'all of them were sent meanwhile',
    })
  })
})

test('a digest that was dropped because its time was over is told, one that somebody took back is not', async () => {
  const late = await undelivered()
  const takenBack = await undelivered()
  const drop = (key: string, errorCode: string) =>
    empty.db.outboxMessage.update({ where: { key }, data: { state: 'dropped', errorCode } })
  await drop(late, 'outdated')
  await drop(takenBack, 'cancelled')
  expect(await enqueueFailureNotices(parts())).toBe(1)
  expect(JSON.stringify((await news())[0]?.data)).toContain('Not sent, and not to be sent')
})
