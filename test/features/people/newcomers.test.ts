import { beforeEach, describe, expect, test } from '@jest/globals'
import type { ChatIdentity } from '../../../src/base/addresses.ts'
import { newId } from '../../../src/base/ids.ts'
import type { UserProfile } from '../../../src/chat/port.ts'
import { enqueueOfficeNotices } from '../../../src/features/people/leavers/office-notices.ts'
import { createNewcomerRecognition } from '../../../src/features/people/newcomers/recognise.ts'
import { clockAt } from '../../support/clock.ts'
import {
  chatOn,
  emptyDatabase,
  type StoredPerson,
  storePeople,
  storeProgramme,
  wordsOf,
} from '../../support/programme.ts'

const fresh = emptyDatabase()
const today = '2017-03-01'
const clock = clockAt(new Date(`${today}T12:00:00Z`))
const log = { info() {}, warn() {}, error() {} }
const newcomer: ChatIdentity = { platform: 'slack', tenant: 'T1', user: 'U9' }
let priya: StoredPerson
let omar: StoredPerson
let programmeId: string
let benId: string

beforeEach(async () => {
  await fresh.db.outboxMessage.deleteMany()
  ;[priya, omar] = await storePeople(fresh.db, 'Priya Marlowe', 'Omar Finch')
  programmeId = await storeProgramme(fresh.db, {
    key: 'W17',
    office: [priya, omar],
    projects: [{ ref: '2.1', title: 'Standards' }],
  })
  benId = newId()
  await fresh.db.person.create({ data: { id: benId, name: 'Ben Okoro', createdAt: new Date(0) } })
  await fresh.db.membership.create({ data: { programmeId, personId: benId, role: 'lead' } })
})

const ben: UserProfile = { displayName: 'Okoro, Ben', standing: 'employee' }

/** Milepost as a newcomer meets it, of whom the platform says this. */
const chat = (profile: UserProfile | 'unknown' = ben) => {
  const lookupProfile = async () => (profile === 'unknown' ? undefined : profile)
  const parts = { db: fresh.db, clock, log, lookupProfile }
  return chatOn(fresh.db, today, { recogniseNewcomer: createNewcomerRecognition(parts) })
}
const asked = () => fresh.db.outboxMessage.findMany({ where: { kind: 'newcomer' } })
const answer = async (who: StoredPerson, given: 'yes' | 'no') => {
  const data = { programme: 'W17', person: benId, ...newcomer, answer: given }
  return wordsOf(await chat().press(who, 'people-newcomer', data))
}
const owner = async () =>
  (await fresh.db.identity.findFirst({ where: { user: 'U9' } }))?.personId ?? null

describe('somebody unknown who writes', () => {
  test('and may be whom a plan names has the office asked, once, and is told so without a name', async () => {
    const words = wordsOf(await chat().ask(newcomer, 'what is mine?'))
    expect(words).toContain('I have asked the programme office.')
    expect(words).not.toMatch(/Ben|W17|Priya/)
    await chat().ask(newcomer, 'hello?')
    const messages = await asked()
    expect(messages.map(({ personId }) => personId).toSorted()).toEqual(
      [priya.id, omar.id].toSorted(),
    )
    expect(JSON.stringify(messages[0]?.data)).toContain('Is this Ben Okoro?')
    expect(await owner()).toBeNull()
  })

  test.each<[string, UserProfile | 'unknown']>([
    ['of whom the platform tells nothing', 'unknown'],
    ['whose name nobody in a plan has', { displayName: 'Nell Ferro', standing: 'employee' }],
    ['who is of another organisation', { ...ben, standing: 'outsider' }],
    ['who is an app', { ...ben, standing: 'bot' }],
  ])('%s is told whom to ask, as before', async (_, profile) => {
    const words = wordsOf(await chat(profile).ask(newcomer, 'what is mine?'))
    expect(words).toContain('Ask your programme office to add it')
    expect(await asked()).toEqual([])
  })

  test('is a guest: the office reads it in the question', async () => {
    await chat({ ...ben, standing: 'guest' }).ask(newcomer, 'hello')
    expect(JSON.stringify((await asked())[0]?.data)).toContain('a guest of your workspace')
  })
})

describe('the office answers', () => {
  beforeEach(async () => {
    await chat().ask(newcomer, 'what is mine?')
  })

  test('yes in one press: the account is theirs, they are told, and the other officer sees it', async () => {
    expect(await answer(priya, 'yes')).toContain('Priya Marlowe said: that is Ben Okoro.')
    expect(await owner()).toBe(benId)
    for (const { data } of await asked())
      expect(JSON.stringify(data)).toContain('Priya Marlowe said: that is Ben Okoro.')
    const told = await fresh.db.outboxMessage.findMany({ where: { kind: 'welcome' } })
    expect(told).toMatchObject([{ personId: benId }])
    expect(await answer(omar, 'yes')).toContain('That was answered already: it is Ben Okoro.')
    expect(await answer(omar, 'no')).toContain('That was answered already')
  })

  test('no: nobody is linked, and nobody is asked again', async () => {
    expect(await answer(priya, 'no')).toContain('that is not Ben Okoro')
    expect(await owner()).toBeNull()
    await chat().ask(newcomer, 'hello?')
    for (const { data } of await asked()) expect(JSON.stringify(data)).toContain('is not Ben Okoro')
  })

  test('about those alone who wrote', async () => {
    const data = { programme: 'W17', person: benId, user: 'U77', answer: 'yes' }
    expect(wordsOf(await chat().press(priya, 'people-newcomer', data))).toContain(
      'Nobody with that account has written to me.',
    )
  })
})

describe('a programme whose whole office is gone', () => {
  const admins = [{ platform: 'slack', tenant: 'T1', user: 'U-admin' }]
  const notice = (connected = 'slack') =>
    enqueueOfficeNotices({ db: fresh.db, clock, admins }, new Set([connected]))
  const told = () => fresh.db.outboxMessage.findMany({ where: { kind: 'office-gone' } })
  const goes = ({ id }: StoredPerson) =>
    fresh.db.identity.updateMany({ where: { personId: id }, data: { goneAt: new Date(0) } })

  test('is told of to the administrators, once, with what to do', async () => {
    await goes(priya)
    await notice()
    expect(await told()).toEqual([])
    await goes(omar)
    await notice()
    await notice()
    const messages = await told()
    expect(messages).toMatchObject([{ conversation: 'U-admin' }])
    const words = JSON.stringify(messages[0]?.data)
    expect(words).toContain('Omar Finch and Priya Marlowe cannot be reached any more.')
    expect(words).toContain('add @name to the office for W17')
  })

  test('is told of where an administrator has written to Milepost, since not every platform opens a chat by an id', async () => {
    await fresh.db.identity.create({
      data: {
        platform: 'slack',
        tenant: 'T1',
        user: 'U-admin',
        personId: benId,
        conversationId: 'D5',
      },
    })
    for (const one of [priya, omar]) await goes(one)
    await notice()
    expect(await told()).toMatchObject([{ conversation: 'D5' }])
  })

  test('is told of to nobody where no administrator can be reached', async () => {
    await goes(priya)
    await goes(omar)
    await notice('teams')
    expect(await told()).toEqual([])
  })
})
