import { beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals'
import { newId } from '../../src/base/ids.ts'
import { gate, Scene, teams } from '../outbox/scene.ts'
import { useDatabase } from '../support/database.ts'
import {
  chatOn,
  type StoredPerson,
  storePerson,
  storeProgramme,
  wordsOf,
} from '../support/programme.ts'

/**
 * PostgreSQL refuses what it has no room for with 53100, disk_full, and goes on answering: here a trigger does so in its
 * place, on the table that is written to, until somebody makes room.
 */

jest.setTimeout(60_000)

const fresh = useDatabase()

beforeAll(async () => {
  await fresh.db.$executeRaw`
    CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100';
    END $$`
})
beforeEach(
  () =>
    fresh.db.$executeRaw`TRUNCATE "OutboxMessage", "Programme", "Person", "IdempotencyKey" CASCADE`,
)

const fill = (table: string) =>
  fresh.db.$executeRawUnsafe(
    `CREATE TRIGGER full_disk BEFORE INSERT OR UPDATE ON "${table}" FOR EACH ROW EXECUTE FUNCTION no_room()`,
  )
const makeRoom = (table: string) =>
  fresh.db.$executeRawUnsafe(`DROP TRIGGER full_disk ON "${table}"`)

describe('a disk that is full', () => {
  let asha: StoredPerson
  const ask = () => ({ key: newId(), input: { by: 'text' as const, text: '2.1 green' } })

  test('is said to who updates, nothing claims to be stored, and the same request counts once later', async () => {
    asha = await storePerson(fresh.db, 'Asha Verity', 'U1')
    await storeProgramme(fresh.db, {
      key: 'W17',
      projects: [{ ref: '2.1', title: 'Practice', leads: [asha] }],
    })
    const faults: unknown[] = []
    const chat = chatOn(fresh.db, '2017-03-01', { onError: (error) => faults.push(error) })
    const request = ask()
    await fill('StatusUpdate')
    const refused = wordsOf(await chat.ask(asha, request))
    expect(refused).toMatch(/cannot say that this is saved/)
    expect(faults).toHaveLength(1)
    expect(await fresh.db.statusUpdate.count()).toBe(0)
    await makeRoom('StatusUpdate')
    for (let times = 0; times < 3; times += 1) await chat.ask(asha, request)
    expect(await fresh.db.statusUpdate.count()).toBe(1)
  })

  test('leaves nobody in doubt about a message that was posted: it is noted once there is room', async () => {
    const scene = new Scene(fresh.db)
    await scene.decide('on slack')
    await scene.decide('on teams', { place: teams('19:board') })
    // The disk is full only once both are posted: before that, a message may not be posted at all.
    const full = gate()
    let posted = 0
    for (const platform of [scene.slack, scene.teams]) {
      platform.after = async () => {
        posted += 1
        if (posted === 2) {
          await fill('OutboxMessage')
          full.open()
        }
        await full.opened
      }
    }
    const sending = scene.dispatcher().dispatchDue()
    await full.opened
    await expect(stillRunningAfter(400, sending)).resolves.toBe(true)
    await makeRoom('OutboxMessage')
    await sending
    await scene.dispatcher().dispatchDue()
    expect([await scene.state('on slack'), await scene.state('on teams')]).toEqual(['sent', 'sent'])
    expect([scene.slack.keys(), scene.teams.keys()]).toEqual([['on slack'], ['on teams']])
  })

  test('delays a message that was not posted yet: it is sent once there is room', async () => {
    const scene = new Scene(fresh.db)
    await scene.decide('on teams', { place: teams('19:board') })
    const full = gate()
    const revalidate = async () => {
      await fill('OutboxMessage')
      full.open()
      return 'unchanged' as const
    }
    const sending = scene.dispatcher(undefined, undefined, { revalidate }).dispatchDue()
    await full.opened
    await expect(stillRunningAfter(400, sending)).resolves.toBe(true)
    expect(scene.teams.keys()).toEqual([])
    await makeRoom('OutboxMessage')
    await sending
    expect(await scene.row('on teams')).toMatchObject({
      state: 'waiting',
      errorCode: 'database_unavailable',
      possiblySentAt: null,
    })
    scene.pass(2)
    await scene.dispatcher().dispatchDue()
    expect(await scene.state('on teams')).toBe('sent')
    expect(scene.teams.keys()).toEqual(['on teams'])
  })
})

/** Whether `work` has not ended after so many milliseconds. */
async function stillRunningAfter(ms: number, work: Promise<unknown>): Promise<boolean> {
  const running = new Promise<boolean>((resolve) => setTimeout(resolve, ms, true))
  return Promise.race([work.then(() => false), running])
}
