import { beforeEach, describe, expect, test } from '@jest/globals'
import type { Reply } from '../../../src/chat/reply.ts'
import {
  chatOn,
  emptyDatabase,
  type StoredPerson,
  storePeople,
  storeProgramme,
  wordsOf,
} from '../../support/programme.ts'
import { buttonsOf, pressIn, sendSheets } from '../../support/sent-sheets.ts'

/** A people file that is sent in chat. */

const fresh = emptyDatabase()
const chat = () => chatOn(fresh.db, '2026-02-27')
let priya: StoredPerson
let asha: StoredPerson

beforeEach(async () => {
  ;[priya, asha] = await storePeople(fresh.db, 'Priya Marlowe', 'Asha Verity')
  const projects = [{ ref: '2.1', title: 'Standards', leads: [asha] }]
  await storeProgramme(fresh.db, { key: 'W17', office: [priya], projects })
})

const send = (...rows: string[]) =>
  sendSheets(chat(), priya, [
    { name: 'people.csv', bytes: ['Name,Post,Role,Leads,Slack,Email', ...rows].join('\n') },
  ])
const press = (reply: Reply, title: string) => pressIn(chat(), priya, reply, title)
const office = 'Priya Marlowe,,programme office,,T1/U1,'
const ashas = 'Asha Verity,,lead,2.1,T1/U2,'
const mei = 'Mei Harrow,Head of Practice,viewer,,T1/U9,mei@example.org'
const rolesOf = async (name: string) =>
  (await fresh.db.membership.findMany({ where: { person: { name } } })).map(({ role }) => role)

describe('a people file', () => {
  test('shows who is added and what rights change, and saves it by one press', async () => {
    const preview = await send(office, ashas, mei)
    const words = wordsOf(preview)
    expect(words).toContain('A people file: 3 people with 3 accounts')
    expect(words).toContain('Mei Harrow (new here): now viewer')
    expect(words).toContain('slack T1/U9 is linked to Mei Harrow')
    expect(words).toContain('Not read: Email')
    expect(await rolesOf('Mei Harrow')).toEqual([])
    expect(wordsOf(await press(preview, 'Import'))).toMatch(/^Saved/)
    expect(await rolesOf('Mei Harrow')).toEqual(['viewer'])
  })

  test('keeps those whom it does not list, unless the person chooses otherwise', async () => {
    const preview = await send(office, mei)
    expect(wordsOf(preview)).toContain('kept unless you choose otherwise (1)\n\nAsha Verity: lead')
    const chosen = await press(preview, 'Remove whom it does not list')
    expect(wordsOf(chosen)).toContain('Asha Verity (not here any more)')
    expect(buttonsOf(chosen).map(({ title }) => title)).toContain('Keep whom it does not list')
    await press(chosen, 'Import')
    expect(await rolesOf('Asha Verity')).toEqual([])
  })

  test('that keeps them leaves their rights as they are', async () => {
    await press(await send(office, mei), 'Import')
    expect(await rolesOf('Asha Verity')).toEqual(['lead'])
  })

  test('with rows to mend says which, and cannot be imported', async () => {
    const preview = await send(office, 'Asha Verity,,boss,2.1,T1/U2,', ',,lead,2.1,,')
    expect(wordsOf(preview)).toMatch(/row 3: “boss” is not a role/)
    expect(wordsOf(preview)).toMatch(/row 4: a name is missing/)
    expect(buttonsOf(preview).map(({ title }) => title)).toEqual(['Cancel'])
  })

  test('stands in the history as a sheet, and is not taken back in pieces', async () => {
    await press(await send(office, ashas, mei), 'Import')
    const told = wordsOf(await chat().ask(priya, 'history people'))
    expect(told).toContain('Priya Marlowe, by sheet in Slack: Mei Harrow: viewer')
    expect(wordsOf(await chat().ask(priya, 'undo'))).toContain('nothing within the last day')
    expect(await rolesOf('Mei Harrow')).toEqual(['viewer'])
  })

  test('a second time changes nothing', async () => {
    await press(await send(office, ashas, mei), 'Import')
    expect(wordsOf(await send(office, ashas, mei))).toContain('there is nothing to import')
  })

  test('is shown again where somebody was taken out since', async () => {
    const preview = await send(office, ashas, mei)
    await press(await send(office, ashas, mei.replace('viewer', 'sponsor')), 'Import')
    const again = await press(preview, 'Import')
    expect(wordsOf(again)).toContain('The list of people changed since you looked')
    expect(await rolesOf('Mei Harrow')).toEqual(['sponsor'])
  })
})
