import { describe, expect, test } from '@jest/globals'
import type { App } from '@slack/bolt'
import {
  AMINA,
  BEN,
  ELSEWHERE,
  GENERAL,
  messagesOf,
  useWorkspaces,
  waitUntilVisible,
} from './test-workspace.ts'

const { alone, talking } = useWorkspaces()

interface Kept {
  id: unknown
  retry: unknown
  event: object
}

/** An app that keeps what every event carried. */
function recording(kept: Kept[]) {
  const keep = (app: App) => {
    app.use(async ({ body, context, next }) => {
      if ('event_id' in body) {
        kept.push({ id: body.event_id, retry: context.retryNum, event: body.event })
      }
      await next()
    })
    app.event('app_mention', async ({ event, say }) => {
      await say({ text: `Heard: ${event.text}`, thread_ts: event.thread_ts ?? event.ts })
    })
    app.message(async ({ message, say }) => {
      await say('text' in message ? `You said ${message.text}` : 'Nothing said')
    })
  }
  return keep
}

describe('what a person writes', () => {
  test('to the bot in a channel is answered in the thread', async () => {
    const { workspace } = await talking(recording([]))
    await workspace.mention(AMINA, GENERAL, '2.1 green')
    const seen = await waitUntilVisible(
      workspace,
      BEN,
      (each) => messagesOf(each, GENERAL)[0]?.replies.length === 1,
    )
    expect(messagesOf(seen, GENERAL)).toMatchObject([
      {
        author: { name: 'Amina Yusuf', isBot: false },
        text: '<@U0MILEPOST> 2.1 green',
        replies: [{ author: { isBot: true }, text: 'Heard: <@U0MILEPOST> 2.1 green' }],
      },
    ])
  })

  test('in the direct message reaches the app as a message there, which nobody else sees', async () => {
    const kept: Kept[] = []
    const { workspace } = await talking(recording(kept))
    await workspace.message(AMINA, 'hello')
    await waitUntilVisible(workspace, AMINA, (each) => messagesOf(each, 'D0AMINA').length === 2)
    expect(kept[0]?.event).toMatchObject({
      type: 'message',
      channel: 'D0AMINA',
      channel_type: 'im',
      user: AMINA,
      text: 'hello',
    })
    expect(workspace.snapshot(BEN).conversations.map(({ id }) => id)).toEqual([GENERAL, 'D0BEN'])
  })

  test('cannot reach a bot that is not in the channel', async () => {
    const workspace = await alone()
    await expect(workspace.mention(AMINA, ELSEWHERE, 'hello')).rejects.toThrow('invite it first')
    await expect(workspace.mention(BEN, ELSEWHERE, 'hello')).rejects.toThrow('is not in elsewhere')
  })
})

describe('an event delivered twice', () => {
  test('as a retry keeps its id and says that it is one', async () => {
    const kept: Kept[] = []
    const { workspace } = await talking(recording(kept))
    const answer = await workspace.message(AMINA, 'hello', { deliverTwice: true })
    expect([answer.status, answer.secondResponse?.status]).toEqual([200, 200])
    expect(kept.map(({ retry }) => retry)).toEqual([undefined, 1])
    expect(kept[0]?.id).toBe(kept[1]?.id)
  })

  test('under another id is about the same message', async () => {
    const kept: Kept[] = []
    const { workspace } = await talking(recording(kept))
    await workspace.message(AMINA, 'hello', { deliverTwice: 'other_event_id' })
    expect(kept).toHaveLength(2)
    expect(kept[0]?.id).not.toBe(kept[1]?.id)
    expect(kept[0]?.event).toEqual(kept[1]?.event)
  })
})

describe('unread messages', () => {
  test('are counted until they are read, one’s own and replies apart', async () => {
    const { workspace, app } = await talking(() => {})
    const { ts } = await app.client.chat.postMessage({ channel: GENERAL, text: 'One' })
    await app.client.chat.postMessage({ channel: GENERAL, text: 'Reply', thread_ts: ts ?? '' })
    const unread = () => workspace.snapshot(AMINA).conversations[0]?.unread
    expect(unread()).toBe(1)
    workspace.read(AMINA, GENERAL)
    expect(unread()).toBe(0)
  })
})
