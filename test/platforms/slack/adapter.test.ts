import { describe, expect, jest, test } from '@jest/globals'
import { Refusal } from '../../../src/base/errors.ts'
import type { AdaptiveCard, Card } from '../../../src/chat/cards.ts'
import { problemElement } from '../../../src/chat/form-problems.ts'
import type { Reply } from '../../../src/chat/reply.ts'
import { createSlack } from '../../../src/platforms/slack/app.ts'
import { signatureHeaders } from '../../../src/playground/slack/signing.ts'
import { listenerOf } from '../../support/platforms.ts'
import { drawn, eventually, expandDrawn, settled } from '../contract.ts'
import { answered, button, type Handler, openWorkplace, repliesAfter } from './open-workplace.ts'
import {
  AMINA,
  BEN,
  BETWEEN_THEM,
  GENERAL,
  messagesIn,
  SECRET,
  type SlackWorkplace,
  TOKEN,
  topView,
} from './slack-workplace.ts'

const reason = { type: 'Input.Text', id: 'reason', label: 'Reason' }
const form = (text = 'Update 2.1') =>
  drawn(text, { body: [reason], actions: [button('Save', 'status'), button('Check', 'check')] })
const formReply: Reply = { kind: 'form', card: form() }

describe('a slash command', () => {
  test('is answered in the acknowledgement, visibly only to the person', async () => {
    const place = await openWorkplace(() => answered('2.1 is green'))
    const { body } = await place.workspace.slashCommand(AMINA, GENERAL, '/rag', '2.1')
    expect(body).toMatchObject({ response_type: 'ephemeral', text: '2.1 is green' })
    expect(messagesIn(place.workspace.snapshot(BEN))).toEqual([])
  })

  test('is answered without a call to Slack: auth.test is called at the start only', async () => {
    const place = await openWorkplace(() => answered('2.1 is green'))
    for (const text of ['2.1', '2.2', '']) {
      await place.workspace.slashCommand(AMINA, GENERAL, '/rag', text)
    }
    expect(place.workspace.calls('auth.test')).toBe(1)
  })

  test('that takes long is acknowledged first and answered after', async () => {
    const place = await openWorkplace(repliesAfter(300, answered('2.1 is green')), {
      replyTimeoutMs: 50,
    })
    const { body } = await place.workspace.slashCommand(AMINA, GENERAL, '/rag', '2.1')
    expect(body).toMatchObject({ text: 'Got it, working on it. The answer follows…' })
    await place.sees('2.1 is green')
    expect(messagesIn(place.workspace.snapshot(BEN))).toEqual([])
  })

  test('whose form is too late for the trigger shows a button that opens it', async () => {
    const place = await openWorkplace(repliesAfter(200, formReply), { replyTimeoutMs: 50 })
    place.workspace.failNext('views.open', { error: 'expired_trigger_id' })
    await place.act.say('update 2.1')
    await eventually(async () => expect((await place.seen()).buttons).toContain('Open the form'))
    await place.act.press('Open the form')
    await place.hasInputs(['reason'])
    expect(place.requests.at(-1)?.input).toEqual({
      ...{ by: 'button', verb: 'status:form' },
      args: { project: '2.1' },
    })
  })

  test('that is invalid opens its form with the problems', async () => {
    const fields = { reason: 'Please say why.' }
    const place = await openWorkplace(() => ({ kind: 'invalid', card: form(), fields }))
    await place.act.say('2.1 red')
    await place.hasInputs(['reason'])
    await place.sees('⚠ Please say why.')
  })

  test('that Slack repeats late is answered once', async () => {
    let times = 0
    const place = await openWorkplace(
      async () => {
        times += 1
        const repeat = times > 1 ? { isRepeat: true as const } : {}
        await settled()
        return { ...answered('Saved'), ...repeat }
      },
      { replyTimeoutMs: 20 },
    )
    await place.act.say('2.1 green')
    await place.act.repeat()
    await place.sees('Saved')
    await settled()
    const { text } = await place.seen()
    expect(text.match(/Saved/g)).toHaveLength(1)
  })
})

