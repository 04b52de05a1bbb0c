import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { Place } from '../../../src/base/addresses.ts'
import {
  MessageRejectedError,
  PlatformUnavailableError,
  RateLimitedError,
  RecipientGoneError,
  WorkspaceBrokenError,
} from '../../../src/chat/port.ts'
import type { Operation, PlannedFailure } from '../../../src/playground/teams/planned-failure.ts'
import { AMINA, BOARD, TENANT } from '../../playground/teams/sdk-bot.ts'
import { drawn } from '../contract.ts'
import { configFor, messagesOf, openTenant, wordsOf } from './teams-workplace.ts'

let at: Awaited<ReturnType<typeof openTenant>>

beforeEach(async () => {
  at = await openTenant(async () => ({ kind: 'answer', card: drawn('Understood') }))
})
afterEach(() => at.close())

const channel: Place = {
  platform: 'teams',
  tenant: TENANT.id,
  conversation: BOARD.id,
  kind: 'channel',
}
const amina: Place = { ...channel, conversation: AMINA.aadObjectId, kind: 'direct' }
const outgoing = (text: string) => ({ key: text, card: drawn(text) })
const send = (place: Place, text = 'Hello') => at.teams.send(place, outgoing(text))
const seen = () =>
  messagesOf(at.tenant, AMINA.id).map(({ conversation, message }) => [
    conversation,
    wordsOf(message),
  ])

describe('sending a message', () => {
  test.each([
    ['directory id', AMINA.aadObjectId],
    ['Teams id', AMINA.id],
  ])('a person is found by %s, and the address names the chat', async (_, conversation) => {
    const address = await send({ ...amina, conversation })
    const { conversationId } = at.tenant.snapshot(AMINA.id).chat
    expect(address.place).toEqual({
      ...amina,
      conversation: conversationId,
      isPerson: false,
      serviceUrl: at.tenant.serviceUrl,
    })
    await at.teams.send(address.place, outgoing('Again'))
    expect(seen()).toEqual([
      [conversationId, 'Hello'],
      [conversationId, 'Again'],
    ])
    expect(at.tenant.calls('createConversation')).toBe(1)
  })

  test('a message to a channel starts a thread, and its replies go into it', async () => {
    const root = await send(channel, 'Digest')
    const more = await at.teams.send(channel, { ...outgoing('More'), thread: root })
    const last = await at.teams.send(channel, { ...outgoing('Last'), thread: more })
    const thread = `${BOARD.id};messageid=${root.messageId}`
    expect(seen()).toEqual([
      [thread, 'Digest'],
      [thread, 'More'],
      [thread, 'Last'],
    ])
    await at.teams.update(last, outgoing('Really last'))
    expect(seen().at(-1)).toEqual([thread, 'Really last'])
  })

  test("a notification shows the card's one sentence", async () => {
    await send(amina, 'Two milestones are due.')
    const { message } = messagesOf(at.tenant, AMINA.id)[0] ?? {}
    expect(message?.card).toMatchObject({ fallbackText: 'Two milestones are due.' })
  })

  test('a message cannot be found', async () => {
    expect(await at.teams.find(channel, 'key', new Date(0))).toBe('cannot tell')
  })

  test('a person has a name, and no zone', async () => {
    const profile = await at.teams.profile({
      platform: 'teams',
      tenant: TENANT.id,
      user: AMINA.aadObjectId,
    })
    expect(profile).toMatchObject({ displayName: AMINA.name })
    expect(profile.zone).toBeUndefined()
  })

  test('a person whom a mention names by another id has that of their requests, too', async () => {
    const identity = { platform: 'teams', tenant: TENANT.id, user: AMINA.id }
    expect(await at.teams.profile(identity)).toMatchObject({
      ...{ displayName: AMINA.name, user: AMINA.aadObjectId },
    })
  })
})

