import { beforeEach, describe, expect, test } from '@jest/globals'
import { newId } from '../../../src/base/ids.ts'
import type { Directory } from '../../../src/chat/directory-lookup.ts'
import type { DirectoryMember, UserProfile } from '../../../src/chat/port.ts'
import type { Reply } from '../../../src/chat/reply.ts'
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
let zoe: StoredPerson

/** The workspace, whose accounts U1 and U2 are Priya's and Asha's. */
const members: readonly DirectoryMember[] = [
  { user: 'U1', names: ['Priya Marlowe'], standing: 'employee' },
  { user: 'U2', names: ['Asha Verity'], standing: 'employee' },
  { user: 'U3', names: ['Zoe Marsh'], standing: 'employee' },
  { user: 'U4', names: ['Okoro, Ben'], standing: 'employee' },
  { user: 'U5', names: ['Cai Moss'], standing: 'employee' },
  { user: 'U6', names: ['Daniel Quill'], standing: 'employee' },
  { user: 'U7', names: ['Gita Prior'], standing: 'guest' },
  { user: 'U8', names: ['Ella Thwaite'], standing: 'deactivated' },
  { user: 'U9', names: ['Milepost'], standing: 'bot' },
]
const profiles: ReadonlyMap<string, UserProfile> = new Map<string, UserProfile>([
  ...members.map(({ user, names, standing }): [string, UserProfile] => [
    user,
    { displayName: names[0] ?? user, standing },
  ]),
  ['U10', { displayName: 'Otto Elsewhere', standing: 'outsider' }],
])

beforeEach(async () => {
  ;[priya, asha, zoe] = await storePeople(fresh.db, 'Priya Marlowe', 'Asha Verity', 'Zoe Marsh')
  programmeId = await storeProgramme(fresh.db, {
    key: 'W17',
    office: [priya],
    members: [asha],
    projects: [
      { ref: '2.1', title: 'Standards' },
      { ref: '2.2', title: 'Visits' },
    ],
  })
})

/** A lead of 2.1 by name alone. Gives their id. */
async function addOwner(name: string, inProgramme = programmeId): Promise<string> {
  const id = newId()
  const project = await fresh.db.project.findFirstOrThrow({ where: { programmeId: inProgramme } })
  await fresh.db.person.create({ data: { id, name, createdAt: new Date(0) } })
  await fresh.db.membership.create({
    data: { programmeId: inProgramme, personId: id, role: 'lead' },
  })
  const position = await fresh.db.projectLead.count({ where: { projectId: project.id } })
  await fresh.db.projectLead.create({ data: { projectId: project.id, personId: id, position } })
  return id
}

const chat = (directory: Directory = members) =>
  chatOn(fresh.db, '2017-03-01', {
    lookupDirectory: async () => directory,
    lookupProfile: async ({ user }) => profiles.get(user),
  })
const ask = async (line: string) => wordsOf(await chat().ask(priya, line))
const link = async (args: Record<string, string>) =>
  wordsOf(await chat().press(priya, 'people-link', { programme: 'W17', ...args }))
const accountsOf = async (personId: string) =>
  (await fresh.db.identity.findMany({ where: { personId } })).map(({ user }) => user)

interface ShownCard {
  readonly certain: readonly { readonly button: { readonly data: Record<string, string> } }[]
}
const shownBy = ({ card }: Reply) => (card.data as ShownCard).certain[0]?.button.data ?? {}