describe('a mention in a channel', () => {
  test('is answered to the person who asked and nobody else', async () => {
    const place = await openWorkplace(() => answered('2.1 is green'))
    await place.workspace.mention(AMINA, GENERAL, '<@U0MILEPOST> 2.1')
    await place.sees('2.1 is green')
    expect(place.requests[0]).toMatchObject({
      input: { by: 'text', text: '2.1' },
      place: { conversation: GENERAL, kind: 'channel' },
    })
    const seenByBen = messagesIn(place.workspace.snapshot(BEN)).map(({ message }) => message.text)
    expect(seenByBen).toEqual(['<@U0MILEPOST> 2.1'])
  })

  test('that asks for a form gets a button that opens it', async () => {
    const place = await openWorkplace(() => formReply)
    await place.workspace.mention(AMINA, GENERAL, 'update 2.1')
    await place.sees('Update 2.1')
    await place.act.press('Open the form')
    await place.hasInputs(['reason'])
  })

  test('whose form holds words already: the button opens it with them, and long ones are shown to be copied', async () => {
    const filled = (value: string): Reply => ({
      kind: 'invalid',
      card: drawn('Update 2.1', {
        body: [{ ...reason, value }],
        actions: [button('Save', 'status')],
      }),
      fields: { date: 'By which day?' },
    })
    const long = 'waiting for legal '.repeat(120).trim()
    const place = await openWorkplace(({ input }) =>
      filled(input.by === 'text' && input.text === 'long' ? long : 'supplier late'),
    )
    await place.workspace.mention(AMINA, GENERAL, '2.1 amber supplier late')
    await place.sees('By which day?')
    await place.act.press('Open the form')
    expect(place.requests.at(-1)?.input).toMatchObject({ args: { reason: 'supplier late' } })
    await place.workspace.mention(AMINA, GENERAL, 'long')
    await place.sees(long)
  })
})

describe('a direct message between two colleagues', () => {
  test('takes a command and its buttons for nobody’s conversation with Milepost, and shows the answers to one of them', async () => {
    const card = drawn('2.1 is green', { actions: [button('More', 'more')] })
    const place = await openWorkplace(() => ({ kind: 'answer', card }))
    const response = await place.workspace.slashCommand(AMINA, BETWEEN_THEM, '/rag', '2.1')
    expect(response.body).toMatchObject({ response_type: 'ephemeral' })
    await place.act.press('More')
    await eventually(async () => expect(place.requests).toHaveLength(2))
    for (const request of place.requests) {
      expect(request.place).toMatchObject({ conversation: BETWEEN_THEM })
      expect(request.directPlace).toBeUndefined()
    }
    await eventually(async () =>
      expect(messagesIn(place.workspace.snapshot(AMINA))).toHaveLength(2),
    )
    expect(messagesIn(place.workspace.snapshot(BEN))).toEqual([])
  })
})

describe('a direct message', () => {
  test('is answered in the conversation, or in its thread', async () => {
    const place = await openWorkplace(() => answered('Understood'))
    await place.workspace.message(AMINA, 'hello')
    await place.sees('Understood')
    const root = messagesIn(place.workspace.snapshot(AMINA))[0]?.message
    await place.workspace.message(AMINA, 'and more', { threadTs: root?.ts ?? '' })
    await eventually(async () => {
      const [first] = messagesIn(place.workspace.snapshot(AMINA))
      expect(first?.message.replies).toHaveLength(2)
    })
  })

  test.each([true, 'other_event_id'] as const)(
    'that Slack sends twice (%s) has one key and one answer',
    async (deliverTwice) => {
      const seen = new Set<string>()
      const place = await openWorkplace(({ key }) => {
        const repeat = seen.has(key) ? { isRepeat: true as const } : {}
        seen.add(key)
        return { ...answered('Understood'), ...repeat }
      })
      await place.workspace.message(AMINA, 'hello', { deliverTwice })
      await eventually(async () => expect(place.requests).toHaveLength(2))
      await settled()
      expect(seen.size).toBe(1)
      expect((await place.seen()).text.match(/Understood/g)).toHaveLength(1)
    },
  )

  test('of a bot, an edit or a notice is not answered', async () => {
    const place = await openWorkplace(() => answered('Understood'))
    const event = {
      type: 'message',
      channel_type: 'im',
      channel: 'D1',
      user: AMINA,
      text: 'x',
      ts: '1.2',
    }
    const others = [
      { ...event, bot_id: 'B1' },
      { ...event, subtype: 'channel_join' },
      { ...event, subtype: 'message_changed', text: undefined },
      { ...event, channel_type: 'channel' },
    ]
    for (const other of others) expect(await postEvent(place, other)).toBe(200)
    await settled()
    expect(place.requests).toEqual([])
    expect(await postEvent(place, event)).toBe(200)
    await eventually(async () => expect(place.requests).toHaveLength(1))
  })
})

