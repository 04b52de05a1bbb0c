import type { App, ViewSubmitAction } from '@slack/bolt'
import { messageOf } from '../../base/errors.ts'
import type { Log } from '../../base/log.ts'
import { createTaskTracker } from '../../chat/background-tasks.ts'
import type { PlatformOptions } from '../../chat/platform-definition.ts'
import type { WorkspaceInstallations } from '../../chat/workspace-installations.ts'
import type { Connection, Connections } from './connections.ts'
import { callbackId } from './converter/modal.ts'
import { handleAction } from './handle-action.ts'
import { handleCommand } from './handle-command.ts'
import { handleHomeOpened } from './handle-home.ts'
import { handleEdit, handleMessage } from './handle-message.ts'
import { handleShortcut } from './handle-shortcut.ts'
import { handleView } from './handle-view.ts'
import { parseBlockAction } from './inbound.ts'
import * as payloads from './payloads.ts'
import { sourceOf } from './request-source.ts'
import type { Responder } from './responder.ts'
import { revokeInstallation } from './revoke-installation.ts'
import { noteWorkspaceAccess } from './workspace-access.ts'

export interface ListenerOptions {
  readonly connections: Connections
  readonly installations: Pick<WorkspaceInstallations, 'revoke' | 'noteServedVia' | 'endServedVia'>
  readonly responderOf: (connection: Connection) => Responder
  readonly log: Log
  readonly noteAccount: PlatformOptions['noteAccount']
  readonly noteChannelMoved: PlatformOptions['noteChannelMoved']
}

/** What answers a request: the workspace that it came from, and what Milepost speaks with there. */
interface Answering extends Pick<Connection, 'team' | 'botUser'> {
  readonly responder: Responder
}

export interface ListenerState {
  /** Handles requests from now on. */
  open(): void
  isOpen(): boolean
  /** Resolves once every request that was taken is answered. */
  whenIdle(): Promise<void>
}

