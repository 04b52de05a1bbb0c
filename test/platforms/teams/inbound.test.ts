import { describe, expect, test } from '@jest/globals'
import { TeamsConfig } from '../../../src/platforms/teams/config.ts'
import {
  parseActivity,
  rejectionReason,
  type TeamsActivity,
  teamsActivity,
} from '../../../src/platforms/teams/inbound.ts'

const TENANT = 'our-tenant'
const BOT = { id: '28:milepost', name: 'Milepost' }
const SERVICE = 'https://smba.trafficmanager.net/uk/'

function activity(changes: object = {}) {
  return teamsActivity.parse({
    type: 'message',
    id: '100',
    channelId: 'msteams',
    serviceUrl: SERVICE,
    from: { id: '29:1amina', aadObjectId: 'object-id', name: 'Amina Rowe' },
    recipient: BOT,
    conversation: { id: 'a:1chat', conversationType: 'personal', tenantId: TENANT },
    channelData: { tenant: { id: TENANT } },
    text: '2.1 amber',
    ...changes,
  })
}

const inThread = {
  conversation: {
    id: '19:board@thread.tacv2;messageid=90',
    conversationType: 'channel',
    isGroup: true,
    tenantId: TENANT,
  },
}
const chat = { platform: 'teams', tenant: TENANT, conversation: 'a:1chat', kind: 'direct' }
const place = { ...chat, isPerson: false }
const mention = { type: 'mention', mentioned: BOT, text: '<at>Milepost</at>' }

const csv = { name: 'plan.csv', read: async () => Buffer.from('Ref') }
const parse = (received: TeamsActivity) =>
  parseActivity(received, ({ attachments }) => (attachments.length > 0 ? [csv] : []))

describe('a message', () => {
  test('with files is files that are still to be read, with the words beside them', () => {
    expect(parse(activity({ attachments: [{}] }))?.request.input).toEqual({
      by: 'files',
      text: '2.1 amber',
      files: [csv],
    })
  })

  test('in the chat is what a person asks', () => {
    expect(parse(activity())).toEqual({
      kind: 'message',
      conversation: 'a:1chat',
      request: {
        key: 'teams:our-tenant:a:1chat:100',
        input: { by: 'text', text: '2.1 amber' },
        actor: {
          platform: 'teams',
          tenant: TENANT,
          user: 'object-id',
          displayName: 'Amina Rowe',
        },
        place: {
          platform: 'teams',
          tenant: TENANT,
          conversation: 'a:1chat',
          kind: 'direct',
          isPerson: false,
          serviceUrl: SERVICE,
        },
        directPlace: { ...place, serviceUrl: SERVICE },
      },
    })
  })

  test.each([
    ['a group chat', { conversationType: 'groupChat', isGroup: true }],
    ['a personal chat that has a group', { conversationType: 'personal', isGroup: true }],
    ['a conversation of no type', {}],
    ['one of a type to come', { conversationType: 'duet' }],
  ])('in %s is in no private conversation: whoever is there may read', (_, conversation) => {
    const asked = parse(
      activity({
        conversation: { id: '19:1chat', tenantId: TENANT, ...conversation },
        ...{ text: '<at>Milepost</at> help', entities: [mention] },
      }),
    )
    expect(asked?.request).toMatchObject({ place: { kind: 'channel' } })
    expect(asked?.request.directPlace).toBeUndefined()
  })

  test('in a channel is answered in its thread, and belongs to the channel', () => {
    const asked = parse(
      activity({ ...inThread, text: '<at>Milepost</at> help', entities: [mention] }),
    )
    expect(asked).toMatchObject({
      conversation: '19:board@thread.tacv2;messageid=90',
      request: {
        input: { by: 'text', text: 'help' },
        place: { conversation: '19:board@thread.tacv2', kind: 'channel' },
      },
    })
  })

  test('tells whom it mentions besides Milepost, by their id in the directory where Teams says it', () => {
    const of = (mentioned: object) => ({ type: 'mention', text: '<at>x</at>', mentioned })
    const asked = parse(
      activity({
        ...inThread,
        text: '<at>Milepost</at> set 2.1 leads to <at>Amina Rees</at> and <at>Ben Okoro</at>',
        entities: [
          mention,
          of({ id: '29:a', name: 'Amina Rees', aadObjectId: 'aad-a' }),
          of({ id: '29:b', name: 'Ben Okoro' }),
        ],
      }),
    )
    const account = { platform: 'teams', tenant: TENANT }
    expect(asked?.request).toMatchObject({
      input: { text: 'set 2.1 leads to Amina Rees and Ben Okoro' },
      mentions: [
        { text: 'Amina Rees', account: { ...account, user: 'aad-a' } },
        { text: 'Ben Okoro', account: { ...account, user: '29:b' } },
      ],
    })
    expect(asked?.request.mentions).toHaveLength(2)
  })

  test('in a channel that does not mention Milepost is not for it', () => {
    expect(parse(activity({ ...inThread, entities: [] }))).toBeUndefined()
  })

  test('by somebody without a directory id goes by the id there is', () => {
    const asked = parse(activity({ from: { id: 'user-1' } }))
    expect(asked?.request.actor).toEqual({ platform: 'teams', tenant: TENANT, user: 'user-1' })
  })
})

