import { afterEach } from '@jest/globals'
import { App, LogLevel } from '@slack/bolt'
import type { Snapshot } from '../../../src/playground/slack/model.ts'
import {
  type SlackWorkspace,
  type SlackWorkspaceOptions,
  startSlackWorkspace,
} from '../../../src/playground/slack/workspace.ts'
import { clockAt } from '../../support/clock.ts'

export const AMINA = 'U0AMINA'
export const BEN = 'U0BEN'
export const GENERAL = 'C0GENERAL'
export const ELSEWHERE = 'C0ELSEWHERE'
const SECRET = 'a signing secret'
const TOKEN = 'xoxb-local'

/** A clock that tests move by hand. */
export function movableClock(start = '2017-03-06T09:00:00Z') {
  let clock = clockAt(new Date(start))
  return {
    now: () => clock.now(),
    advance: (milliseconds: number) => {
      clock = clockAt(new Date(clock.now().getTime() + milliseconds))
    },
  }
}

/** A workspace of two people and two channels; the bot is in the first alone. */
function smallWorkspace(options: Partial<SlackWorkspaceOptions> = {}) {
  return startSlackWorkspace({
    clock: movableClock(),
    signingSecret: SECRET,
    botToken: TOKEN,
    team: { id: 'T0COUNCIL', name: 'Anyshire Council' },
    people: [
      { id: AMINA, name: 'amina', realName: 'Amina Yusuf', tz: 'Europe/London' },
      { id: BEN, name: 'ben', realName: 'Ben Carter', tz: 'Europe/Paris' },
    ],
    channels: [
      { id: GENERAL, name: 'general', members: [AMINA, BEN] },
      { id: ELSEWHERE, name: 'elsewhere', members: [AMINA], botIsMember: false },
    ],
    ...options,
  })
}

/** An unmodified Bolt app that talks to the workspace, on a free loopback port. */
async function boltApp(workspace: SlackWorkspace, listen: (app: App) => void = () => {}) {
  const app = new App({
    token: TOKEN,
    signingSecret: SECRET,
    logger: silent,
    clientOptions: {
      slackApiUrl: workspace.apiUrl,
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
      timeout: 2_000,
    },
  })
  listen(app)
  const server = await app.start({ port: 0, host: '127.0.0.1' })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The app has no port.')
  // Bolt checks its token without being waited for; a call behind that one waits for it.
  await app.client.auth.test()
  workspace.setBotUrl(`http://127.0.0.1:${address.port}/slack/events`)
  return app
}

/** Starts workspaces and apps that are stopped after each test of the calling file. */
export function useWorkspaces() {
  const stops: (() => Promise<unknown>)[] = []
  afterEach(async () => {
    for (const stop of stops.splice(0).toReversed()) await stop()
  })

  async function alone(options: Partial<SlackWorkspaceOptions> = {}) {
    const workspace = await smallWorkspace(options)
    stops.push(() => workspace.close())
    return workspace
  }

  async function talking(listen: (app: App) => void, options: Partial<SlackWorkspaceOptions> = {}) {
    const workspace = await alone(options)
    const app = await boltApp(workspace, listen)
    stops.push(() => app.stop())
    return { workspace, app }
  }
  /** Stops something more, before what was started earlier. */
  function stopAfter(stop: () => Promise<unknown>): void {
    stops.push(stop)
  }
  return { alone, talking, stopAfter }
}

/** Waits until a person sees what is asked for, as events are acknowledged before they are handled. */
export function waitUntilVisible(
  workspace: SlackWorkspace,
  userId: string,
  isThere: (snapshot: Snapshot) => boolean,
): Promise<Snapshot> {
  return new Promise((resolve, reject) => {
    const look = () => {
      const snapshot = workspace.snapshot(userId)
      if (!isThere(snapshot)) return
      clearTimeout(patience)
      stop()
      resolve(snapshot)
    }
    const stop = workspace.onChange(look)
    const patience = setTimeout(() => {
      stop()
      reject(new Error(`${userId} never saw it: ${JSON.stringify(workspace.snapshot(userId))}`))
    }, 2000)
    look()
  })
}

/** The messages that a person sees in a conversation, oldest first. */
export function messagesOf(snapshot: Snapshot, conversationId: string) {
  return snapshot.conversations.find(({ id }) => id === conversationId)?.messages ?? []
}

export function textsIn(workspace: SlackWorkspace, userId: string, conversationId: string) {
  return messagesOf(workspace.snapshot(userId), conversationId).map((message) => message.text)
}

export const silent = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
  setLevel: () => {},
  getLevel: () => LogLevel.ERROR,
  setName: () => {},
}