describe('the names in a plan, shown with the members they may mean', () => {
  test('are those without an account: certain, likely, nobody, each with its way on', async () => {
    await addOwner('Ben Okoro')
    await addOwner('Dan Quill')
    await addOwner('Head of Inclusion')
    await addOwner('Nell Ferro')
    const words = await ask('people match')
    expect(words).toContain('Who is who: 4 names without an account')
    expect(words).toContain('Ben Okoro = Okoro, Ben')
    expect(words).toContain('Link this one')
    expect(words).toContain('Dan Quill (2.1)\nMay be Daniel Quill.\nYes, that is them')
    expect(words).toContain('Head of Inclusion (2.1)\nA post or a team: choose who holds it.')
    expect(words).toContain('Nell Ferro (2.1)\nNobody of that name was found.\nChoose')
    expect(words).not.toContain('Priya Marlowe')
  })

  test('never mean an account that is closed, an app, or somebody’s of the programme already', async () => {
    await addOwner('Ella Thwaite')
    await addOwner('Milepost')
    await addOwner('A Verity')
    const words = await ask('people match')
    expect(words.match(/Nobody of that name was found/g)).toHaveLength(2)
    expect(words).toContain('The account of that name is Asha Verity’s already.')
  })

  test.each([
    ['later', 'I am still reading the list of members.'],
    ['cannot tell', 'Ask me in a channel of your team, or choose by hand.'],
  ] as const)('can be chosen by hand where the members are %s', async (directory, words) => {
    await addOwner('Ben Okoro')
    const card = wordsOf(await chat(directory).ask(priya, 'people match'))
    expect(card).toContain(words)
    expect(card).toContain('Choose')
  })

  test('are nobody where everybody has an account', async () => {
    expect(await ask('people match')).toContain('Everybody in Programme W17 has an account.')
  })
})

describe('linking those who are certain', () => {
  test('takes one press, links those that were shown, and shows who is left', async () => {
    const [ben, cai] = [await addOwner('Ben Okoro'), await addOwner('Cai Moss')]
    await addOwner('Nell Ferro')
    const shown = await chat().ask(priya, 'people match')
    const answer = wordsOf(await chat().press(priya, 'people-link-all', shownBy(shown)))
    expect(answer).toContain('2 people are linked, and can be asked from now on.')
    expect(answer).toContain('Who is who: 1 name without an account')
    expect([await accountsOf(ben), await accountsOf(cai)]).toEqual([['U4'], ['U5']])
  })

  test('links nobody whose name was not shown: the list has changed meanwhile', async () => {
    const ben = await addOwner('Ben Okoro')
    const shown = await chat().ask(priya, 'people match')
    await addOwner('Cai Moss')
    const answer = wordsOf(await chat().press(priya, 'people-link-all', shownBy(shown)))
    expect(answer).toContain('The names have changed meanwhile, so nobody was linked.')
    expect(await accountsOf(ben)).toEqual([])
  })

  test('shows the names first to whoever types it', async () => {
    const ben = await addOwner('Ben Okoro')
    expect(await ask('people link all')).toContain('Link this one')
    expect(await accountsOf(ben)).toEqual([])
  })
})

