import { beforeEach, describe, expect, test } from '@jest/globals'
import { newId } from '../../../src/base/ids.ts'
import type { Mention } from '../../../src/base/mentions.ts'
import type { UserProfile } from '../../../src/chat/port.ts'
import {
  chatOn,
  emptyDatabase,
  type StoredPerson,
  storePeople,
  storeProgramme,
  wordsOf,
} from '../../support/programme.ts'

const fresh = emptyDatabase()
let programmeId: string
let priya: StoredPerson
let asha: StoredPerson

beforeEach(async () => {
  ;[priya, asha] = await storePeople(fresh.db, 'Priya Marlowe', 'Asha Verity')
  programmeId = await storeProgramme(fresh.db, {
    key: 'W17',
    office: [priya],
    members: [asha],
    projects: [{ ref: '2.1', title: 'Standards' }],
  })
})

const mention = (user: string): Mention => ({
  text: `@${user}`,
  account: { platform: 'slack', tenant: 'T1', user },
})

/** The office gives 2.1 a lead by mention; `profile`: what the platform says of the account. */
const setLead = async (
  user: string,
  profile: UserProfile | undefined,
  { who = priya, line = `set 2.1 leads to @${user}` } = {},
) => {
  const chat = chatOn(fresh.db, '2017-03-01', { lookupProfile: async () => profile })
  const mentions = [mention(user)]
  return wordsOf(await chat.ask(who, { input: { by: 'text', text: line }, mentions }))
}
const leads = async () =>
  (await fresh.db.projectLead.findMany({ include: { person: true } })).map(({ person }) => person)
const addMember = async (name: string) => {
  const id = newId()
  await fresh.db.person.create({ data: { id, name, createdAt: new Date(0) } })
  await fresh.db.membership.create({ data: { programmeId, personId: id, role: 'lead' } })
  return id
}

describe('a lead chosen by mention', () => {
  test('is the person whose account it is, whatever the platform calls it', async () => {
    expect(await setLead('U2', { displayName: 'ash' })).toContain('Leads: Asha Verity')
    expect(await leads()).toMatchObject([{ id: asha.id }])
  })

  test('is the only member of that name who has no account, to whom the account is linked', async () => {
    const ben = await addMember('Ben Okoro')
    const answer = await setLead('U9', { displayName: 'Ben  okoro' })
    expect(answer).toContain('That account is Ben Okoro’s from now on.')
    expect(await fresh.db.identity.findMany({ where: { user: 'U9' } })).toMatchObject([
      { personId: ben },
    ])
    expect(await leads()).toMatchObject([{ id: ben }])
  })

  test('is added where nobody is known by it, under the id of their requests', async () => {
    const answer = await setLead('29:x', { displayName: 'Cara Lindqvist', user: 'cara-id' })
    expect(answer).toContain('Cara Lindqvist is new in the programme, with that account.')
    expect(await leads()).toMatchObject([{ name: 'Cara Lindqvist' }])
    expect(await fresh.db.identity.count({ where: { user: 'cara-id' } })).toBe(1)
    expect(await fresh.db.membership.count({ where: { programmeId, role: 'lead' } })).toBe(1)
  })

  test.each([
    ['a guest whom nobody has let in', 'U9', 'guest', 'To let them in first'],
    ['an app', 'U9', 'bot', 'is an app and not a person'],
    ['somebody of another organisation', 'U9', 'outsider', 'is of another organisation'],
    ['a member whose account is closed', 'U2', 'deactivated', 'has left: the account is closed'],
  ] as const)('is not %s', async (_, user, standing, words) => {
    expect(await setLead(user, { displayName: 'Asha Verity', standing })).toContain(words)
    expect(await leads()).toEqual([])
  })

  test('is not somebody whose every account is gone, by their name either', async () => {
    await fresh.db.identity.updateMany({ where: { user: 'U2' }, data: { goneAt: new Date(0) } })
    const line = 'set 2.1 leads to Asha Verity'
    expect(await setLead('U2', undefined, { line })).toContain('has left: the account is closed')
    const away = await setLead('U2', undefined, { line: 'away 3 Aug to 4 Aug deputy Asha Verity' })
    expect(away).toContain('has left: the account is closed')
    const mentioned = { displayName: 'Bot', standing: 'bot' as const }
    expect(await setLead('U2', mentioned, { line: 'away 3 Aug to 4 Aug deputy @U2' })).toContain(
      'Bot is an app',
    )
    expect(await fresh.db.leave.count()).toBe(0)
  })

  test('stands beside a lead who is named, in a new project too', async () => {
    const line = 'add project Homes to 2 led by @U9 and Asha Verity'
    expect(await setLead('U9', { displayName: 'Cara Lindqvist' }, { line })).toContain(
      'Leads: Cara Lindqvist, Asha Verity',
    )
  })

  test.each([
    ['of a member who has another account', 'Asha Verity', 1],
    ['of two members without one', 'Ben Okoro', 2],
  ])('is refused under the name %s, and nothing is linked', async (_, name, members) => {
    if (members === 2) await Promise.all([addMember(name), addMember(name)])
    const before = await fresh.db.identity.count()
    expect(await setLead('U9', { displayName: name })).toContain('is a member already')
    expect(await fresh.db.identity.count()).toBe(before)
    expect(await leads()).toEqual([])
  })

  test('is refused where the platform does not say who it is', async () => {
    expect(await setLead('U9', undefined)).toContain('I could not find out who @U9 is')
    expect(await fresh.db.person.count()).toBe(2)
  })

  test('links and adds nobody for somebody outside the office', async () => {
    const answer = await setLead('U9', { displayName: 'Cara Lindqvist' }, { who: asha })
    expect(answer).toContain('Only the programme office')
    expect(await fresh.db.person.count()).toBe(2)
  })
})
