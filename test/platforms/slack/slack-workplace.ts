import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http'
import { systemClock } from '../../../src/base/clock.ts'
import type { Log } from '../../../src/base/log.ts'
import type { PlatformAdapter, PlatformOptions } from '../../../src/chat/platform-definition.ts'
import type { ChatRequestHandler } from '../../../src/chat/port.ts'
import type { Sleep } from '../../../src/chat/rate-limit-retry.ts'
import { createSlack } from '../../../src/platforms/slack/app.ts'
import { fillForm } from '../../../src/playground/slack/form-fill.ts'
import type {
  Block,
  MessageSnapshot,
  OpenView,
  Snapshot,
} from '../../../src/playground/slack/model.ts'
import {
  type SlackWorkspace,
  startSlackWorkspace,
} from '../../../src/playground/slack/workspace.ts'
import { listenerOf } from '../../support/platforms.ts'
import { expandDrawn, type Seen, type Workplace } from '../contract.ts'

export const AMINA = 'U0AMINA'
export const BEN = 'U0BEN'
export const GENERAL = 'C0GENERAL'
/** The direct message between the two, in which Milepost is not. */
export const BETWEEN_THEM = 'D0AMINABEN'
export const TEAM = 'T0COUNCIL'
export const SECRET = 'a signing secret'
export const TOKEN = 'xoxb-local'
const APP_TOKEN = 'xapp-local'

/** A line of the log, so that a test can look for what must not be in it. */
export interface Logged {
  readonly level: 'info' | 'warn' | 'error'
  readonly fields: object
  readonly message: string
}

export interface SlackWorkplace extends Workplace {
  readonly slack: PlatformAdapter
  readonly workspace: SlackWorkspace
  readonly logged: readonly Logged[]
  /** What the listener answers to a raw request. */
  readonly url: string
}

interface Options {
  replyTimeoutMs?: number
  mode?: 'http' | 'socket'
  wait?: Sleep
  noteAccount?: PlatformOptions['noteAccount']
  noteChannelMoved?: PlatformOptions['noteChannelMoved']
}

/** Milepost's Slack adapter in a Slack workspace on this machine. */
export async function slackWorkplace(
  handle: ChatRequestHandler,
  { replyTimeoutMs = 2000, mode = 'http', ...more }: Options = {},
): Promise<SlackWorkplace> {
  const workspace = await startSlackWorkspace({
    clock: systemClock,
    signingSecret: SECRET,
    botToken: TOKEN,
    team: { id: TEAM, name: 'Anyshire Council' },
    people: [
      { id: AMINA, name: 'amina', realName: 'Amina Yusuf', tz: 'Europe/London' },
      { id: BEN, name: 'ben', realName: 'Ben Carter', tz: 'Europe/Paris' },
    ],
    channels: [
      { id: GENERAL, name: 'general', members: [AMINA, BEN] },
      {
        ...{ id: BETWEEN_THEM, name: 'directmessage', members: [AMINA, BEN] },
        botIsMember: false,
      },
    ],
    ...(mode === 'socket' && { socketMode: { appToken: APP_TOKEN } }),
  })
  const logged: Logged[] = []
  const reached = { botToken: TOKEN, apiUrl: workspace.apiUrl }
  const slack = createSlack({
    config:
      mode === 'http'
        ? { mode, signingSecret: SECRET, ...reached }
        : { mode, appToken: APP_TOKEN, ...reached },
    handle,
    log: logInto(logged),
    expand: expandDrawn,
    replyTimeoutMs,
    ...more,
  })
  await slack.start()
  const served = await serve(listenerOf(slack) ?? (() => {}))
  workspace.setBotUrl(served.url)

  const snapshot = () => workspace.snapshot(AMINA)
  return {
    slack,
    workspace,
    logged,
    url: served.url,
    platform: slack,
    person: { platform: 'slack', tenant: TEAM, user: AMINA },
    direct: { platform: 'slack', tenant: TEAM, conversation: AMINA, kind: 'direct' },
    channel: { platform: 'slack', tenant: TEAM, conversation: GENERAL, kind: 'channel' },
    act: {
      say: async (text) => {
        await workspace.slashCommand(AMINA, GENERAL, '/rag', text)
      },
      mention: async (text) => {
        await workspace.mention(AMINA, GENERAL, text)
      },
      press: (title) => press(workspace, title),
      submit: async (values) => {
        const { view } = topView(snapshot())
        await workspace.submitView(AMINA, view.id, fillForm(view, { ...values }))
      },
      sendFiles: async (files, text) => {
        const chosen = files.map((file) => ({ ...file, contentType: 'text/plain' }))
        await workspace.message(AMINA, text, { files: chosen })
      },
      takeFile: async () => {},
      repeat: async () => {
        const { body, headers } = served.last()
        await workspace.post(body, headers)
      },
      forge: async () => {
        const { status } = await workspace.slashCommand(AMINA, GENERAL, '/rag', 'hello', {
          forge: true,
        })
        return status ?? 0
      },
    },
    seen: async () => ({ ...seenIn(snapshot()), pictures: picturesIn(workspace, snapshot()) }),
    filesReceived: () =>
      messagesIn(snapshot())
        .filter(({ message }) => message.author.isBot)
        .flatMap(({ message }) => message.files)
        .map(({ id, name }) => ({ name, bytes: workspace.file(id) ?? Buffer.alloc(0) })),
    keepFile: () => {},
    failNextDownload: () => workspace.failNext('download', '500'),
    seenByAnother: async () => seenIn(workspace.snapshot(BEN)).text,
    failNext: (how) => workspace.failNext('chat.postMessage', failures[how]),
    letOutsidersIn: () => workspace.setReach(GENERAL, 'with outsiders'),
    failNextPicture: () => workspace.failNext('files.completeUploadExternal', '500'),
    close: async () => {
      await slack.stop()
      await served.close()
      await workspace.close()
    },
  }
}

