import { describe, expect, test } from '@jest/globals'
import type { Place } from '../../../src/base/addresses.ts'
import {
  activityOf,
  addressOf,
  conversationOf,
  hasThreads,
  isPerson,
} from '../../../src/platforms/teams/conversation-ids.ts'

const place = (conversation: string, kind: Place['kind']): Place => ({
  platform: 'teams',
  tenant: 't',
  conversation,
  kind,
})
const channel = place('19:board@thread.tacv2', 'channel')
const chat = place('a:1chat', 'direct')
const group = place('19:some@thread.v2', 'channel')

describe('addresses', () => {
  test('the first message of a thread goes by its own id', () => {
    const address = addressOf(channel, '19:board@thread.tacv2;messageid=100', '100')
    expect(address).toEqual({ place: channel, messageId: '100' })
    expect(conversationOf(address)).toBe('19:board@thread.tacv2;messageid=100')
  })

  test('a later message remembers the first, where it is changed and answered', () => {
    const address = addressOf(channel, '19:board@thread.tacv2;messageid=100', '105')
    expect(activityOf(address)).toBe('105')
    expect(conversationOf(address)).toBe('19:board@thread.tacv2;messageid=100')
  })

  test.each([
    ['a chat', chat],
    ['a group chat', group],
  ])('%s has no threads', (_, where) => {
    expect(hasThreads(where)).toBe(false)
    expect(conversationOf(addressOf(where, where.conversation, '7'))).toBe(where.conversation)
  })

  test.each([
    ['5d1c1a5e-0001-4000-8000-000000000001', true],
    ['5D1C1A5E-0001-4000-8000-00000000000A', true],
    ['29:1amina', true],
    ['a:1p0iicaJ', false],
    ['19:board@thread.tacv2', false],
    ['5d1c1a5e-0001-4000-8000-000000000001|livechat', false],
  ])('%s is a person by its shape: %s', (id, expected) => {
    expect(isPerson(place(id, 'direct'))).toBe(expected)
    expect(isPerson(place(id, 'channel'))).toBe(false)
  })

  test('what is known of an id goes before its shape: the Agents Playground calls a chat by a UUID', () => {
    const chatId = '5d1c1a5e-0001-4000-8000-000000000001'
    expect(isPerson({ ...place(chatId, 'direct'), isPerson: false })).toBe(false)
    expect(isPerson({ ...place('user-id-0', 'direct'), isPerson: true })).toBe(true)
  })
})
