import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from '@jest/globals'
import { z } from 'zod'
import { signatureHeaders } from '../../../src/playground/slack/signing.ts'
import { settled } from '../contract.ts'
import { answered, openWorkplace } from './open-workplace.ts'
import { SECRET, type SlackWorkplace } from './slack-workplace.ts'

/**
 * Requests in the shapes that Slack documents (https://docs.slack.dev/reference/events,
 * https://docs.slack.dev/reference/interaction-payloads, https://docs.slack.dev/interactivity/implementing-slash-commands),
 * signed and sent over HTTP. Every recording has an outcome here, and none makes a listener throw.
 */

const recordings = z.record(z.string(), z.record(z.string(), z.unknown()))
const read = (name: string) =>
  recordings.parse(
    JSON.parse(readFileSync(new URL(`../payloads/${name}.json`, import.meta.url), 'utf8')),
  )
const events = read('slack-events')
const interactions = read('slack-interactions')
const commands = read('slack-commands')

/** The request that the handler gets; null: none. */
type Outcome = object | null
const typed = (text: string) => ({ by: 'text', text })

const eventOutcomes: Record<string, Outcome> = {
  'message.im': typed('2.1 green'),
  'message.im, without a channel_type': typed('2.1 green'),
  'message.im, with blocks': typed('2.1 green'),
  'message.im, in a thread': typed('2.1 green'),
  'message.channels': null,
  app_mention: typed('2.1'),
  app_home_opened: { by: 'button', verb: 'home', args: { tab: 'yes' } },
  'message, bot_message': null,
  'message, of a bot user': null,
  'message, file_share': {
    ...{ by: 'files', text: 'done 1.2 1' },
    files: [expect.objectContaining({ name: 'report.txt', sizeBytes: 12 })],
  },
  // Answered that it is not read: inbound.test.ts.
  'message, message_changed': null,
  'message, message_deleted': null,
  'message, thread_broadcast': typed('2.1 green'),
  'message, me_message': typed('is doing that thing'),
  'message, channel_join': null,
  member_joined_channel: null,
  member_left_channel: null,
  channel_archive: null,
  channel_rename: null,
  tokens_revoked: null,
  app_uninstalled: null,
  team_access_granted: null,
  team_access_revoked: null,
  // Odd ones, and those that an app gets which somebody subscribed to more than the manifest asks for.
  'message.mpim': null,
  'message, message_replied': null,
  'message, channel_topic': null,
  'message, reminder_add': null,
  'message, bot_add': null,
  'message, tombstone': null,
  'message, assistant_app_thread': null,
  'message, ekm_access_denied': null,
  'message, of a person of another organisation': null,
  'message, only an emoji': typed(':white_check_mark:'),
  'app_mention, of a bot': null,
  'app_home_opened, messages': null,
  reaction_added: null,
  reaction_removed: null,
  file_shared: null,
  file_deleted: null,
  link_shared: null,
  channel_deleted: null,
  channel_unarchive: null,
  channel_shared: null,
  channel_id_changed: null,
  group_left: null,
  im_created: null,
  team_join: null,
  user_change: null,
  team_rename: null,
  grid_migration_finished: null,
  scope_denied: null,
}

const done = { by: 'button', verb: 'done', args: { id: 'm1' } }
const interactionOutcomes: Record<string, Outcome> = {
  'block_actions, in a message': done,
  'block_actions, in an Enterprise Grid': done,
  'block_actions, in a thread': done,
  'block_actions, in an ephemeral message': done,
  'block_actions, in a modal': {
    ...{ by: 'button', verb: 'check' },
    args: { reason: 'Costs', project: '2.1', step: 1 },
  },
  'block_actions, a link button': null,
  'block_actions, a menu': null,
  view_submission: {
    ...{ by: 'form', verb: 'status' },
    args: { reason: 'Costs', project: '2.1' },
  },
}
/** Slack sends these only to apps that ask for them in a view or in the manifest, which Milepost does not. */
const unrequested = ['view_closed', 'block_suggestion', 'shortcut', 'message_action']

const commandOutcomes: Record<string, Outcome> = {
  'in a channel': typed('2.1 green'),
  'in a direct message': typed('2.1 green'),
  'without a text': typed(''),
}

async function post(
  { url }: SlackWorkplace,
  body: string,
  contentType = 'application/x-www-form-urlencoded',
): Promise<Response> {
  const signature = signatureHeaders(SECRET, Math.floor(Date.now() / 1000), body)
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': contentType, ...signature },
    body,
  })
}

const postJson = (place: SlackWorkplace, payload: object) =>
  post(place, JSON.stringify(payload), 'application/json')

const postInteraction = (place: SlackWorkplace, payload: object | undefined) =>
  post(place, new URLSearchParams({ payload: JSON.stringify(payload) }).toString())

const envelope = (event: object) => ({
  token: 'XXYYZZ',
  team_id: 'T0COUNCIL',
  context_team_id: 'T0COUNCIL',
  context_enterprise_id: null,
  api_app_id: 'A0APP',
  event,
  type: 'event_callback',
  event_id: 'Ev0PV52K21',
  event_time: 1_355_517_523,
  authorizations: [
    {
      ...{ enterprise_id: null, team_id: 'T0COUNCIL', user_id: 'U0MILEPOST' },
      ...{ is_bot: true, is_enterprise_install: false },
    },
  ],
  is_ext_shared_channel: false,
  event_context: '4-eyJldCI6Im1lc3NhZ2UifQ',
})

