import { beforeEach, describe, expect, test } from '@jest/globals'
import type { ChatIdentity, PlatformName } from '../../../src/base/addresses.ts'
import {
  type ChatPlatform,
  PlatformUnavailableError,
  type UserProfile,
} from '../../../src/chat/port.ts'
import { createZoneSync } from '../../../src/features/people/zone-sync.ts'
import { emptyTables, useDatabase } from '../../support/database.ts'
import { storePerson } from '../../support/programme.ts'

const fresh = useDatabase()

const asked: string[] = []
const warnings: object[] = []
const log = { info: () => {}, warn: (fields: object) => warnings.push(fields), error: () => {} }

beforeEach(async () => {
  await emptyTables(fresh.db)
  asked.length = 0
  warnings.length = 0
})

function jobWith(profile: (identity: ChatIdentity) => UserProfile): () => Promise<void> {
  const notAsked = () => Promise.reject(new Error('only profiles are asked for'))
  const slack: ChatPlatform = {
    name: 'slack',
    send: notAsked,
    update: notAsked,
    find: notAsked,
    channel: notAsked,
    members: notAsked,
    profile: async (identity) => {
      asked.push(`${identity.tenant}/${identity.user}`)
      return profile(identity)
    },
  }
  return createZoneSync({
    db: fresh.db,
    platforms: new Map<PlatformName, ChatPlatform>([['slack', slack]]),
    log,
  })
}

async function zones(): Promise<Record<string, string | null>> {
  const rows = await fresh.db.person.findMany()
  return Object.fromEntries(rows.map(({ name, zone }) => [name, zone]))
}

describe('learning zones from profiles', () => {
  test('asks each account once, also where it told none', async () => {
    await storePerson(fresh.db, 'Asha', 'U1')
    await storePerson(fresh.db, 'Tom', 'U2')
    await storePerson(fresh.db, 'Vera', 'U3')
    const told: Record<string, string> = { U1: 'Europe/Lisbon', U3: 'Middle Earth' }
    const learn = jobWith(({ user }) => ({ displayName: user, zone: told[user] }))
    await learn()
    await learn()
    expect(asked).toEqual(['T1/U1', 'T1/U2', 'T1/U3'])
    expect(await zones()).toEqual({ Asha: 'Europe/Lisbon', Tom: null, Vera: null })
  })

  test('is held up by nobody whose profile cannot be read', async () => {
    await storePerson(fresh.db, 'Asha', 'U1')
    await storePerson(fresh.db, 'Tom', 'U2')
    const learn = jobWith(({ user }) => {
      if (user === 'U1') throw new PlatformUnavailableError('timeout', 'no answer', 'no')
      return { displayName: user, zone: 'Europe/Lisbon' }
    })
    await learn()
    expect(await zones()).toEqual({ Asha: null, Tom: 'Europe/Lisbon' })
    expect(warnings).toHaveLength(1)
  })

  test('asks ten a minute at most, and the rest in the next', async () => {
    for (let at = 10; at < 22; at += 1) await storePerson(fresh.db, `P${at}`, `U${at}`)
    const learn = jobWith(({ user }) => ({ displayName: user }))
    await learn()
    expect(asked).toHaveLength(10)
    await learn()
    expect(asked).toHaveLength(12)
  })

  test('asks for the same user of another workspace as well', async () => {
    const { id } = await storePerson(fresh.db, 'Asha', 'U1')
    await fresh.db.identity.create({
      data: { platform: 'slack', tenant: 'T2', user: 'U1', personId: id },
    })
    await jobWith(({ user }) => ({ displayName: user }))()
    expect(asked).toEqual(['T1/U1', 'T2/U1'])
  })
})