describe('linking one', () => {
  test('is done from the list, and takes the place of nobody', async () => {
    const dan = await addOwner('Dan Quill')
    expect(await link({ person: dan, account: 'U6' })).toContain(
      'Dan Quill is Daniel Quill here from now on.',
    )
    expect(await accountsOf(dan)).toEqual(['U6'])
    expect(await link({ person: dan, account: 'U5' })).toContain(
      'Dan Quill has an account here already: somebody linked it meanwhile.',
    )
  })

  test('is typed with a mention', async () => {
    const dan = await addOwner('Dan Quill')
    const account = { platform: 'slack', tenant: 'T1', user: 'U6' }
    const input = { by: 'text' as const, text: 'people link Dan Quill to @dan' }
    await chat().ask(priya, { input, mentions: [{ text: '@dan', account }] })
    expect(await accountsOf(dan)).toEqual(['U6'])
  })

  test('is chosen in a form that lists whoever the platform’s picker does not', async () => {
    const dan = await addOwner('Dan Quill')
    const form = await chat().press(priya, 'people-link:form', { programme: 'W17', person: dan })
    expect(form.card.name).toBe('people-picker-form')
    expect(wordsOf(form)).toContain('In the plan: Dan Quill (2.1)')
    expect(wordsOf(form)).toContain('Daniel Quill\nU6')
    const none = await chat().submit(priya, 'people-link', { programme: 'W17', person: dan })
    expect(wordsOf(none)).toContain('Choose one.')
  })

  test.each([
    ['an app', 'U9', 'is an app and not a person.'],
    ['a closed account', 'U8', 'has left: the account is closed.'],
    ['somebody of another organisation', 'U10', 'is of another organisation'],
    ['nobody the platform knows', 'U99', 'I could not find out who that is.'],
    ['words', 'dan the man', 'is no account.'],
  ])('is refused of %s', async (_, account, words) => {
    const dan = await addOwner('Dan Quill')
    expect(await link({ person: dan, account })).toContain(words)
    expect(await accountsOf(dan)).toEqual([])
  })

  test('asks about a guest, and links them once that is said', async () => {
    const gita = await addOwner('Gita Prior')
    expect(await link({ person: gita, account: 'U7' })).toContain(
      'Gita Prior is a guest of your workspace.',
    )
    expect(await accountsOf(gita)).toEqual([])
    await link({ person: gita, account: 'U7', guest: 'yes' })
    expect(await accountsOf(gita)).toEqual(['U7'])
  })

  test('is refused of the account of somebody else in the programme, who is named', async () => {
    const dan = await addOwner('Dan Quill')
    expect(await link({ person: dan, account: 'U2' })).toContain(
      'That account is Asha Verity’s already.',
    )
    expect(await accountsOf(asha.id)).toEqual(['U2'])
  })

  test('of somebody in another programme makes them one person: they lead what the name led', async () => {
    await storeProgramme(fresh.db, { key: 'OTH', office: [zoe], projects: [] })
    const dan = await addOwner('Z Marsh')
    await link({ person: dan, account: 'U3' })
    expect(await accountsOf(zoe.id)).toEqual(['U3'])
    expect(await fresh.db.projectLead.findMany()).toMatchObject([{ personId: zoe.id }])
    expect(await fresh.db.membership.count({ where: { programmeId, personId: zoe.id } })).toBe(1)
  })
})

describe('taking an account off again', () => {
  test('leaves the person without one', async () => {
    expect(await ask('people unlink Asha Verity')).toContain(
      'Asha Verity has no account in Slack any more. What they said stays.',
    )
    expect(await accountsOf(asha.id)).toEqual([])
  })

  test('is refused of one’s own, and of one that counts in another programme', async () => {
    expect(await ask('people unlink Priya Marlowe')).toContain('That is your own account')
    await storeProgramme(fresh.db, { key: 'OTH', office: [zoe], members: [asha], projects: [] })
    expect(await ask('people unlink Asha Verity')).toContain('is in another programme, too')
    expect(await accountsOf(asha.id)).toEqual(['U2'])
  })

  test('is done for one of several from their list, which says where messages go', async () => {
    await storeProgramme(fresh.db, { key: 'OTH', office: [zoe], members: [asha], projects: [] })
    const onTeams = { platform: 'teams', tenant: 'M1', user: 'a1' }
    await fresh.db.identity.create({ data: { ...onTeams, personId: asha.id } })
    const goneAt = new Date('2017-02-24T12:00:00Z')
    await fresh.db.identity.updateMany({ where: { user: 'U2' }, data: { goneAt } })
    const listed = await ask('people accounts Asha Verity for W17')
    expect(listed).toMatch(/Teams: a1 in M1\W+Messages go here\. Never used\./)
    expect(listed).toMatch(/Slack: U2 in T1\W+Closed: Slack has said so since Fri 24 Feb 2017\./)
    const unlink = async (account: object) =>
      wordsOf(
        await chat().press(priya, 'people-unlink', {
          ...{ programme: 'W17', person: asha.id, ...account },
        }),
      )
    expect(await unlink(onTeams)).toContain('is in another programme, too')
    const old = { platform: 'slack', tenant: 'T1', user: 'U2' }
    expect(await unlink(old)).toContain('U2 in Slack is no account of Asha Verity any more.')
    expect(await unlink(old)).toContain('has that account no more')
    expect(await accountsOf(asha.id)).toEqual(['a1'])
    expect(await unlink({ ...old, user: 'U1' })).toContain('That is your own account')
  })
})
