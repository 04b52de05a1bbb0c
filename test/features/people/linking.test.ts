import { beforeEach, describe, expect, test } from '@jest/globals'
import type { ChatIdentity, Place } from '../../../src/base/addresses.ts'
import { newId } from '../../../src/base/ids.ts'
import { purgeLinkCodes } from '../../../src/domain/people/link-codes.ts'
import {
  chatOn,
  direct,
  emptyDatabase,
  type StoredPerson,
  storePeople,
  storePerson,
  storeProgramme,
  wordsOf,
} from '../../support/programme.ts'
import { pressIn } from '../../support/sent-sheets.ts'

const fresh = emptyDatabase()
let priya: StoredPerson
let asha: StoredPerson
let clockMs: number

beforeEach(async () => {
  await fresh.db.outboxMessage.deleteMany()
  clockMs = Date.parse('2017-03-01T12:00:00Z')
  ;[priya, asha] = await storePeople(fresh.db, 'Priya Marlowe', 'Asha Verity')
  await storeProgramme(fresh.db, {
    key: 'W17',
    office: [priya],
    projects: [{ ref: '2.1', title: 'Standards', leads: [asha] }],
  })
})

const clock = { now: () => new Date(clockMs) }
const minutesPass = (minutes: number) => {
  clockMs += minutes * 60_000
}
const inTeams = (user = 'a1'): ChatIdentity => ({ platform: 'teams', tenant: 'M1', user })
const ourChat: Place = {
  ...{ platform: 'teams', tenant: 'M1', conversation: 'a:1', kind: 'direct', isPerson: false },
  serviceUrl: 'https://teams.example/',
}
const chat = () => chatOn(fresh.db, '2017-03-01', { clock })
const says = async (actor: ChatIdentity, text: string, place = ourChat) =>
  wordsOf(await chat().handle({ key: newId(), input: { by: 'text', text }, actor, place }))
const confirms = async (actor: ChatIdentity, code: string, place = ourChat) => {
  const input = { by: 'button', verb: 'link-account', args: { code, sure: 'yes' } } as const
  return wordsOf(await chat().handle({ key: newId(), input, actor, place }))
}
async function newCode(of = asha): Promise<string> {
  const words = await says(of.identity, 'link', direct)
  const [, code] = /Your code: (\S+)/.exec(words) ?? []
  if (!code) throw new Error(`no code: ${words}`)
  return code
}
const ownerOf = async (user = 'a1') =>
  (await fresh.db.identity.findFirst({ where: { user, platform: 'teams' } }))?.personId

