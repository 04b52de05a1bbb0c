import { beforeEach, describe, expect, test } from '@jest/globals'
import { newId } from '../../../src/base/ids.ts'
import { importPeople } from '../../../src/features/people/import-people.ts'
import type { PeopleFileRow } from '../../../src/features/people/people-file.ts'
import { inTransaction } from '../../../src/infra/db.ts'
import { useDatabase } from '../../support/database.ts'
import { storeProgramme } from '../../support/programme.ts'

const fresh = useDatabase()

let bcs: string
let oth: string
beforeEach(async () => {
  await fresh.db.$executeRaw`TRUNCATE "Programme", "Person" CASCADE`
  bcs = await storeProgramme(fresh.db, {
    key: 'BCS',
    projects: [
      { ref: '2.1', title: 'Practice standards' },
      { ref: '2.2', title: 'Assessments' },
    ],
  })
  oth = await storeProgramme(fresh.db, { key: 'OTH', projects: [{ ref: '7.7', title: 'Roads' }] })
})

const now = new Date('2017-02-24T12:00:00Z')

function aRow(row: Partial<PeopleFileRow> & { name: string }): PeopleFileRow {
  return {
    row: 2,
    post: '',
    zone: '',
    roles: [],
    leads: [],
    sponsors: [],
    accounts: [],
    ...row,
  }
}
const onSlack = (user: string) => ({ platform: 'slack' as const, tenant: 'T1', user })

function store(people: readonly PeopleFileRow[], programme = { id: bcs, key: 'BCS' }) {
  return inTransaction(fresh.db, (tx) => importPeople(tx, programme, people, now))
}

async function leadsOf(ref: string): Promise<string[]> {
  const { leads } = await fresh.db.project.findFirstOrThrow({
    where: { ref },
    include: { leads: { orderBy: { position: 'asc' }, include: { person: true } } },
  })
  return leads.map(({ person }) => person.name)
}

async function rolesOf(name: string): Promise<string[]> {
  const rows = await fresh.db.membership.findMany({ where: { person: { name } } })
  return rows.map(({ role }) => role).sort()
}

/** Everything that a people file can change. */
async function everything() {
  const { db } = fresh
  return {
    people: await db.person.findMany({ orderBy: { name: 'asc' } }),
    identities: await db.identity.findMany({ orderBy: { user: 'asc' } }),
    memberships: await db.membership.findMany({ orderBy: [{ personId: 'asc' }, { role: 'asc' }] }),
    owners: await db.workstreamOwner.findMany({ orderBy: { position: 'asc' } }),
    leads: await db.projectLead.findMany({ orderBy: [{ projectId: 'asc' }, { position: 'asc' }] }),
  }
}

const file = () => [
  aRow({
    name: 'Tom Quill',
    post: 'Practice lead',
    zone: 'Europe/London',
    leads: ['2.1'],
    accounts: [onSlack('U2')],
  }),
  aRow({ row: 3, name: 'Asha Verity', leads: ['2', '2.1'], accounts: [onSlack('U1')] }),
  aRow({ row: 4, name: 'Owen Castell', sponsors: ['2'] }),
  aRow({ row: 5, name: 'Priya Marlowe', roles: ['programme_office'] }),
  aRow({ row: 6, name: 'Vera Lind' }),
]

describe('a people file in a programme', () => {
  test('says who leads and sponsors what, in the order of the file', async () => {
    expect(await store(file())).toEqual({
      programme: 'BCS',
      people: 5,
      accounts: 2,
      leads: 2,
      sponsors: 1,
    })
    expect(await leadsOf('2.1')).toEqual(['Tom Quill', 'Asha Verity'])
    expect(await leadsOf('2.2')).toEqual([])
    const { owners } = await everything()
    expect(owners.map(({ role }) => role).sort()).toEqual(['lead', 'sponsor'])
    expect(await rolesOf('Asha Verity')).toEqual(['lead'])
    expect(await rolesOf('Owen Castell')).toEqual(['sponsor'])
    expect(await rolesOf('Priya Marlowe')).toEqual(['programme_office'])
    expect(await rolesOf('Vera Lind')).toEqual(['viewer'])
    expect(await fresh.db.person.findFirst({ where: { name: 'Tom Quill' } })).toMatchObject({
      post: 'Practice lead',
      zone: 'Europe/London',
    })
  })

  test('read again changes nothing', async () => {
    await store(file())
    const before = await everything()
    await store(file())
    expect(await everything()).toEqual(before)
  })

  test('replaces the leads of what it names, and leaves the rest', async () => {
    await store(file())
    await store([aRow({ name: 'Vera Lind', leads: ['2.2'] })])
    expect(await leadsOf('2.1')).toEqual(['Tom Quill', 'Asha Verity'])
    await store([aRow({ name: 'Asha Verity', leads: ['2.1'] })])
    expect(await leadsOf('2.1')).toEqual(['Asha Verity'])
    expect(await leadsOf('2.2')).toEqual(['Vera Lind'])
  })

  test('takes from the programme office who has another role now', async () => {
    await store(file())
    await store([aRow({ name: 'Priya Marlowe', roles: ['viewer'] })])
    expect(await rolesOf('Priya Marlowe')).toEqual(['viewer'])
    await store([aRow({ name: 'Priya Marlowe', leads: ['2.2'] })])
    expect(await rolesOf('Priya Marlowe')).toEqual(['lead', 'viewer'])
  })

  test("is refused where an account is someone else's, and nothing is changed", async () => {
    await store(file())
    const before = await everything()
    const changed = [
      aRow({ row: 2, name: 'Nia New', leads: ['2.1'] }),
      aRow({ row: 3, name: 'Tom Thumb', accounts: [onSlack('U2')] }),
    ]
    await expect(store(changed)).rejects.toThrow(
      'Row 3: the slack account of Tom Thumb belongs to Tom Quill already. Nothing was changed.',
    )
    expect(await everything()).toEqual(before)
  })

  test('is refused where it names what the plan does not have, and nothing is changed', async () => {
    const before = await everything()
    await expect(store([aRow({ row: 7, name: 'Nia New', leads: ['2.1', '9.9'] })])).rejects.toThrow(
      'Row 7: the plan has no workstream or project 9.9. Nothing was changed.',
    )
    await expect(store([aRow({ name: 'Nia New', leads: ['7.7'] })])).rejects.toThrow('7.7')
    expect(await everything()).toEqual(before)
  })
})

