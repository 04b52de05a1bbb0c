import { beforeEach, describe, expect, test } from '@jest/globals'
import { civilDate } from '../../../src/base/dates.ts'
import { newId } from '../../../src/base/ids.ts'
import { noticeCard } from '../../../src/chat/notice.ts'
import { MemberResolver } from '../../../src/domain/people/member-resolver.ts'
import { grantRole } from '../../../src/domain/people/members.ts'
import { loadPlan } from '../../../src/domain/plan/store.ts'
import { formatPeopleImport } from '../../../src/features/people/format.ts'
import {
  importPeople,
  type PeopleImportRequest,
} from '../../../src/features/people/import-people.ts'
import type { PeopleFileRow } from '../../../src/features/people/people-file.ts'
import { inTransaction } from '../../../src/infra/db.ts'
import { defineMessageKind } from '../../../src/outbox/message-kinds.ts'
import { enqueue } from '../../../src/outbox/outbox.ts'
import { useDatabase } from '../../support/database.ts'
import { storeProgramme } from '../../support/programme.ts'

const fresh = useDatabase()

const testKind = defineMessageKind({ kind: 'test', title: 'Test', authority: 'read plan' })

let bcs: string
let oth: string
beforeEach(async () => {
  await fresh.db.$executeRaw`TRUNCATE "Programme", "Person", "OutboxMessage" CASCADE`
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

const request = (
  rows: readonly PeopleFileRow[],
  programme = { id: bcs, key: 'BCS' },
): PeopleImportRequest => ({
  ...{ programme, file: { rows, platforms: ['slack'] } },
  ...{ accept: true, unlisted: 'keep' },
})

function run(asked: PeopleImportRequest) {
  return inTransaction(fresh.db, (tx) => importPeople(tx, asked, now))
}

const store = (...asked: Parameters<typeof request>) => run(request(...asked))

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
    expect(await store(file())).toMatchObject({
      ...{ programme: 'BCS', stored: true, people: 5, accounts: 2, leads: 2, sponsors: 1 },
      ...{ unlisted: [], attention: [] },
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
    expect(await fresh.db.membership.count({ where: { isFixed: true } })).toBe(0)
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

describe('a people file that nobody has accepted yet', () => {
  test('shows which rights and accounts change, and changes nothing', async () => {
    await store(file())
    const before = await everything()
    const result = await run({
      ...request([
        aRow({ name: 'Tom Quill', leads: ['2.2'], accounts: [onSlack('U7')] }),
        aRow({ row: 3, name: 'Asha Verity', leads: ['2.1'], accounts: [onSlack('U2')] }),
        aRow({ row: 4, name: 'Priya Marlowe', roles: ['viewer'] }),
        aRow({ row: 5, name: 'Nia New', roles: ['programme_office'], accounts: [onSlack('U5')] }),
      ]),
      accept: false,
    })
    expect(await everything()).toEqual(before)
    expect(formatPeopleImport(result).split('\n')).toEqual([
      'Programme BCS: 4 people with 3 accounts',
      'Rights that change (3):',
      '  Nia New (new here): now programme office',
      '  Priya Marlowe: now viewer; no longer programme office',
      '  Tom Quill: now leads 2.2; no longer leads 2.1',
      'Accounts that change (4):',
      '  slack T1/U1 is taken off Asha Verity',
      '  slack T1/U2 moves from Tom Quill to Asha Verity: whoever uses it acts as Asha Verity',
      '  slack T1/U5 is linked to Nia New',
      '  slack T1/U7 is linked to Tom Quill',
      'This is what would change. Nothing was saved; --accept saves it.',
    ])
  })

  test('that says what is so already says that nothing would change', async () => {
    await store(file())
    expect(formatPeopleImport(await run({ ...request(file()), accept: false }))).toContain(
      'No right and no account would change.',
    )
  })
})

describe('an account', () => {
  const peopleOf = async (user: string) =>
    (await fresh.db.identity.findMany({ where: { user }, include: { person: true } })).map(
      ({ person, conversationId }) => [person.name, conversationId],
    )

  test('that the file does not name any more is taken off its person', async () => {
    await store(file())
    await store([aRow({ name: 'Tom Quill', leads: ['2.1'] })])
    expect(await peopleOf('U2')).toEqual([])
    expect(await peopleOf('U1')).toHaveLength(1)
  })

  test('stays where the file has no column of its platform', async () => {
    await store(file())
    const { file: named, ...rest } = request([aRow({ name: 'Tom Quill' })])
    await run({ ...rest, file: { ...named, platforms: ['teams'] } })
    expect(await peopleOf('U2')).toHaveLength(1)
  })

  test('moves to the person whom the file gives it, with its conversation', async () => {
    await store(file())
    await fresh.db.identity.updateMany({
      where: { user: 'U2' },
      data: { conversationId: 'D2' },
    })
    const rows = [
      aRow({ name: 'Tom Quill', leads: ['2.1'] }),
      aRow({ row: 3, name: 'Tom Thumb', accounts: [onSlack('U2')] }),
    ]
    await store(rows)
    expect(await peopleOf('U2')).toEqual([['Tom Thumb', 'D2']])
    const { difference } = await run({ ...request(rows), accept: false })
    expect(difference).toEqual({ people: [], accounts: [] })
  })

  test('counts in other programmes as well, which the file is told of', async () => {
    await store(file())
    await store([aRow({ name: 'Asha Verity', leads: ['7.7'], accounts: [onSlack('U1')] })], {
      ...{ id: oth, key: 'OTH' },
    })
    const result = await run({ ...request([aRow({ name: 'Asha Verity' })]), accept: false })
    expect(formatPeopleImport(result)).toContain(
      'slack T1/U1 is taken off Asha Verity, in OTH as well',
    )
  })
})

describe('those in the programme whom the file does not list', () => {
  const withoutAsha = () => file().filter(({ name }) => name !== 'Asha Verity')
  const leftOut = () => request(withoutAsha())

  test('are asked about before anything is saved', async () => {
    await store(file())
    const before = await everything()
    const asked = { ...leftOut(), unlisted: undefined }
    await expect(run(asked)).rejects.toThrow(
      'The file does not list 1 person who can use Milepost in BCS: Asha Verity. Say what becomes of them: --unlisted remove takes their rights there away, --unlisted keep leaves them. Nothing was changed.',
    )
    expect(await everything()).toEqual(before)
    const text = formatPeopleImport(await run({ ...asked, accept: false }))
    expect(text).toContain(
      'In the programme but not in the file: say --unlisted remove or --unlisted keep (1):\n  Asha Verity: lead and leads 2; slack T1/U1',
    )
    expect(text).toContain('--accept and --unlisted remove or keep saves it.')
  })

  test('keep their rights where that is said', async () => {
    await store(file())
    await run({ ...leftOut(), unlisted: 'keep' })
    expect(await rolesOf('Asha Verity')).toEqual(['lead'])
  })

  test('lose every right there at once where that is said, and what waited for them is not sent', async () => {
    await store(file())
    await store([aRow({ name: 'Asha Verity', leads: ['7.7'], accounts: [onSlack('U1')] })], {
      ...{ id: oth, key: 'OTH' },
    })
    const { id: personId } = await fresh.db.person.findFirstOrThrow({
      where: { name: 'Asha Verity' },
    })
    const project = await fresh.db.project.findFirstOrThrow({ where: { ref: '2.2' } })
    const there = await fresh.db.project.findFirstOrThrow({ where: { ref: '7.7' } })
    for (const projectId of [project.id, there.id]) {
      await fresh.db.follow.create({ data: { id: newId(), personId, projectId, at: now } })
    }
    for (const [key, programmeId] of [
      ['here', bcs],
      ['there', oth],
    ] as const) {
      const place = { platform: 'slack', tenant: 'T1', conversation: 'U1', kind: 'direct' } as const
      const card = noticeCard({ heading: 'Asked', lines: [], buttons: [] })
      const message = { key, kind: testKind, place, card, personId, programmeId }
      await inTransaction(fresh.db, (tx) => enqueue(tx, message, now))
    }
    const result = await run({ ...leftOut(), unlisted: 'remove' })
    expect(formatPeopleImport(result)).toContain(
      'Asha Verity (not here any more): no longer lead and leads 2',
    )
    expect(await leadsOf('2.1')).toEqual(['Tom Quill'])
    expect(await leadsOf('7.7')).toEqual(['Asha Verity'])
    expect(
      await fresh.db.membership.findMany({ where: { personId }, select: { programmeId: true } }),
    ).toEqual([{ programmeId: oth }])
    expect(await fresh.db.workstreamOwner.count({ where: { personId, role: 'lead' } })).toBe(0)
    const follows = await fresh.db.follow.findMany({ where: { personId, endedAt: null } })
    expect(follows.map(({ projectId }) => projectId)).toEqual([there.id])
    const messages = await fresh.db.outboxMessage.findMany({ orderBy: { key: 'asc' } })
    expect(messages.map(({ key, state, error }) => [key, state, error])).toEqual([
      ['here', 'dropped', 'they are not in the programme any more'],
      ['there', 'waiting', null],
    ])
  })

  test('leave projects without a lead, which the file is told of', async () => {
    await store(file())
    const rows = file().filter(({ name }) => name !== 'Tom Quill' && name !== 'Asha Verity')
    const { attention } = await run({ ...request(rows), unlisted: 'remove' })
    expect(attention).toEqual(['Without a lead then: BCS 2.1.'])
  })

  test('are not those without an account: the plan may name whom it likes', async () => {
    await store([...file(), aRow({ row: 7, name: 'Head of Practice', leads: ['2.2'] })])
    expect((await run({ ...request(file()), unlisted: 'remove' })).unlisted).toEqual([])
    expect(await leadsOf('2.2')).toEqual(['Head of Practice'])
  })

  test('are known again when they are listed again', async () => {
    await store(file())
    const { id } = await fresh.db.person.findFirstOrThrow({ where: { name: 'Asha Verity' } })
    await run({ ...leftOut(), unlisted: 'remove' })
    await store(file())
    expect(await rolesOf('Asha Verity')).toEqual(['lead'])
    expect(await fresh.db.projectLead.count({ where: { personId: id } })).toBe(1)
  })

  test('may be the whole programme office, which the file is told of', async () => {
    await store(file())
    const { attention } = await store([aRow({ name: 'Priya Marlowe', roles: ['viewer'] })])
    expect(attention).toEqual([
      'Nobody is in the programme office of BCS then: nobody is told what goes wrong.',
    ])
  })
})

describe('a role that the file gives in so many words', () => {
  const asViewer = () => aRow({ name: 'Tom Quill', roles: ['viewer'], accounts: [onSlack('U2')] })
  const byPlan = (name: string) =>
    inTransaction(fresh.db, async (tx) => {
      await (await MemberResolver.load(tx, bcs, now)).resolveMember(name, 'lead')
    })

  test('is the whole of it: a plan that names a viewer as a lead gives them no right', async () => {
    await store([...file(), aRow({ row: 7, name: 'Sam Lowe', accounts: [onSlack('U7')] })])
    const { attention } = await store([asViewer()])
    expect(attention).toEqual([
      'Tom Quill leads 2.1 in the plan. A viewer cannot update it: give the role lead, or name other leads.',
    ])
    await byPlan('Tom Quill')
    await byPlan('Sam Lowe')
    expect(await rolesOf('Tom Quill')).toEqual(['viewer'])
    expect(await rolesOf('Sam Lowe')).toEqual(['lead', 'viewer'])
    const { people, viewers } = await loadPlan(fresh.db, bcs, civilDate('2017-02-24'))
    expect([...viewers].map((id) => people.get(id)?.name).toSorted()).toEqual([
      'Tom Quill',
      'Vera Lind',
    ])
  })

  test('is what the programme office can name in chat as well: a viewer becomes no lead there', async () => {
    await store([asViewer(), aRow({ row: 3, name: 'Vera Lind' })])
    const idOf = async (name: string) =>
      (await fresh.db.person.findFirstOrThrow({ where: { name } })).id
    await grantRole(fresh.db, bcs, [await idOf('Vera Lind')], 'lead')
    expect(await rolesOf('Vera Lind')).toEqual(['lead', 'viewer'])
    await expect(grantRole(fresh.db, bcs, [await idOf('Tom Quill')], 'lead')).rejects.toThrow(
      'Tom Quill is a viewer by the people file, who cannot change anything. Give the role lead there first. Nothing was changed.',
    )
  })

  test('is left to the plan again where the file gives them something to lead instead', async () => {
    await store([asViewer()])
    await store([aRow({ name: 'Tom Quill', leads: ['2.2'], accounts: [onSlack('U2')] })])
    expect(await rolesOf('Tom Quill')).toEqual(['lead', 'viewer'])
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
