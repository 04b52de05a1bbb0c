import { beforeEach, describe, expect, test } from '@jest/globals'
import { newId } from '../../../src/base/ids.ts'
import type { Standing } from '../../../src/base/standing.ts'
import type { DirectoryMember, UserProfile } from '../../../src/chat/port.ts'
import { createAccountSync } from '../../../src/features/people/leavers/account-sync.ts'
import { enqueueLeaverNotices } from '../../../src/features/people/leavers/leaver-notices.ts'
import { clockAt } from '../../support/clock.ts'
import { platformTitle } from '../../support/platforms.ts'
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
let priya: StoredPerson
let omar: StoredPerson
let asha: StoredPerson
let ben: StoredPerson

beforeEach(async () => {
  await fresh.db.outboxMessage.deleteMany()
  ;[priya, omar, asha, ben] = await storePeople(
    fresh.db,
    ...(['Priya Marlowe', 'Omar Finch', 'Asha Verity', 'Ben Okoro'] as const),
  )
  await storeProgramme(fresh.db, {
    key: 'W17',
    office: [priya, omar],
    workstreamLeads: [asha],
    sponsors: [asha],
    projects: [
      { ref: '2.1', title: 'Standards', leads: [asha, ben], milestones: [['Sites', '2017-04-07']] },
      { ref: '2.2', title: 'Visits', leads: [ben] },
      { ref: '2.3', title: 'Homes', leads: [asha] },
    ],
  })
})

const profiles: Readonly<Record<string, UserProfile>> = {
  U4: { displayName: 'Ben Okoro', standing: 'employee' },
  U8: { displayName: 'Gita Prior', standing: 'guest' },
  U9: { displayName: 'Cai Moss', standing: 'employee' },
}
const chat = () => chatOn(fresh.db, today, { lookupProfile: async ({ user }) => profiles[user] })
const ask = async (line: string) => wordsOf(await chat().ask(priya, line))
const leadsOf = async (ref: string) => {
  const rows = await fresh.db.projectLead.findMany({
    where: { project: { ref } },
    orderBy: { position: 'asc' },
    include: { person: true },
  })
  return rows.map(({ person }) => person.name)
}
const ownersOf = async (role: 'lead' | 'sponsor') => {
  const rows = await fresh.db.workstreamOwner.findMany({
    where: { role },
    include: { person: true },
  })
  return rows.map(({ person }) => person.name)
}
const goes = (...people: StoredPerson[]) =>
  fresh.db.identity.updateMany({
    where: { personId: { in: people.map(({ id }) => id) } },
    data: { goneAt: new Date('2017-02-28') },
  })
const notices = () => enqueueLeaverNotices({ db: fresh.db, clock, platformTitle })
const told = () =>
  fresh.db.outboxMessage.findMany({ where: { kind: 'leaver' }, orderBy: { personId: 'asc' } })

