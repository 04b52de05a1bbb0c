import { beforeEach, describe, expect, test } from '@jest/globals'
import type { UserProfile } from '../../../src/chat/port.ts'
import {
  chatOn,
  emptyDatabase,
  type StoredPerson,
  storePeople,
  storeProgramme,
  wordsOf,
} from '../../support/programme.ts'

/** Who is in the office, a sponsor or a viewer: said in chat. */

const fresh = emptyDatabase()
let priya: StoredPerson
let omar: StoredPerson
let asha: StoredPerson
let cai: StoredPerson

const profiles: Readonly<Record<string, UserProfile>> = {
  U8: { displayName: 'Gita Prior', standing: 'guest' },
  U9: { displayName: 'Ben Okoro', standing: 'employee' },
  UBOT: { displayName: 'Standup', standing: 'bot' },
  UGONE: { displayName: 'Dan Quill', standing: 'deactivated' },
  UOUT: { displayName: 'Eve Stone', standing: 'outsider' },
}

beforeEach(async () => {
  ;[priya, omar, asha, cai] = await storePeople(
    fresh.db,
    ...(['Priya Marlowe', 'Omar Finch', 'Asha Verity', 'Cai Moss'] as const),
  )
  await storeProgramme(fresh.db, {
    key: 'W17',
    office: [priya],
    members: [omar],
    projects: [{ ref: '2.1', title: 'Standards', leads: [asha] }],
  })
})

const chat = () =>
  chatOn(fresh.db, '2017-03-01', { lookupProfile: async ({ user }) => profiles[user] })
const mention = (user: string) => ({ text: `@${user}`, account: { ...priya.identity, user } })
const say = async (text: string, who = priya) => {
  const mentions = [...text.matchAll(/@(\w+)/g)].map(([, user = '']) => mention(user))
  return wordsOf(await chat().ask(who, { input: { by: 'text', text }, mentions }))
}
const rolesOf = async (name: string) => {
  const rows = await fresh.db.membership.findMany({ where: { person: { name } } })
  return rows.map(({ role }) => role).toSorted()
}

describe('giving a role', () => {
  test.each([
    ['add Omar Finch to the office', 'Omar Finch', ['programme_office']],
    ['make Omar Finch a sponsor', 'Omar Finch', ['sponsor']],
    ['make Omar Finch the chair for W17', 'Omar Finch', ['sponsor']],
    ['make @U9 board member', 'Ben Okoro', ['viewer']],
    ['add @U9 to the programme office', 'Ben Okoro', ['programme_office']],
    ['add Asha Verity to the office', 'Asha Verity', ['lead', 'programme_office']],
  ] as const)('%s', async (line, name, roles) => {
    expect(await say(line)).toContain(`${name} is `)
    expect(await rolesOf(name)).toEqual(roles)
    expect(await say('history people')).toContain(`${name}: `)
  })

  test('is chosen in a form with the platform’s picker', async () => {
    const form = await chat().press(priya, 'people-role:form', { programme: 'W17' })
    expect(wordsOf(form)).toContain('person\nWho')
    const chosen = { programme: 'W17', account: 'U9', role: 'office' }
    await chat().submit(priya, 'people-role', chosen)
    expect(await rolesOf('Ben Okoro')).toEqual(['programme_office'])
    const empty = await chat().submit(priya, 'people-role', { programme: 'W17', role: 'office' })
    expect(empty).toMatchObject({ kind: 'invalid', fields: { account: 'Choose one.' } })
  })

  test('says so where they have it already', async () => {
    expect(await say('make Asha Verity a viewer')).toContain('Asha Verity is a lead of')
    expect(await say('add Priya Marlowe to the office')).toContain('Nothing to change')
  })

  test('is taken back by its button, its line, and redone', async () => {
    await say('add Omar Finch to the office')
    expect(await say('undo')).toContain('Omar Finch is what they were before')
    expect(await rolesOf('Omar Finch')).toEqual(['viewer'])
    const undo = await fresh.db.planRevision.findFirstOrThrow({ orderBy: { sequence: 'desc' } })
    await chat().press(priya, 'undo', { role: undo.id })
    expect(await rolesOf('Omar Finch')).toEqual(['programme_office'])
  })

  test('is not taken back where somebody has changed their roles since: it says who', async () => {
    await say('add Omar Finch to the office')
    const { id } = await fresh.db.planRevision.findFirstOrThrow()
    await say('make Omar Finch a sponsor', omar)
    const words = wordsOf(await chat().press(priya, 'undo', { role: id }))
    expect(words).toContain(
      'The roles of Omar Finch changed again since (Omar Finch, Wed 1 Mar 2017)',
    )
    expect(await rolesOf('Omar Finch')).toEqual(['programme_office', 'sponsor'])
  })

  test('that came with a project is not the last thing that undo takes back', async () => {
    await say('set 2.1 leads to Omar Finch')
    await say('undo')
    expect(await say('undo')).toContain('nothing within the last day')
    expect(await rolesOf('Omar Finch')).toContain('lead')
  })
})

