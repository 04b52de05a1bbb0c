import { type Service, startService } from '../../src/app/service.ts'
import { systemClock } from '../../src/base/clock.ts'
import type { Log } from '../../src/base/log.ts'
import type { Database } from '../../src/infra/db.ts'
import { type Playground, startPlayground } from '../../src/playground/playground.ts'
import { fillForm } from '../../src/playground/slack/form-fill.ts'
import * as slackSide from '../platforms/slack/slack-workplace.ts'
import * as teamsSide from '../platforms/teams/teams-workplace.ts'
import { freshDatabase } from '../support/database.ts'

/** The whole of Milepost with the sample programmes, against the local Slack workspace and Teams tenant. */
export interface Installation {
  readonly milepost: Service
  readonly playground: Playground
  readonly db: Database
  /** Errors and warnings that were logged. A journey without trouble leaves none. */
  readonly trouble: readonly string[]
  /** Moves the clock in steps, saying and sending what is due at each. ISO moment. */
  moveTo(moment: string): Promise<void>
  close(): Promise<void>
}

/** `isEmpty`: no programme is set up, and nobody is known; the accounts are there. */
export async function startInstallation({ isEmpty = false } = {}): Promise<Installation> {
  const { db, url, drop } = await freshDatabase()
  const trouble: string[] = []
  const note = (fields: object, message: string) => {
    trouble.push(`${message} ${JSON.stringify(fields)}`)
  }
  const log: Log = { info: () => {}, warn: note, error: note }
  const playground = await startPlayground({ systemClock, log, ...(!isEmpty && { db }) })
  const milepost = await startService({
    store: { db, url, close: async () => {} },
    clock: playground.clock,
    random: () => 0.5,
    log,
    host: '127.0.0.1',
    port: 0,
    command: '/rag',
    installation: { admins: playground.admins, samples: playground.programmeSamples },
    keepMessagesDays: 730,
    platforms: playground.platforms,
    extraRouters: [playground.router],
  })
  const step = async () => {
    await milepost.tick()
    await milepost.drain()
  }
  playground.connect({ botUrl: milepost.url, onClockMoved: step })
  return {
    milepost,
    playground,
    db,
    trouble,
    moveTo: async (moment) => {
      const goal = new Date(moment)
      const hour = 60 * 60_000
      const next = () => new Date((Math.floor(playground.clock.now().getTime() / hour) + 1) * hour)
      while (next() < goal) {
        playground.clock.moveTo(next())
        await step()
      }
      playground.clock.moveTo(goal)
      await step()
    },
    close: async () => {
      playground.closePages()
      await milepost.stop()
      await playground.close()
      await drop()
    },
  }
}

/** What one person does and sees on one platform; the same calls for both. */
export interface ChatUser {
  /** A command: "/rag <text>" in the first channel of the person's programme in Slack, a direct message in Teams. */
  send(text: string): Promise<void>
  /** The button with this title in the open form or in the newest message that has it; `near`: a message with these words. */
  press(title: string, near?: string): Promise<void>
  /** Chooses a status in the open form, which is drawn anew for it: an input in Slack, a button in Teams. */
  choose(status: { readonly key: string; readonly title: string }): Promise<void>
  /** Fills in the open form by the inputs' ids, and sends it. */
  submit(values: Readonly<Record<string, string>>, button: string): Promise<void>
  /** All the text in view, oldest first: messages, then the open form with its errors. */
  visibleText(): string
  /** Each message by itself. */
  messages(): string[]
}

/** #leadership-board in the playground's workspace. */
export const leadershipBoard = 'C0BOARD'

export type ChatUserOf = (installation: Installation, name: string) => ChatUser

