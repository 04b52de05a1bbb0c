import { describe, expect, test } from '@jest/globals'
import { App } from '@slack/bolt'
import {
  AMINA,
  GENERAL,
  messagesOf,
  silent,
  textsIn,
  useWorkspaces,
  waitUntilVisible,
} from './test-workspace.ts'

const { alone, stopAfter } = useWorkspaces()

/** A Bolt app in Socket Mode, and a workspace that sends through the socket. */
async function connected(appToken: string, listen: (app: App) => void = () => {}) {
  const workspace = await alone({ socketMode: { appToken: 'xapp-local' }, ackTimeoutMs: 200 })
  const app = new App({
    token: 'xoxb-local',
    appToken,
    socketMode: true,
    logger: silent,
    clientOptions: { slackApiUrl: workspace.apiUrl, retryConfig: { retries: 0 } },
  })
  listen(app)
  const start = app.start()
  stopAfter(() => app.stop())
  return { workspace, start }
}

describe('in Socket Mode', () => {
  test('a command is acknowledged over the socket, and answered later by its URL', async () => {
    const { workspace, start } = await connected('xapp-local', (app) => {
      app.command('/rag', async ({ ack, respond, command }) => {
        await ack(`At once: ${command.text}`)
        await respond('Later')
      })
    })
    await start
    const answer = await workspace.slashCommand(AMINA, GENERAL, '/rag', 'due')
    expect(answer).toEqual({ status: 200, body: { text: 'At once: due' } })
    await waitUntilVisible(workspace, AMINA, (seen) => messagesOf(seen, GENERAL).length === 2)
    expect(textsIn(workspace, AMINA, GENERAL)).toEqual(['At once: due', 'Later'])
  })

  test('an event is retried with its number', async () => {
    const retries: unknown[] = []
    const { workspace, start } = await connected('xapp-local', (app) => {
      app.event('app_mention', async ({ context }) => {
        retries.push(context.retryNum)
      })
    })
    await start
    await workspace.mention(AMINA, GENERAL, 'hello', { deliverTwice: true })
    expect(retries).toEqual([0, 1])
  })

  test('a command that is not acknowledged shows its person that it failed', async () => {
    const { workspace, start } = await connected('xapp-local')
    await start
    const answer = await workspace.slashCommand(AMINA, GENERAL, '/rag')
    expect(answer.error).toBe('operation_timeout')
    expect(workspace.snapshot(AMINA).notices).toHaveLength(1)
  })

  test('an app that is not connected cannot be reached', async () => {
    const workspace = await alone({ socketMode: { appToken: 'xapp-local' } })
    expect(await workspace.slashCommand(AMINA, GENERAL, '/rag')).toMatchObject({
      error: 'dispatch_failed',
    })
  })

  test('a wrong app token opens no connection', async () => {
    const workspace = await alone({ socketMode: { appToken: 'xapp-local' } })
    const open = async (token: string) => {
      const headers = { authorization: `Bearer ${token}` }
      const answer = await fetch(`${workspace.apiUrl}apps.connections.open`, {
        method: 'POST',
        headers,
      })
      return answer.json()
    }
    expect(await open('xoxb-local')).toEqual({ ok: false, error: 'invalid_auth' })
    expect(await open('xapp-local')).toMatchObject({ ok: true })
  })
})
