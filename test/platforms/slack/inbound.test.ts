import { describe, expect, test } from '@jest/globals'
import {
  parseBlockAction,
  parseHomeOpening,
  parseMessageEvent,
  parseShortcut,
  parseSlashCommand,
  parseViewSubmission,
} from '../../../src/platforms/slack/inbound.ts'
import { decodeMessageText, withoutMention } from '../../../src/platforms/slack/message-text.ts'
import * as payloads from '../../../src/platforms/slack/payloads.ts'
import { inputValues } from '../../../src/platforms/slack/view-state.ts'

const file = { name: 'plan.csv', read: async () => Buffer.from('Ref') }
const parse = (payload: payloads.MessageEventPayload) =>
  parseMessageEvent(payload, 'U0BOT', () => file)

describe('what was filled in', () => {
  const option = (value: string) => ({ value, text: { type: 'plain_text', text: value } })
  test.each<[string, object, unknown]>([
    ['a text', { type: 'plain_text_input', value: 'Costs' }, 'Costs'],
    ['no text', { type: 'plain_text_input', value: null }, ''],
    ['a day', { type: 'datepicker', selected_date: '2017-03-31' }, '2017-03-31'],
    ['no day', { type: 'datepicker', selected_date: null }, undefined],
    ['a choice', { type: 'static_select', selected_option: option('red') }, 'red'],
    ['no choice', { type: 'radio_buttons', selected_option: null }, undefined],
    ['ticks', { type: 'checkboxes', selected_options: [option('a'), option('b')] }, ['a', 'b']],
    ['no ticks', { type: 'checkboxes', selected_options: [] }, []],
    ['several of many', { type: 'multi_static_select', selected_options: [option('a')] }, ['a']],
  ])('%s', (_name, value, answer) => {
    const values = payloads.viewSubmission.shape.view.shape.state.shape.values.parse({
      block: { input: value },
    })
    expect(inputValues(values)).toEqual({ input: answer })
  })
})

describe('what was typed', () => {
  test.each([
    ['a &lt;b&gt; &amp;amp; c', 'a <b> &amp; c'],
    [
      'see <http://example.org|example.org> or <https://a.example/x?y=1&amp;z>',
      'see example.org or https://a.example/x?y=1&z',
    ],
    ['see <https://a.example/paper|the paper>.', 'see the paper (https://a.example/paper).'],
    [
      'done 1.1 1 evidence <http://a.example/rota|a.example/rota>',
      'done 1.1 1 evidence a.example/rota',
    ],
    ['<https://a.example/|https://a.example/>', 'https://a.example/'],
    ['<mailto:a@b.example|a@b.example> in <#C12|general>', 'a@b.example in #general'],
    ['ask <@U12|amina>, not <@U13> or <!here|here>', 'ask @amina, not <@U13> or @here'],
    ['“it’s late” – <!subteam^S12|@leads>, <tel:0123|0123>', '“it’s late” – @leads, 0123'],
    ['  2.1 green ', '2.1 green'],
  ])('%s reads %s', (text, typed) => {
    expect(decodeMessageText(text)).toBe(typed)
  })

  test.each([
    '<@U0BOT> 2.1 green',
    '<@U0BOT>: 2.1 green',
    '2.1 green <@U0BOT|milepost>',
    '<@U0BOT><@U0BOT>2.1 green',
  ])('%s is meant for the bot', (text) => expect(withoutMention(text, 'U0BOT')).toBe('2.1 green'))
})

test('whom a command mentions is told with their ids, as they stand in its words', () => {
  const request = parseSlashCommand(
    payloads.slashCommand.parse({
      ...{ team_id: 'T1', user_id: 'U1', channel_id: 'C1', trigger_id: 't', response_url: '' },
      text: 'set 2.1 leads to <@U12|amina> and <@W13> in <#C12|general> or <#C13|>',
    }),
  )
  expect(request.input).toEqual({
    by: 'text',
    text: 'set 2.1 leads to @amina and <@W13> in #general or <#C13|>',
  })
  const account = (user: string) => ({ platform: 'slack', tenant: 'T1', user })
  expect(request.mentions).toEqual([
    { text: '@amina', account: account('U12') },
    { text: '<@W13>', account: account('W13') },
  ])
  expect(request.channels).toMatchObject([{ text: '<#C13|>', place: { conversation: 'C13' } }])
})