describe('a call that fails is made once', () => {
  const failing: [string, Operation, PlannedFailure, Place, object][] = [
    ['500 to a thread', 'createConversation', 500, channel, { posted: 'perhaps' }],
    ['504 to a thread', 'createConversation', 504, channel, { posted: 'perhaps' }],
    ['a line dropped before', 'createConversation', 'drop_before', channel, { posted: 'perhaps' }],
    ['a line dropped after', 'createConversation', 'drop_after', channel, { posted: 'perhaps' }],
    ['500 to a chat', 'sendToConversation', 500, amina, { posted: 'perhaps' }],
    ['500 to opening a chat', 'createConversation', 500, amina, { posted: 'no' }],
    ['no token', 'token', 500, amina, { posted: 'no' }],
  ]
  test.each(failing)('%s', async (_, operation, failure, place, expected) => {
    at.tenant.failNext(operation, failure, 4)
    const error = await send(place).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(PlatformUnavailableError)
    expect(error).toMatchObject(expected)
    expect(at.tenant.calls(operation)).toBe(1)
  })

  test('an answer to a message is posted once, too', async () => {
    at.tenant.failNext('sendToConversation', 500, 2)
    await at.tenant.message(AMINA.id, 'hello')
    // The answer once, the apology once.
    expect(at.tenant.calls('sendToConversation')).toBe(2)
  })

  test('a rate limit says how long to wait', async () => {
    at.tenant.failNext('createConversation', { status: 429, retryAfterSeconds: 3 })
    const error = await send(channel).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(RateLimitedError)
    expect(error).toMatchObject({ retryAfterMs: 3_000 })
  })
})

describe('a permanent failure', () => {
  test('is Gone after the app was uninstalled', async () => {
    const address = await send(amina)
    await at.tenant.uninstall(AMINA.id)
    await expect(send(amina)).rejects.toBeInstanceOf(RecipientGoneError)
    await expect(send(address.place)).rejects.toBeInstanceOf(RecipientGoneError)
  })

  test('is Gone for an unknown channel', async () => {
    const nowhere = { ...channel, conversation: '19:nowhere@thread.tacv2' }
    await expect(send(nowhere)).rejects.toBeInstanceOf(RecipientGoneError)
  })

  test('is Rejected for a card that Teams refuses or that has no template', async () => {
    const card = drawn('Hello', { body: [{ type: 'Nonsense', text: 'x'.repeat(150_000) }] })
    await expect(at.teams.send(channel, { key: 'k', card })).rejects.toBeInstanceOf(
      MessageRejectedError,
    )
    const undrawable = await openTenant(async () => ({ kind: 'answer', card: drawn('') }), {
      expand: () => {
        throw new Error('no such template')
      },
    })
    await expect(undrawable.teams.send(channel, outgoing('x'))).rejects.toBeInstanceOf(
      MessageRejectedError,
    )
    await undrawable.close()
  })

  test('an address outside the allowed hosts gets no token', async () => {
    const away = { ...amina, serviceUrl: 'https://evil.example/' }
    await expect(send(away)).rejects.toBeInstanceOf(WorkspaceBrokenError)
    expect(at.tenant.calls('token')).toBe(0)
  })
})

test('one token serves many messages', async () => {
  await send(channel)
  await send(amina)
  expect(at.tenant.calls('token')).toBe(1)
})

test('a call that times out may have posted', async () => {
  const patience = { answer: 1_000, call: 200 }
  const hasty = await openTenant(async () => ({ kind: 'answer', card: drawn('') }), {
    timeouts: patience,
  })
  await hasty.teams.send(channel, outgoing('to have a token'))
  hasty.tenant.failNext('createConversation', 'timeout')
  const error = await hasty.teams.send(channel, outgoing('x')).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(PlatformUnavailableError)
  expect(error).toMatchObject({ posted: 'perhaps' })
  await hasty.close()
})

test('a refused connection has posted nothing', async () => {
  const config = { ...configFor(at.tenant), serviceUrl: 'http://127.0.0.1:1/' }
  const alone = await openTenant(async () => ({ kind: 'answer', card: drawn('') }), { config })
  const error = await alone.teams.send(channel, outgoing('x')).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(PlatformUnavailableError)
  expect(error).toMatchObject({ posted: 'no' })
  await alone.close()
})
