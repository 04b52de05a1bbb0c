import { beforeEach, describe, expect, test } from '@jest/globals'
import type { ChatIdentity, Place } from '../../../src/base/addresses.ts'
import { newId } from '../../../src/base/ids.ts'
import {
  identitiesWithoutZone,
  resolveActor,
  setZone,
} from '../../../src/domain/people/identity-store.ts'
import { emptyTables, useDatabase } from '../../support/database.ts'
import { direct, type StoredPerson, storePerson } from '../../support/programme.ts'

const fresh = useDatabase()

const now = new Date('2017-02-24T12:00:00Z')
const hoursLater = (hours: number) => new Date(now.getTime() + hours * 3_600_000)

let asha: StoredPerson
beforeEach(async () => {
  await emptyTables(fresh.db)
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

describe('who asks', () => {
  test('is the person of the account, in their zone', async () => {
    await setZone(fresh.db, asha.identity, 'Europe/Lisbon')
    expect(await resolveActor(fresh.db, asha.identity, direct, now)).toEqual({
      identity: asha.identity,
      personId: asha.id,
      name: 'Asha Verity',
      zone: 'Europe/Lisbon',
    })
  })

  test('is nobody yet where the account is not linked, by platform, tenant and user', async () => {
    for (const wrong of [{ platform: 'teams' }, { tenant: 'T2' }, { user: 'U2' }] as const) {
      const identity: ChatIdentity = { ...asha.identity, ...wrong }
      const actor = await resolveActor(fresh.db, identity, direct, now)
      expect(actor).toMatchObject({ personId: null, name: identity.user, zone: 'Europe/London' })
    }
    const shown = { ...asha.identity, user: 'U2', displayName: 'Ash' }
    expect((await resolveActor(fresh.db, shown, direct, now)).name).toBe('Ash')
  })
})

describe('in several workspaces of one Slack organisation', () => {
  const inT1: ChatIdentity = { platform: 'slack', tenant: 'T1', user: 'U1', enterprise: 'E1' }
  const personOf = async (identity: ChatIdentity) =>
    (await resolveActor(fresh.db, identity, undefined, now)).personId

  test('a person is known in each, once they were seen in one', async () => {
    expect(await personOf({ ...inT1, tenant: 'T2' })).toBeNull()
    expect(await personOf(inT1)).toBe(asha.id)
    expect(await personOf({ ...inT1, tenant: 'T2' })).toBe(asha.id)
    expect(await fresh.db.identity.findMany({ orderBy: { tenant: 'asc' } })).toMatchObject([
      { tenant: 'T1', enterprise: 'E1', personId: asha.id },
      { tenant: 'T2', enterprise: 'E1', personId: asha.id },
    ])
  })

  test('nobody is known by another id, in another organisation, or without one', async () => {
    await personOf(inT1)
    const { enterprise: _, ...alone } = inT1
    for (const other of [
      { ...inT1, tenant: 'T2', user: 'U2' },
      { ...inT1, tenant: 'T2', enterprise: 'E2' },
      { ...alone, tenant: 'T2' },
      { ...inT1, platform: 'teams', tenant: 'T2' },
    ])
      expect(await personOf(other)).toBeNull()
  })

  test('nor in a workspace that belongs to another of our organisations', async () => {
    await personOf(inT1)
    const organisation = await fresh.db.organisation.create({
      data: { id: newId(), name: 'Other', createdAt: now },
    })
    await fresh.db.workspaceInstallation.create({
      data: {
        ...{ platform: 'slack', tenant: 'T3', organisationId: organisation.id, installedAt: now },
      },
    })
    expect(await personOf({ ...inT1, tenant: 'T3' })).toBeNull()
  })
})

describe('the use of an account', () => {
  const recorded = async (user = 'U1') =>
    fresh.db.identity.findFirstOrThrow({
      where: { user },
      select: { conversationId: true, lastActiveAt: true, goneAt: true },
    })

  test('is recorded with the first request, and again on the next day', async () => {
    await resolveActor(fresh.db, asha.identity, undefined, now)
    expect(await recorded()).toEqual({ conversationId: null, lastActiveAt: now, goneAt: null })
    await resolveActor(fresh.db, asha.identity, undefined, hoursLater(23))
    expect((await recorded()).lastActiveAt).toEqual(now)
    await resolveActor(fresh.db, asha.identity, undefined, hoursLater(24))
    expect((await recorded()).lastActiveAt).toEqual(hoursLater(24))
  })

  test('is recorded at once where another account of the person was used since', async () => {
    await fresh.db.identity.create({
      data: { platform: 'teams', tenant: 'M1', user: 'a1', personId: asha.id },
    })
    await resolveActor(fresh.db, asha.identity, undefined, now)
    await resolveActor(fresh.db, onTeams, teamsChat, hoursLater(1))
    await resolveActor(fresh.db, asha.identity, undefined, hoursLater(2))
    expect((await recorded()).lastActiveAt).toEqual(hoursLater(2))
  })

  test('shows that it is not gone', async () => {
    await fresh.db.identity.updateMany({ data: { lastActiveAt: now, goneAt: now } })
    await resolveActor(fresh.db, asha.identity, undefined, hoursLater(1))
    expect(await recorded()).toMatchObject({ lastActiveAt: hoursLater(1), goneAt: null })
  })

  test('tells the conversation with Milepost, and that it has moved', async () => {
    await resolveActor(fresh.db, asha.identity, direct, now)
    expect((await recorded()).conversationId).toBe('D1')
    await resolveActor(fresh.db, asha.identity, { ...direct, conversation: 'D2' }, now)
    expect((await recorded()).conversationId).toBe('D2')
  })

  test('by a request that did not come by such a conversation leaves the one that is known', async () => {
    await resolveActor(fresh.db, asha.identity, direct, now)
    await resolveActor(fresh.db, asha.identity, undefined, hoursLater(30))
    expect((await recorded()).conversationId).toBe('D1')
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
    expect((await resolveActor(fresh.db, asha.identity, direct, now)).zone).toBe('Europe/London')
  })
})