describe('handing over', () => {
  test('gives all that is open to somebody else, with its reason in the history', async () => {
    await ask('close 2.3 as finished because it is done')
    const words = await ask('hand over Asha Verity to Ben Okoro because she has left')
    expect(words).toContain('Leads 2.1 Standards (1 open milestone)')
    expect(words).toContain('Leads workstream 2 Practice')
    expect(words).toContain('Sponsors workstream 2 Practice')
    expect(await leadsOf('2.1')).toEqual(['Ben Okoro'])
    expect(await leadsOf('2.3')).toEqual(['Asha Verity'])
    expect([await ownersOf('lead'), await ownersOf('sponsor')]).toEqual([
      ['Ben Okoro'],
      ['Ben Okoro'],
    ])
    expect(await ask('history 2.1')).toContain('she has left')
  })

  test('is taken back as a whole, by its button or the last thing that was done', async () => {
    await ask('hand over Asha Verity to Ben Okoro')
    expect(await ask('undo')).toContain('what went to Ben Okoro is with Asha Verity again')
    expect(await leadsOf('2.1')).toEqual(['Asha Verity', 'Ben Okoro'])
    expect(await ownersOf('sponsor')).toEqual(['Asha Verity'])
    const { id } = await fresh.db.handover.findFirstOrThrow()
    const again = await chat().press(priya, 'undo', { handover: id })
    expect(wordsOf(again)).toContain('That was taken back already')
  })

  test('is not taken back where somebody has changed an owner since', async () => {
    await ask('hand over Asha Verity to Ben Okoro')
    const { id } = await fresh.db.handover.findFirstOrThrow()
    await ask('set 2.3 leads to Omar Finch')
    const words = wordsOf(await chat().press(priya, 'undo', { handover: id }))
    expect(words).toContain('The leads changed again since (Priya Marlowe, Wed 1 Mar 2017)')
    expect(await ownersOf('sponsor')).toEqual(['Ben Okoro'])
  })

  test('moves what they stood in for, and not to somebody for themselves', async () => {
    const leave = (person: StoredPerson) => ({
      ...{ id: newId(), personId: person.id, deputyId: asha.id, byId: null, source: 'slack' },
      ...{ from: new Date('2017-02-27'), to: new Date('2017-03-10'), at: new Date('2017-02-01') },
    })
    await fresh.db.leave.createMany({ data: [leave(ben), leave(omar)] })
    await ask('hand over Asha Verity to Ben Okoro')
    const deputyOf = async ({ id }: StoredPerson) =>
      (await fresh.db.leave.findFirstOrThrow({ where: { personId: id } })).deputyId
    expect([await deputyOf(omar), await deputyOf(ben)]).toEqual([ben.id, null])
    await ask('undo')
    expect([await deputyOf(omar), await deputyOf(ben)]).toEqual([asha.id, asha.id])
  })

  test('sends the open questions on', async () => {
    await chat().ask(omar, 'ask 2.3 Is the site let?')
    await ask('hand over Asha Verity to Ben Okoro')
    const asked = await fresh.db.outboxMessage.findMany({ where: { kind: 'question' } })
    expect(asked.map(({ personId }) => personId).toSorted()).toEqual([asha.id, ben.id].toSorted())
  })

  test('is chosen in a form with the platform’s picker, and may bring somebody new', async () => {
    const data = { programme: 'W17', person: asha.id }
    const form = await chat().press(priya, 'hand-over:form', data)
    expect(wordsOf(form)).toContain('Hand over: Asha Verity')
    expect(wordsOf(form)).toContain('Ben Okoro\nU4')
    await chat().submit(priya, 'hand-over', { ...data, account: 'U9', reason: 'moved on' })
    expect(await leadsOf('2.3')).toEqual(['Cai Moss'])
  })

  test('asks about a guest first, and writes nothing', async () => {
    const data = { programme: 'W17', person: asha.id, account: 'U8' }
    expect(wordsOf(await chat().submit(priya, 'hand-over', data))).toContain('is a guest')
    expect(await fresh.db.person.count({ where: { name: 'Gita Prior' } })).toBe(0)
    await chat().press(priya, 'hand-over', { ...data, guest: 'yes' })
    expect(await leadsOf('2.3')).toEqual(['Gita Prior'])
  })

  test.each([
    ['to themselves', 'hand over Asha Verity to Asha Verity', 'has it already'],
    ['of somebody without open work', 'hand over Omar Finch to Ben Okoro', 'answers for nothing'],
    ['of a name that nobody has', 'hand over Nell Ferro to Ben Okoro', 'Nobody in your programmes'],
  ])('%s is refused', async (_, line, words) => {
    expect(await ask(line)).toContain(words)
    expect(await leadsOf('2.3')).toEqual(['Asha Verity'])
  })
})

describe('somebody whose every account is gone', () => {
  test('is told of once to each member of the office, with their open work and the way on', async () => {
    await goes(asha)
    await notices()
    await notices()
    const messages = await told()
    expect(messages.map(({ personId }) => personId).toSorted()).toEqual(
      [priya.id, omar.id].toSorted(),
    )
    const words = JSON.stringify(messages[0]?.data)
    expect(words).toContain('Asha Verity cannot be reached any more')
    expect(words).toContain('Slack says that their account is closed or gone since Tue 28 Feb 2017')
    expect(words).toContain('Leads 2.1 Standards (1 open milestone) and 2.3 Homes')
    expect(words).toContain('hand-over:form')
  })

  test('is not told of where they answer for nothing, or have another account', async () => {
    await goes(omar)
    await goes(asha)
    const account = { platform: 'teams', tenant: 'T2', user: 'asha' }
    await fresh.db.identity.create({ data: { ...account, personId: asha.id } })
    await notices()
    expect(await told()).toEqual([])
  })

  test('is told of to the other officer as done, and by whom, once one has handed over', async () => {
    await goes(asha)
    await notices()
    await chat().press(omar, 'hand-over', { programme: 'W17', person: asha.id, account: 'U4' })
    for (const { data } of await told())
      expect(JSON.stringify(data)).toContain(
        'Asha Verity’s work went to Ben Okoro: Omar Finch did it.',
      )
  })
})

describe('the accounts that a workspace has closed', () => {
  const member = (user: string, standing: Standing): DirectoryMember => ({
    ...{ user, names: [user], standing },
  })
  const syncOver = (members: () => Promise<readonly DirectoryMember[] | 'cannot tell'>) => {
    let reads = 0
    const counted = () => {
      reads += 1
      return members()
    }
    const platforms = new Map([['slack', { name: 'slack', members: counted }]])
    const log = { info() {}, warn() {}, error() {} }
    return { sync: createAccountSync({ db: fresh.db, clock, platforms, log }), reads: () => reads }
  }
  const gone = async () =>
    (await fresh.db.identity.findMany({ where: { goneAt: { not: null } } })).map(({ user }) => user)

  test('are known to be gone before a message to them fails; they are asked for once a day', async () => {
    const { sync, reads } = syncOver(async () => [
      member('U3', 'deactivated'),
      member('U4', 'employee'),
      member('U77', 'deactivated'),
    ])
    await sync()
    await sync()
    expect(await gone()).toEqual(['U3'])
    expect(reads()).toBe(1)
  })

  test.each([
    ['tells of nobody', async () => 'cannot tell' as const],
    ['does not answer', () => Promise.reject(new Error('down'))],
  ])('stay as they were where the platform %s', async (_, members) => {
    await syncOver(members).sync()
    expect(await gone()).toEqual([])
  })
})
