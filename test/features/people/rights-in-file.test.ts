import { describe, expect, test } from '@jest/globals'
import { civilDate } from '../../../src/base/dates.ts'
import { newId } from '../../../src/base/ids.ts'
import { noticeCard } from '../../../src/chat/notice.ts'
import { MemberResolver } from '../../../src/domain/people/member-resolver.ts'
import { grantRole } from '../../../src/domain/people/members.ts'
import { loadPlan } from '../../../src/domain/plan/store.ts'
import { formatPeopleImport } from '../../../src/features/people/format.ts'
import { inTransaction } from '../../../src/infra/db.ts'
import { defineMessageKind } from '../../../src/outbox/message-kinds.ts'
import { enqueue } from '../../../src/outbox/outbox.ts'
import { aRow, file, now, onSlack, PeopleFixture } from './people-fixture.ts'

const people = new PeopleFixture()
const testKind = defineMessageKind({ kind: 'test', title: 'Test', authority: 'read plan' })

describe('a people file that nobody has accepted yet', () => {
  test('shows which rights and accounts change, and changes nothing', async () => {
    await people.store(file())
    const before = await people.everything()
    const result = await people.run({
      ...people.request([
        aRow({ name: 'Tom Quill', leads: ['2.2'], accounts: [onSlack('U7')] }),
        aRow({ row: 3, name: 'Asha Verity', leads: ['2.1'], accounts: [onSlack('U2')] }),
        aRow({ row: 4, name: 'Priya Marlowe', roles: ['viewer'] }),
        aRow({ row: 5, name: 'Nia New', roles: ['programme_office'], accounts: [onSlack('U5')] }),
      ]),
      accept: false,
    })
    expect(await people.everything()).toEqual(before)
    expect(formatPeopleImport(result).split('\n')).toEqual([
      'Programme BCS: 4 people with 3 accounts',
      'Rights that change (3):',
      '  Nia New (new here): now programme office',
      '  Priya Marlowe: now viewer; no longer programme office',
      '  Tom Quill: now leading 2.2; no longer leading 2.1',
      'Accounts that change (4):',
      '  slack T1/U1 is taken off Asha Verity',
      '  slack T1/U2 moves from Tom Quill to Asha Verity: whoever uses it acts as Asha Verity',
      '  slack T1/U5 is linked to Nia New',
      '  slack T1/U7 is linked to Tom Quill',
      'This is what would change. Nothing was saved; --accept saves it.',
    ])
  })

  test('that says what is so already says that nothing would change', async () => {
    await people.store(file())
    expect(
      formatPeopleImport(await people.run({ ...people.request(file()), accept: false })),
    ).toContain('No right and no account would change.')
  })
})

describe('an account', () => {
  const peopleOf = async (user: string) =>
    (await people.db.identity.findMany({ where: { user }, include: { person: true } })).map(
      ({ person, conversationId }) => [person.name, conversationId],
    )

  test('that the file does not name any more is taken off its person', async () => {
    await people.store(file())
    await people.store([aRow({ name: 'Tom Quill', leads: ['2.1'] })])
    expect(await peopleOf('U2')).toEqual([])
    expect(await peopleOf('U1')).toHaveLength(1)
  })

  test('that its platform calls gone is named, and can be left out', async () => {
    await people.store(file())
    await people.db.identity.updateMany({ where: { user: 'U2' }, data: { goneAt: now } })
    const { attention } = await people.run({ ...people.request(file()), accept: false })
    expect(attention).toEqual([
      'slack T1/U2 of Tom Quill is gone, says its platform: leave it out of the file to take it off.',
    ])
    const without = file().map((row) => (row.name === 'Tom Quill' ? { ...row, accounts: [] } : row))
    expect((await people.store(without)).attention).toEqual([])
    expect(await peopleOf('U2')).toEqual([])
  })

  test('stays where the file has no column of its platform', async () => {
    await people.store(file())
    const { file: named, ...rest } = people.request([aRow({ name: 'Tom Quill' })])
    await people.run({ ...rest, file: { ...named, platforms: ['teams'] } })
    expect(await peopleOf('U2')).toHaveLength(1)
  })

  test('moves to the person whom the file gives it, with its conversation', async () => {
    await people.store(file())
    await people.db.identity.updateMany({
      where: { user: 'U2' },
      data: { conversationId: 'D2' },
    })
    const rows = [
      aRow({ name: 'Tom Quill', leads: ['2.1'] }),
      aRow({ row: 3, name: 'Tom Thumb', accounts: [onSlack('U2')] }),
    ]
    await people.store(rows)
    expect(await peopleOf('U2')).toEqual([['Tom Thumb', 'D2']])
    const { difference } = await people.run({ ...people.request(rows), accept: false })
    expect(difference).toEqual({ people: [], accounts: [] })
  })

  test('counts in other programmes as well, which the file is told of', async () => {
    await people.store(file())
    await people.store(
      [aRow({ name: 'Asha Verity', leads: ['7.7'], accounts: [onSlack('U1')] })],
      'OTH',
    )
    const result = await people.run({
      ...people.request([aRow({ name: 'Asha Verity' })]),
      accept: false,
    })
    expect(formatPeopleImport(result)).toContain(
      'slack T1/U1 is taken off Asha Verity, in OTH as well',
    )
  })
})

