import { describe, expect, test } from '@jest/globals'
import { messageKinds } from '../../../src/app/message-kinds.ts'
import type { Place } from '../../../src/base/addresses.ts'
import { inviteAdmins, inviteWriter } from '../../../src/features/setup/invitation.ts'
import { placeOf } from '../../../src/outbox/row-mapping.ts'
import { clockAt } from '../../support/clock.ts'
import { emptyDatabase, storeProgramme } from '../../support/programme.ts'

const fresh = emptyDatabase()
const clock = clockAt(new Date('2026-03-02T09:00:00Z'))
const priya = { platform: 'slack', tenant: 'T1', user: 'U1' }
const owen = { platform: 'teams', tenant: 'A', user: 'b-1' }
const options = () => ({ db: fresh.db, clock, admins: [priya, owen] })
const invite = (...platforms: string[]) => inviteAdmins(options(), new Set(platforms))
const places = async () =>
  (await fresh.db.outboxMessage.findMany({ orderBy: { sequence: 'asc' } })).map(
    ({ platform, conversation }) => `${platform} ${conversation}`,
  )
const privateChat: Place = { ...owen, conversation: 'chat-1', kind: 'direct' }

describe('where no programme is set up', () => {
  test('each administrator is invited once, where the platform is connected', async () => {
    await invite('slack')
    await invite('slack')
    expect(await places()).toEqual(['slack U1'])
    await invite('slack', 'teams')
    expect(await places()).toEqual(['slack U1', 'teams b-1'])
  })

  test('never again, also after programmes have come and gone', async () => {
    await invite('slack', 'teams')
    const id = await storeProgramme(fresh.db, { key: 'W17', projects: [] })
    await fresh.db.workstream.deleteMany()
    await fresh.db.programme.delete({ where: { id } })
    await invite('slack', 'teams')
    expect(await places()).toHaveLength(2)
  })

  test('an administrator whom the first one did not reach is invited where they write, once', async () => {
    await invite('teams')
    await inviteWriter(options(), { actor: owen, directPlace: privateChat })
    expect(await places()).toEqual(['teams b-1'])
    await fresh.db.outboxMessage.updateMany({ data: { state: 'dead' } })
    for (let times = 0; times < 2; times += 1)
      await inviteWriter(options(), { actor: owen, directPlace: privateChat })
    expect(await places()).toEqual(['teams b-1', 'teams chat-1'])
  })

  test('so is one whose first invitation is still being tried; one that may have arrived is left alone', async () => {
    const writes = () => inviteWriter(options(), { actor: owen, directPlace: privateChat })
    await invite('teams')
    const firstTriedAt = clock.now()
    await fresh.db.outboxMessage.updateMany({
      data: { firstTriedAt, possiblySentAt: firstTriedAt },
    })
    await writes()
    expect(await places()).toEqual(['teams b-1'])
    await fresh.db.outboxMessage.updateMany({ data: { possiblySentAt: null } })
    await writes()
    await writes()
    expect(await places()).toEqual(['teams b-1', 'teams chat-1'])
    expect(await fresh.db.outboxMessage.count({ where: { state: 'waiting' } })).toBe(1)
  })

  test('it is kept which of the two is a person and which is a chat', async () => {
    await invite('teams')
    await fresh.db.outboxMessage.updateMany({ data: { state: 'dead' } })
    const chat = { ...privateChat, isPerson: false }
    await inviteWriter(options(), { actor: owen, directPlace: chat })
    const rows = await fresh.db.outboxMessage.findMany({ orderBy: { sequence: 'asc' } })
    expect(rows.map(placeOf)).toMatchObject([{ isPerson: true }, { isPerson: false }])
  })

  test('nobody else is invited, and nobody in a conversation of others', async () => {
    const other = { ...owen, user: 'b-2' }
    await inviteWriter(options(), { actor: other, directPlace: privateChat })
    await inviteWriter(options(), { actor: owen, directPlace: undefined })
    expect(await places()).toEqual([])
  })
})

test('where a programme is set up nobody is invited, and an invitation that waits is dropped', async () => {
  await invite('slack')
  const message = await fresh.db.outboxMessage.findFirstOrThrow()
  await storeProgramme(fresh.db, { key: 'W17', projects: [] })
  await invite('teams')
  await inviteWriter(options(), { actor: owen, directPlace: privateChat })
  expect(await places()).toEqual(['slack U1'])
  const pending = {
    ...{
      id: message.id,
      key: message.key,
      kind: message.kind,
      topics: [],
      enqueuedAt: clock.now(),
    },
    ...{ place: privateChat, card: { name: 'notice', data: {} } },
    ...{ programmeIds: [], programmeId: undefined, personId: undefined },
  }
  expect(await messageKinds.revalidate({ db: fresh.db, clock }, pending)).toEqual({
    dropReason: 'a programme was set up meanwhile',
  })
})
