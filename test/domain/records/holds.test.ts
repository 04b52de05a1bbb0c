import { beforeEach, describe, expect, test } from '@jest/globals'
import { formatDisposal, formatHold } from '../../../src/app/cli/record-holds.ts'
import { Refusal } from '../../../src/base/errors.ts'
import { noticeCard } from '../../../src/chat/notice.ts'
import { loadDisposals } from '../../../src/domain/records/disposal-log.ts'
import { addHold, disposals, loadHolds, releaseHold } from '../../../src/domain/records/holds.ts'
import { eraseDraftsOf, purgeDrafts } from '../../../src/features/imports/drafts/draft-store.ts'
import { erasePerson, formatErasure } from '../../../src/features/people/erase.ts'
import { reminderKind } from '../../../src/features/reminders/message-kind.ts'
import { inTransaction } from '../../../src/infra/db.ts'
import { enqueue } from '../../../src/outbox/outbox.ts'
import { isAnythingToPurge, purgeOldMessages } from '../../../src/outbox/retention.ts'
import {
  direct,
  emptyDatabase,
  type StoredPerson,
  storePeople,
  storeProgramme,
} from '../../support/programme.ts'

const fresh = emptyDatabase()
const sentAt = new Date('2017-03-01T09:00:00Z')
const now = new Date('2017-08-01T09:00:00Z')
const file = { name: 'plan.csv', contentType: 'text/csv', bytes: Buffer.from('Ref,Title') }

let w17: string
let oth: string
let asha: StoredPerson
let tom: StoredPerson

beforeEach(async () => {
  const [office, one, other] = await storePeople(fresh.db, 'Omar Field', 'Asha Verity', 'Tom Quill')
  ;[asha, tom] = [one, other]
  const project = (ref: string, lead: StoredPerson) => ({ ref, title: 'Audit', leads: [lead] })
  w17 = await storeProgramme(fresh.db, {
    key: 'W17',
    office: [office],
    projects: [project('2.1', asha)],
  })
  oth = await storeProgramme(fresh.db, {
    key: 'OTH',
    office: [office],
    projects: [project('7.7', tom)],
  })
  await send('late', 'The Supplier is 100% "late"', { programmeIds: [w17], personId: asha.id })
  await send('both', 'Nothing is due', { programmeIds: [w17, oth] })
  await send('other', 'The supplier is ill', { programmeIds: [oth], personId: tom.id, file })
  await fresh.db.outboxMessage.updateMany({ data: { state: 'sent' } })
})

async function send(
  key: string,
  line: string,
  more: Pick<Parameters<typeof enqueue>[1], 'programmeIds' | 'personId' | 'file'>,
): Promise<void> {
  const card = noticeCard({ heading: 'Due', lines: [line], buttons: [] })
  await enqueue(fresh.db, { key, kind: reminderKind, place: direct, card, ...more }, sentAt)
}

const hold = (programmeId: string | null, words: string | null) =>
  addHold(fresh.db, { programmeId, words, reason: 'FOI 1234', by: 'Omar Field' }, now)
const release = (number: number) =>
  releaseHold(fresh.db, number, { reason: 'Answered', by: 'Omar Field', at: now })
const purge = () => purgeOldMessages(fresh.db, now, 90, disposals)
const left = async () =>
  (await fresh.db.outboxMessage.findMany({ orderBy: { key: 'asc' } })).map(({ key }) => key)
const forget = (person: StoredPerson) =>
  inTransaction(fresh.db, (tx) => erasePerson(tx, person, now, [eraseDraftsOf], 'Priya Marlowe'))
async function isDue(): Promise<boolean | undefined> {
  const [row] = await fresh.db.$queryRaw<{ due: boolean }[]>`
    SELECT ${isAnythingToPurge(now, 90, disposals)} AS due`
  return row?.due
}