const user = { id: 'U1', team_id: 'T2', username: 'amina' }
const press = (more: object) =>
  payloads.blockActions.parse({
    team: { id: 'T1' },
    user,
    trigger_id: 'trigger',
    response_url: 'https://example.org/r',
    channel: { id: 'C1' },
    container: { type: 'message', message_ts: '1.2' },
    actions: [{ type: 'button', action_id: 'done#3', action_ts: '5', value: '{"id":"m1"}' }],
    ...more,
  })
const view = (more: object = {}) => ({
  id: 'V1',
  hash: 'h1',
  blocks: [],
  private_metadata: JSON.stringify({
    tenant: 'T1',
    conversation: 'C1',
    kind: 'channel',
    message: '1.2',
    submit: { verb: 'status', data: { project: '2.1' } },
  }),
  state: {
    values: {
      reason: { reason: { type: 'plain_text_input', value: 'Costs' } },
      project: { project: { type: 'plain_text_input', value: 'another' } },
    },
  },
  ...more,
})
const place = { platform: 'slack', tenant: 'T1', conversation: 'C1', kind: 'channel' }

describe('a button that was pressed', () => {
  test('in a message names the message and the person', () => {
    expect(parseBlockAction(press({}), 'T1')).toEqual({
      request: {
        key: 'slack:trigger:T1:trigger',
        input: { by: 'button', verb: 'done', args: { id: 'm1' } },
        actor: { platform: 'slack', tenant: 'T2', user: 'U1', displayName: 'amina' },
        place,
        message: { place, messageId: '1.2' },
      },
      origin: { tenant: 'T1', conversation: 'C1', kind: 'channel', message: '1.2' },
      triggerId: 'trigger',
      responseUrl: 'https://example.org/r',
      view: undefined,
      isRedraw: false,
    })
  })

  test('in an ephemeral message has only the response_url to change it by', () => {
    const container = { type: 'message', message_ts: '1.2', is_ephemeral: true }
    const pressed = parseBlockAction(press({ container }), 'T1')
    expect(pressed?.request.message).toBeUndefined()
    expect(pressed?.origin).toEqual({
      ...{ tenant: 'T1', conversation: 'C1', kind: 'channel' },
      respondAt: 'https://example.org/r',
    })
  })

  test('in a form carries what stands in it, but what we put there wins', () => {
    const inForm = press({ container: { type: 'view' }, channel: undefined, view: view() })
    expect(parseBlockAction(inForm, 'T1')?.request).toMatchObject({
      input: { verb: 'done', args: { reason: 'Costs', project: '2.1', id: 'm1' } },
      message: { place, messageId: '1.2' },
    })
  })

  test('to open an address asks nothing of us, nor does a menu', () => {
    const link = { type: 'button', action_id: 'link#1', action_ts: '5' }
    const menu = { type: 'static_select', action_id: 'done#1', action_ts: '5' }
    expect(parseBlockAction(press({ actions: [link] }), 'T1')).toBeUndefined()
    expect(parseBlockAction(press({ actions: [menu] }), 'T1')).toBeUndefined()
  })
})