const failures = {
  'rate limited': { retryAfter: 7 },
  gone: { error: 'is_archived' },
  broken: '500',
  garbage: 'garbage',
} as const

function logInto(logged: Logged[]): Log {
  const at = (level: Logged['level']) => (fields: object, message: string) => {
    logged.push({ level, fields, message })
  }
  return { info: at('info'), warn: at('warn'), error: at('error') }
}

/** Presses in the form that is open, else in the newest message that has such a button. */
async function press(workspace: SlackWorkspace, title: string): Promise<void> {
  const snapshot = workspace.snapshot(AMINA)
  const open = snapshot.views.at(-1)
  const inView = open && buttonsIn(open.view.blocks).find((button) => button.title === title)
  if (open && inView) {
    await workspace.pressInView(AMINA, open.view.id, inView.actionId)
    return
  }
  for (const { channel, message } of messagesIn(snapshot).toReversed()) {
    const button = buttonsIn(message.blocks).find((each) => each.title === title)
    if (!button) continue
    await workspace.press(AMINA, { channel, ts: message.ts }, button.actionId)
    return
  }
  throw new Error(`There is no button "${title}".`)
}

export function topView({ views }: Snapshot): OpenView {
  const open = views.at(-1)
  if (!open) throw new Error('No form is open.')
  return open
}

export function messagesIn({ conversations }: Snapshot) {
  return conversations.flatMap(({ id, messages }) =>
    messages
      .flatMap((message) => withReplies(message))
      .map((message) => ({ channel: id, message })),
  )
}

function withReplies(message: MessageSnapshot): MessageSnapshot[] {
  return [message, ...message.replies]
}

/** Each picture of a file that the workspace has. */
function picturesIn(workspace: SlackWorkspace, snapshot: Snapshot): Seen['pictures'] {
  const blocks = messagesIn(snapshot).flatMap(({ message }) => message.blocks)
  return blocks.flatMap((block) => {
    const png = block.type === 'image' ? workspace.file(block.slack_file?.id ?? '') : undefined
    return block.type === 'image' && png ? [{ png, alt: block.alt_text }] : []
  })
}

function seenIn(snapshot: Snapshot): Omit<Seen, 'pictures'> {
  const open = snapshot.views.at(-1)
  const messages = messagesIn(snapshot).map(({ message }) => message)
  const blocks = [...messages.flatMap((message) => message.blocks), ...(open?.view.blocks ?? [])]
  const texts = [
    ...messages.map((message) => (message.blocks.length > 0 ? '' : message.text)),
    open?.view.title?.text ?? '',
    ...blocks.map(textOf),
    ...Object.values(open?.errors ?? {}),
    ...snapshot.notices.map(({ text }) => text),
  ]
  return {
    text: texts.filter(Boolean).join('\n'),
    buttons: buttonsIn(blocks).map(({ title }) => title),
    inputs: blocks.flatMap((block) => (block.type === 'input' ? [block.block_id ?? ''] : [])),
  }
}

export function buttonsIn(blocks: readonly Block[]) {
  return blocks
    .flatMap((block) => (block.type === 'actions' ? block.elements : []))
    .flatMap((element) =>
      element.type === 'button'
        ? [{ title: element.text.text, actionId: element.action_id ?? '' }]
        : [],
    )
}

/** Every text in a block, in order. */
export function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(textOf).join('')
  if (typeof value !== 'object' || value === null) return ''
  return Object.entries(value)
    .map(([key, each]) => (key === 'text' && typeof each === 'string' ? each : textOf(each)))
    .join('')
}

interface Request {
  readonly body: string
  readonly headers: Record<string, string>
}

/** Serves the listener as main does, and remembers the last request whole. */
async function serve(listener: RequestListener) {
  let last: Request = { body: '', headers: {} }
  const server: Server = createServer((request, response) => {
    if (request.headers['x-slack-signature']) {
      void wholeOf(request).then((whole) => {
        last = whole
      })
    }
    listener(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  return {
    url: `http://127.0.0.1:${port}/slack/events`,
    last: () => last,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** Listens in: the adapter reads the same request. */
function wholeOf(request: IncomingMessage): Promise<Request> {
  const chunks: Buffer[] = []
  const kept = ['content-type', 'x-slack-signature', 'x-slack-request-timestamp']
  const headers = Object.fromEntries(kept.map((name) => [name, String(request.headers[name])]))
  return new Promise((resolve) => {
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => resolve({ body: Buffer.concat(chunks).toString(), headers }))
  })
}