async function postEvent({ url }: { url: string }, event: object, at = Date.now()) {
  const body = JSON.stringify({ type: 'event_callback', team_id: 'T0COUNCIL', event })
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...signatureHeaders(SECRET, Math.floor(at / 1000), body),
    },
    body,
  })
  return response.status
}

describe('a form', () => {
  /** Opens the form from a message in the channel, by its button. */
  async function openForm(answer: Handler, options?: { replyTimeoutMs?: number }) {
    let current: Handler = () => formReply
    const place = await openWorkplace((invocation) => current(invocation), options)
    const card = drawn('2.1 needs an update', { actions: [button('Update', 'status:form')] })
    const address = await place.platform.send(place.channel, { key: 'k1', card })
    await place.act.press('Update')
    await place.hasInputs(['reason'])
    current = answer
    return { ...place, address }
  }

  test('opens at once, however long the reply takes', async () => {
    const place = await openWorkplace(repliesAfter(300, formReply))
    const card = drawn('2.1 needs an update', { actions: [button('Update', 'status:form')] })
    await place.platform.send(place.channel, { key: 'k1', card })
    await place.act.press('Update')
    await place.sees('Loading…')
    await place.hasInputs(['reason'])
  })

  test('that is refused is replaced by the refusal', async () => {
    const place = await openWorkplace(() => answered('Only its leads may do that'))
    const card = drawn('2.1 needs an update', { actions: [button('Update', 'status:form')] })
    await place.platform.send(place.channel, { key: 'k1', card })
    await place.act.press('Update')
    await eventually(async () => {
      const { view } = topView(place.workspace.snapshot(AMINA))
      expect(JSON.stringify(view.blocks)).toContain('Only its leads may do that')
      expect(view.submit).toBeNull()
    })
  })

  test('whose trigger has expired shows the button again', async () => {
    const place = await openWorkplace(() => formReply)
    const card = drawn('2.1 needs an update', { actions: [button('Update', 'status:form')] })
    await place.platform.send(place.channel, { key: 'k1', card })
    place.workspace.failNext('views.open', { error: 'expired_trigger_id' })
    await place.act.press('Update')
    await eventually(async () => expect((await place.seen()).buttons).toContain('Open the form'))
  })

  test('refreshes the message it was opened from when it is saved', async () => {
    const place = await openForm(() => answered('Saved', drawn('2.1 is amber')))
    await place.act.submit({ reason: 'Costs' })
    await place.sees('2.1 is amber')
    await place.sees('Saved')
    const texts = messagesIn(place.workspace.snapshot(BEN)).map(({ message }) => message.text)
    expect(texts).toEqual(['2.1 is amber'])
    expect(place.requests.at(-1)?.message).toEqual(place.address)
  })

  describe('is closed by saving, and what was saved is said', () => {
    const saved = (text: string, refresh?: Card): Reply => ({
      ...{ kind: 'answer', card: drawn(text, { actions: [button('Undo', 'undo')] }) },
      ...{ refresh, isSaved: true },
    })
    const isClosed = (place: Pick<SlackWorkplace, 'workspace'>) =>
      eventually(async () => expect(place.workspace.snapshot(AMINA).views).toEqual([]))
    const messagesOf = ({ workspace }: Pick<SlackWorkplace, 'workspace'>, user: string) =>
      messagesIn(workspace.snapshot(user)).map(({ message }) => message.text)

    test('to its person in the channel, beside the message that was drawn anew', async () => {
      const place = await openForm(() => saved('Saved', drawn('2.1 is amber')))
      await place.act.submit({ reason: 'Costs' })
      await isClosed(place)
      await eventually(async () =>
        expect(messagesOf(place, AMINA)).toEqual(['2.1 is amber', 'Saved']),
      )
      expect(messagesOf(place, BEN)).toEqual(['2.1 is amber'])
      expect((await place.seen()).buttons).toContain('Undo')
    })

    test('in the chat with Milepost by a message, once where it is the message itself', async () => {
      const answers = [saved('Saved'), saved('Answered', saved('Answered').card)]
      const place = await openWorkplace(({ input }) =>
        'verb' in input && input.verb === 'status' ? (answers.shift() ?? formReply) : formReply,
      )
      const card = drawn('2.1 needs an update', { actions: [button('Update', 'status:form')] })
      await place.platform.send(place.direct, { key: 'k1', card })
      for (const messages of [
        ['2.1 needs an update', 'Saved'],
        ['Answered', 'Saved'],
      ]) {
        await place.act.press('Update')
        await place.hasInputs(['reason'])
        await place.act.submit({ reason: 'Costs' })
        await isClosed(place)
        await eventually(async () => expect(messagesOf(place, AMINA)).toEqual(messages))
      }
    })

    test('in the form itself where it can be said nowhere else, or comes late', async () => {
      const place = await openForm(() => saved('Saved'))
      place.workspace.failNext('chat.postEphemeral', { error: 'not_in_channel' })
      await place.act.submit({ reason: 'Costs' })
      await place.sees('Saved')
      expect(messagesOf(place, AMINA)).toEqual(['2.1 needs an update'])
      const late = await openForm(repliesAfter(300, saved('Saved')), { replyTimeoutMs: 50 })
      await late.act.submit({ reason: 'Costs' })
      await eventually(async () => {
        const { view } = topView(late.workspace.snapshot(AMINA))
        expect(JSON.stringify(view.blocks)).toContain('Saved')
      })
      expect(messagesOf(late, AMINA)).toEqual(['2.1 needs an update', 'Saved'])
    })
  })

  test('that takes long to save shows that it is saving', async () => {
    const place = await openForm(repliesAfter(500, answered('Saved')), { replyTimeoutMs: 50 })
    await place.act.submit({ reason: 'Costs' })
    await place.sees('Saving…')
    await place.sees('Saved')
    await place.hasInputs([])
  })

  test('that is found invalid late is shown again with the problems', async () => {
    const fields = { reason: 'Please say why.' }
    const reply: Reply = { kind: 'invalid', card: form(), fields }
    const place = await openForm(repliesAfter(500, reply), { replyTimeoutMs: 50 })
    await place.act.submit({ reason: 'x' })
    await place.sees('⚠ Please say why.')
    await place.hasInputs(['reason'])
  })

  test('that was closed before it was saved is answered by direct message', async () => {
    const place = await openForm(repliesAfter(500, answered('Saved')), { replyTimeoutMs: 50 })
    await place.act.submit({ reason: 'Costs' })
    const { view } = topView(place.workspace.snapshot(AMINA))
    await place.workspace.closeView(AMINA, view.id)
    await place.sees('Saved')
  })

  test('shows problems without an input at its top', async () => {
    const fields = { reason: 'Too short.', milestone: 'That milestone is gone.' }
    const place = await openForm(() => ({ kind: 'invalid', card: form(), fields }))
    await place.act.submit({ reason: 'x' })
    await place.sees('⚠ That milestone is gone.')
    await place.sees('⚠ Too short.')
    // The form has another text than was typed, so its input is another block.
    await place.hasInputs(['reason~2'])
  })

  test('that already shows a problem shows it once', async () => {
    const fields = { reason: 'Too short.', project: 'No such project.' }
    const saying = drawn('Update 2.1', {
      body: [
        reason,
        problemElement({ id: 'reason', text: 'Too short.' }),
        problemElement({ id: 'project', text: 'No such project.' }),
      ],
      actions: [button('Save', 'status')],
    })
    const place = await openForm(() => ({ kind: 'invalid', card: saying, fields }))
    await place.act.submit({ reason: 'x' })
    await place.sees('Too short.')
    const { text } = await place.seen()
    expect(text.match(/Too short/g)).toHaveLength(1)
    expect(text.match(/No such project/g)).toHaveLength(1)
  })

  test('sends its values with a button in it, and is redrawn', async () => {
    const place = await openForm(() => ({ kind: 'form', card: form('Checked') }))
    await place.act.press('Check')
    await place.sees('Checked')
    expect(place.requests.at(-1)?.input).toEqual({
      ...{ by: 'button', verb: 'check' },
      args: { reason: '', project: '2.1' },
    })
  })

  test('that is closed before a button in it is answered has the answer where it was opened', async () => {
    const { promise, resolve: work } = Promise.withResolvers<Reply>()
    const place = await openForm(() => promise)
    await place.act.press('Check')
    await place.workspace.closeView(AMINA, topView(place.workspace.snapshot(AMINA)).view.id)
    work(answered('Green by its criteria'))
    await place.sees('Green by its criteria')
    expect(place.logged.filter(({ level }) => level === 'error')).toEqual([])
  })
})