describe('a code that is typed on the other platform', () => {
  test('joins the account once it is confirmed; the person and the office hear of it', async () => {
    const code = await newCode()
    expect(code).toMatch(/^[B-Z2-9]{4}-[B-Z2-9]{4}$/)
    const asked = await says(inTeams(), `link ${code.toLowerCase().replace('-', ' ')}`)
    expect(asked).toMatch(/Is that you\?\W+The code was given to Asha Verity in Slack\./)
    expect(await ownerOf()).toBeUndefined()
    expect(await confirms(inTeams(), code)).toContain('You are Asha Verity here from now on.')
    expect(await ownerOf()).toBe(asha.id)
    const told = await fresh.db.outboxMessage.findMany({ orderBy: { sequence: 'asc' } })
    expect(told).toMatchObject([
      { kind: 'account-joined', personId: asha.id, platform: 'slack' },
      { kind: 'office-account-joined', personId: priya.id },
    ])
    expect(told.map(({ data }) => JSON.stringify(data)).join()).not.toContain(code)
  })

  test('is taken back by the office, by the button of what it was told', async () => {
    await confirms(inTeams(), await newCode())
    const data = { programme: 'W17', person: asha.id, ...inTeams() }
    const { card } = await chat().press(priya, 'people-unlink', data)
    expect(JSON.stringify(card)).toContain('a1 in Teams is no account of Asha Verity any more.')
    expect(await ownerOf()).toBeUndefined()
  })

  test('joins two people who are both in programmes once their office made one of them, by what it was told to type', async () => {
    const vera = await storePerson(fresh.db, 'Vera Lind', 'U9')
    await fresh.db.identity.create({ data: { ...inTeams(), personId: vera.id } })
    const projects = [
      { ref: '7.7', title: 'Roads', leads: [vera] },
      { ref: '7.8', title: 'Paths', leads: [asha] },
    ]
    await storeProgramme(fresh.db, { key: 'OTH', office: [priya], projects })
    const refused = await confirms(inTeams(), await newCode())
    const [, line = ''] = /“(hand over [^”]+)”/.exec(refused) ?? []
    const handed = await chat().ask(priya, `${line} for OTH`)
    const out = await pressIn(chat(), priya, handed, 'Take out of the programme')
    expect(wordsOf(out)).toContain('Vera Lind is not in')
    expect(await confirms(inTeams(), await newCode())).toContain('You are Asha Verity here')
    expect(await ownerOf()).toBe(asha.id)
  })

  test('joins the account of somebody who is in no programme any more, and of nobody who is in one', async () => {
    const vera = await storePerson(fresh.db, 'Vera Lind', 'U9')
    await fresh.db.identity.create({ data: { ...inTeams(), personId: vera.id } })
    const other = { key: 'OTH', projects: [{ ref: '7.7', title: 'Roads', leads: [vera] }] }
    const otherId = await storeProgramme(fresh.db, other)
    const code = await newCode()
    expect(await confirms(inTeams(), code)).toContain('I know this account as Vera Lind, who is in')
    expect(await ownerOf()).toBe(vera.id)
    await fresh.db.projectLead.deleteMany({ where: { personId: vera.id } })
    await fresh.db.membership.deleteMany({ where: { programmeId: otherId } })
    expect(await confirms(inTeams(), code)).toContain('You are Asha Verity here')
  })
})

describe('a code that joins nothing', () => {
  test.each<[string, (code: string) => Promise<string>, string]>([
    ['a wrong one', () => says(inTeams(), 'link BBBB-BBBB'), 'That code is not good'],
    [
      'an old one',
      (code) => {
        minutesPass(11)
        return confirms(inTeams(), code)
      },
      'That code is not good',
    ],
    [
      'one that was replaced',
      async (code) => {
        await newCode()
        return confirms(inTeams(), code)
      },
      'That code is not good',
    ],
    [
      'one that was used',
      async (code) => {
        await confirms(inTeams('a2'), code)
        return confirms(inTeams(), code)
      },
      'That code is not good',
    ],
    [
      'one that stood where others read it',
      async (code) => {
        await says(inTeams('a2'), `link ${code}`, { ...ourChat, kind: 'channel' })
        return confirms(inTeams(), code)
      },
      'That code is not good',
    ],
    [
      'one of the same workspace',
      (code) => confirms({ platform: 'slack', tenant: 'T1', user: 'U9' }, code, direct),
      'given in this very workspace',
    ],
    ['one’s own', (code) => confirms(asha.identity, code, direct), 'as Asha Verity already'],
  ])('%s', async (_, attempt, expected) => {
    expect(await attempt(await newCode())).toContain(expected)
    expect(await ownerOf()).toBeUndefined()
  })

  test('a sixth guess within an hour, even if it is right; then it is', async () => {
    for (let guess = 0; guess < 5; guess += 1) await says(inTeams(), `link BBBB-BBB${guess + 2}`)
    expect(await confirms(inTeams(), await newCode())).toContain('Too many wrong codes')
    expect(await ownerOf()).toBeUndefined()
    minutesPass(61)
    await purgeLinkCodes(fresh.db, clock.now())
    expect(await fresh.db.accountLinkCode.count()).toBe(0)
    expect(await confirms(inTeams(), await newCode())).toContain('You are Asha Verity here')
  })

  test('no code is kept as it is typed, and none is given where nobody is known', async () => {
    const code = await newCode()
    expect(JSON.stringify(await fresh.db.accountLinkCode.findMany())).not.toContain(code)
    expect(await says(inTeams(), 'link')).toContain('Where do I know you?')
  })
})
