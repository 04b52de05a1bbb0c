import { beforeEach, describe, expect, test } from '@jest/globals'
import { Refusal } from '../../../src/base/errors.ts'
import { noticeCard } from '../../../src/chat/notice.ts'
import { findPersonByName } from '../../../src/domain/people/find-person.ts'
import { exportPersonData, personColumns } from '../../../src/domain/people/person-data.ts'
import { erasePerson, formatErasure } from '../../../src/features/people/erase.ts'
import { reminderKind } from '../../../src/features/reminders/message-kind.ts'
import { eraseSuppressions } from '../../../src/features/reminders/suppression-store.ts'
import { inTransaction } from '../../../src/infra/db.ts'
import { enqueue } from '../../../src/outbox/outbox.ts'
import {
  chatOn,
  direct,
  emptyDatabase,
  type StoredPerson,
  storePeople,
  storeProgramme,
  wordsOf,
} from '../../support/programme.ts'

const fresh = emptyDatabase()
const now = new Date('2017-03-06T12:00:00Z')

let office: StoredPerson
let lead: StoredPerson
let other: StoredPerson

beforeEach(async () => {
  ;[office, lead, other] = await storePeople(fresh.db, 'Omar Field', 'Asha Verity', 'Tom Quill')
  await storeProgramme(fresh.db, {
    key: 'W17',
    office: [office],
    members: [other],
    projects: [
      { ref: '2.1', title: 'Supervision', leads: [lead], milestones: [['pages', '2017-03-31']] },
      { ref: '2.2', title: 'Audit', leads: [lead, other] },
    ],
  })
  const chat = chatOn(fresh.db, '2017-03-01')
  await chat.ask(lead, '2.1 amber Waiting for Asha Verity’s report green by 30 Jun')
  await chat.ask(lead, 'move 2.1 1 to 30 Apr because the writer is ill')
  await chat.ask(lead, 'away 3 Apr to 14 Apr deputy Tom Quill')
  await chat.ask(other, 'away 18 Apr to 21 Apr deputy Asha Verity')
  const card = noticeCard({ heading: 'Due', lines: ['For Asha Verity'], buttons: [] })
  for (const [key, personId] of [
    ['theirs', lead.id],
    ['another', other.id],
  ]) {
    await enqueue(
      fresh.db,
      { key: key ?? '', kind: reminderKind, place: direct, card, personId },
      now,
    )
  }
})

const forgetLead = () =>
  inTransaction(fresh.db, async (tx) =>
    erasePerson(tx, await findPersonByName(tx, 'Asha Verity'), now, [eraseSuppressions]),
  )

describe('forgetting a person', () => {
  test('takes out who they are, and keeps what they did as by a former member', async () => {
    const told = await forgetLead()
    expect(told).toMatchObject({ name: 'Asha Verity', accounts: 1, withoutLead: ['W17 2.1'] })
    const shown = wordsOf(await chatOn(fresh.db, '2017-03-06').ask(other, '2.1'))
    expect(shown).toContain('a former member')
    expect(shown).toContain('30 Apr 2017')
  })

  test('leaves the name nowhere but in what people wrote themselves, and tells where that is', async () => {
    const told = await forgetLead()
    expect(told.remainingMentions).toEqual([{ table: 'StatusUpdate', count: 1 }])
    expect(formatErasure(told, true)).toMatch(/is forgotten.*1 in StatusUpdate/s)
    expect(formatErasure(told, false)).toMatch(/would be forgotten/)
    const rows = await everything()
    expect(rows.filter(([table]) => table !== 'StatusUpdate').join()).not.toContain('Asha')
    expect(rows.join()).not.toContain(lead.identity.user)
  })

  test('sends nothing more to them, and what others get goes out', async () => {
    await forgetLead()
    const states = await fresh.db.outboxMessage.findMany({ select: { key: true, state: true } })
    expect(new Map(states.map(({ key, state }) => [key, state]))).toEqual(
      new Map([
        ['theirs', 'dropped'],
        ['another', 'waiting'],
      ]),
    )
  })

  test('ends what others counted on: nobody has them as deputy any more', async () => {
    await forgetLead()
    const leaves = await fresh.db.leave.findMany()
    expect(leaves).toMatchObject([{ personId: other.id, deputyId: null }])
  })

  test('is refused for the last one in a programme office, and changes nothing', async () => {
    const asked = inTransaction(fresh.db, async (tx) =>
      erasePerson(tx, await findPersonByName(tx, 'Omar Field'), now, [eraseSuppressions]),
    )
    await expect(asked).rejects.toThrow(/only one in the programme office of W17/)
    expect(await fresh.db.identity.count()).toBe(3)
  })

  test('is not done twice', async () => {
    await forgetLead()
    await expect(forgetLead()).rejects.toThrow(Refusal)
  })
})