describe('a message that only one person sees', () => {
  test('is refreshed by its response_url, also after a form', async () => {
    const list = drawn('Your projects', {
      actions: [button('Done', 'done'), button('Update', 'status:form')],
    })
    const place = await openWorkplace(({ input }) => {
      if (!('verb' in input)) return { kind: 'answer', card: list }
      if (input.verb === 'status:form') return formReply
      return answered(
        'Saved',
        drawn(`Refreshed by ${input.verb}`, { actions: [button('Update', 'status:form')] }),
      )
    })
    await place.act.say('')
    await place.act.press('Done')
    await place.sees('Refreshed by done')
    await place.act.press('Update')
    await place.hasInputs(['reason'])
    await place.act.submit({ reason: 'Costs' })
    await place.sees('Refreshed by status')
    expect((await place.seen()).text).not.toContain('Your projects')
  })
})

describe('errors', () => {
  test('a card that Slack cannot show becomes its one sentence', async () => {
    const card: AdaptiveCard = {
      ...expandDrawn(drawn('2.1 is <amber>')),
      body: [{ type: 'Media', sources: [] }],
    }
    const place = await openWorkplace(() => ({
      kind: 'answer',
      card: { name: 'drawn', data: card },
    }))
    await place.act.say('2.1')
    await place.sees('2.1 is <amber>')
    expect(place.logged).toContainEqual(expect.objectContaining({ level: 'error' }))
  })

  test('an answer is posted if its message cannot be updated any more', async () => {
    const place = await openWorkplace(() => answered('Saved', drawn('Done')))
    const card = drawn('Due', { actions: [button('Done', 'done')] })
    await place.platform.send(place.channel, { key: 'k1', card })
    place.workspace.failNext('chat.update', { error: 'cant_update_message' })
    await place.act.press('Done')
    await place.sees('Saved')
  })

  test('a card outside the subset is Rejected before anything is sent', async () => {
    const place = await openWorkplace(() => answered('x'))
    const card = drawn('x', { body: [{ type: 'Media' }] })
    await expect(place.platform.send(place.channel, { key: 'k', card })).rejects.toMatchObject({
      name: 'MessageRejectedError',
      message: expect.stringContaining('body.1 (Media)'),
    })
    expect(place.workspace.calls('chat.postMessage')).toBe(0)
  })

  test('the log contains no secret and nothing that people wrote', async () => {
    const place = await openWorkplace(() => {
      throw new Error('database is down')
    })
    await place.act.say('the private reason')
    place.workspace.failNext('views.open', { error: 'expired_trigger_id' })
    const card = drawn('the private card', { actions: [button('Update', 'status:form')] })
    await place.platform.send(place.channel, { key: 'k1', card })
    await place.act.press('Update')
    place.workspace.failNext('chat.postMessage', { error: 'invalid_blocks' })
    await place.platform.send(place.channel, { key: 'k1', card }).catch(() => {})
    await place.act.forge()
    await settled()
    expect(place.logged.length).toBeGreaterThan(2)
    expect(JSON.stringify(place.logged)).not.toMatch(/private|xoxb|signing secret/)
  })
})

