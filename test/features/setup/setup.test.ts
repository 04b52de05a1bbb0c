import { beforeEach, describe, expect, test } from '@jest/globals'
import type { ChatIdentity } from '../../../src/base/addresses.ts'
import { newId } from '../../../src/base/ids.ts'
import { createProgramme } from '../../../src/domain/programme/programme-store.ts'
import { noSettings } from '../../../src/domain/programme/setting.ts'
import { inTransaction } from '../../../src/infra/db.ts'
import {
  chatOn,
  emptyDatabase,
  type StoredPerson,
  storePeople,
  storeProgramme,
  wordsOf,
} from '../../support/programme.ts'

const fresh = emptyDatabase()
const account = (user: string): ChatIdentity => ({ platform: 'slack', tenant: 'T1', user })
const admin: ChatIdentity = { ...account('U-admin'), displayName: 'priya' }
const admins = [admin, account('U2')]
const sample = {
  ...{ key: 'BCS', title: 'Brightwater' },
  create: (
    tx: Parameters<typeof createProgramme>[0],
    named: { key: string; title: string; organisationId: string | null },
    now: Date,
  ) => createProgramme(tx, { ...named, settings: noSettings }, now),
}

const chat = () =>
  chatOn(fresh.db, '2026-03-02', {
    installation: { admins, samples: [sample] },
    lookupProfile: async () => ({ displayName: 'Priya Marlowe', zone: 'Europe/Paris' }),
  })
const say = async (text: string, who: StoredPerson | ChatIdentity = admin) =>
  wordsOf(await chat().ask(who, text))
const submit = (values: Record<string, unknown>, who: ChatIdentity = admin) =>
  chat().ask(who, { input: { by: 'form', verb: 'setup', args: values } })
const programmes = () =>
  fresh.db.programme.findMany({ include: { memberships: { include: { person: true } } } })

describe('an administrator whom nobody knows yet', () => {
  test('sets up a programme by a line, and is its programme office, with the name of their profile', async () => {
    const answer = await say('setup W17 Better Together')
    expect(answer).toMatch(
      /^Saved\nW17 Better Together is set up, and you are its programme office/,
    )
    expect(await programmes()).toMatchObject([
      {
        key: 'W17',
        title: 'Better Together',
        memberships: [
          { role: 'programme_office', person: { name: 'Priya Marlowe', zone: 'Europe/Paris' } },
        ],
      },
    ])
    expect(await say('add workstream Practice')).toContain('Workstream 1 Practice was added')
  })

  test('reads what comes next as lines that work, also where they are in several programmes', async () => {
    const steps = async (line: string) =>
      [...(await say(line)).matchAll(/: \/rag (.*)/g)].map(([, step = '']) => step)
    for (const line of ['setup W17 Better Together', 'setup W18 Better Still']) {
      const said = await steps(line)
      expect(said).toHaveLength(7)
      for (const step of said.slice(0, 3)) expect(await say(step)).toMatch(/^Saved/)
    }
    expect(await fresh.db.milestone.count()).toBe(2)
  })

  test('is told of the way in, whatever else they write', async () => {
    expect(await say('')).toContain('Type /rag setup to set one up')
    expect(await say('2.1 green')).toContain('Type /rag setup to set one up')
    const reply = await chat().ask(admin, 'setup')
    expect(reply.card.data).toMatchObject({ buttons: [{ verb: 'setup:form' }] })
    expect(await say('help setup')).toContain('setup <key> [<title>]')
  })

  test('who asks twice at once becomes one person', async () => {
    await Promise.all([say('setup W17 Better Together'), say('setup W18 Better Still')])
    expect(await fresh.db.person.count()).toBe(1)
    expect(await programmes()).toHaveLength(2)
  })
})