export const slackUser: ChatUserOf = ({ playground }, name) => {
  const workspace = playground.slack
  const user = accountOf(playground, name, 'slack')
  const snapshot = () => workspace.snapshot(user)
  const wordsOf = (blocks: readonly unknown[], text: string) =>
    blocks.length > 0 ? blocks.map(slackSide.textOf).join('\n') : text
  const messages = () =>
    slackSide.messagesIn(snapshot()).map(({ message }) => wordsOf(message.blocks, message.text))
  return {
    send: async (text) => {
      const board = snapshot().conversations.find(({ kind }) => kind === 'channel')
      await workspace.slashCommand(user, board?.id ?? leadershipBoard, '/rag', text)
    },
    press: async (title, near = '') => {
      const open = snapshot().views.at(-1)
      const inView =
        open && slackSide.buttonsIn(open.view.blocks).find((one) => one.title === title)
      if (open && inView) {
        await workspace.pressInView(user, open.view.id, inView.actionId)
        return
      }
      for (const one of slackSide.messagesIn(snapshot()).toReversed()) {
        const button = slackSide.buttonsIn(one.message.blocks).find((each) => each.title === title)
        if (!button || !wordsOf(one.message.blocks, '').includes(near)) continue
        await workspace.press(user, { channel: one.channel, ts: one.message.ts }, button.actionId)
        return
      }
      throw new Error(`There is no button "${title}" in:\n${messages().join('\n')}`)
    },
    choose: async ({ key }) => {
      const { view } = slackSide.topView(snapshot())
      await workspace.chooseInView(user, view.id, 'state', key)
    },
    submit: async (values) => {
      const { view } = slackSide.topView(snapshot())
      await workspace.submitView(user, view.id, fillForm(view, formValues(values)))
    },
    messages,
    visibleText: () => {
      const open = snapshot().views.at(-1)
      const form = open ? [wordsOf(open.view.blocks, ''), ...Object.values(open.errors)] : []
      return [...messages(), ...form, ...snapshot().notices.map(({ text }) => text)].join('\n')
    },
  }
}

/** Ticks are a list, everything else a text. */
const formValues = (values: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.entries(values).map(([id, value]) => [id, id === 'criteria' ? value.split(',') : value]),
  )

export const teamsUser: ChatUserOf = ({ playground }, name) => {
  const tenant = playground.teams
  const user = accountOf(playground, name, 'teams')
  const visible = () => teamsSide.messagesOf(tenant, user)
  const messages = () => visible().map(({ message }) => teamsSide.wordsOf(message))
  const execute = async (title: string, near: string, values: Readonly<Record<string, string>>) => {
    for (const { conversation, message } of visible().toReversed()) {
      const buttons = teamsSide.buttonsIn(message.card)
      const at = buttons.findIndex((button) => button.title === title)
      if (at < 0 || !teamsSide.wordsOf(message).includes(near)) continue
      await tenant.execute(
        user,
        { conversation, activityId: message.id },
        at,
        { ...values },
        { clientChecks: false },
      )
      return
    }
    throw new Error(`There is no button "${title}" in:\n${messages().join('\n')}`)
  }
  return {
    send: async (text) => {
      await tenant.message(user, text)
    },
    press: (title, near = '') => execute(title, near, {}),
    // The one that is chosen already has its mark before its name.
    choose: ({ title }) => execute(title, '', {}).catch(() => execute(`✓ ${title}`, '', {})),
    submit: (values, button) => execute(button, '', values),
    messages,
    visibleText: () => messages().join('\n'),
  }
}

export function accountOf(
  { people }: Playground,
  name: string,
  platform: 'slack' | 'teams',
): string {
  const account = people.find((person) => person.name === name)?.[platform]
  if (!account) throw new Error(`${name} has no account on ${platform}`)
  return account.user
}

/** Waits for something that comes after the answer: a message that is edited, or still being sent. */
export async function eventually<T>(look: () => T | Promise<T>, timeoutMs = 5_000): Promise<T> {
  const until = performance.now() + timeoutMs
  for (;;) {
    try {
      return await look()
    } catch (error) {
      if (performance.now() > until) throw error
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
}

/** Sends a file to Milepost, in one's own chat with it. */
export type Drop = (
  installation: Installation,
  name: string,
  file: { readonly name: string; readonly bytes: Buffer },
) => Promise<unknown>

export const dropInSlack: Drop = ({ playground }, name, file) =>
  playground.slack.message(accountOf(playground, name, 'slack'), '', {
    files: [{ ...file, contentType: 'text/csv' }],
  })

export const dropInTeams: Drop = ({ playground }, name, file) =>
  playground.teams.sendFiles(accountOf(playground, name, 'teams'), [file])
