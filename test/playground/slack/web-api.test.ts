import { describe, expect, test } from '@jest/globals'
import { AMINA, BEN, ELSEWHERE, GENERAL, textsIn, useWorkspaces } from './test-workspace.ts'

const { alone, talking } = useWorkspaces()
const quiet = () => {}

/** Slack's name for the error that a call ends with. */
async function errorOf(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => 'no error',
    (error) => error.data?.error ?? error.code,
  )
}

describe('chat', () => {
  test('posts, replies, changes and deletes', async () => {
    const { workspace, app } = await talking(quiet)
    const { ts = '' } = await app.client.chat.postMessage({ channel: GENERAL, text: 'One' })
    const second = await app.client.chat.postMessage({ channel: GENERAL, text: 'Two' })
    await app.client.chat.postMessage({ channel: GENERAL, text: 'Reply', thread_ts: ts })
    await app.client.chat.update({ channel: GENERAL, ts, text: 'First' })
    expect(textsIn(workspace, BEN, GENERAL)).toEqual(['First', 'Two'])
    await app.client.chat.delete({ channel: GENERAL, ts: second.ts ?? '' })
    await app.client.chat.delete({ channel: GENERAL, ts })
    expect(textsIn(workspace, BEN, GENERAL)).toEqual(['This message was deleted.'])
  })

  test('gives every message a later timestamp, even when the clock stands still', async () => {
    const { app } = await talking(quiet)
    const first = await app.client.chat.postMessage({ channel: GENERAL, text: '1' })
    const second = await app.client.chat.postMessage({ channel: GENERAL, text: '2' })
    expect([first.ts, second.ts]).toEqual(['1488790800.000000', '1488790800.000001'])
  })

  test('opens the direct message of a person by the id of that person', async () => {
    const { workspace, app } = await talking(quiet)
    const posted = await app.client.chat.postMessage({ channel: AMINA, text: 'Hello' })
    const opened = await app.client.conversations.open({ users: AMINA })
    expect(posted.channel).toBe(opened.channel?.id)
    expect(textsIn(workspace, AMINA, 'D0AMINA')).toEqual(['Hello'])
  })

  test('keeps an ephemeral message from everyone else, and from chat.update', async () => {
    const { workspace, app } = await talking(quiet)
    const { message_ts: ts = '' } = await app.client.chat.postEphemeral({
      channel: GENERAL,
      user: AMINA,
      text: 'Only you',
    })
    expect(textsIn(workspace, AMINA, GENERAL)).toEqual(['Only you'])
    expect(textsIn(workspace, BEN, GENERAL)).toEqual([])
    const update = app.client.chat.update({ channel: GENERAL, ts, text: 'x' })
    expect(await errorOf(update)).toBe('message_not_found')
  })

  test('finds a message again by its metadata', async () => {
    const { app } = await talking(quiet)
    const metadata = { event_type: 'delivery', event_payload: { key: 'digest:W17:1' } }
    const { ts = '' } = await app.client.chat.postMessage({ channel: GENERAL, text: 'A', metadata })
    await app.client.chat.postMessage({ channel: GENERAL, text: 'B' })
    const history = (more: object) =>
      app.client.conversations.history({ channel: GENERAL, ...more })
    const found = await history({ oldest: ts, inclusive: true, include_all_metadata: true })
    expect(found.messages?.map((each) => each.metadata)).toEqual([undefined, metadata])
    expect((await history({ oldest: ts })).messages?.map((each) => each.text)).toEqual(['B'])
    expect((await history({})).messages?.some((each) => each.metadata)).toBe(false)
  })

  test('says why it refuses blocks', async () => {
    const { app } = await talking(quiet)
    const blocks = [{ type: 'header', text: { type: 'plain_text', text: 'x'.repeat(151) } }]
    const call = app.client.apiCall('chat.postMessage', { channel: GENERAL, text: 'x', blocks })
    await expect(call).rejects.toMatchObject({
      data: {
        error: 'invalid_blocks',
        response_metadata: {
          messages: ['[ERROR] must be less than 151 characters [json-pointer:/blocks/0/text/text]'],
        },
      },
    })
  })

  const longBlocks = Array.from({ length: 5 }, () => ({
    type: 'section',
    text: { type: 'mrkdwn', text: 'x'.repeat(3000) },
  }))
  test.each([
    ['channel_not_found', 'chat.postMessage', { channel: 'C0NOWHERE', text: 'x' }],
    ['not_in_channel', 'chat.postMessage', { channel: ELSEWHERE, text: 'x' }],
    ['no_text', 'chat.postMessage', { channel: GENERAL }],
    ['msg_too_long', 'chat.postMessage', { channel: GENERAL, text: 'x'.repeat(40_001) }],
    ['msg_blocks_too_long', 'chat.postMessage', { channel: GENERAL, blocks: longBlocks }],
    ['invalid_metadata_format', 'chat.postMessage', { channel: GENERAL, text: 'x', metadata: {} }],
    ['invalid_arguments', 'chat.postMessage', { text: 'x' }],
    ['message_not_found', 'chat.update', { channel: GENERAL, ts: '1.0', text: 'x' }],
    ['user_not_found', 'users.info', { user: 'U0NOBODY' }],
    ['thread_not_found', 'conversations.replies', { channel: GENERAL, ts: '1.0' }],
    [
      'invalid_trigger_id',
      'views.open',
      {
        trigger_id: 'none',
        view: { type: 'modal', title: { type: 'plain_text', text: 'x' }, blocks: [] },
      },
    ],
    [
      'invalid_arguments',
      'views.open',
      { trigger_id: 'none', view: { type: 'modal', blocks: [] } },
    ],
    ['not_found', 'views.update', { view_id: 'V0', view: { type: 'home', blocks: [] } }],
    ['unknown_method', 'chat.sing', {}],
  ])('answers %s to %s', async (error, method, args) => {
    const { app } = await talking(quiet)
    expect(await errorOf(app.client.apiCall(method, args))).toBe(error)
  })

  test('refuses to change what the bot did not write', async () => {
    const { workspace, app } = await talking(quiet)
    await workspace.mention(AMINA, GENERAL, 'mine')
    const ts = workspace.snapshot(AMINA).conversations[0]?.messages[0]?.ts ?? ''
    const update = app.client.chat.update({ channel: GENERAL, ts, text: 'yours' })
    expect(await errorOf(update)).toBe('cant_update_message')
  })

  test('refuses a text that chat.postMessage takes, when it is too long for chat.update', async () => {
    const { app } = await talking(quiet)
    const text = '&'.repeat(801) // 4005 bytes once each is escaped as &amp;
    const { ts = '' } = await app.client.chat.postMessage({ channel: GENERAL, text })
    const update = (longer: string) =>
      app.client.chat.update({ channel: GENERAL, ts, text: longer })
    expect(await errorOf(update(text))).toBe('msg_too_long')
    expect(await errorOf(update(text.slice(1)))).toBe('no error')
  })

  test('posts nothing to an archived channel', async () => {
    const { workspace, app } = await talking(quiet)
    workspace.archive(GENERAL)
    const post = app.client.chat.postMessage({ channel: GENERAL, text: 'x' })
    expect(await errorOf(post)).toBe('is_archived')
  })
})