describe('who is meant', () => {
  test('is asked where two have the same name', async () => {
    const { id } = await fresh.db.person.create({
      data: { id: crypto.randomUUID(), name: 'Tom Quill', post: 'Analyst', createdAt: now },
    })
    await expect(findPersonByName(fresh.db, 'Tom Quill')).rejects.toThrow(/2 people are called/)
    expect(await findPersonByName(fresh.db, id)).toEqual({ id, name: 'Tom Quill' })
  })

  test('nobody of that name is said', async () => {
    await expect(findPersonByName(fresh.db, 'Nobody Here')).rejects.toThrow(/I know nobody called/)
  })
})

describe('what is kept of a person', () => {
  test('is all there: what they said, their hours, what was said to them', async () => {
    const data = await exportPersonData(fresh.db, lead, now)
    expect(Object.keys(data.rows).toSorted()).toEqual(
      expect.arrayContaining([
        ...['OutboxMessage', 'Identity', 'Leave', 'Membership', 'MilestoneMove'],
        ...['Person', 'ProjectLead', 'StatusUpdate'],
      ]),
    )
    expect(data.rows.Leave).toHaveLength(2)
    expect(JSON.stringify(data)).toContain('the writer is ill')
  })

  test('is looked for in every column that refers to a person', async () => {
    const known = (await personColumns(fresh.db)).map(({ table, column }) => `${table}.${column}`)
    const referring = await fresh.db.$queryRaw<{ name: string }[]>`
      SELECT one.relname || '.' || its.attname AS name
      FROM pg_constraint tie
      JOIN pg_class one ON one.oid = tie.conrelid
      JOIN pg_class other ON other.oid = tie.confrelid
      JOIN pg_attribute its ON its.attrelid = one.oid AND its.attnum = ANY (tie.conkey)
      WHERE tie.contype = 'f' AND other.relname = 'Person'`
    expect(known).toEqual(expect.arrayContaining(referring.map(({ name }) => name)))
    // Columns that hold an id of something else say of what: by their table or in this list.
    const others = await fresh.db.$queryRaw<{ name: string }[]>`
      SELECT table_name || '.' || column_name AS name FROM information_schema.columns
      WHERE table_schema = 'public' AND data_type = 'uuid' AND column_name <> 'id'`
    const things =
      /\.(programme|organisation|draft|schedule|project|workstream|milestone|measure|entry|update|digest|subscription|picture|outboxMessage|after|attests|override|outcome|recommendation|undoes|import|hold|handover|dependsOn)Id$|\.leaseToken$|^ProgrammeChange\.programme$|^_/
    const people = others.map(({ name }) => name).filter((name) => !things.test(name))
    expect(people.toSorted()).toEqual(known.toSorted())
  })
})

async function everything(): Promise<[table: string, text: string][]> {
  const tables = await fresh.db.$queryRaw<{ name: string }[]>`
    SELECT table_name AS name FROM information_schema.tables
    WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`
  const all: [string, string][] = []
  for (const { name } of tables) {
    const rows = await fresh.db.$queryRawUnsafe<{ text: string }[]>(
      `SELECT to_jsonb(one)::text AS text FROM "${name}" one`,
    )
    all.push(...rows.map(({ text }): [string, string] => [name, text]))
  }
  return all
}
