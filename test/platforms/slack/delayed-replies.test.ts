import { describe, expect, test } from '@jest/globals'
import type { AdaptiveElement } from '../../../src/chat/cards.ts'
import { pendingText } from '../../../src/chat/rate-limit-retry.ts'
import type { Reply } from '../../../src/chat/reply.ts'
import { fillForm } from '../../../src/playground/slack/form-fill.ts'
import { drawn, eventually, settled } from '../contract.ts'
import { answered, button, openWorkplace, repliesAfter } from './open-workplace.ts'
import { AMINA } from './slack-workplace.ts'

describe('an answer that Slack rate-limits', () => {
  const due = drawn('Due', { actions: [button('Done', 'done')] })
  type Ask = (place: Awaited<ReturnType<typeof openWorkplace>>) => Promise<unknown>
  const cases: [string, string, Reply, Ask][] = [
    [
      'a direct message',
      'chat.postMessage',
      answered('Saved'),
      (place) => {
        return place.workspace.message(AMINA, '2.1 green')
      },
    ],
    [
      'a mention',
      'chat.postEphemeral',
      answered('Saved'),
      (place) => place.act.mention('2.1 green'),
    ],
    ['a late command', 'response_url', answered('Saved'), (place) => place.act.say('2.1 green')],
    [
      'a button',
      'response_url',
      answered('Saved'),
      async (place) => {
        await place.platform.send(place.channel, { key: 'k1', card: due })
        await place.act.press('Done')
      },
    ],
    [
      'a message drawn anew',
      'chat.update',
      answered('-', drawn('Saved')),
      async (place) => {
        await place.platform.send(place.channel, { key: 'k1', card: due })
        await place.act.press('Done')
      },
    ],
    [
      'a form',
      'views.update',
      answered('Saved'),
      async (place) => {
        const card = drawn('Due', { actions: [button('Done', 'done:form')] })
        await place.platform.send(place.channel, { key: 'k1', card })
        await place.act.press('Done')
      },
    ],
  ]

  test.each(cases)('is posted once, after the wait: %s', async (name, method, reply, ask) => {
    const waits: number[] = []
    const wait = async (ms: number) => {
      waits.push(ms)
    }
    const replyTimeoutMs = name === 'a late command' ? 20 : 2000
    const place = await openWorkplace(repliesAfter(50, reply), { replyTimeoutMs, wait })
    place.workspace.failNext(method, { retryAfter: 3 }, 2)
    await ask(place)
    await place.sees('Saved')
    await settled()
    expect(waits).toEqual([3000, 3000])
    expect(place.workspace.calls(method)).toBe(3)
    expect((await place.seen()).text.match(/Saved/g)).toHaveLength(1)
  })

  test('delays a stop', async () => {
    const { promise: allowed, resolve: allow } = Promise.withResolvers<void>()
    const waits: number[] = []
    const wait = (ms: number) => {
      waits.push(ms)
      return allowed
    }
    const place = await openWorkplace(() => answered('Saved'), { wait })
    place.workspace.failNext('chat.postMessage', { retryAfter: 3 })
    await place.workspace.message(AMINA, '2.1 green')
    await eventually(async () => expect(waits).toHaveLength(1))
    const stopped = place.slack.stop()
    allow()
    await stopped
    expect((await place.seen()).text).toContain('Saved')
  })

  test('for longer than the limit is given up and logged', async () => {
    const place = await openWorkplace(() => answered('Saved'))
    place.workspace.failNext('chat.postMessage', { retryAfter: 60 })
    await place.workspace.message(AMINA, '2.1 green')
    await place.slack.stop()
    expect(place.workspace.calls('chat.postMessage')).toBe(1)
    expect(place.logged).toContainEqual(
      expect.objectContaining({ level: 'error', message: 'An answer was not shown' }),
    )
  })

  test('is different from an outbox message, which the dispatcher retries', async () => {
    const place = await openWorkplace(() => answered('x'), {
      wait: () => Promise.reject(new Error('waited')),
    })
    place.workspace.failNext('chat.postMessage', { retryAfter: 3 })
    await expect(
      place.platform.send(place.channel, { key: 'k1', card: due }),
    ).rejects.toMatchObject({ name: 'RateLimitedError', retryAfterMs: 3000 })
    const sent = await place.platform.send(place.channel, { key: 'k1', card: due })
    place.workspace.failNext('chat.update', { retryAfter: 3 })
    await expect(place.platform.update(sent, { key: 'k1', card: due })).rejects.toMatchObject({
      name: 'RateLimitedError',
    })
  })
})

