import { beforeEach, describe, expect, test } from '@jest/globals'
import { newId } from '../../../src/base/ids.ts'
import { purgeNotifyingRequests } from '../../../src/domain/amounts/store.ts'
import { enqueueAmountNotices } from '../../../src/features/delivery-log/amount-notices.ts'
import { clockAt } from '../../support/clock.ts'
import {
  chatOn,
  direct,
  emptyDatabase,
  type StoredPerson,
  storePeople,
  storeProgramme,
  wordsOf,
} from '../../support/programme.ts'

const fresh = emptyDatabase()

const today = '2017-02-24'
const at = (time: string) => clockAt(new Date(`${today}T${time}Z`))
const chatAt = (time: string) => chatOn(fresh.db, today, { clock: at(time) })

let viewer: StoredPerson
let other: StoredPerson
let office: StoredPerson

beforeEach(async () => {
  const { db } = fresh
  const people = await storePeople(
    db,
    ...(['Asha Verity', 'Owen Castell', 'Tom Quill', 'Priya Marlowe'] as const),
  )
  const [lead] = people
  ;[, viewer, other, office] = people
  await storeProgramme(db, {
    key: 'BCS',
    office: [office],
    members: [viewer, other],
    projects: [{ ref: '2.1', title: 'Practice standards', leads: [lead] }],
  })
})

const questionsSent = () => fresh.db.outboxMessage.count({ where: { kind: 'question' } })

async function askTimes(times: number, time: string, who = viewer): Promise<string[]> {
  const chat = chatAt(time)
  const answers: string[] = []
  for (let nth = 1; nth <= times; nth += 1) {
    answers.push(wordsOf(await chat.ask(who, `ask 2.1 Is part ${nth} out?`)))
  }
  return answers
}

describe('questions of one person', () => {
  test('reach the leads five times within a minute; the sixth is refused, and goes on after it', async () => {
    const answers = await askTimes(60, '12:00:00')
    expect(await questionsSent()).toBe(5)
    expect(await fresh.db.question.count()).toBe(5)
    expect(answers[5]).toContain('5 times within a minute')
    expect(answers[5]).toContain('It goes on at 12:01.')
    await askTimes(1, '12:01:00')
    expect(await questionsSent()).toBe(6)
  })

  test('reach them thirty times within an hour', async () => {
    for (let minute = 10; minute < 18; minute += 1) await askTimes(5, `12:${minute}:00`)
    expect(await questionsSent()).toBe(30)
    expect((await askTimes(1, '12:20:00'))[0]).toContain('It goes on at 13:10.')
    await askTimes(1, '13:10:00')
    expect(await questionsSent()).toBe(31)
  })

  test('do not count for somebody else', async () => {
    await askTimes(6, '12:00:00')
    await askTimes(1, '12:00:10', other)
    expect(await questionsSent()).toBe(6)
  })

  test('do not count where they are refused, or repeated by the platform', async () => {
    const chat = chatAt('12:00:00')
    for (let nth = 0; nth < 10; nth += 1) await chat.ask(viewer, 'ask 9.9 Is it out?')
    const repeated = {
      key: newId(),
      input: { by: 'text', text: 'ask 2.1 Is it out?' },
      actor: viewer.identity,
      place: direct,
    } as const
    for (let nth = 0; nth < 10; nth += 1) await chat.handle(repeated)
    await askTimes(4, '12:00:01')
    expect(await questionsSent()).toBe(5)
  })

  test('at the same moment on two replicas count together', async () => {
    const replicas = [chatAt('12:00:00'), chatAt('12:00:00')]
    const asking = Array.from({ length: 12 }, (_, nth) =>
      replicas[nth % 2]?.ask(viewer, `ask 2.1 Is part ${nth} out?`),
    )
    await Promise.all(asking)
    expect(await questionsSent()).toBe(5)
  })
})

test('a programme whose people ask all at once is braked as a whole', async () => {
  const rows = Array.from({ length: 60 }, () => ({
    id: newId(),
    personId: other.id,
    allowance: 'office',
    at: new Date(`${today}T11:59:30Z`),
  }))
  const { id: programmeId } = await fresh.db.programme.findUniqueOrThrow({ where: { key: 'BCS' } })
  await fresh.db.notifyingRequest.createMany({
    data: rows.map((row) => ({ ...row, programmeId })),
  })
  const [answer] = await askTimes(1, '12:00:00')
  expect(answer).toContain('Others in Programme BCS have heard from me 60 times within a minute')
  expect(await questionsSent()).toBe(0)
})

describe('the programme office', () => {
  const notices = () =>
    fresh.db.outboxMessage.findMany({ where: { kind: 'amount-notice', personId: office.id } })
  const tick = (time: string) => enqueueAmountNotices({ db: fresh.db, clock: at(time) })

  test('is told who has used up an amount, once a day', async () => {
    await askTimes(4, '12:00:00')
    await tick('12:00:20')
    expect(await notices()).toEqual([])
    await askTimes(2, '12:00:21')
    await tick('12:00:40')
    await tick('12:00:41')
    const [notice, ...more] = await notices()
    expect(more).toEqual([])
    expect(JSON.stringify(notice?.data)).toContain(
      'Owen Castell has had others hear from me 5 times within a minute',
    )
  })

  test('has an allowance of its own, to have messages sent again after an outage', async () => {
    await askTimes(6, '12:00:00', office)
    expect(await questionsSent()).toBe(5)
    await fresh.db.outboxMessage.updateMany({ data: { state: 'dead' } })
    const chat = chatAt('12:00:10')
    for (const { sequence } of await fresh.db.outboxMessage.findMany()) {
      expect(wordsOf(await chat.ask(office, `ledger retry ${sequence}`))).toContain('is sent again')
    }
  })
})

test('what counts no more is deleted', async () => {
  await askTimes(2, '12:00:00')
  const now = new Date(`${today}T13:00:00Z`)
  expect(await purgeNotifyingRequests(fresh.db, now)).toBe(0)
  expect(await purgeNotifyingRequests(fresh.db, new Date(now.getTime() + 1))).toBe(2)
})
