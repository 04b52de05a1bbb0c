import { describe, expect, test } from '@jest/globals'
import type { SlackWorkspace } from '../../../src/playground/slack/workspace.ts'
import {
  AMINA,
  BEN,
  GENERAL,
  messagesOf,
  movableClock,
  textsIn,
  useWorkspaces,
  waitUntilVisible,
} from './test-workspace.ts'

const { alone, talking } = useWorkspaces()

const lastTs = (workspace: SlackWorkspace, userId: string) =>
  messagesOf(workspace.snapshot(userId), GENERAL).at(-1)?.ts ?? 'none'

const card = [
  { type: 'section', text: { type: 'mrkdwn', text: 'How is it?' } },
  {
    type: 'actions',
    block_id: 'choices',
    elements: [
      {
        type: 'button',
        action_id: 'green',
        text: { type: 'plain_text', text: 'Green' },
        value: '2.1',
      },
      {
        type: 'static_select',
        action_id: 'state',
        options: ['red', 'amber'].map((value) => ({
          text: { type: 'plain_text', text: value },
          value,
        })),
      },
    ],
  },
]

describe('a slash command', () => {
  test('is acknowledged with a message that only its person sees', async () => {
    const { workspace } = await talking((app) => {
      app.command('/rag', async ({ ack, command }) => ack(`${command.user_name}: ${command.text}`))
    })
    const answer = await workspace.slashCommand(AMINA, GENERAL, '/rag', '2.1 amber')
    expect(answer).toEqual({ status: 200, body: 'amina: 2.1 amber' })
    expect(textsIn(workspace, AMINA, GENERAL)).toEqual(['amina: 2.1 amber'])
    expect(textsIn(workspace, BEN, GENERAL)).toEqual([])
  })

  test('answered to the channel also shows what was typed', async () => {
    const { workspace } = await talking((app) => {
      app.command('/rag', async ({ ack }) => ack({ response_type: 'in_channel', text: 'Here' }))
    })
    await workspace.slashCommand(AMINA, GENERAL, '/rag', 'due')
    expect(textsIn(workspace, BEN, GENERAL)).toEqual(['/rag due', 'Here'])
  })

  test('that nobody acknowledges in time shows its person that it failed', async () => {
    const { workspace } = await talking(
      (app) => {
        app.command('/rag', async ({ ack }) => {
          setTimeout(ack, 100)
        })
      },
      { ackTimeoutMs: 50 },
    )
    const answer = await workspace.slashCommand(AMINA, GENERAL, '/rag', '')
    expect(answer.error).toBe('operation_timeout')
    expect(workspace.snapshot(AMINA).notices).toMatchObject([
      { about: 'command', text: '/rag failed with the error "operation_timeout"' },
    ])
    expect(workspace.snapshot(BEN).notices).toEqual([])
  })

  test('fails when nobody listens', async () => {
    const workspace = await alone()
    workspace.setBotUrl('http://127.0.0.1:9/slack/events')
    expect(await workspace.slashCommand(AMINA, GENERAL, '/rag')).toMatchObject({
      status: null,
      error: 'dispatch_failed',
    })
  })

  test('with a forged or an old signature is refused', async () => {
    const { workspace } = await talking((app) => {
      app.command('/rag', async ({ ack }) => ack('done'))
    })
    const forged = await workspace.slashCommand(AMINA, GENERAL, '/rag', '', { forge: true })
    const old = await workspace.slashCommand(AMINA, GENERAL, '/rag', '', { signedAt: new Date(0) })
    expect([forged.status, old.status]).toEqual([401, 401])
    expect(textsIn(workspace, AMINA, GENERAL)).toEqual([])
  })

  test('can be posted raw, for what no Slack would send', async () => {
    const { workspace } = await talking(() => {})
    const answer = await workspace.post('payload=nonsense', {
      'content-type': 'application/x-www-form-urlencoded',
    })
    expect(answer.status).toBe(401)
  })
})