describe('conversations and users', () => {
  test('a history comes in pages, the newest first, without replies', async () => {
    const { app } = await talking(quiet)
    for (const text of ['1', '2', '3'])
      await app.client.chat.postMessage({ channel: GENERAL, text })
    const page = (cursor?: string) =>
      app.client.conversations.history({ channel: GENERAL, limit: 2, ...(cursor && { cursor }) })
    const first = await page()
    const second = await page(first.response_metadata?.next_cursor)
    const pages = [first, second].map((each) => each.messages?.map((message) => message.text))
    expect(pages).toEqual([['3', '2'], ['1']])
  })

  test('a thread comes with its root first', async () => {
    const { app } = await talking(quiet)
    const { ts = '' } = await app.client.chat.postMessage({ channel: GENERAL, text: 'Root' })
    const reply = await app.client.chat.postMessage({ channel: GENERAL, text: 'A', thread_ts: ts })
    await app.client.chat.postMessage({ channel: GENERAL, text: 'B', thread_ts: reply.ts ?? '' })
    const { messages } = await app.client.conversations.replies({ channel: GENERAL, ts })
    expect(messages?.map((each) => each.text)).toEqual(['Root', 'A', 'B'])
    expect(messages?.[0]).toMatchObject({ reply_count: 2, thread_ts: ts })
  })

  test('a person has a zone, and a channel has members', async () => {
    const { app } = await talking(quiet)
    const { user } = await app.client.users.info({ user: BEN })
    expect(user).toMatchObject({ real_name: 'Ben Carter', tz: 'Europe/Paris', tz_offset: 3600 })
    const { members } = await app.client.conversations.members({ channel: GENERAL })
    expect(members).toEqual([AMINA, BEN, 'U0MILEPOST'])
    const { channel } = await app.client.conversations.info({ channel: ELSEWHERE })
    expect(channel).toMatchObject({ name: 'elsewhere', is_member: false, is_archived: false })
  })
})

