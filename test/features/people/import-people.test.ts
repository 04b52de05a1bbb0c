import { beforeEach, describe, expect, test } from '@jest/globals'
import { newId } from '../../../src/base/ids.ts'
import type { PeopleFileRow } from '../../../src/features/people/people-file.ts'
import { aRow, file, onSlack, PeopleFixture } from './people-fixture.ts'

const people = new PeopleFixture()

describe('a people file in a programme', () => {
  test('says who leads and sponsors what, in the order of the file', async () => {
    expect(await people.store(file())).toMatchObject({
      ...{ programme: 'BCS', stored: true, people: 5, accounts: 2, leads: 2, sponsors: 1 },
      ...{ unlisted: [], attention: [] },
    })
    expect(await people.leadsOf('2.1')).toEqual(['Tom Quill', 'Asha Verity'])
    expect(await people.leadsOf('2.2')).toEqual([])
    const { owners } = await people.everything()
    expect(owners.map(({ role }) => role).sort()).toEqual(['lead', 'sponsor'])
    expect(await people.rolesOf('Asha Verity')).toEqual(['lead'])
    expect(await people.rolesOf('Owen Castell')).toEqual(['sponsor'])
    expect(await people.rolesOf('Priya Marlowe')).toEqual(['programme_office'])
    expect(await people.rolesOf('Vera Lind')).toEqual(['viewer'])
    expect(await people.db.person.findFirst({ where: { name: 'Tom Quill' } })).toMatchObject({
      post: 'Practice lead',
      zone: 'Europe/London',
    })
  })

  test('read again changes nothing', async () => {
    await people.store(file())
    const before = await people.everything()
    await people.store(file())
    expect(await people.everything()).toEqual(before)
  })

  test('replaces the leads of what it names, and leaves the rest', async () => {
    await people.store(file())
    await people.store([aRow({ name: 'Vera Lind', leads: ['2.2'] })])
    expect(await people.leadsOf('2.1')).toEqual(['Tom Quill', 'Asha Verity'])
    await people.store([aRow({ name: 'Asha Verity', leads: ['2.1'] })])
    expect(await people.leadsOf('2.1')).toEqual(['Asha Verity'])
    expect(await people.leadsOf('2.2')).toEqual(['Vera Lind'])
  })

  test('takes from the programme office who has another role now', async () => {
    await people.store(file())
    const successor = aRow({ name: 'Omar Finch', roles: ['programme_office'] })
    await people.store([aRow({ name: 'Priya Marlowe', roles: ['viewer'] }), successor])
    expect(await people.rolesOf('Priya Marlowe')).toEqual(['viewer'])
    await people.store([aRow({ name: 'Priya Marlowe', leads: ['2.2'] })])
    expect(await people.rolesOf('Priya Marlowe')).toEqual(['lead', 'viewer'])
    const fixed = await people.db.membership.findMany({
      where: { isFixed: true },
      include: { person: true },
    })
    expect(fixed.map(({ person }) => person.name)).toEqual(['Omar Finch'])
  })

  test('is refused where it names what the plan does not have, and nothing is changed', async () => {
    const before = await people.everything()
    await expect(
      people.store([aRow({ row: 7, name: 'Nia New', leads: ['2.1', '9.9'] })]),
    ).rejects.toThrow('Row 7: the plan has no workstream or project 9.9. Nothing was changed.')
    await expect(people.store([aRow({ name: 'Nia New', leads: ['7.7'] })])).rejects.toThrow('7.7')
    expect(await people.everything()).toEqual(before)
  })
})

describe('a post that the plan names as an owner', () => {
  const holder = (row: Partial<PeopleFileRow> = {}) =>
    aRow({ name: 'Tom Quill', post: 'Head of Practice', accounts: [onSlack('U2')], ...row })

  beforeEach(async () => {
    // As an import leaves it: somebody who is called what the plan says.
    await people.store([aRow({ name: 'Head of Practice', leads: ['2.1', '2.2'] })])
  })

  test('is led by who holds it, from the people file on', async () => {
    await people.store([holder()])
    expect(await people.leadsOf('2.1')).toEqual(['Tom Quill'])
    expect(await people.leadsOf('2.2')).toEqual(['Tom Quill'])
    expect(await people.db.person.count()).toBe(1)
    const before = await people.everything()
    await people.store([holder()])
    expect(await people.everything()).toEqual(before)
  })

  test('and hands over the leave that was said for it', async () => {
    const { id } = await people.db.person.findFirstOrThrow()
    const [from, to] = [new Date('2026-08-03'), new Date('2026-08-14')]
    const at = new Date('2026-07-20T12:00:00Z')
    await people.db.leave.create({
      data: { id: newId(), personId: id, from, to, source: 'test', at },
    })
    await people.store([aRow({ name: 'Tom Quill', leads: ['2.1'] })])
    await people.store([holder()])
    expect(await people.db.leave.findMany({ include: { person: true } })).toMatchObject([
      { person: { name: 'Tom Quill' } },
    ])
  })

  test('is led once where the plan names its holder as well', async () => {
    const both = { leads: ['2.1', '2.2'] }
    await people.store([
      aRow({ name: 'Head of Practice', ...both }),
      aRow({ name: 'Tom Quill', ...both }),
    ])
    expect(await people.leadsOf('2.1')).toEqual(['Head of Practice', 'Tom Quill'])
    await people.store([holder()])
    expect(await people.leadsOf('2.1')).toEqual(['Tom Quill'])
    expect(await people.leadsOf('2.2')).toEqual(['Tom Quill'])
    expect(await people.rolesOf('Head of Practice')).toEqual([])
  })

  test('stays with the person who is known to hold it', async () => {
    await people.store([holder()])
    await people.store([aRow({ name: 'Asha Verity', post: 'Head of Practice' })])
    expect(await people.leadsOf('2.1')).toEqual(['Tom Quill'])
  })
})

describe('somebody of two programmes', () => {
  test('is one person, known by the account', async () => {
    await people.store(file())
    await people.store(
      [aRow({ name: 'asha verity', leads: ['7.7'], accounts: [onSlack('U1')] })],
      'OTH',
    )
    expect(await people.db.person.count({ where: { name: 'Asha Verity' } })).toBe(1)
    expect(await people.leadsOf('7.7')).toEqual(['Asha Verity'])
    expect(await people.leadsOf('2.1')).toEqual(['Tom Quill', 'Asha Verity'])
  })

  test('takes over what the plan there gave to their name', async () => {
    await people.store(file())
    await people.store([aRow({ name: 'Asha Verity', leads: ['7.7'] })], 'OTH')
    expect(await people.db.person.count({ where: { name: 'Asha Verity' } })).toBe(2)
    await people.store([aRow({ name: 'Asha Verity', accounts: [onSlack('U1')] })], 'OTH')
    const [lead] = await people.db.projectLead.findMany({
      where: { project: { ref: '7.7' } },
      include: { person: { include: { identities: true, memberships: true } } },
    })
    expect(lead?.person.identities).toMatchObject([{ user: 'U1' }])
    expect(new Set(lead?.person.memberships.map(({ programmeId }) => programmeId))).toEqual(
      new Set([people.bcs, people.oth]),
    )
  })

  test('stays two people where the accounts are two', async () => {
    await people.store(file())
    await people.store([aRow({ name: 'Asha Verity', accounts: [onSlack('U9')] })], 'OTH')
    expect(await people.db.person.count({ where: { name: 'Asha Verity' } })).toBe(2)
  })
})