describe('the form', () => {
  const filled = { key: 'W17', title: 'Better Together', scheme: 'rag', nation: 'scotland' }

  test('saves the states, whose bank holidays count, and gives the line for the first digest', async () => {
    const states = 'Stalled red, Slipping amber, Moving green'
    const answer = await submit({
      ...filled,
      scheme: 'own',
      states,
      weekday: 'friday',
      time: '9:30',
    })
    expect(wordsOf(answer)).toContain('/rag digest here weekly friday 09:30')
    expect((await programmes())[0]?.settings).toMatchObject({
      scheme: 'own',
      calendar: 'scotland',
      ownScheme: [{ label: 'Stalled' }, { label: 'Slipping' }, { label: 'Moving' }],
    })
  })

  test('begins from a sample under a key of its own', async () => {
    const answer = await submit({ ...filled, begin: 'BCS' })
    expect(wordsOf(answer)).toContain('Its plan: /rag projects')
    expect(await programmes()).toMatchObject([{ key: 'W17', title: 'Better Together' }])
  })

  test('belongs to the organisation of whoever sets it up, from a sample too', async () => {
    const organisation = { id: newId(), name: 'Bedford', createdAt: new Date() }
    await fresh.db.organisation.create({ data: organisation })
    const workspace = { platform: 'slack', tenant: 'T1', organisationId: organisation.id }
    await fresh.db.workspaceInstallation.create({ data: { ...workspace, installedAt: new Date() } })
    await submit({ ...filled, begin: 'BCS' })
    await say('setup W18 Further Together')
    const ours = { organisationId: organisation.id }
    expect(await programmes()).toMatchObject([ours, ours])
  })

  test.each([
    [{ key: '' }, { key: /Say its key/ }],
    [{ key: '17' }, { key: /cannot be a key/ }],
    [{ key: 'W 17' }, { key: /cannot be a key/ }],
    [{ key: 'a-key-that-is-long' }, { key: /cannot be a key/ }],
    [{ key: 'old' }, { key: /There is a programme “old” already/ }],
    [{ title: ' ' }, { title: /Say its title/ }],
    [{ title: 'x'.repeat(201) }, { title: /at most 200/ }],
    [{ scheme: 'own', states: 'Stalled' }, { states: /2 to 7 states/ }],
    [{ time: '25:00', weekday: 'monday' }, { time: /as a time/ }],
    [{ time: '09:00' }, { time: /Choose the day/ }],
    [{ begin: 'gone' }, { begin: /Choose what it begins with/ }],
    [
      { key: '', title: '' },
      { key: /key/, title: /title/ },
    ],
  ])('%j is refused at its field, and nothing is saved', async (wrong, problems) => {
    await inTransaction(fresh.db, (tx) =>
      createProgramme(tx, { key: 'OLD', title: 'Old', settings: noSettings }, new Date()),
    )
    const reply = await submit({ ...filled, ...wrong })
    expect(reply).toMatchObject({
      kind: 'invalid',
      fields: Object.fromEntries(
        Object.entries(problems).map(([field, text]) => [field, expect.stringMatching(text)]),
      ),
    })
    expect(await programmes()).toHaveLength(1)
    expect(await fresh.db.person.count()).toBe(0)
  })

  test('a line without a title is asked for one, in the form', async () => {
    expect(await say('setup W17')).toContain('Say its title')
    expect(await chat().ask(admin, 'setup W17')).toMatchObject({
      kind: 'invalid',
      card: { name: 'setup-form' },
    })
  })
})

describe('who is no administrator', () => {
  let asha: StoredPerson
  beforeEach(async () => {
    const [first, second] = await storePeople(fresh.db, 'Asha Verity', 'Ben Okoro')
    asha = first
    await storeProgramme(fresh.db, { key: 'BCS', members: [first, second], projects: [] })
  })

  test('is told who is, by name in a programme and by number outside', async () => {
    const form = { key: 'W17', title: 'Better Together' }
    expect(await say('setup W17 Better Together', asha)).toContain(
      'the administrators of Milepost here: Ben Okoro and 1 account that has not written yet.',
    )
    const outside = await submit(form, account('U-other'))
    expect(wordsOf(outside)).toContain('the administrators of Milepost here: there are 2.')
    expect(wordsOf(outside)).not.toContain('Ben')
    expect(await fresh.db.programme.count()).toBe(1)
  })

  test('a second administrator sets up a programme as well', async () => {
    expect(await say('setup W18 Better Still', account('U2'))).toContain(
      'W18 Better Still is set up',
    )
  })
})
