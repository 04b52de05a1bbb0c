import { randomUUID } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import { type Clock, systemClock } from '../../base/clock.ts'
import { FailurePlan } from '../failure-plan.ts'
import { type AppResponse, postToApp, sendByHttp } from './app-request.ts'
import type { Bot, Person, Snapshot, Team } from './model.ts'
import { ResponseUrls } from './response-urls.ts'
import { snapshotFor } from './snapshot.ts'
import { createSocketMode } from './socket-mode.ts'
import {
  type ChannelOptions,
  type ChannelReach,
  type KeptWorkspace,
  WorkspaceState,
} from './state.ts'
import { Triggers } from './triggers.ts'
import { createUserActions, type UserActions } from './user-actions/user-actions.ts'
import { Views } from './views.ts'
import { chatMethods } from './web-api/chat.ts'
import { conversationMethods } from './web-api/conversations.ts'
import { fileMethods } from './web-api/files.ts'
import type { PlannedFailure, SlackFailurePlan } from './web-api/planned-failure.ts'
import { createWebApi } from './web-api/server.ts'
import { userMethods } from './web-api/users.ts'
import { viewMethods } from './web-api/views.ts'

export interface SlackWorkspaceOptions {
  /** The workspace's time: message timestamps, the life of triggers and response URLs. */
  clock: Clock
  signingSecret: string
  botToken: string
  team: Team
  people: Person[]
  channels: ChannelOptions[]
  /** Default: a free port. */
  port?: number
  bot?: Bot
  /** Socket Mode: the app opens a socket with this token and gets people's actions through it. */
  socketMode?: { appToken: string }
  /** The clock of request signatures, which the app compares with real time. Default: the system's. */
  signatureClock?: Clock
  /** Makes ids. Unlike a counter's, they differ from those of an earlier run. */
  newId?: () => string
  /** How long Slack waits for the app's acknowledgement. Default: 3 seconds, as in Slack. */
  ackTimeoutMs?: number
}

/** A Slack workspace on this machine: its Web API, and actions of its people. */
export interface SlackWorkspace extends UserActions {
  /** The base address of the Web API, with a trailing slash. */
  apiUrl: string
  bot: Bot
  /** Where the app listens: one URL for commands, interactivity and events. */
  setBotUrl(url: string): void
  /** Posts a raw request to the app. */
  post(body: string, headers: Record<string, string>): Promise<AppResponse>
  /** The next `times` calls of a Web API method, or of 'response_url', fail in this way. */
  failNext(method: string, failure: PlannedFailure, times?: number): void
  /** How many times the app has called a method, or 'response_url'. */
  calls(method: string): number
  archive(channelId: string): void
  /** Changes who can be in a channel. */
  setReach(channelId: string, reach: ChannelReach): void
  /** The bytes of a file of the workspace; undefined until it is uploaded completely. */
  file(id: string): Buffer | undefined
  /** Refuses the next `refusals` messages that show a file. */
  delayFile(refusals: number): void
  snapshot(userId: string): Snapshot
  onChange(listener: () => void): () => void
  keep(): KeptWorkspace
  restore(kept: KeptWorkspace): void
  close(): Promise<void>
}

const DEFAULT_BOT: Bot = {
  userId: 'U0MILEPOST',
  botId: 'B0MILEPOST',
  appId: 'A0MILEPOST',
  name: 'milepost',
  realName: 'Milepost',
}

/** Starts a workspace on loopback. The app needs `apiUrl`, and the workspace `setBotUrl`. */
export async function startSlackWorkspace(options: SlackWorkspaceOptions): Promise<SlackWorkspace> {
  const { bot = DEFAULT_BOT, newId = randomUUID, signatureClock = systemClock } = options
  const { ackTimeoutMs = 3000 } = options
  const state = new WorkspaceState({ ...options, bot, newId })
  state.files.serveAt(() => baseUrlOf(server))
  const views = new Views(state)
  const triggers = new Triggers(options.clock, state.newId)
  const failures: SlackFailurePlan = new FailurePlan()
  const server = createServer()
  const responseUrls = new ResponseUrls(state, () => `${baseUrlOf(server)}/response/`)

  let botUrl: string | undefined
  const appEndpoint = {
    ackTimeoutMs,
    botUrl: () => {
      if (botUrl) return botUrl
      throw new Error('The workspace does not know its app: call setBotUrl first.')
    },
  }
  const socket = createSocketMode({
    server,
    address: () => baseUrlOf(server),
    appId: bot.appId,
    newId: state.newId,
    ackTimeoutMs,
  })
  const send = options.socketMode
    ? socket.send
    : sendByHttp({ ...appEndpoint, signingSecret: options.signingSecret, signatureClock })

  server.on(
    'request',
    createWebApi({
      methods: {
        ...userMethods(state),
        ...chatMethods(state),
        ...conversationMethods(state),
        ...viewMethods(state, views, triggers),
        ...fileMethods(state, () => baseUrlOf(server)),
      },
      appMethods: socket.methods,
      botToken: options.botToken,
      appToken: options.socketMode?.appToken,
      responseUrls,
      failures,
      files: state.files,
      views,
    }),
  )
  await listen(server, options.port ?? 0)

  return {
    ...createUserActions({ state, views, triggers, responseUrls, send }),
    apiUrl: `${baseUrlOf(server)}/api/`,
    bot,
    setBotUrl: (url) => {
      botUrl = url
    },
    post: (body, headers) => postToApp(appEndpoint, body, headers),
    failNext: (method, failure, times) => failures.failNext(method, failure, times),
    calls: (method) => failures.calls(method),
    archive: (channelId) => {
      state.conversation(channelId).archived = true
      state.notifyListeners()
    },
    setReach: (channelId, reach) => {
      state.conversation(channelId).reach = reach
      state.notifyListeners()
    },
    file: (id) => state.files.bytesOf(id),
    delayFile: (refusals) => state.files.delayNextFile(refusals),
    snapshot: (userId) => snapshotFor(state, views, userId),
    onChange: (listener) => state.onChange(listener),
    keep: () => state.keep(),
    restore: (kept) => state.restore(kept),
    close: async () => {
      await socket.close()
      await close(server)
    },
  }
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject)
      resolve()
    })
  })
}

/** Also cuts the connections of calls that are never answered. */
function close(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()))
    server.closeAllConnections()
  })
}

function baseUrlOf(server: Server): string {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The workspace is closed.')
  return `http://127.0.0.1:${address.port}`
}
