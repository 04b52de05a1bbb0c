import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { startTestPlayground, type TestPlayground } from './test-playground.ts'

let open: TestPlayground
beforeEach(async () => {
  open = await startTestPlayground()
})
afterEach(async () => {
  await open.close()
})

describe('people', () => {
  test('people see the platforms on which they have an account', async () => {
    const [asha, tom, samir] = [
      await open.viewModel('asha-verity'),
      await open.viewModel('tom-quill'),
      await open.viewModel('samir-wells'),
    ]
    expect([asha.slack?.me.realName, asha.teams?.person.name]).toEqual([
      'Asha Verity',
      'Asha Verity',
    ])
    expect([tom.slack?.me.realName, tom.teams]).toEqual(['Tom Quill', null])
    expect([samir.slack, samir.teams?.person.name]).toEqual([null, 'Samir Wells'])
  })

  test('a person without an account gets an explanation', async () => {
    const { status, text } = await open.act('teams', 'tom-quill', {
      act: 'write',
      conversation: 'anywhere',
      text: 'help',
    })
    expect(status).toBe(200)
    expect(text).toContain('Tom Quill has no account in Teams.')
  })

  test('the clock begins on the day of the sample plan', async () => {
    const { clock } = await open.viewModel('asha-verity')
    expect(clock).toMatchObject({ local: '2026-02-27T09:30', zone: 'Europe/London', moving: null })
  })
})

describe('writing in Slack', () => {
  const write = (channel: string, text: string) =>
    open.act('slack', 'asha-verity', { act: 'write', channel, text })
  const lastHeard = () => new URLSearchParams(open.received.at(-1)?.body)

  test('a command reaches the bot as a command', async () => {
    expect((await write('C0BOARD', '/rag  2.1 amber')).status).toBe(204)
    expect(open.received.at(-1)?.path).toBe('/slack/events')
    expect(lastHeard().get('command')).toBe('/rag')
    expect(lastHeard().get('text')).toBe('2.1 amber')
  })

  test('a direct message and a mention reach it as events', async () => {
    await write('D0ASHA', 'help')
    expect(JSON.parse(open.received.at(-1)?.body ?? '')).toMatchObject({
      event: { type: 'message', text: 'help' },
    })
    await write('C0BOARD', 'Well, @Milepost help')
    expect(JSON.parse(open.received.at(-1)?.body ?? '')).toMatchObject({
      event: { type: 'app_mention', text: 'Well, <@U0MILEPOST> help' },
    })
  })

  test('a message that Slack would not pass on is refused, with what it would pass on', async () => {
    expect((await write('C0BOARD', 'Good morning')).text).toContain('Begin with /rag or @Milepost.')
    expect((await write('C0BOARD', '/remind me')).text).toContain('/remind is not a command here.')
    expect(open.received).toEqual([])
  })
})

describe('acting in Teams', () => {
  const chat = async () => (await open.viewModel('asha-verity')).teams?.chat
  const card = {
    type: 'AdaptiveCard',
    version: '1.5',
    body: [{ type: 'Input.Text', id: 'why', label: 'Why?' }],
    actions: ['done', 'skip'].map((title) => ({
      type: 'Action.Execute',
      title,
      verb: 'answer',
      ...(title === 'skip' && { associatedInputs: 'none' }),
    })),
  }

  /** Posts a card to Asha as the bot would. */
  async function cardForAsha() {
    const { teams } = open.playground
    const { conversationId } = teams.snapshot('a1000000-0000-4000-8000-000000000003').chat
    const { credentials } = teams
    const login = await fetch(credentials.tokenUrl, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: credentials.appId,
        client_secret: credentials.appPassword,
        scope: credentials.scope,
      }),
    })
    const { access_token: token } = (await login.json()) as { access_token: string }
    const address = `${teams.serviceUrl}v3/conversations/${encodeURIComponent(conversationId)}/activities`
    const posted = await fetch(address, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        type: 'message',
        attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: card }],
      }),
    })
    expect(posted.ok).toBe(true)
  }

  test('a button is named by its place, and sends the inputs that belong to it', async () => {
    await cardForAsha()
    const seen = await chat()
    const [message] = seen?.messages ?? []
    expect(message?.card?.actions).toMatchObject([{ id: 'button-0' }, { id: 'button-1' }])
    const press = (button: number) =>
      open.act('teams', 'asha-verity', {
        act: 'press',
        conversation: seen?.conversationId,
        message: message?.id,
        button,
        filled: { why: 'Because' },
      })
    expect((await press(0)).status).toBe(204)
    expect((await press(1)).status).toBe(204)
    const sent = open.received.map(({ body }) => JSON.parse(body).value.action)
    expect(sent).toMatchObject([
      { title: 'done', data: { why: 'Because' } },
      { title: 'skip', data: {} },
    ])
    expect(sent[1].data.why).toBeUndefined()
  })

  test('a message in a channel needs a mention', async () => {
    const conversation = '19:brightwater-board@thread.tacv2'
    const write = (text: string) =>
      open.act('teams', 'asha-verity', { act: 'write', conversation, text })
    expect((await write('help')).text).toContain('messages that begin with @Milepost')
    expect(open.received).toEqual([])
    expect((await write('@milepost help')).status).toBe(204)
    expect(JSON.parse(open.received[0]?.body ?? '')).toMatchObject({
      type: 'message',
      conversation: { conversationType: 'channel' },
    })
  })
})

describe('the clock', () => {
  test('moves to the given time in steps of an hour', async () => {
    expect((await open.act('clock', 'asha-verity', { to: 'an hour on' })).status).toBe(204)
    expect(open.steps.map((step) => step.toISOString().slice(0, 16))).toEqual([
      '2026-02-27T10:00',
      '2026-02-27T10:30',
    ])
    expect((await open.viewModel('asha-verity')).clock.local).toBe('2026-02-27T10:30')
  })

  test('does not go back, and explains why', async () => {
    const back = await open.act('clock', 'asha-verity', { to: { local: '2026-02-01T09:00' } })
    expect(back.status).toBe(200)
    expect(back.text).toContain('goes forward only')
  })
})