describe('a post that the plan names as an owner', () => {
  const holder = (row: Partial<PeopleFileRow> = {}) =>
    aRow({ name: 'Tom Quill', post: 'Head of Practice', accounts: [onSlack('U2')], ...row })

  beforeEach(async () => {
    // As an import leaves it: somebody who is called what the plan says.
    await store([aRow({ name: 'Head of Practice', leads: ['2.1', '2.2'] })])
  })

  test('is led by who holds it, from the people file on', async () => {
    await store([holder()])
    expect(await leadsOf('2.1')).toEqual(['Tom Quill'])
    expect(await leadsOf('2.2')).toEqual(['Tom Quill'])
    expect(await fresh.db.person.count()).toBe(1)
    const before = await everything()
    await store([holder()])
    expect(await everything()).toEqual(before)
  })

  test('and hands over the leave that was said for it', async () => {
    const { id } = await fresh.db.person.findFirstOrThrow()
    const [from, to] = [new Date('2026-08-03'), new Date('2026-08-14')]
    const at = new Date('2026-07-20T12:00:00Z')
    await fresh.db.leave.create({
      data: { id: newId(), personId: id, from, to, source: 'test', at },
    })
    await store([aRow({ name: 'Tom Quill', leads: ['2.1'] })])
    await store([holder()])
    expect(await fresh.db.leave.findMany({ include: { person: true } })).toMatchObject([
      { person: { name: 'Tom Quill' } },
    ])
  })

  test('is led once where the plan names its holder as well', async () => {
    const both = { leads: ['2.1', '2.2'] }
    await store([aRow({ name: 'Head of Practice', ...both }), aRow({ name: 'Tom Quill', ...both })])
    expect(await leadsOf('2.1')).toEqual(['Head of Practice', 'Tom Quill'])
    await store([holder()])
    expect(await leadsOf('2.1')).toEqual(['Tom Quill'])
    expect(await leadsOf('2.2')).toEqual(['Tom Quill'])
    expect(await rolesOf('Head of Practice')).toEqual([])
  })

  test('stays with the person who is known to hold it', async () => {
    await store([holder()])
    await store([aRow({ name: 'Asha Verity', post: 'Head of Practice' })])
    expect(await leadsOf('2.1')).toEqual(['Tom Quill'])
  })
})

describe('somebody of two programmes', () => {
  const inOth = () => ({ id: oth, key: 'OTH' })

  test('is one person, known by the account', async () => {
    await store(file())
    await store([aRow({ name: 'asha verity', leads: ['7.7'], accounts: [onSlack('U1')] })], inOth())
    expect(await fresh.db.person.count({ where: { name: 'Asha Verity' } })).toBe(1)
    expect(await leadsOf('7.7')).toEqual(['Asha Verity'])
    expect(await leadsOf('2.1')).toEqual(['Tom Quill', 'Asha Verity'])
  })

  test('takes over what the plan there gave to their name', async () => {
    await store(file())
    await store([aRow({ name: 'Asha Verity', leads: ['7.7'] })], inOth())
    expect(await fresh.db.person.count({ where: { name: 'Asha Verity' } })).toBe(2)
    await store([aRow({ name: 'Asha Verity', accounts: [onSlack('U1')] })], inOth())
    const [lead] = await fresh.db.projectLead.findMany({
      where: { project: { ref: '7.7' } },
      include: { person: { include: { identities: true, memberships: true } } },
    })
    expect(lead?.person.identities).toMatchObject([{ user: 'U1' }])
    expect(new Set(lead?.person.memberships.map(({ programmeId }) => programmeId))).toEqual(
      new Set([bcs, oth]),
    )
  })

  test('stays two people where the accounts are two', async () => {
    await store(file())
    await store([aRow({ name: 'Asha Verity', accounts: [onSlack('U9')] })], inOth())
    expect(await fresh.db.person.count({ where: { name: 'Asha Verity' } })).toBe(2)
  })
})
