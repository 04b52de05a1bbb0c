import type { App, ViewSubmitAction } from '@slack/bolt'
import { messageOf } from '../../base/errors.ts'
import { createTaskTracker } from '../../chat/background-tasks.ts'
import { callbackId } from './converter/modal.ts'
import { handleAction } from './handle-action.ts'
import { handleCommand } from './handle-command.ts'
import { handleHomeOpened } from './handle-home.ts'
import { handleEdit, handleMessage } from './handle-message.ts'
import { handleShortcut } from './handle-shortcut.ts'
import { handleView } from './handle-view.ts'
import { parseBlockAction } from './inbound.ts'
import * as payloads from './payloads.ts'
import type { Responder } from './responder.ts'

interface BotIdentity {
  readonly team: string
  readonly user: string
}

export interface ListenerState {
  /** Handles requests from now on. */
  open(bot: BotIdentity): void
  isOpen(): boolean
  /** Resolves once every request that was taken is answered. */
  whenIdle(): Promise<void>
}

/** Registers a listener for each kind of payload. Each acknowledges at once, or within the responder's reply timeout. */
export function registerListeners(app: App, responder: Responder): ListenerState {
  let bot: BotIdentity | undefined
  const tasks = createTaskTracker(responder.log)

  /** Runs one listener. Its errors are logged, because after the acknowledgement nobody waits for it. */
  async function run(what: string, answer: (bot: BotIdentity) => Promise<void>): Promise<void> {
    if (!bot) throw new Error('Slack sent something before Milepost was ready.')
    await tasks.keep(answer(bot), 'An answer was not shown', { platform: 'slack', what })
  }

  // Accepts any command name: whichever the app's configuration in Slack sends here.
  app.command(/^\//, ({ body, ack }) =>
    run('command', () => handleCommand(payloads.slashCommand.parse(body), ack, responder)),
  )
  app.action({ type: 'block_actions' }, ({ body, ack }) =>
    run('button', async ({ team }) => {
      await ack()
      const action = parseBlockAction(payloads.blockActions.parse(body), team)
      if (action) await handleAction(action, responder)
    }),
  )
  app.shortcut(/./, ({ body, ack }) =>
    run('shortcut', async ({ team }) => {
      await ack()
      await handleShortcut(payloads.shortcut.parse(body), responder, team)
    }),
  )
  app.view<ViewSubmitAction>(callbackId, ({ body, ack }) =>
    run('form', async ({ team }) =>
      handleView(payloads.viewSubmission.parse(body), ack, responder, team),
    ),
  )
  // Milepost asks Slack for neither. Left unanswered, each would be a fault after three seconds.
  app.view({ type: 'view_closed', callback_id: /^/ }, ({ ack }) => ack())
  app.options(/^/, ({ ack }) => ack({ options: [] }))
  app.event('app_home_opened', ({ body, event }) =>
    run('home', async () => {
      if (event.tab === 'home') {
        await handleHomeOpened(payloads.homeOpenedEvent.parse(body), responder)
      }
    }),
  )
  app.event('app_mention', ({ body }) => run('mention', (self) => answerMessage(body, self)))
  app.event('message', ({ body }) =>
    run('message', async (self) => {
      // In channels only mentions are answered, though message events of channels may be subscribed to as well.
      const message = payloads.placedEvent.safeParse(body).data?.event
      if (message && payloads.isDirectMessage(message)) await answerMessage(body, self)
    }),
  )
  app.error(async (error) => {
    responder.log.error({ platform: 'slack', error: messageOf(error) }, 'A request was not handled')
  })

  async function answerMessage(body: unknown, { user }: BotIdentity): Promise<void> {
    const edited = payloads.editedMessageEvent.safeParse(body)
    if (edited.success) return answerEdit(edited.data, user)
    if (!payloads.personMessageEvent.safeParse(body).success) return
    const message = payloads.messageEvent.parse(body)
    // A file that Milepost has sent comes back as a message of its own.
    if (message.event.user !== user) await handleMessage(message, responder, user)
  }

  async function answerEdit(payload: payloads.EditedMessagePayload, self: string): Promise<void> {
    const { message, previous_message: before } = payload.event
    if (message.user === self || message.text === before.text) return
    await handleEdit(payload, responder)
  }

  return {
    open: (identity) => {
      bot = identity
    },
    isOpen: () => bot !== undefined,
    whenIdle: tasks.done,
  }
}
