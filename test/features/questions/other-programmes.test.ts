import { beforeEach, describe, expect, test } from '@jest/globals'
import type { Address, Place } from '../../../src/base/addresses.ts'
import { noticeCard } from '../../../src/chat/notice.ts'
import { digestKind } from '../../../src/features/digests/message-kinds.ts'
import { enqueue } from '../../../src/outbox/outbox.ts'
import {
  type Chat,
  chatOn,
  emptyDatabase,
  projectIdOf,
  type StoredPerson,
  storeProgramme,
  wordsOf,
} from '../../support/programme.ts'
import { leaves, storeTwoProgrammes, type TwoProgrammes } from '../../support/two-programmes.ts'

const fresh = emptyDatabase()
const today = '2017-03-01'
const now = new Date(`${today}T09:00:00Z`)

let at: TwoProgrammes
let chat: Chat
beforeEach(async () => {
  at = await storeTwoProgrammes(fresh.db)
  chat = chatOn(fresh.db, today)
})

/** A digest of a programme in a channel of its own, and where somebody presses its buttons. */
async function digestOf(programmeId: string): Promise<{ place: Place; message: Address }> {
  const conversation = `C-${programmeId}`
  const place: Place = { platform: 'slack', tenant: 'T1', kind: 'channel', conversation }
  const key = `digest-${programmeId}`
  const card = noticeCard({ heading: 'Weekly digest', lines: [], buttons: [] })
  await enqueue(fresh.db, { key, kind: digestKind, place, card, programmeIds: [programmeId] }, now)
  const sent = { state: 'sent', sentAt: now, sentTo: place.conversation, messageId: '1.0' } as const
  await fresh.db.outboxMessage.updateMany({ where: { key }, data: sent })
  return { place, message: { place, messageId: '1.0' } }
}

const submit = (
  who: StoredPerson,
  verb: string,
  args: Record<string, unknown>,
  from: { place: Place; message: Address },
) => chat.ask(who, { input: { by: 'form', verb, args }, ...from })

const answers = () =>
  fresh.db.outboxMessage.findMany({ where: { kind: { in: ['answer', 'decided'] } } })

describe('the digest of another programme', () => {
  test('gets no answer to a question that was asked from it', async () => {
    const asked = { project: await projectIdOf(fresh.db, '2.1'), text: 'When is it live?' }
    const reply = await submit(at.zoe, 'ask', asked, await digestOf(at.oth))
    expect(wordsOf(reply)).toContain('The answer will come to you.')
    expect(wordsOf(await chat.ask(at.asha, 'reply 1 In May'))).toContain('Who asked is told.')
    expect(await answers()).toMatchObject([{ placeKind: 'direct', personId: at.zoe.id }])
  })

  test('gets no answer to a question that was stored as asked from it', async () => {
    const { place, message } = await digestOf(at.oth)
    await chat.ask(at.zoe, 'ask 2.1 When is it live?')
    await fresh.db.question.updateMany({
      data: { placeKind: 'channel', conversation: place.conversation, message: message.messageId },
    })
    await chat.ask(at.asha, 'reply 1 In May')
    expect(await answers()).toMatchObject([{ placeKind: 'direct', personId: at.zoe.id }])
  })

  test('gets no decision in its thread', async () => {
    await chat.ask(at.priya, 'decision for 2.1 which site needed from the Cabinet')
    const decided = { number: 'BCS/1', outcome: 'The second one' }
    await submit(at.priya, 'decide', decided, await digestOf(at.oth))
    expect(await answers()).toEqual([])
  })

  test('is where the answer stands for its own questions', async () => {
    const asked = { project: await projectIdOf(fresh.db, '2.1'), text: 'When is it live?' }
    const from = await digestOf(at.bcs)
    await submit(at.tom, 'ask', asked, from)
    await chat.ask(at.asha, 'reply 1 In May')
    expect((await answers()).map(({ conversation }) => conversation)).toContain(
      from.place.conversation,
    )
  })
})

describe('somebody who left a programme', () => {
  test('follows its projects no more, and is not told their names', async () => {
    await chat.ask(at.zoe, 'follow 2.1')
    expect(wordsOf(await chat.ask(at.zoe, 'follows'))).toContain('2.1 Practice standards')
    await leaves(fresh.db, at.zoe, at.bcs)
    expect(wordsOf(await chat.ask(at.zoe, 'follows'))).toContain('You follow no project.')
  })

  test('has nothing muted or put off there', async () => {
    await chat.ask(at.zoe, 'mute 2.1 until 30 Mar')
    await chat.ask(at.zoe, 'snooze 2.1 1 tomorrow')
    expect(wordsOf(await chat.ask(at.zoe, 'mutes for BCS'))).toContain('2.1 milestone 1')
    await leaves(fresh.db, at.zoe, at.bcs)
    await storeProgramme(fresh.db, { key: 'NEW', members: [at.zoe], projects: [] })
    expect(wordsOf(await chat.ask(at.zoe, 'mutes for NEW'))).toContain(
      'You have muted and snoozed nothing.',
    )
  })
})

test('a deputy is shown the questions of the programmes that they share with the lead alone', async () => {
  await storeProgramme(fresh.db, {
    key: 'SEC',
    office: [at.yan],
    projects: [{ ref: '9.9', title: 'Secret', leads: [at.asha] }],
  })
  await chat.ask(at.yan, 'ask 9.9 What is it?')
  await chat.ask(at.zoe, 'ask 2.1 When is it live?')
  await chat.ask(at.asha, 'away 1 Mar to 3 Mar deputy Tom Quill')
  const told = wordsOf(await chat.ask(at.tom, ''))
  expect(told).toContain('When is it live?')
  expect(told).not.toContain('What is it?')
})