describe('those in the programme whom the file does not list', () => {
  const withoutAsha = () => file().filter(({ name }) => name !== 'Asha Verity')
  const leftOut = () => people.request(withoutAsha())

  test('are asked about before anything is saved', async () => {
    await people.store(file())
    const before = await people.everything()
    const asked = { ...leftOut(), unlisted: undefined }
    await expect(people.run(asked)).rejects.toThrow(
      'The file does not list 1 person who can use Milepost in BCS: Asha Verity. Say what becomes of them: --unlisted remove takes their rights there away, --unlisted keep leaves them. Nothing was changed.',
    )
    expect(await people.everything()).toEqual(before)
    const text = formatPeopleImport(await people.run({ ...asked, accept: false }))
    expect(text).toContain(
      'In the programme but not in the file: say --unlisted remove or --unlisted keep (1):\n  Asha Verity: lead, leading 2; slack T1/U1',
    )
    expect(text).toContain('--accept and --unlisted remove or keep saves it.')
  })

  test('keep their rights where that is said', async () => {
    await people.store(file())
    await people.run({ ...leftOut(), unlisted: 'keep' })
    expect(await people.rolesOf('Asha Verity')).toEqual(['lead'])
  })

  test('lose every right there at once where that is said, and what waited for them is not sent', async () => {
    await people.store(file())
    await people.store(
      [aRow({ name: 'Asha Verity', leads: ['7.7'], accounts: [onSlack('U1')] })],
      'OTH',
    )
    const { id: personId } = await people.db.person.findFirstOrThrow({
      where: { name: 'Asha Verity' },
    })
    const project = await people.db.project.findFirstOrThrow({ where: { ref: '2.2' } })
    const there = await people.db.project.findFirstOrThrow({ where: { ref: '7.7' } })
    for (const projectId of [project.id, there.id]) {
      await people.db.follow.create({ data: { id: newId(), personId, projectId, at: now } })
    }
    for (const [key, programmeId] of [
      ['here', people.bcs],
      ['there', people.oth],
    ] as const) {
      const place = { platform: 'slack', tenant: 'T1', conversation: 'U1', kind: 'direct' } as const
      const card = noticeCard({ heading: 'Asked', lines: [], buttons: [] })
      const to = { place, personId, programmeIds: [programmeId] }
      await inTransaction(people.db, (tx) => enqueue(tx, { key, kind: testKind, card, ...to }, now))
    }
    const remove = { ...leftOut(), unlisted: 'remove' } as const
    expect(formatPeopleImport(await people.run({ ...remove, accept: false }))).toContain(
      'Nothing was saved; --accept --unlisted remove saves it.',
    )
    const result = await people.run(remove)
    expect(formatPeopleImport(result)).toContain(
      'Asha Verity (not here any more): no longer lead, leading 2',
    )
    expect(await people.leadsOf('2.1')).toEqual(['Tom Quill'])
    expect(await people.leadsOf('7.7')).toEqual(['Asha Verity'])
    expect(
      await people.db.membership.findMany({ where: { personId }, select: { programmeId: true } }),
    ).toEqual([{ programmeId: people.oth }])
    expect(await people.db.workstreamOwner.count({ where: { personId, role: 'lead' } })).toBe(0)
    const follows = await people.db.follow.findMany({ where: { personId, endedAt: null } })
    expect(follows.map(({ projectId }) => projectId)).toEqual([there.id])
    const messages = await people.db.outboxMessage.findMany({ orderBy: { key: 'asc' } })
    expect(messages.map(({ key, state, error }) => [key, state, error])).toEqual([
      ['here', 'dropped', 'they are not in the programme any more'],
      ['there', 'waiting', null],
    ])
  })

  test('leave projects without a lead, which the file is told of', async () => {
    await people.store(file())
    const rows = file().filter(({ name }) => name !== 'Tom Quill' && name !== 'Asha Verity')
    const { attention } = await people.run({ ...people.request(rows), unlisted: 'remove' })
    expect(attention).toEqual(['Without a lead then: BCS 2.1.'])
  })

  test('are not those without an account: the plan may name whom it likes', async () => {
    await people.store([...file(), aRow({ row: 7, name: 'Head of Practice', leads: ['2.2'] })])
    expect((await people.run({ ...people.request(file()), unlisted: 'remove' })).unlisted).toEqual(
      [],
    )
    expect(await people.leadsOf('2.2')).toEqual(['Head of Practice'])
  })

  test('are known again when they are listed again', async () => {
    await people.store(file())
    const { id } = await people.db.person.findFirstOrThrow({ where: { name: 'Asha Verity' } })
    await people.run({ ...leftOut(), unlisted: 'remove' })
    await people.store(file())
    expect(await people.rolesOf('Asha Verity')).toEqual(['lead'])
    expect(await people.db.projectLead.count({ where: { personId: id } })).toBe(1)
  })

  test('may not be the whole programme office: that is told first, and refused', async () => {
    await people.store(file())
    const asViewer = [aRow({ name: 'Priya Marlowe', roles: ['viewer'] })]
    await expect(people.store(asViewer)).rejects.toThrow(
      'Nobody would be left in the programme office of BCS.',
    )
    const { attention } = await people.run({ ...people.request(asViewer), accept: false })
    expect(attention).toEqual([
      'Nobody is in the programme office of BCS then: nobody is told what goes wrong.',
    ])
  })
})