describe('requests', () => {
  const event = {
    type: 'message',
    channel_type: 'im',
    channel: 'D1',
    user: AMINA,
    text: 'x',
    ts: '1.2',
  }
  test.each([
    ['ten minutes old', -600, 401],
    ['two minutes old', -120, 200],
    ['of now', 0, 200],
    ['from half a minute ahead', 30, 200],
    ['from the future', 120, 401],
  ])('%s', async (_name, seconds, status) => {
    const place = await openWorkplace(() => answered('Understood'))
    expect(await postEvent(place, event, Date.now() + seconds * 1000)).toBe(status)
    await settled()
    expect(place.requests).toHaveLength(status === 200 ? 1 : 0)
    const refused = place.logged.filter(({ level }) => level === 'warn')
    expect(refused).toHaveLength(status === 200 ? 0 : 1)
    if (seconds > 0 && status !== 200) expect(refused[0]?.message).toContain('set the clock')
  })

  test('signed for other words are refused', async () => {
    const place = await openWorkplace(() => answered('x'))
    const signed = signatureHeaders(SECRET, Math.floor(Date.now() / 1000), '{"type":"event"}')
    const body = JSON.stringify({ type: 'event_callback', team_id: 'T0COUNCIL', event })
    const headers = { 'content-type': 'application/json', ...signed }
    expect((await fetch(place.url, { method: 'POST', headers, body })).status).toBe(401)
    expect(place.requests).toEqual([])
  })

  test('to another address are not found', async () => {
    const place = await openWorkplace(() => answered('x'))
    const response = await fetch(place.url.replace('events', 'other'), { method: 'POST', body: '' })
    expect(response.status).toBe(404)
  })
})