describe('an answer that takes longer', () => {
  const due = drawn('Due', { actions: [button('Done', 'done')] })
  type Ask = (place: Awaited<ReturnType<typeof openWorkplace>>) => Promise<unknown>
  const cases: [string, Ask][] = [
    ['a command', (place) => place.act.say('2.1 green')],
    ['a direct message', (place) => place.workspace.message(AMINA, '2.1 green')],
    ['a mention', (place) => place.act.mention('2.1 green')],
    [
      'a button',
      async (place) => {
        await place.platform.send(place.channel, { key: 'k1', card: due })
        await place.act.press('Done')
      },
    ],
  ]

  test.each(cases)('is announced, and posted when it is ready: %s', async (_name, ask) => {
    const { promise, resolve: store } = Promise.withResolvers<Reply>()
    const place = await openWorkplace(() => promise, { replyTimeoutMs: 20 })
    await ask(place)
    await place.sees(pendingText)
    expect((await place.seen()).text).not.toContain('Saved')
    store(answered('Saved'))
    await place.sees('Saved')
    await settled()
    expect((await place.seen()).text.match(/Saved/g)).toHaveLength(1)
  })

  test('to a button in an open form shows a placeholder meanwhile', async () => {
    const form = drawn('Form', {
      body: [{ type: 'Input.Text', id: 'reason', label: 'Reason' }],
      actions: [button('Store', 'update'), button('Work out', 'work-out')],
    })
    const { promise, resolve: workOut } = Promise.withResolvers<Reply>()
    const forms: Reply[] = [{ kind: 'form', card: form }]
    const place = await openWorkplace(() => forms.shift() ?? promise, { replyTimeoutMs: 20 })
    const opener = drawn('Due', { actions: [button('Update', 'update:form')] })
    await place.platform.send(place.channel, { key: 'k1', card: opener })
    await place.act.press('Update')
    await place.hasInputs(['reason'])
    await place.act.press('Work out')
    await place.sees('Working on it…')
    workOut({ kind: 'form', card: form })
    await place.hasInputs(['reason'])
  })

  test('to a choice that draws its form anew leaves the form as it is, and so does one that refuses', async () => {
    const status = (state: string, reason: string, fields: AdaptiveElement[]) =>
      drawn('Status', {
        body: [
          {
            ...{ type: 'Input.ChoiceSet', id: 'state', label: 'Status', style: 'expanded' },
            choices: ['red', 'amber', 'green'].map((value) => ({ title: value, value })),
            ...{ value: state, isRequired: true },
            valueChangedAction: {
              type: 'Action.Execute',
              verb: 'update:form',
              data: { was: 'red' },
            },
          },
          ...fields,
          { type: 'Input.Text', id: 'reason', label: 'Why?', value: reason },
        ],
        actions: [button('Save', 'update')],
      })
    const day = { type: 'Input.Date', id: 'date', label: 'Back to Green by' }
    const { promise, resolve: draw } = Promise.withResolvers<Reply>()
    const replies: (Reply | Promise<Reply>)[] = [
      { kind: 'form', card: status('red', 'the last words', [day]) },
      promise,
      answered('That is not yours any more'),
    ]
    const place = await openWorkplace(() => replies.shift() ?? answered('-'), {
      replyTimeoutMs: 50,
    })
    const opener = drawn('Due', { actions: [button('Update', 'update:form')] })
    await place.platform.send(place.channel, { key: 'k1', card: opener })
    await place.act.press('Update')
    await place.hasInputs(['state', 'date', 'reason'])
    const view = () => {
      const open = place.workspace.snapshot(AMINA).views.at(-1)?.view
      if (!open) throw new Error('no form is open')
      return open
    }
    const choose = (state: string) =>
      place.workspace.chooseInView(AMINA, view().id, 'state', state, {
        values: fillForm(view(), { state }),
      })
    await choose('amber')
    await settled()
    await place.hasInputs(['state', 'date', 'reason'])
    expect(place.requests.at(-1)?.input).toMatchObject({
      verb: 'update:form',
      args: { state: 'amber', reason: 'the last words', was: 'red', project: '2.1' },
    })
    draw({ kind: 'form', card: status('amber', '', []) })
    // It took longer than a moment: what was typed into the reason meanwhile stays there.
    await place.hasInputs(['state', 'reason'])
    await choose('green')
    await settled()
    await place.hasInputs(['state', 'reason'])
    expect((await place.seen()).text).not.toContain('not yours')
    replies.push({ kind: 'form', card: status('amber', 'another', []) })
    await choose('amber')
    await place.hasInputs(['state', 'reason~2'])
    // Two choices, the second before the first was drawn: the second stands there.
    const first = Promise.withResolvers<Reply>()
    const second = Promise.withResolvers<Reply>()
    replies.push(first.promise, second.promise)
    await choose('red')
    await choose('amber')
    first.resolve({ kind: 'form', card: status('red', 'another', [day]) })
    await place.hasInputs(['state', 'date', 'reason~2'])
    second.resolve({ kind: 'form', card: status('amber', 'another', []) })
    await place.hasInputs(['state', 'reason~2'])
    replies.push({ kind: 'invalid', card: status('amber', '', []), fields: { reason: 'Say why.' } })
    await place.act.submit({ state: 'amber', reason: 'x' })
    const errors = () => place.workspace.snapshot(AMINA).views.at(-1)?.errors
    await eventually(async () => expect(errors()).toEqual({ 'reason~2': 'Say why.' }))
  })

  test('is posted even if the notice fails', async () => {
    const place = await openWorkplace(repliesAfter(100, answered('Saved')), { replyTimeoutMs: 20 })
    place.workspace.failNext('chat.postMessage', { retryAfter: 3 })
    await place.workspace.message(AMINA, '2.1 green')
    await place.sees('Saved')
    expect((await place.seen()).text).not.toContain(pendingText)
  })
})
