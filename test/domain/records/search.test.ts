import { beforeEach, describe, expect, test } from '@jest/globals'
import { formatRecord } from '../../../src/app/cli/records.ts'
import { noticeCard } from '../../../src/chat/notice.ts'
import { scopesByTable, searchRecords } from '../../../src/domain/records/search.ts'
import { reminderKind } from '../../../src/features/reminders/message-kind.ts'
import { enqueue } from '../../../src/outbox/outbox.ts'
import { programmeMessages } from '../../../src/outbox/programme-messages.ts'
import {
  chatOn,
  emptyDatabase,
  type StoredPerson,
  storePeople,
  storeProgramme,
} from '../../support/programme.ts'

const fresh = emptyDatabase()

let asha: StoredPerson
let ids: ReadonlyMap<string, string>

beforeEach(async () => {
  const [one, tom] = await storePeople(fresh.db, 'Asha Verity', 'Tom Quill')
  asha = one
  const programme = { office: [asha], projects: [{ ref: '2.1', title: 'Audit', leads: [asha] }] }
  await storeProgramme(fresh.db, { key: 'W17', ...programme })
  await storeProgramme(fresh.db, {
    key: 'OTH',
    office: [tom],
    projects: [{ ref: '7.7', title: 'Roads', leads: [tom] }],
  })
  await chatOn(fresh.db, '2017-03-01').ask(
    asha,
    '2.1 amber The Supplier is 100% late green by 30 Jun',
  )
  await chatOn(fresh.db, '2017-03-08').ask(asha, 'risk 2.1 the supplier has "left"')
  await chatOn(fresh.db, '2017-03-08').ask(tom, '7.7 amber Our supplier is ill green by 30 Jun')
  const programmes = await fresh.db.programme.findMany()
  ids = new Map(programmes.map(({ key, id }) => [key, id]))
})

const search = (words: string, days: { from?: string; to?: string } = {}, key = 'W17') =>
  searchRecords(fresh.db, { programmeId: ids.get(key) ?? '', words, ...days }, programmeMessages)

describe('a search of the records', () => {
  test('finds what its programme holds, wherever it stands, the oldest first, and nothing of another', async () => {
    const found = await search('supplier')
    const tables = found.map(({ table }) => table)
    expect(tables.indexOf('StatusUpdate')).toBeLessThan(tables.indexOf('RegisterEntry'))
    expect(JSON.stringify(found)).not.toContain('is ill')
    expect((await search('supplier', {}, 'OTH')).map(({ table }) => table)).toEqual([
      'StatusUpdate',
    ])
  })

  test('says when, by whom and in which words', async () => {
    const [update] = await search('100% LATE')
    expect(update).toMatchObject({ table: 'StatusUpdate', columns: ['reason'], byId: asha.id })
    const line = update && formatRecord(update, new Map([[asha.id, 'Asha Verity']]))
    expect(line).toBe('Wed 1 Mar 2017  StatusUpdate, Asha Verity: The Supplier is 100% late')
  })

  test.each([
    ['100_', 0],
    ['1%te', 0],
    ['has "left"', 1],
  ])('takes “%s” as it is written', async (words, count) => {
    const found = await search(words)
    expect(found.filter(({ table }) => /^(StatusUpdate|RegisterEntry)$/.test(table))).toHaveLength(
      count,
    )
  })

  test('finds messages that told a person of several programmes', async () => {
    const place = { platform: 'slack', tenant: 'T', conversation: 'D1', kind: 'direct' } as const
    const card = noticeCard({ heading: 'Due', lines: ['Ask the supplier'], buttons: [] })
    const at = new Date('2017-03-09T09:00:00Z')
    const programmeIds = [...ids.values()]
    await enqueue(fresh.db, { key: 'k1', kind: reminderKind, place, card, programmeIds }, at)
    const [message] = await search('ask the supplier')
    expect(message).toMatchObject({ table: 'OutboxMessage', columns: ['data'] })
  })

  test('keeps to the days that were asked for', async () => {
    const later = await search('supplier', { from: '2017-03-02', to: '2017-03-08' })
    expect(later.map(({ table }) => table)).toEqual(['RegisterEntry'])
    expect(await search('supplier', { to: '2017-02-28' })).toEqual([])
  })
})

test('every table leads to its programme, but those of people, of the installation and of the machinery', async () => {
  const tables = await fresh.db.$queryRaw<{ name: string }[]>`
    SELECT table_name AS name FROM information_schema.tables
    WHERE table_schema = 'public' AND table_name <> '_prisma_migrations'`
  const scoped = await scopesByTable(fresh.db, programmeMessages)
  expect(
    tables
      .map(({ name }) => name)
      .filter((name) => !scoped.has(name))
      .toSorted(),
  ).toEqual(
    [
      ...['Person', 'Identity', 'WorkingPattern', 'Snooze', 'Programme'],
      ...['ProgrammeChange', 'WorkspaceOutage', 'IdempotencyKey', 'RecordRelease'],
      ...['Organisation', 'WorkspaceInstallation', 'AccountLinkCode'],
    ].toSorted(),
  )
})