/**
 * What the log must not contain. A reply may still fail: the workspace does not know the conversations, views and
 * response_urls of the recordings.
 */
function expectNoFault({ logged }: SlackWorkplace) {
  expect(logged.map(({ message }) => message)).not.toContain('A request was not handled')
}

/**
 * Sends each recording to a workplace of its own before the tests, and gives what came of it. Whether a request comes that
 * must not is waited for once, of all of them.
 */
function sendAll(
  payloads: Readonly<Record<string, object | undefined>>,
  send: (place: SlackWorkplace, payload: object | undefined) => Promise<Response>,
) {
  type Place = Awaited<ReturnType<typeof openWorkplace>>
  const sent = new Map<string, { readonly place: Place; readonly status: number }>()
  beforeAll(async () => {
    for (const [name, payload] of Object.entries(payloads)) {
      const place = await openWorkplace(() => answered('Understood'))
      sent.set(name, { place, status: (await send(place, payload)).status })
    }
    await settled()
  })
  return (name: string, expected: Outcome | undefined) => {
    const one = sent.get(name)
    if (!one) throw new Error(`${name} was not sent.`)
    expect(one.status).toBe(200)
    expectNoFault(one.place)
    expect(one.place.requests.map(({ input }) => input)).toEqual(expected ? [expected] : [])
  }
}

test('every recording has an outcome', () => {
  expect(Object.keys(eventOutcomes)).toEqual(Object.keys(events))
  expect([...Object.keys(interactionOutcomes), ...unrequested]).toEqual(Object.keys(interactions))
  expect(Object.keys(commandOutcomes)).toEqual(Object.keys(commands))
})

describe('an event', () => {
  const expectOutcome = sendAll(events, (place, event) => postJson(place, envelope({ ...event })))

  test.each(Object.keys(events))('"%s" has its outcome', (name) => {
    expectOutcome(name, eventOutcomes[name])
  })

  test.each([
    [true, 'closed'],
    [false, 'open'],
  ])(
    'user_change with deleted: %s says that the account is %s, and asks nothing',
    async (deleted, state) => {
      const noted: unknown[] = []
      const noteAccount = async (...change: unknown[]) => void noted.push(change)
      const place = await openWorkplace(() => answered('Understood'), { noteAccount })
      const user = { id: 'U0AMINA', team_id: 'T0HOME', name: 'amina', deleted, profile: {} }
      const event = { type: 'user_change', user, cache_ts: 1, event_ts: '1355517523.000005' }
      expect((await postJson(place, envelope(event))).status).toBe(200)
      await settled()
      const account = { platform: 'slack', tenant: 'T0COUNCIL', user: 'U0AMINA' }
      expect([noted, place.requests]).toEqual([[[account, state]], []])
    },
  )

  test('channel_id_changed says where the channel is from now on', async () => {
    const noted: unknown[] = []
    const noteChannelMoved = async (move: unknown) => void noted.push(move)
    const place = await openWorkplace(() => answered('Understood'), { noteChannelMoved })
    expect((await postJson(place, envelope(events.channel_id_changed ?? {}))).status).toBe(200)
    await settled()
    const move = { platform: 'slack', tenant: 'T0COUNCIL', from: 'G0OLD', to: 'C0NEW' }
    expect([noted, place.requests]).toEqual([[move], []])
  })

  test('url_verification is answered with its challenge', async () => {
    const place = await openWorkplace(() => answered('Understood'))
    const challenge = '3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P'
    const response = await postJson(place, { token: 'XXYYZZ', challenge, type: 'url_verification' })
    expect(await response.text()).toContain(challenge)
  })
})

describe('an interaction', () => {
  const asked = Object.keys(interactionOutcomes).map((name) => [name, interactions[name]])
  const expectOutcome = sendAll(Object.fromEntries(asked), postInteraction)

  test.each(Object.entries(interactionOutcomes))('"%s" has its outcome', expectOutcome)

  test('that Milepost never asks for is answered at once, reaches no handler and breaks nothing', async () => {
    const place = await openWorkplace(() => answered('Understood'))
    const begun = performance.now()
    const responses = await Promise.all(
      unrequested.map((name) => postInteraction(place, interactions[name])),
    )
    expect(responses.map(({ status }) => status)).toEqual(unrequested.map(() => 200))
    // Bolt gives up on what nobody answers after 3.001 s.
    expect(performance.now() - begun).toBeLessThan(2_900)
    expect(place.logged.filter(({ level }) => level === 'error')).toEqual([])
    expect(place.requests).toEqual([])
  })
})

describe('a slash command', () => {
  test.each(Object.entries(commandOutcomes))('%s is answered', async (name, expected) => {
    const place = await openWorkplace(() => answered('Understood'))
    const fields = z.record(z.string(), z.string()).parse(commands[name])
    const response = await post(place, new URLSearchParams(fields).toString())
    expect(await response.json()).toMatchObject({ response_type: 'ephemeral', text: 'Understood' })
    expectNoFault(place)
    expect(place.requests.map(({ input }) => input)).toEqual([expected])
  })
})