describe('a call', () => {
  const call = async (apiUrl: string, headers: Record<string, string>, body: string) =>
    (await fetch(`${apiUrl}chat.postMessage`, { method: 'POST', headers, body })).json()

  test('may be JSON instead of a form', async () => {
    const workspace = await alone()
    const headers = { authorization: 'Bearer xoxb-local', 'content-type': 'application/json' }
    const body = JSON.stringify({ channel: GENERAL, blocks: [{ type: 'divider' }] })
    expect(await call(workspace.apiUrl, headers, body)).toMatchObject({
      ok: true,
      channel: GENERAL,
    })
    expect(await call(workspace.apiUrl, headers, '{')).toEqual({ ok: false, error: 'invalid_json' })
  })

  test.each([
    [{}, 'not_authed'],
    [{ authorization: 'Bearer xoxb-other' }, 'invalid_auth'],
  ])('with %j is refused', async (headers, error) => {
    const workspace = await alone()
    expect(await call(workspace.apiUrl, headers, '')).toEqual({ ok: false, error })
  })
})

describe('a failure that was asked for', () => {
  const posted = (seen: string[]) => seen.length

  test.each([
    ['rate_limited', 'slack_webapi_rate_limited_error', 0],
    ['500', 'slack_webapi_http_error', 0],
    ['drop_before', 'slack_webapi_request_error', 0],
    ['drop_after', 'slack_webapi_request_error', 1],
    ['timeout', 'slack_webapi_request_error', 0],
  ] as const)(
    '%s is seen by the client as %s and leaves %i messages',
    async (failure, code, left) => {
      const { workspace, app } = await talking(quiet)
      workspace.failNext('chat.postMessage', failure)
      const post = () => app.client.chat.postMessage({ channel: GENERAL, text: 'x' })
      await expect(post()).rejects.toMatchObject({ code })
      expect(posted(textsIn(workspace, AMINA, GENERAL))).toBe(left)
      await post()
      expect(workspace.calls('chat.postMessage')).toBe(2)
    },
  )

  test('can be any error, and any wait, any number of times', async () => {
    const { workspace, app } = await talking(quiet)
    workspace.failNext('chat.postMessage', { error: 'account_inactive' }, 2)
    workspace.failNext('chat.postMessage', { retryAfter: 30 })
    const post = () => app.client.chat.postMessage({ channel: GENERAL, text: 'x' })
    expect(await errorOf(post())).toBe('account_inactive')
    expect(await errorOf(post())).toBe('account_inactive')
    await expect(post()).rejects.toMatchObject({ retryAfter: 30 })
    expect(await errorOf(post())).toBe('no error')
  })
})
