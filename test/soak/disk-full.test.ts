import { beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals'
import { newId } from '../../src/base/ids.ts'
import { gate, OutboxFixture, teams } from '../outbox/outbox-fixture.ts'
import { useDatabase } from '../support/database.ts'
import {
  chatOn,
  type StoredPerson,
  storePerson,
  storeProgramme,
  wordsOf,
} from '../support/programme.ts'

/**
 * On a full disk, PostgreSQL goes on answering but fails writes with error 53100, disk_full. Here a trigger on one table
 * raises that error until it is dropped.
 */

jest.setTimeout(60_000)

const database = useDatabase()

beforeAll(async () => {
  await database.db.$executeRaw`
    CREATE FUNCTION raise_disk_full() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100';
    END $$`
})
beforeEach(
  () =>
    database.db
      .$executeRaw`TRUNCATE "OutboxMessage", "Programme", "Person", "IdempotencyKey" CASCADE`,
)

const fill = (table: string) =>
  database.db.$executeRawUnsafe(
    `CREATE TRIGGER full_disk BEFORE INSERT OR UPDATE ON "${table}" FOR EACH ROW EXECUTE FUNCTION raise_disk_full()`,
  )
const makeRoom = (table: string) =>
  database.db.$executeRawUnsafe(`DROP TRIGGER full_disk ON "${table}"`)

describe('while the disk is full', () => {
  let asha: StoredPerson
  const updateRequest = () => ({ key: newId(), input: { by: 'text' as const, text: '2.1 green' } })

  test('an update is answered as not saved, and the same request counts once later', async () => {
    asha = await storePerson(database.db, 'Asha Verity', 'U1')
    await storeProgramme(database.db, {
      key: 'W17',
      projects: [{ ref: '2.1', title: 'Practice', leads: [asha] }],
    })
    const faults: unknown[] = []
    const chat = chatOn(database.db, '2017-03-01', { onError: (error) => faults.push(error) })
    const request = updateRequest()
    await fill('StatusUpdate')
    const answer = wordsOf(await chat.ask(asha, request))
    expect(answer).toMatch(/cannot say that this is saved/)
    expect(faults).toHaveLength(1)
    expect(await database.db.statusUpdate.count()).toBe(0)
    await makeRoom('StatusUpdate')
    for (let times = 0; times < 3; times += 1) await chat.ask(asha, request)
    expect(await database.db.statusUpdate.count()).toBe(1)
  })

  test('a message that was posted does not become uncertain: it is recorded as sent once there is room', async () => {
    const fixture = new OutboxFixture(database.db)
    await fixture.enqueue('on slack')
    await fixture.enqueue('on teams', { place: teams('19:board') })
    // The disk fills up once both are posted, not before: otherwise one of them may not be sent at all.
    const full = gate()
    let posted = 0
    for (const platform of [fixture.slack, fixture.teams]) {
      platform.afterSend = async () => {
        posted += 1
        if (posted === 2) {
          await fill('OutboxMessage')
          full.open()
        }
        await full.opened
      }
    }
    const sending = fixture.dispatcher().dispatchDue()
    await full.opened
    await expect(stillRunningAfter(400, sending)).resolves.toBe(true)
    await makeRoom('OutboxMessage')
    await sending
    await fixture.dispatcher().dispatchDue()
    expect([await fixture.state('on slack'), await fixture.state('on teams')]).toEqual([
      'sent',
      'sent',
    ])
    expect([fixture.slack.keys(), fixture.teams.keys()]).toEqual([['on slack'], ['on teams']])
  })

  test('a message that was not posted yet waits, and is sent once there is room', async () => {
    const fixture = new OutboxFixture(database.db)
    await fixture.enqueue('on teams', { place: teams('19:board') })
    const full = gate()
    const revalidate = async () => {
      await fill('OutboxMessage')
      full.open()
      return 'unchanged' as const
    }
    const sending = fixture.dispatcher(undefined, undefined, { revalidate }).dispatchDue()
    await full.opened
    await expect(stillRunningAfter(400, sending)).resolves.toBe(true)
    expect(fixture.teams.keys()).toEqual([])
    await makeRoom('OutboxMessage')
    await sending
    expect(await fixture.row('on teams')).toMatchObject({
      state: 'waiting',
      errorCode: 'database_unavailable',
      possiblySentAt: null,
    })
    fixture.advance(2)
    await fixture.dispatcher().dispatchDue()
    expect(await fixture.state('on teams')).toBe('sent')
    expect(fixture.teams.keys()).toEqual(['on teams'])
  })
})

/** Whether `work` is still running after `ms` milliseconds. */
async function stillRunningAfter(ms: number, work: Promise<unknown>): Promise<boolean> {
  const running = new Promise<boolean>((resolve) => setTimeout(resolve, ms, true))
  return Promise.race([work.then(() => false), running])
}