describe('starting and stopping', () => {
  const log = { info: () => {}, warn: () => {}, error: () => {} }

  test('a wrong token is one clear error', async () => {
    const { workspace } = await openWorkplace(() => answered('x'))
    const slack = createSlack({
      config: {
        mode: 'http',
        botToken: 'xoxb-wrong',
        signingSecret: SECRET,
        apiUrl: workspace.apiUrl,
      },
      handle: async () => answered('x'),
      log,
    })
    await expect(slack.start()).rejects.toThrow(
      'Milepost cannot start on Slack. Slack says invalid_auth. Slack does not accept my token.',
    )
  })

  test.each([
    ['500', 'http_500'],
    ['rate_limited', 'http_429'],
    [{ error: 'internal_error' }, 'internal_error'],
  ] as const)(
    'is not refused where Slack does not answer (%j), and can be tried again',
    async (failure, code) => {
      const { workspace } = await openWorkplace(() => answered('x'))
      const { apiUrl } = workspace
      const config = { mode: 'http', botToken: TOKEN, signingSecret: SECRET, apiUrl } as const
      const slack = createSlack({ config, handle: async () => answered('x'), log })
      workspace.failNext('auth.test', failure)
      const error: unknown = await slack.start().catch((thrown: unknown) => thrown)
      expect(error).not.toBeInstanceOf(Refusal)
      expect(error).toMatchObject({ code })
      await slack.start()
    },
  )

  test('a request before the start gets 503', async () => {
    const handle = jest.fn(async () => answered('x'))
    const slack = createSlack({
      config: { mode: 'http', botToken: 'xoxb-local', signingSecret: SECRET },
      handle,
      log,
    })
    const end = jest.fn()
    const writeHead = jest.fn((_status: number) => ({ end }))
    listenerOf(slack)?.({ headers: {} } as never, { writeHead } as never)
    expect(writeHead).toHaveBeenCalledWith(503)
  })

  test('stopping waits for the answer in progress', async () => {
    const place = await openWorkplace(repliesAfter(300, answered('Understood')))
    await place.workspace.message(AMINA, 'hello')
    await eventually(async () => expect(place.requests).toHaveLength(1))
    await place.slack.stop()
    expect((await place.seen()).text).toContain('Understood')
  })
})

describe('by Socket Mode', () => {
  test('commands, forms and messages come through the socket', async () => {
    const place = await openWorkplace(
      ({ input }) => (input.by === 'form' ? answered('Saved') : formReply),
      {
        mode: 'socket',
      },
    )
    expect(listenerOf(place.slack)).toBeUndefined()
    await place.act.say('update 2.1')
    await place.hasInputs(['reason'])
    await place.act.submit({ reason: 'Costs' })
    await place.sees('Saved')
    await place.workspace.message(AMINA, 'update 2.1')
    await eventually(async () => expect((await place.seen()).buttons).toContain('Open the form'))
  })

  test('stopping still acknowledges the command in progress', async () => {
    const place = await openWorkplace(repliesAfter(300, answered('2.1 is green')), {
      mode: 'socket',
    })
    const command = place.workspace.slashCommand(AMINA, GENERAL, '/rag', '2.1')
    await eventually(async () => expect(place.requests).toHaveLength(1))
    await place.slack.stop()
    expect(await command).toMatchObject({ status: 200, body: { text: '2.1 is green' } })
  })
})

test('a profile has the zone of the person', async () => {
  const place = await openWorkplace(() => answered('x'))
  const ben = { platform: 'slack', tenant: 'T0COUNCIL', user: BEN } as const
  expect(await place.platform.profile(ben)).toMatchObject({
    displayName: 'Ben Carter',
    zone: 'Europe/Paris',
  })
  await expect(place.platform.profile({ ...ben, user: 'U0NOBODY' })).rejects.toMatchObject({
    name: 'RecipientGoneError',
  })
})