describe('a response URL', () => {
  test('posts up to five times', async () => {
    const refused: unknown[] = []
    const { workspace } = await talking((app) => {
      app.command('/rag', async ({ ack, respond }) => {
        for (const text of ['1', '2', '3', '4', '5']) await respond(text)
        await respond('6').catch((error) => refused.push(error))
        await ack()
      })
    })
    await workspace.slashCommand(AMINA, GENERAL, '/rag')
    expect(textsIn(workspace, AMINA, GENERAL)).toEqual(['1', '2', '3', '4', '5'])
    expect(refused).toHaveLength(1)
  })

  test('is gone after half an hour', async () => {
    const clock = movableClock()
    const { workspace } = await talking(
      (app) => {
        app.command('/rag', async ({ ack, respond }) => {
          clock.advance(30 * 60_000 + 1)
          await expect(respond('late')).rejects.toThrow()
          await ack('too late')
        })
      },
      { clock },
    )
    await workspace.slashCommand(AMINA, GENERAL, '/rag')
    expect(textsIn(workspace, AMINA, GENERAL)).toEqual(['too late'])
  })
})

describe('a button', () => {
  test('replaces the message that it stands in', async () => {
    const { workspace, app } = await talking((app) => {
      app.action(
        { action_id: 'green', block_id: 'choices' },
        async ({ ack, respond, action, body }) => {
          await ack()
          const value = 'value' in action ? action.value : 'none'
          await respond({ replace_original: true, text: `${body.user.id} says ${value}` })
        },
      )
    })
    await app.client.chat.postMessage({ channel: GENERAL, text: 'A card', blocks: card })
    await workspace.press(
      AMINA,
      { channel: GENERAL, ts: lastTs(workspace, AMINA) },
      'green',
      'choices',
    )
    const [message, ...others] = await waitUntilVisible(workspace, BEN, (seen) => {
      return messagesOf(seen, GENERAL)[0]?.text === 'U0AMINA says 2.1'
    }).then((seen) => messagesOf(seen, GENERAL))
    expect(message).toMatchObject({ edited: true, ephemeral: false, blocks: [] })
    expect(others).toEqual([])
  })

  test('on a message that one person sees is found by that person alone, and can be deleted', async () => {
    const { workspace } = await talking((app) => {
      app.command('/rag', async ({ ack }) => ack({ blocks: card, text: 'A card' }))
      app.action('green', async ({ ack, respond }) => {
        await ack()
        await respond({ delete_original: true })
      })
    })
    await workspace.slashCommand(AMINA, GENERAL, '/rag')
    const at = { channel: GENERAL, ts: lastTs(workspace, AMINA) }
    await expect(workspace.press(BEN, at, 'green')).rejects.toThrow('sees no message')
    await workspace.press(AMINA, at, 'green')
    const seen = await waitUntilVisible(
      workspace,
      AMINA,
      (each) => messagesOf(each, GENERAL).length === 0,
    )
    expect(seen.notices).toEqual([])
  })

  test('that is not there is named with those that are', async () => {
    const { workspace, app } = await talking(() => {})
    await app.client.chat.postMessage({ channel: GENERAL, text: 'A card', blocks: card })
    const at = { channel: GENERAL, ts: lastTs(workspace, AMINA) }
    await expect(workspace.press(AMINA, at, 'blue')).rejects.toThrow('choices/green, choices/state')
  })

  test('has a sibling: a menu, chosen from by value or by text', async () => {
    const chosen: unknown[] = []
    const { workspace, app } = await talking((app) => {
      app.action('state', async ({ ack, action }) => {
        chosen.push('selected_option' in action && action.selected_option)
        await ack()
      })
    })
    await app.client.chat.postMessage({ channel: GENERAL, text: 'A card', blocks: card })
    const at = { channel: GENERAL, ts: lastTs(workspace, AMINA) }
    await workspace.chooseInMessage(AMINA, at, 'state', 'choices', 'amber')
    expect(chosen).toEqual([{ text: { type: 'plain_text', text: 'amber' }, value: 'amber' }])
  })
})