/** Registers a listener for each kind of payload. Each acknowledges at once, or within the responder's reply timeout. */
export function registerListeners(app: App, options: ListenerOptions): ListenerState {
  const { connections, installations, responderOf, log, noteAccount, noteChannelMoved } = options
  let isOpen = false
  const tasks = createTaskTracker(log)

  /** Runs one listener. Its errors are logged, because after the acknowledgement nobody waits for it. */
  async function run(
    what: string,
    body: unknown,
    answer: (by: Answering) => Promise<void>,
    refuse: () => Promise<void> = async () => {},
  ): Promise<void> {
    if (!isOpen) throw new Error('Slack sent something before Milepost was ready.')
    const work = async () => {
      const source = sourceOf(body)
      const connection = await connections.ofRequest(source)
      if (connection) {
        const { team, botUser } = connection
        return answer({ team, botUser, responder: responderOf(connection) })
      }
      log.warn({ platform: 'slack', what, ...source }, 'A workspace without Milepost asked for it')
      return refuse()
    }
    await tasks.keep(work(), 'An answer was not shown', { platform: 'slack', what })
  }

  // Accepts any command name: whichever the app's configuration in Slack sends here.
  app.command(/^\//, ({ body, ack }) =>
    run(
      'command',
      body,
      ({ responder }) => handleCommand(payloads.slashCommand.parse(body), ack, responder),
      () => ack({ response_type: 'ephemeral', text: notInstalledText }),
    ),
  )
  app.action({ type: 'block_actions' }, ({ body, ack }) =>
    run(
      'button',
      body,
      async ({ team, responder }) => {
        await ack()
        const action = parseBlockAction(payloads.blockActions.parse(body), team)
        if (action) await handleAction(action, responder)
      },
      ack,
    ),
  )
  app.shortcut(/./, ({ body, ack }) =>
    run(
      'shortcut',
      body,
      async ({ team, responder }) => {
        await ack()
        await handleShortcut(payloads.shortcut.parse(body), responder, team)
      },
      ack,
    ),
  )
  app.view<ViewSubmitAction>(callbackId, ({ body, ack }) =>
    run(
      'form',
      body,
      async ({ team, responder }) =>
        handleView(payloads.viewSubmission.parse(body), ack, responder, team),
      ack,
    ),
  )
  // Milepost asks Slack for neither. Left unanswered, each would be a fault after three seconds.
  app.view({ type: 'view_closed', callback_id: /^/ }, ({ ack }) => ack())
  app.options(/^/, ({ ack }) => ack({ options: [] }))
  // Without a connection: there is no token any more.
  const revoke = (body: unknown) =>
    tasks.keep(
      revokeInstallation(body, installations, log),
      'The end of an installation was not recorded',
      { platform: 'slack' },
    )
  const noteAccess = (body: unknown) =>
    tasks.keep(
      noteWorkspaceAccess(body, installations, log),
      'Which workspaces are served was not recorded',
      { platform: 'slack' },
    )
  const events: Readonly<Record<string, (body: unknown) => Promise<void>>> = {
    app_home_opened: (body) =>
      run('home', body, async ({ responder }) => {
        const opened = payloads.homeOpenedEvent.parse(body)
        if (opened.event.tab === 'home') await handleHomeOpened(opened, responder)
      }),
    app_mention: (body) => run('mention', body, (by) => answerMessage(body, by)),
    message: (body) =>
      run('message', body, async (by) => {
        // In channels only mentions are answered, though message events of channels may be subscribed to as well.
        const message = payloads.placedEvent.safeParse(body).data?.event
        if (message && payloads.isDirectMessage(message)) await answerMessage(body, by)
      }),
    // Slack sends this of every change of a profile; only whether the account is closed matters here.
    user_change: (body) =>
      run('user_change', body, async ({ team }) => {
        const { id, deleted } = payloads.userChangeEvent.parse(body).event.user
        await noteAccount(
          { platform: 'slack', tenant: team, user: id },
          deleted ? 'closed' : 'open',
        )
      }),
    // Source: https://docs.slack.dev/reference/events/channel_id_changed
    channel_id_changed: (body) =>
      run('channel_id_changed', body, async ({ team: tenant }) => {
        const { event } = payloads.channelMovedEvent.parse(body)
        const { old_channel_id: from, new_channel_id: to } = event
        await noteChannelMoved({ platform: 'slack', tenant, from, to })
      }),
    app_uninstalled: revoke,
    tokens_revoked: revoke,
    team_access_granted: noteAccess,
    team_access_revoked: noteAccess,
  }
  // One listener for all: Bolt asks every listener that it has of every request, of a command too.
  app.event(/^/, async ({ body, event }) => {
    if (Object.hasOwn(events, event.type)) await events[event.type]?.(body)
  })
  app.error(async (error) => {
    log.error({ platform: 'slack', error: messageOf(error) }, 'A request was not handled')
  })

  return {
    open: () => {
      isOpen = true
    },
    isOpen: () => isOpen,
    whenIdle: tasks.done,
  }
}

const notInstalledText =
  'Milepost is not installed in this workspace, so nothing was done. Please ask whoever looks after the workspace to install it.'

async function answerMessage(body: unknown, by: Answering): Promise<void> {
  const edited = payloads.editedMessageEvent.safeParse(body)
  if (edited.success) return answerEdit(edited.data, by)
  if (!payloads.personMessageEvent.safeParse(body).success) return
  const message = payloads.messageEvent.parse(body)
  // A file that Milepost has sent comes back as a message of its own.
  if (message.event.user !== by.botUser) await handleMessage(message, by.responder, by.botUser)
}

async function answerEdit(
  payload: payloads.EditedMessagePayload,
  { botUser, responder }: Answering,
): Promise<void> {
  const { message, previous_message: before } = payload.event
  if (message.user === botUser || message.text === before.text) return
  await handleEdit(payload, responder)
}
