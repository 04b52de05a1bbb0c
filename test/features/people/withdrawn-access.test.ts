import { beforeEach, describe, expect, test } from '@jest/globals'
import {
  importPeople,
  type PeopleImportRequest,
} from '../../../src/features/people/import-people.ts'
import type { PeopleFileRow } from '../../../src/features/people/people-file.ts'
import { inTransaction } from '../../../src/infra/db.ts'
import {
  type Chat,
  chatOn,
  emptyDatabase,
  type StoredPerson,
  storePeople,
  storeProgramme,
  wordsOf,
} from '../../support/programme.ts'

const fresh = emptyDatabase()

let chat: Chat
let programme: PeopleImportRequest['programme']
let asha: StoredPerson
let tom: StoredPerson
beforeEach(async () => {
  ;[asha, tom] = await storePeople(fresh.db, 'Asha Verity', 'Tom Quill')
  const id = await storeProgramme(fresh.db, {
    key: 'BCS',
    members: [tom],
    projects: [{ ref: '2.1', title: 'Practice standards', leads: [asha] }],
  })
  programme = { id, key: 'BCS' }
  chat = chatOn(fresh.db, '2017-02-24')
})

const rowOf = (name: string, more: Partial<PeopleFileRow> = {}): PeopleFileRow => ({
  ...{ row: 2, name, post: '', zone: '', roles: [], leads: [], sponsors: [], accounts: [] },
  ...more,
})
const accountOf = ({ identity: { platform, tenant, user } }: StoredPerson) => ({
  accounts: [{ platform, tenant, user }],
})
const read = (...rows: PeopleFileRow[]) =>
  inTransaction(fresh.db, (tx) =>
    importPeople(
      tx,
      {
        ...{ programme, file: { rows, platforms: ['slack'] } },
        ...{ accept: true, unlisted: 'remove' },
      },
      new Date('2017-02-24T12:00:00Z'),
    ),
  )
/** The button of a card that Asha was sent before. */
const press = () =>
  chat.press(asha, 'update', { project: '2.1', state: 'green', reason: 'All is well' })
const updates = () => fresh.db.statusUpdate.count()

describe('what somebody could do before the people file was read', () => {
  test('they do with the button of an old card while the file lists them', async () => {
    await read(rowOf('Asha Verity', { leads: ['2.1'], ...accountOf(asha) }), rowOf('Tom Quill'))
    await press()
    expect(await updates()).toBe(1)
  })

  test('they do not once it leaves them out: the project is unknown to them', async () => {
    await read(rowOf('Tom Quill', accountOf(tom)))
    expect(wordsOf(await press())).not.toContain('Practice standards')
    expect(wordsOf(await chat.ask(asha, '2.1 green All is well'))).not.toContain('Practice')
    expect(await updates()).toBe(0)
  })

  test('they do not once it lists them as a viewer, though the plan names them', async () => {
    const asViewer = rowOf('Asha Verity', { roles: ['viewer'], ...accountOf(asha) })
    await read(asViewer, rowOf('Tom Quill', accountOf(tom)))
    await press()
    expect(await updates()).toBe(0)
    expect(wordsOf(await chat.ask(asha, '2.1'))).toContain('Practice standards')
  })

  test('their account does not once it is taken off: it is nobody’s', async () => {
    await read(rowOf('Asha Verity', { leads: ['2.1'] }), rowOf('Tom Quill', accountOf(tom)))
    await press()
    expect(await updates()).toBe(0)
    expect(wordsOf(await chat.ask(asha, 'whoami'))).toContain('I do not know this account yet')
  })

  test('their account does as somebody else once it moved: as what that person may', async () => {
    await read(rowOf('Asha Verity', { leads: ['2.1'] }), rowOf('Tom Quill', accountOf(asha)))
    await press()
    expect(await updates()).toBe(0)
  })
})
