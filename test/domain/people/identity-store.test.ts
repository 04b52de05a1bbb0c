import { beforeEach, describe, expect, test } from '@jest/globals'
import type { ChatIdentity, Place } from '../../../src/base/addresses.ts'
import {
  directPlaceOf,
  identitiesWithoutZone,
  resolveActor,
  setZone,
} from '../../../src/domain/people/identity-store.ts'
import { useDatabase } from '../../support/database.ts'
import { direct, type StoredPerson, storePerson } from '../../support/programme.ts'

const fresh = useDatabase()

let asha: StoredPerson
beforeEach(async () => {
  await fresh.db.$executeRaw`TRUNCATE "Person" CASCADE`
  asha = await storePerson(fresh.db, 'Asha Verity', 'U1')
})

const onTeams: ChatIdentity = { platform: 'teams', tenant: 'M1', user: 'a1' }
const teamsChat: Place = {
  platform: 'teams',
  tenant: 'M1',
  conversation: 'a:1x',
  kind: 'direct',
  serviceUrl: 'https://smba.trafficmanager.net/uk/',
}
const addTeams = () =>
  fresh.db.identity.create({
    data: { platform: 'teams', tenant: 'M1', user: 'a1', personId: asha.id },
  })

describe('who asks', () => {
  test('is the person of the account, in their zone', async () => {
    await setZone(fresh.db, asha.identity, 'Europe/Lisbon')
    expect(await resolveActor(fresh.db, asha.identity, direct)).toEqual({
      identity: asha.identity,
      personId: asha.id,
      name: 'Asha Verity',
      zone: 'Europe/Lisbon',
    })
  })

  test('is nobody yet where the account is not linked, by platform, tenant and user', async () => {
    for (const wrong of [{ platform: 'teams' }, { tenant: 'T2' }, { user: 'U2' }] as const) {
      const identity: ChatIdentity = { ...asha.identity, ...wrong }
      const actor = await resolveActor(fresh.db, identity, direct)
      expect(actor).toMatchObject({ personId: null, name: identity.user, zone: 'Europe/London' })
    }
    const shown = { ...asha.identity, user: 'U2', displayName: 'Ash' }
    expect((await resolveActor(fresh.db, shown, direct)).name).toBe('Ash')
  })
})

describe('where a person is reached in private', () => {
  test('is the account itself until they have written', async () => {
    expect(await directPlaceOf(fresh.db, asha.id)).toEqual({
      platform: 'slack',
      tenant: 'T1',
      conversation: 'U1',
      kind: 'direct',
      serviceUrl: undefined,
    })
  })

  test('is the conversation they wrote in last, with the address it came from', async () => {
    await addTeams()
    await resolveActor(fresh.db, onTeams, teamsChat)
    expect(await directPlaceOf(fresh.db, asha.id)).toEqual(teamsChat)
    const moved = { ...teamsChat, serviceUrl: 'https://smba.trafficmanager.net/emea/' }
    await resolveActor(fresh.db, onTeams, moved)
    expect(await directPlaceOf(fresh.db, asha.id)).toEqual(moved)
  })

  test('is never a channel they wrote in', async () => {
    await resolveActor(fresh.db, asha.identity, {
      ...direct,
      kind: 'channel',
      conversation: 'C1',
    })
    expect((await directPlaceOf(fresh.db, asha.id))?.conversation).toBe('U1')
  })

  test('is nowhere without an account', async () => {
    await fresh.db.identity.deleteMany()
    expect(await directPlaceOf(fresh.db, asha.id)).toBeUndefined()
  })
})

describe('a zone', () => {
  test('is looked for where none is known', async () => {
    expect(await identitiesWithoutZone(fresh.db, 'slack')).toEqual([asha.identity])
    expect(await identitiesWithoutZone(fresh.db, 'teams')).toEqual([])
    await setZone(fresh.db, asha.identity, 'Europe/Lisbon')
    expect(await identitiesWithoutZone(fresh.db, 'slack')).toEqual([])
  })

  test('that the people file gave stays', async () => {
    await fresh.db.person.update({ where: { id: asha.id }, data: { zone: 'Europe/London' } })
    await setZone(fresh.db, asha.identity, 'Europe/Lisbon')
    expect((await resolveActor(fresh.db, asha.identity, direct)).zone).toBe('Europe/London')
  })
})