describe('retention leaves what is held', () => {
  test.each<[string, () => Promise<number>, string[]]>([
    ['of a programme', () => hold(w17, null), ['both', 'late']],
    ['of a programme by its words', () => hold(w17, '100% "LATE"'), ['late']],
    ['of every programme by its words', () => hold(null, 'supplier'), ['late', 'other']],
    ['by words that are nowhere', () => hold(null, '100_'), []],
  ])('%s, until it is released', async (_what, place, kept) => {
    const number = await place()
    await purge()
    expect(await left()).toEqual(kept)
    expect(await isDue()).toBe(false)
    await release(number)
    await purge()
    expect(await left()).toEqual([])
  })

  test('with the files of its messages, whatever words are asked for, and the sheets sent to it', async () => {
    await hold(oth, 'roads')
    const draft = {
      kind: 'plan',
      fileName: 'plan.csv',
      bytes: file.bytes,
      asOf: sentAt,
      at: sentAt,
    }
    const id = '00000000-0000-4000-8000-00000000000a'
    await fresh.db.importDraft.create({
      data: { id, personId: tom.id, programmeId: oth, ...draft },
    })
    await fresh.db.outboxMessage.update({ where: { key: 'other' }, data: { createdAt: now } })
    await purge()
    await purgeDrafts(fresh.db, now)
    expect(await fresh.db.outboxFile.count()).toBe(1)
    expect(await fresh.db.importDraft.count()).toBe(1)
    await expect(forget(tom)).rejects.toThrow('“plan.csv”, which they sent, is under a hold')
  })
})

describe('the log of disposals', () => {
  test('counts what went for each programme, day and rule, and holds no content', async () => {
    await purge()
    const [first] = await loadDisposals(fresh.db, w17)
    expect(first).toEqual({
      ...{ day: '2017-08-01', what: 'messages', rule: 'kept for 90 days' },
      ...{ programme: 'W17', by: null, count: 2 },
    })
    await send('more', 'Nothing', { programmeIds: [w17] })
    await fresh.db.outboxMessage.updateMany({ data: { state: 'sent' } })
    await purge()
    const all = await loadDisposals(fresh.db)
    expect(all.map(({ what, programme, count }) => `${programme} ${what} ${count}`)).toEqual([
      ...['W17 messages 3', 'OTH messages 2'].toSorted((a) =>
        a.startsWith(w17 < oth ? 'W' : 'O') ? -1 : 1,
      ),
    ])
    expect(JSON.stringify(all)).not.toMatch(/supplier|Asha|plan\.csv/i)
  })

  test('is written with the deletion or neither is', async () => {
    const failing = { ...disposals, record: () => Promise.reject(new Error('disk full')) }
    await expect(purgeOldMessages(fresh.db, now, 90, failing)).rejects.toThrow('disk full')
    expect(await left()).toHaveLength(3)
  })
})

describe('a person who is to be forgotten', () => {
  test('stays where a hold keeps something about them, and goes once it is released', async () => {
    const number = await hold(w17, 'supplier')
    await expect(forget(asha)).rejects.toThrow(
      /^Asha Verity stands in what is under a hold: Hold \d+ \(W17, “supplier”\): FOI 1234\. Nothing was changed/,
    )
    await release(number)
    await forget(asha)
    expect(await fresh.db.person.count({ where: { name: 'Asha Verity' } })).toBe(0)
    const log = await loadDisposals(fresh.db)
    expect(log.map(({ what, by, count }) => `${what} ${count} ${by}`).toSorted()).toEqual([
      ...['files 1 Priya Marlowe', 'messages 1 Priya Marlowe', 'people 1 Priya Marlowe'],
    ])
  })

  test('stays where all of a programme is held in which they are', async () => {
    await hold(oth, null)
    await expect(forget(tom)).rejects.toThrow(Refusal)
  })

  test('goes where the hold keeps nothing about them; a file that it keeps is said', async () => {
    await hold(oth, 'roads')
    expect(formatErasure(await forget(asha), true)).toContain(
      '1 file that a hold keeps may name them: read them, and they go once it is released.',
    )
    expect(await fresh.db.outboxFile.count()).toBe(1)
  })
})

test('a hold says what it keeps, why and by whom, also after its release', async () => {
  const number = await hold(w17, 'supplier')
  const [held] = await loadHolds(fresh.db)
  const line = `Hold ${number} (W17, “supplier”): FOI 1234. By Omar Field, Tue 1 Aug 2017.`
  expect(held && formatHold(held)).toBe(line)
  await release(number)
  const [released] = await loadHolds(fresh.db)
  expect(released && formatHold(released)).toBe(
    `${line} Released by Omar Field, Tue 1 Aug 2017: Answered`,
  )
  await expect(release(number)).rejects.toThrow(`Hold ${number} was released before.`)
  await expect(release(number + 1)).rejects.toThrow(`There is no hold ${number + 1}.`)
  await expect(hold(null, null)).rejects.toThrow('Say what to hold')
})

test('a line of the log says when, of what, how much, by which rule and by whom', async () => {
  await purge()
  const [line] = (await loadDisposals(fresh.db, w17)).map(formatDisposal)
  expect(line).toBe('Tue 1 Aug 2017  W17  messages: 2 (kept for 90 days). By Milepost')
})