describe('in an Enterprise Grid', () => {
  const enterprise = { id: 'E1' }
  const inGrid = { team: { id: 'T1' }, enterprise }
  const form = { ...inGrid, user, view: view() }

  test('whoever presses, submits or writes is of the workspace they are in, not of their home', () => {
    expect(parseBlockAction(press(inGrid), 'T1')?.request.actor.tenant).toBe('T1')
    const submission = payloads.viewSubmission.parse(form)
    expect(parseViewSubmission(submission, 'T1').request.actor.tenant).toBe('T1')
    const event = { channel: 'D1', user: 'U1', text: 'hello', ts: '1.2', user_team: 'T2' }
    const message = payloads.messageEvent.parse({ team_id: 'T1', enterprise_id: 'E1', event })
    expect(parse(message).actor.tenant).toBe('T1')
  })

  test('they say of which organisation they are, so that they are known in its other workspaces', () => {
    const submission = payloads.viewSubmission.parse(form)
    const event = { channel: 'D1', user: 'U1', text: 'hello', ts: '1.2' }
    const message = payloads.messageEvent.parse({ team_id: 'T1', enterprise_id: 'E1', event })
    const shortcut = payloads.shortcut.parse({
      ...{ ...inGrid, type: 'shortcut', callback_id: 'update-project', trigger_id: 't', user },
    })
    const command = payloads.slashCommand.parse({
      ...{ team_id: 'T1', enterprise_id: 'E1', user_id: 'U1', channel_id: 'C1', trigger_id: 't' },
      response_url: 'https://hooks.example/',
    })
    const opened = payloads.homeOpenedEvent.parse({
      ...{ team_id: 'T1', enterprise_id: 'E1' },
      event: { user: 'U1', tab: 'home', event_ts: '1.2' },
    })
    const actors = [
      parseBlockAction(press(inGrid), 'T1')?.request.actor,
      parseViewSubmission(submission, 'T1').request.actor,
      parseShortcut(shortcut, 'T1')?.request.actor,
      parse(message).actor,
      parseSlashCommand(command).actor,
      parseHomeOpening(opened).request.actor,
    ]
    for (const actor of actors) expect(actor).toMatchObject({ tenant: 'T1', enterprise: 'E1' })
  })

  test('people of another workspace or organisation stay who they are', () => {
    const elsewhere = press({ team: { id: 'T2' }, enterprise })
    const { tenant, enterprise: theirs } = parseBlockAction(elsewhere, 'T1')?.request.actor ?? {}
    expect([tenant, theirs]).toEqual(['T2', undefined])
    const event = { channel: 'C1', user: 'U1', text: 'hello', ts: '1.2', user_team: 'T2' }
    const shared = { team_id: 'T1', enterprise_id: 'E1', is_ext_shared_channel: true, event }
    const message = payloads.messageEvent.parse(shared)
    expect(parse(message).actor.tenant).toBe('T2')
  })
})

describe('a form that was submitted', () => {
  const submission = (more: object) =>
    payloads.viewSubmission.parse({ user, view: view(), ...more })

  test('carries verb, data and answers', () => {
    expect(parseViewSubmission(submission({ trigger_id: 'trigger' }), 'T1').request).toEqual({
      key: 'slack:trigger:T1:trigger',
      input: { by: 'form', verb: 'status', args: { reason: 'Costs', project: '2.1' } },
      actor: { platform: 'slack', tenant: 'T2', user: 'U1', displayName: 'amina' },
      place,
      message: { place, messageId: '1.2' },
    })
  })

  test('without a trigger is known by its view and what it showed', () => {
    expect(parseViewSubmission(submission({}), 'T1').request.key).toBe('slack:view:V1:h1')
  })
})

describe('words', () => {
  const said = (event: object) =>
    payloads.messageEvent.parse({
      team_id: 'T1',
      event: { channel: 'D1', user: 'U1', text: '<@U0BOT> hello', ts: '1.2', ...event },
    })

  test('are known by channel and time, whatever id the event has', () => {
    expect(parse(said({ channel_type: 'mpim' }))).toEqual({
      key: 'slack:message:T1:D1:1.2',
      input: { by: 'text', text: 'hello' },
      actor: { platform: 'slack', tenant: 'T1', user: 'U1' },
      place: { platform: 'slack', tenant: 'T1', conversation: 'D1', kind: 'direct' },
    })
  })

  test('in the conversation between the bot and one person say that it is theirs', () => {
    const there = { platform: 'slack', tenant: 'T1', conversation: 'D1', kind: 'direct' }
    const { directPlace } = parse(said({ channel_type: 'im' }))
    expect(directPlace).toEqual(there)
    for (const channel_type of ['mpim', 'channel']) {
      expect(parse(said({ channel_type })).directPlace).toBeUndefined()
    }
    expect(parse(said({ channel: 'C1' })).directPlace).toBeUndefined()
  })

  test('without a type are direct by their id, as an emulator sends them', () => {
    expect(parse(said({})).directPlace).toMatchObject({ conversation: 'D1' })
  })

  test('with files are files that are still to be read, with the words beside them', () => {
    expect(parse(said({ files: [{ id: 'F1' }, { id: 'F2' }] })).input).toEqual({
      by: 'files',
      text: 'hello',
      files: [file, file],
    })
  })

  test('of somebody from another workspace are theirs', () => {
    const { actor, place: where } = parse(said({ channel: 'C1', user_team: 'T9' }))
    expect([actor.tenant, where.tenant, where.kind]).toEqual(['T9', 'T1', 'channel'])
  })
})
