import type { App, ViewSubmitAction } from '@slack/bolt'
import { messageOf } from '../../base/errors.ts'
import { createTaskTracker } from '../../chat/background-tasks.ts'
import { callbackId } from './converter/modal.ts'
import { handleAction } from './handle-action.ts'
import { handleCommand } from './handle-command.ts'
import { handleMessage } from './handle-message.ts'
import { handleView } from './handle-view.ts'
import { parseBlockAction } from './inbound.ts'
import * as payloads from './payloads.ts'
import type { Responder } from './responder.ts'

interface Bot {
  readonly team: string
  readonly user: string
}

/** What is under way: nothing before open(), and settled() waits for what is in hand now. */
export interface ListenerState {
  open(bot: Bot): void
  isOpen(): boolean
  whenIdle(): Promise<void>
}

/** Tells Bolt what we listen to. Every listener acknowledges first or within the desk's patience. */
export function registerListeners(app: App, desk: Responder): ListenerState {
  let bot: Bot | undefined
  const inHand = createTaskTracker(desk.log)

  /** Runs one listener: what goes wrong after the reply is logged, since nobody waits for it any more. */
  async function run(what: string, answer: (bot: Bot) => Promise<void>): Promise<void> {
    if (!bot) throw new Error('Slack sent something before Milepost was ready.')
    await inHand.keep(answer(bot), 'An answer was not shown', { platform: 'slack', what })
  }

  // Any name that the app's configuration in Slack sends here: it is the one that was chosen there.
  app.command(/^\//, ({ body, ack }) =>
    run('command', () => handleCommand(payloads.slashCommand.parse(body), ack, desk)),
  )
  app.action({ type: 'block_actions' }, ({ body, ack }) =>
    run('button', async ({ team }) => {
      await ack()
      const pressed = parseBlockAction(payloads.blockActions.parse(body), team)
      if (pressed) await handleAction(pressed, desk)
    }),
  )
  app.view<ViewSubmitAction>(callbackId, ({ body, ack }) =>
    run('form', ({ team }) => {
      return handleView(payloads.viewSubmission.parse(body), ack, desk, team)
    }),
  )
  app.event('app_mention', ({ body }) => run('mention', (us) => words(body, us)))
  app.event('message', ({ body, event }) =>
    run('message', async (us) => {
      // Without channels:history only direct messages come; with it, channels are left to mentions.
      if ('channel_type' in event && event.channel_type === 'im') await words(body, us)
    }),
  )
  app.error(async (error) => {
    desk.log.error({ platform: 'slack', error: messageOf(error) }, 'A request was not handled')
  })

  async function words(body: unknown, { user }: Bot): Promise<void> {
    if (!payloads.personMessageEvent.safeParse(body).success) return
    await handleMessage(payloads.messageEvent.parse(body), desk, user)
  }

  return {
    open: (known) => {
      bot = known
    },
    isOpen: () => bot !== undefined,
    whenIdle: inHand.done,
  }
}
