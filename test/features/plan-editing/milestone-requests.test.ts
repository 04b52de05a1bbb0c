import { beforeEach, describe, expect, test } from '@jest/globals'
import { messageKinds } from '../../../src/app/message-kinds.ts'
import { noticeCard } from '../../../src/chat/notice.ts'
import { formOf } from '../../support/edit-form.ts'
import {
  chatOn,
  emptyDatabase,
  type StoredPerson,
  storePeople,
  storeProgramme,
  wordsOf,
} from '../../support/programme.ts'

const fresh = emptyDatabase()
let asha: StoredPerson
let priya: StoredPerson
let ravi: StoredPerson

beforeEach(async () => {
  ;[asha, priya, ravi] = await storePeople(
    fresh.db,
    ...(['Asha Verity', 'Priya Marlowe', 'Ravi Sale'] as const),
  )
  await storeProgramme(fresh.db, {
    key: 'BCS',
    office: [priya, ravi],
    projects: [{ ref: '2.1', title: 'Practice standards', leads: [asha] }],
  })
  await say(priya, 'admin lead milestones ask')
})

const chat = () => chatOn(fresh.db, '2017-02-24', { redraw: messageKinds.redraw })
const say = async (who: StoredPerson, text: string) => wordsOf(await chat().ask(who, text))
const sentTo = async ({ id }: StoredPerson) => {
  const rows = await fresh.db.outboxMessage.findMany({ where: { personId: id } })
  return rows.map(({ data }) => noticeCard.data.parse(data))
}
/** The buttons of the request that an officer has. */
const requestOf = async (who: StoredPerson) => {
  const [request] = await sentTo(who)
  const [add, notNow] = request?.buttons ?? []
  if (!add || !notNow) throw new Error('there is no request')
  return { add, notNow }
}
const milestones = () => fresh.db.milestone.count()

describe('a milestone that a lead asks for', () => {
  beforeEach(async () => {
    expect(await say(asha, 'add milestone 2.1 Publish by 30 Jun 2017')).toContain(
      'Your programme office is asked',
    )
  })

  test('reaches everybody in the office, and is not in the plan yet', async () => {
    expect(await milestones()).toBe(0)
    for (const who of [priya, ravi]) {
      expect((await sentTo(who)).map(({ lines }) => lines)).toEqual([
        ['Asha Verity asks for a milestone of 2.1 Practice standards:', 'Publish by 30 Jun 2017'],
      ])
    }
  })

  test('is added with one press, and the lead is told', async () => {
    const { add } = await requestOf(priya)
    await chat().press(priya, add.verb, add.data)
    expect(await milestones()).toBe(1)
    expect((await sentTo(asha)).map(({ lines }) => lines)).toEqual([
      ['2.1 Practice standards', 'Milestone 1 was added: Publish (due Fri 30 Jun 2017)'],
    ])
  })

  test('keeps the column of the sheet, and may be several of one cell', async () => {
    await fresh.db.outboxMessage.deleteMany()
    await say(asha, 'add milestone 2.1 in column March: 10 Mar - Draft 31 Mar - Publish')
    const { add } = await requestOf(priya)
    await chat().press(priya, add.verb, add.data)
    const rows = await fresh.db.milestone.findMany({ orderBy: { number: 'asc' } })
    expect(rows.map(({ about, heading }) => [about, heading])).toEqual([
      ['Draft', 'March'],
      ['Publish', 'March'],
    ])
    expect(await say(priya, 'undo')).toContain('2.1 Practice standards, milestone 2')
  })

  test('is added once: a second officer is told that it was answered', async () => {
    const { add } = await requestOf(priya)
    await chat().press(priya, add.verb, add.data)
    const late = await requestOf(ravi)
    expect(wordsOf(await chat().press(ravi, late.add.verb, late.add.data))).toContain(
      'Somebody in the programme office answered that already.',
    )
    expect(await milestones()).toBe(1)
  })

  test('is declined with the reason, and the lead is told', async () => {
    const { notNow } = await requestOf(priya)
    const { values } = formOf(await chat().press(priya, notNow.verb, notNow.data))
    const reply = await chat().submit(priya, 'decline-milestone', values)
    expect(reply).toMatchObject({
      kind: 'invalid',
      fields: { reason: expect.stringContaining('Say why') },
    })
    await chat().submit(priya, 'decline-milestone', { ...values, reason: 'the board decides' })
    expect(await milestones()).toBe(0)
    expect((await sentTo(asha)).map(({ lines }) => lines)).toEqual([
      [
        '2.1 Practice standards',
        'Not added now: Publish by 30 Jun 2017',
        'Priya Marlowe says why: the board decides',
      ],
    ])
  })

  test('cannot be added by the lead with the office’s button', async () => {
    const { add } = await requestOf(priya)
    await chat().press(asha, add.verb, add.data)
    expect(await milestones()).toBe(0)
  })
})

test('where nobody in the office can be reached, the lead is told at once', async () => {
  await fresh.db.identity.deleteMany({ where: { personId: { in: [priya.id, ravi.id] } } })
  expect(await say(asha, 'add milestone 2.1 Publish by 30 Jun 2017')).toContain(
    'can be reached in chat. Please tell it what to add.',
  )
})