describe('who is given no role', () => {
  test.each([
    ['a bot', 'make @UBOT a viewer', 'is an app and not a person'],
    ['a closed account', 'add @UGONE to the office', 'has left: the account is closed'],
    ['another organisation', 'add @UOUT to the office', 'is of another organisation'],
    ['an account that nobody knows', 'add @U77 to the office', 'could not find out who'],
  ])('%s', async (_, line, words) => {
    expect(await say(line)).toContain(words)
    expect(await fresh.db.person.count()).toBe(4)
  })

  test('a member whose account was closed', async () => {
    await fresh.db.identity.updateMany({
      where: { personId: omar.id },
      data: { goneAt: new Date('2017-02-28') },
    })
    expect(await say('add Omar Finch to the office')).toContain('Omar Finch has left')
    expect(await rolesOf('Omar Finch')).toEqual(['viewer'])
  })

  test('a guest, until the office says that it knows', async () => {
    const asked = await chat().ask(priya, {
      input: { by: 'text', text: 'make @U8 a sponsor' },
      mentions: [mention('U8')],
    })
    expect(wordsOf(asked)).toContain('Gita Prior is a guest')
    expect(await rolesOf('Gita Prior')).toEqual([])
    const data = { programme: 'W17', role: 'sponsor', account: 'U8', guest: 'yes' }
    await chat().press(priya, 'people-role', data)
    expect(await rolesOf('Gita Prior')).toEqual(['sponsor'])
  })
})

describe('taking a role off', () => {
  test('leaves the programme its office, and says what to do first', async () => {
    expect(await say('take Priya Marlowe out of the office')).toContain(
      'Put somebody else in first',
    )
    await say('add Omar Finch to the office')
    expect(await say('take Priya Marlowe out of the office', omar)).toContain(
      'They are a viewer there',
    )
    expect(await rolesOf('Priya Marlowe')).toEqual(['viewer'])
    const { id } = await fresh.db.planRevision.findFirstOrThrow()
    const undone = wordsOf(await chat().press(omar, 'undo', { role: id }))
    expect(undone).toContain('Put somebody else in first')
  })

  test('counts no officer whose account is closed', async () => {
    await say('add Omar Finch to the office')
    await fresh.db.identity.updateMany({
      where: { personId: omar.id },
      data: { goneAt: new Date('2017-02-28') },
    })
    expect(await say('take Priya Marlowe out of the office')).toContain('can be reached')
  })

  test('out of the programme asks for the work first', async () => {
    expect(await say('take Asha Verity out of the programme')).toContain('Leads 2.1 Standards')
    expect(await rolesOf('Asha Verity')).toEqual(['lead'])
    await say('set 2.1 leads to Priya Marlowe')
    expect(await say('take Asha Verity out of the programme')).toContain('is not in')
    expect(await rolesOf('Asha Verity')).toEqual([])
    const taken = await fresh.db.planRevision.findFirstOrThrow({ orderBy: { sequence: 'desc' } })
    await chat().press(priya, 'undo', { role: taken.id })
    expect(await rolesOf('Asha Verity')).toEqual(['lead'])
  })

  test('says so of what they are not', async () => {
    expect(await say('take Omar Finch out of the sponsors')).toContain('is not a sponsor of')
  })
})

describe('an administrator of the installation', () => {
  test('puts somebody into the office of a programme that has lost it', async () => {
    await fresh.db.membership.deleteMany({ where: { role: 'programme_office' } })
    const installation = { admins: [cai.identity], samples: [], platforms: [] }
    const admin = chatOn(fresh.db, '2017-03-01', {
      installation,
      lookupProfile: async ({ user }) => profiles[user],
    })
    await admin.ask(cai, 'add Omar Finch to the office for W17')
    expect(await rolesOf('Omar Finch')).toEqual(['programme_office'])
    expect(wordsOf(await chat().ask(asha, 'add Asha Verity to the office'))).toContain(
      'Only the programme office',
    )
  })
})
