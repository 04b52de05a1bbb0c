import { beforeAll, describe, expect, test } from '@jest/globals'
import type { Actor } from '../../../src/base/actor.ts'
import { findProgramme, findProgrammeTo } from '../../../src/domain/plan/lookup.ts'
import { useDatabase } from '../../support/database.ts'
import { type StoredPerson, storePerson, storeProgramme } from '../../support/programme.ts'

const fresh = useDatabase()
let asha: Actor
let priya: Actor
let nobody: Actor

beforeAll(async () => {
  const { db } = fresh
  const lead = await storePerson(db, 'Asha Verity', 'U1')
  const office = await storePerson(db, 'Priya Marlowe', 'U2')
  asha = actorOf(lead)
  priya = actorOf(office)
  nobody = actorOf(await storePerson(db, 'Sam Other', 'U3'))
  await storeProgramme(db, { key: 'BCS', office: [office], members: [lead], projects: [] })
  await storeProgramme(db, { key: 'W17', members: [office], projects: [] })
  await storeProgramme(db, { key: 'SECRET', projects: [] })
})

function actorOf({ id, name, identity }: StoredPerson): Actor {
  return { identity, personId: id, name, zone: 'Europe/London' }
}

const keyFor = async (actor: Actor, key?: string) => (await findProgramme(fresh.db, actor, key)).key

describe('the named programme', () => {
  test('is the only one of the person', async () => {
    expect(await keyFor(asha)).toBe('BCS')
  })

  test('is the one named, in any case', async () => {
    expect(await keyFor(priya, 'w17')).toBe('W17')
  })

  test('is required where there are several', async () => {
    await expect(keyFor(priya)).rejects.toThrow(
      'You are in several programmes: BCS, W17. Say which, with “for BCS” at the end.',
    )
  })

  test('is never one of other people, and its name is not revealed', async () => {
    for (const key of ['SECRET', 'NONE']) {
      await expect(keyFor(priya, key)).rejects.toThrow(
        `You have no programme “${key}”. Yours: BCS, W17.`,
      )
    }
    await expect(keyFor(nobody, 'SECRET')).rejects.toThrow('You are not in any programme here yet.')
  })
})

test('only the office of that programme may do what is for the office', async () => {
  const office = (actor: Actor, key: string) =>
    findProgrammeTo({ tx: fresh.db, actor }, 'run programme', key)
  await expect(office(priya, 'BCS')).resolves.toMatchObject({ key: 'BCS' })
  await expect(office(priya, 'W17')).rejects.toThrow(
    'Only the programme office of Programme W17 can do that. Nothing was changed.',
  )
  await expect(office(asha, 'BCS')).rejects.toThrow('Only the programme office')
})
