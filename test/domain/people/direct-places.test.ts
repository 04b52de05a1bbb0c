import { beforeEach, describe, expect, test } from '@jest/globals'
import type { Place } from '../../../src/base/addresses.ts'
import { loadContactability } from '../../../src/domain/people/contactability.ts'
import {
  checkDirectPlace,
  directPlaceOf,
  markReached,
  passOver,
  placesElsewhere,
} from '../../../src/domain/people/direct-places.ts'
import { markBack, markGone, resolveActor } from '../../../src/domain/people/identity-store.ts'
import { emptyTables, useDatabase } from '../../support/database.ts'
import { type StoredPerson, storePerson } from '../../support/programme.ts'

const fresh = useDatabase()

let asha: StoredPerson
beforeEach(async () => {
  await emptyTables(fresh.db)
  asha = await storePerson(fresh.db, 'Asha Verity', 'U1')
})

const now = new Date('2017-02-24T12:00:00Z')
const daysLater = (days: number) => new Date(now.getTime() + days * 86_400_000)

const slackPlace = (conversation: string): Place => ({
  ...{ platform: 'slack', tenant: 'T1', conversation, kind: 'direct', serviceUrl: undefined },
  isPerson: conversation.startsWith('U'),
})
const teamsChat: Place = {
  ...{ platform: 'teams', tenant: 'M1', conversation: 'a:1x', kind: 'direct', isPerson: false },
  serviceUrl: 'https://smba.trafficmanager.net/uk/',
}
const onTeams = { platform: 'teams', tenant: 'M1', user: 'a1' }
const addTeams = () => fresh.db.identity.create({ data: { ...onTeams, personId: asha.id } })
const place = () => directPlaceOf(fresh.db, asha.id)
const reach = async () => (await loadContactability(fresh.db, now))(asha.id)

describe('where a person is written to', () => {
  test('is the account itself until the platform has told the conversation with it', async () => {
    expect(await place()).toEqual(slackPlace('U1'))
  })

  test('is the conversation of the account that answered last', async () => {
    await addTeams()
    await resolveActor(fresh.db, onTeams, teamsChat, now)
    expect(await place()).toEqual(teamsChat)
    await resolveActor(fresh.db, asha.identity, slackPlace('D1'), daysLater(1))
    expect(await place()).toEqual(slackPlace('D1'))
    await resolveActor(fresh.db, onTeams, undefined, daysLater(1.1))
    expect(await place()).toEqual(teamsChat)
  })

  test('is never where they typed to others', async () => {
    await resolveActor(fresh.db, asha.identity, undefined, now)
    expect(await place()).toEqual(slackPlace('U1'))
  })

  test('is nowhere without an account', async () => {
    await fresh.db.identity.deleteMany()
    expect(await place()).toBeUndefined()
    expect(await reach()).toBe('no account')
  })
})

describe('a message to a person of whom the platform knows nobody there', () => {
  test('goes to the account itself where a conversation of it is gone, as one of two colleagues is', async () => {
    await resolveActor(fresh.db, asha.identity, slackPlace('D1'), now)
    expect(await passOver(fresh.db, asha.id, slackPlace('D1'), now)).toEqual(slackPlace('U1'))
    expect(await place()).toEqual(slackPlace('U1'))
    expect(await reach()).toBe('reached')
  })

  test('goes to the next account, and later messages begin there', async () => {
    await addTeams()
    await resolveActor(fresh.db, asha.identity, undefined, now)
    const next = await passOver(fresh.db, asha.id, slackPlace('U1'), now)
    expect(next).toMatchObject({ platform: 'teams', conversation: 'a1' })
    expect(await place()).toEqual(next)
    expect(await reach()).toBe('reached')
  })

  test('goes nowhere once all their accounts are gone, until a week later', async () => {
    await addTeams()
    await passOver(fresh.db, asha.id, slackPlace('U1'), now)
    expect(await passOver(fresh.db, asha.id, { ...teamsChat, conversation: 'a1' }, now)).toBe(
      undefined,
    )
    expect(await reach()).toBe('gone')
    expect((await loadContactability(fresh.db, daysLater(6.9)))(asha.id)).toBe('gone')
    expect((await loadContactability(fresh.db, daysLater(7)))(asha.id)).toBe('reached')
  })

  test('counts as found again where one reaches them after all', async () => {
    await passOver(fresh.db, asha.id, slackPlace('U1'), now)
    expect(await checkDirectPlace(fresh.db, asha.id, slackPlace('U1'))).toMatchObject({
      standing: 'gone',
    })
    await markReached(fresh.db, asha.id, slackPlace('U1'))
    expect(await checkDirectPlace(fresh.db, asha.id, slackPlace('U1'))).toMatchObject({
      standing: 'theirs',
    })
    expect(await reach()).toBe('reached')
  })
})

describe('a message that waited', () => {
  test('goes where it was addressed to while that is the person, by conversation or account', async () => {
    await resolveActor(fresh.db, asha.identity, slackPlace('D1'), now)
    for (const [id, isPerson] of [
      ['U1', true],
      ['D1', false],
    ] as const) {
      expect(await checkDirectPlace(fresh.db, asha.id, slackPlace(id))).toEqual({
        ...{ place: { ...slackPlace(id), isPerson }, standing: 'theirs' },
      })
    }
  })

  test('goes to the living account where its own was closed meanwhile, though its platform would take it', async () => {
    await resolveActor(fresh.db, asha.identity, slackPlace('D1'), now)
    await addTeams()
    await fresh.db.identity.updateMany({ where: { user: 'U1' }, data: { goneAt: now } })
    expect(await checkDirectPlace(fresh.db, asha.id, slackPlace('D1'))).toMatchObject({
      place: { platform: 'teams', conversation: 'a1' },
      standing: 'moved',
    })
    await fresh.db.identity.updateMany({ data: { goneAt: now } })
    expect(await checkDirectPlace(fresh.db, asha.id, slackPlace('D1'))).toMatchObject({
      standing: 'gone',
    })
  })

  test('goes to an account again that its platform has opened again', async () => {
    await addTeams()
    const account = { platform: 'slack', tenant: 'T1' }
    await resolveActor(fresh.db, asha.identity, slackPlace('D1'), now)
    await markGone(fresh.db, { ...account, users: ['U1'] }, now)
    expect(await place()).toMatchObject({ platform: 'teams' })
    await markBack(fresh.db, { ...account, user: 'U1' })
    expect(await place()).toMatchObject({ platform: 'slack' })
  })

  test('finds the account outside workspaces that refuse Milepost, if it lives', async () => {
    await addTeams()
    const outside = (platform: string, tenant: string) =>
      placesElsewhere(fresh.db, [asha.id], [{ platform, tenant }], now)
    expect((await outside('slack', 'T1')).get(asha.id)).toMatchObject({ conversation: 'a1' })
    expect((await outside('teams', 'M1')).get(asha.id)).toMatchObject({ conversation: 'U1' })
    await fresh.db.identity.updateMany({ where: { user: 'a1' }, data: { goneAt: now } })
    expect(await outside('slack', 'T1')).toEqual(new Map())
  })

  test('goes to their present account where that one was taken from them', async () => {
    await addTeams()
    await fresh.db.identity.deleteMany({ where: { user: 'U1' } })
    expect(await checkDirectPlace(fresh.db, asha.id, slackPlace('U1'))).toMatchObject({
      place: { platform: 'teams', conversation: 'a1' },
      standing: 'moved',
    })
    await fresh.db.identity.deleteMany()
    expect(await checkDirectPlace(fresh.db, asha.id, slackPlace('U1'))).toBeUndefined()
  })
})