describe('a role that the file gives in so many words', () => {
  const asViewer = () => aRow({ name: 'Tom Quill', roles: ['viewer'], accounts: [onSlack('U2')] })
  const byPlan = (name: string) =>
    inTransaction(people.db, async (tx) => {
      await (await MemberResolver.load(tx, people.bcs, now)).resolveMember(name, 'lead')
    })

  test('is the whole of it: a plan that names a viewer as a lead gives them no right', async () => {
    await people.store([...file(), aRow({ row: 7, name: 'Sam Lowe', accounts: [onSlack('U7')] })])
    const { attention } = await people.store([asViewer()])
    expect(attention).toEqual([
      'Tom Quill leads 2.1 in the plan. A viewer cannot update it: give the role lead, or name other leads.',
    ])
    await byPlan('Tom Quill')
    await byPlan('Sam Lowe')
    expect(await people.rolesOf('Tom Quill')).toEqual(['viewer'])
    expect(await people.rolesOf('Sam Lowe')).toEqual(['lead', 'viewer'])
    const plan = await loadPlan(people.db, people.bcs, civilDate('2017-02-24'))
    expect([...plan.viewers].map((id) => plan.people.get(id)?.name).toSorted()).toEqual([
      'Tom Quill',
      'Vera Lind',
    ])
  })

  test('is what the programme office can name in chat as well: a viewer becomes no lead there', async () => {
    await people.store([asViewer(), aRow({ row: 3, name: 'Vera Lind' })])
    const idOf = async (name: string) =>
      (await people.db.person.findFirstOrThrow({ where: { name } })).id
    const onDay = civilDate('2017-03-01')
    const said = { byId: null, onBehalfOfId: null, source: 'slack', onDay, at: new Date() }
    await grantRole(people.db, people.bcs, [await idOf('Vera Lind')], 'lead', said)
    expect(await people.rolesOf('Vera Lind')).toEqual(['lead', 'viewer'])
    await expect(
      grantRole(people.db, people.bcs, [await idOf('Tom Quill')], 'lead', said),
    ).rejects.toThrow(
      'Tom Quill is a viewer by the people file, who cannot change anything. Give the role lead there first. Nothing was changed.',
    )
  })

  test('is left to the plan again where the file gives them something to lead instead', async () => {
    await people.store([asViewer()])
    await people.store([aRow({ name: 'Tom Quill', leads: ['2.2'], accounts: [onSlack('U2')] })])
    expect(await people.rolesOf('Tom Quill')).toEqual(['lead', 'viewer'])
  })
})
