import { expect, test } from '@jest/globals'
import type { Connector } from '../../../src/platforms/teams/adapter.ts'
import {
  createConnectorClient,
  type ReachablePlace,
} from '../../../src/platforms/teams/connector-client.ts'
import { clockAt } from '../../support/clock.ts'

const channel: ReachablePlace = {
  platform: 'teams',
  tenant: 'A1',
  conversation: '19:c1@thread.tacv2',
  kind: 'channel',
  serviceUrl: 'http://127.0.0.1/teams/',
}
const card = { type: 'AdaptiveCard', version: '1.5', fallbackText: 'Hello', body: [] } as const

/** The connector, answering 200 to every call and saying no more than this. */
function connectorAnswering(answer: object) {
  const conversations = {
    createConversation: async () => answer,
    sendToConversation: async () => answer,
  }
  return createConnectorClient({
    config: { mode: 'local' },
    clock: clockAt(new Date('2017-02-24T09:00:00Z')),
    timeoutMs: 1000,
    connect: async () => ({ conversations }) as unknown as Connector,
  })
}

const perhaps = { name: 'PlatformUnavailableError', posted: 'perhaps' }

test.each([
  ['nothing', {}],
  ['an empty id', { id: '' }],
])('a message of which Teams says %s was perhaps posted', async (_, answer) => {
  const posting = connectorAnswering(answer).post(channel, channel.conversation, { ...card })
  await expect(posting).rejects.toMatchObject(perhaps)
})

test.each([
  ['nothing', {}],
  ['its conversation alone', { id: '19:c1;messageid=1' }],
  ['its activity alone', { activityId: '1' }],
])('a thread of which Teams says %s was perhaps started', async (_, answer) => {
  await expect(connectorAnswering(answer).startThread(channel, { ...card })).rejects.toMatchObject(
    perhaps,
  )
})

test('a chat that Teams opened without saying which it is: nothing was posted', async () => {
  await expect(connectorAnswering({}).openChat(channel, '29:amina')).rejects.toMatchObject({
    code: 'no_conversation_id',
    posted: 'no',
  })
})
