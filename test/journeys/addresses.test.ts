import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { noticeCard } from '../../src/chat/notice.ts'
import { directPlaceOf } from '../../src/domain/people/direct-places.ts'
import { inTransaction } from '../../src/infra/db.ts'
import { defineMessageKind } from '../../src/outbox/message-kinds.ts'
import { enqueue } from '../../src/outbox/outbox.ts'
import {
  eventually,
  type Installation,
  slackUser,
  startInstallation,
  teamsUser,
} from './installation.ts'

const kind = defineMessageKind({ kind: 'test', title: 'Test', authority: 'read plan' })
/** Has an account in Slack and one in Teams. */
const name = 'Asha Verity'

let installation: Installation
let personId: string
beforeAll(async () => {
  installation = await startInstallation()
  personId = (await installation.db.person.findFirstOrThrow({ where: { name } })).id
}, 60_000)
afterAll(async () => {
  await installation?.close()
})

/** Sends her a message a minute later, where she is written to then, and gives what became of it. */
async function write(heading: string) {
  const { db, milepost, playground } = installation
  playground.clock.moveTo(new Date(playground.clock.now().getTime() + 60_000))
  await inTransaction(db, async (tx) => {
    const place = await directPlaceOf(tx, personId)
    if (!place) throw new Error('she has no account')
    const card = noticeCard({ heading, lines: [], buttons: [] })
    await enqueue(tx, { key: heading, kind, place, card, personId }, playground.clock.now())
  })
  await milepost.drain()
  return db.outboxMessage.findUniqueOrThrow({ where: { key: heading } })
}

describe('somebody with an account in Slack and one in Teams', () => {
  const [inSlack, inTeams] = [
    () => slackUser(installation, name),
    () => teamsUser(installation, name),
  ]

  test('is written to where they asked last', async () => {
    await inTeams().send('due')
    await eventually(() => expect(inTeams().messages().length).toBeGreaterThan(1))
    expect(await write('First')).toMatchObject({ state: 'sent', platform: 'teams' })
    await inSlack().send('due')
    expect(await write('Second')).toMatchObject({ state: 'sent', platform: 'slack' })
  })

  test('who is gone from there gets the same message at the other, and the next ones too', async () => {
    installation.playground.slack.failNext('chat.postMessage', { error: 'user_not_found' })
    expect(await write('Third')).toMatchObject({ state: 'sent', platform: 'teams' })
    expect(inTeams().visibleText()).toContain('Third')
    expect(await write('Fourth')).toMatchObject({ state: 'sent', platform: 'teams' })
  })

  test('who writes from there again is written to there again', async () => {
    await inSlack().send('due')
    expect(await write('Fifth')).toMatchObject({ state: 'sent', platform: 'slack' })
  })

  test('whose conversation was taken from where they typed to a colleague is written to by their account', async () => {
    await installation.db.identity.updateMany({
      where: { personId, platform: 'slack' },
      data: { conversationId: 'D0COLLEAGUE' },
    })
    expect(await write('Sixth')).toMatchObject({ state: 'sent', platform: 'slack' })
    expect(inSlack().visibleText()).toContain('Sixth')
  })
})