describe('a press', () => {
  const press = (changes: object = {}) =>
    activity({
      type: 'invoke',
      name: 'adaptiveCard/action',
      value: { action: { type: 'Action.Execute', verb: 'done', data: { id: 'm1' } } },
      replyToId: '95',
      ...changes,
    })

  test('carries the verb, the data and the message', () => {
    expect(parse(press())).toMatchObject({
      kind: 'press',
      request: {
        input: { by: 'button', verb: 'done', args: { id: 'm1' } },
        message: { messageId: '95', place: { conversation: 'a:1chat' } },
      },
    })
  })

  test('on an answer in a thread names the thread, too', () => {
    const { message } = parse(press(inThread))?.request ?? {}
    expect(message?.messageId).toBe('95;messageid=90')
  })

  test('of an Action.Submit comes as a message and is answered as one', () => {
    const submit = { type: 'message', name: undefined, text: undefined }
    const asked = parse(press({ ...submit, value: { verb: 'done', id: 'm1' } }))
    expect(asked).toMatchObject({
      kind: 'message',
      request: { input: { by: 'button', verb: 'done', args: { id: 'm1' } } },
    })
    expect(parse(press({ ...submit, value: { ask: true } }))).toBeUndefined()
  })

  test.each([
    ['another invoke', { name: 'composeExtension/query' }],
    ['no verb', { value: { action: { type: 'Action.Execute' } } }],
    ['no value', { value: undefined }],
  ])('with %s asks nothing', (_, changes) => {
    expect(parse(press(changes))).toBeUndefined()
  })
})

describe('an event', () => {
  test('of an installation for oneself asks for help', () => {
    const asked = parse(activity({ type: 'installationUpdate', action: 'add', text: undefined }))
    expect(asked?.request.input).toEqual({ by: 'text', text: 'help' })
  })

  test.each([
    ['an installation in a team', { type: 'installationUpdate', action: 'add', ...inThread }],
    ['a removal', { type: 'installationUpdate', action: 'remove' }],
    ['a new member', { type: 'conversationUpdate', membersAdded: [BOT] }],
    ['a reaction', { type: 'messageReaction' }],
    ['somebody typing', { type: 'typing', id: undefined }],
    ['a message without an id', { id: undefined }],
    ['a message from nobody', { from: undefined }],
  ])('%s asks nothing', (_, changes) => {
    expect(parse(activity(changes))).toBeUndefined()
  })
})

describe('a foreign activity', () => {
  const config = TeamsConfig.parse({
    mode: 'tenant',
    appId: 'app',
    appPassword: 'secret',
    tenantId: TENANT,
  })
  const personal = { id: 'a:1', conversationType: 'personal' }

  test.each([
    ['from our tenant is ours', {}, undefined],
    ['in capitals, too', { channelData: { tenant: { id: TENANT.toUpperCase() } } }, undefined],
    ['from elsewhere', { serviceUrl: 'https://evil.example/' }, 'allowed hosts'],
    ['from another service', { channelId: 'directline' }, 'Teams'],
    ['from another tenant', { conversation: { ...personal, tenantId: 'theirs' } }, 'tenant'],
    ['of two tenants', { channelData: { tenant: { id: 'theirs' } } }, 'tenant'],
    ['of no tenant', { conversation: personal, channelData: {} }, 'tenant'],
  ])('%s', (_, changes, why) => {
    const isServed = (tenant: string) => tenant.toLowerCase() === TENANT.toLowerCase()
    const found = rejectionReason(config, activity(changes), isServed)
    if (why === undefined) expect(found).toBeUndefined()
    else expect(found).toContain(why)
  })
})
