import { z } from 'zod'
import { type Choice, fillForm } from '../../../src/playground/slack/form-fill.ts'
import type { Block } from '../../../src/playground/slack/model.ts'
import { signatureHeaders } from '../../../src/playground/slack/signing.ts'
import { textOf } from '../../platforms/slack/slack-workplace.ts'
import { type Call, ownPath, type Recorder } from '../recorder.ts'
import { type EmulatedWorkspace, signingSecret } from './emulate.ts'

/** What a person does and sees in the emulated workspace. */

export interface Surroundings {
  readonly workspace: EmulatedWorkspace
  readonly recorder: Recorder
  readonly eventsUrl: string
  readonly team: string
  readonly bot: { readonly token: string; readonly user: string }
}

const blocks = z.custom<Block[]>((value) => Array.isArray(value)).optional()
const message = z.looseObject({ text: z.string().default(''), ts: z.string(), blocks })
const shown = z.looseObject({ text: z.string().default(''), blocks })
const view = z.looseObject({
  blocks: z.custom<Block[]>(Array.isArray),
  private_metadata: z.string(),
})
const opened = z.object({ view: z.looseObject({ id: z.string(), hash: z.string() }) })

type Shown = z.infer<typeof shown>

export async function slackPerson(around: Surroundings, name: string) {
  const { workspace, recorder, eventsUrl, team, bot } = around
  const { user_id } = await workspace.as(name, 'auth.test')
  const user = String(user_id)
  const { channel } = await workspace.as(name, 'conversations.open', { users: bot.user })
  const direct = z.object({ id: z.string() }).parse(channel).id
  /** Answers to commands: they stand in no history. */
  const acknowledged: Shown[] = []
  const triggers = new Set<unknown>()

  const messages = async (of = direct) => {
    const history = await workspace.as(name, 'conversations.history', { channel: of })
    return z.array(message).parse(history.messages).toReversed()
  }
  const kept = (path: string) => recorder.calls.filter((call) => call.path.startsWith(path))
  const trigger = async () => {
    const answer = await workspace.call('views.generateTriggerId', { user_id: user }, bot.token)
    triggers.add(String(answer.trigger_id))
    return String(answer.trigger_id)
  }
  const signed = async (fields: Record<string, string>) => {
    const body = new URLSearchParams(fields).toString()
    const signature = signatureHeaders(signingSecret, Math.floor(Date.now() / 1000), body)
    const type = { 'content-type': 'application/x-www-form-urlencoded' }
    const headers = { ...type, ...signature }
    const response = await fetch(eventsUrl, { method: 'POST', headers, body })
    if (!response.ok) throw new Error(`Milepost answered ${response.status}`)
    return response.text()
  }
  const interact = (payload: object) =>
    signed({
      payload: JSON.stringify({
        ...{ api_app_id: 'A0MILEPOST', team: { id: team, domain: 'anyshire' } },
        ...{ enterprise: null, is_enterprise_install: false },
        user: { id: user, username: name, name, team_id: team },
        ...payload,
      }),
    })

  /** What came to a response_url of this person. */
  const answersAlone = () => kept(`${ownPath}${user}/`).map(({ sent }) => shown.parse(sent))
  /** The calls that opened and changed this person's views. */
  const viewCalls = () => {
    const taken = kept('/api/views.').filter(({ answer }) => answer.ok === true)
    const own = taken.filter(({ sent }) => triggers.has(sent.trigger_id)).map(idOfView)
    return taken.filter((call) => own.includes(idOfView(call)))
  }
  /** The view that is open: what was sent last for it, and how emulate calls it. */
  const openView = () => {
    const call = viewCalls().at(-1)
    if (!call) throw new Error('No view is open.')
    return { ...view.parse(call.sent.view), ...opened.parse(call.answer).view }
  }
  const pressed = (button: Found) => ({
    type: 'block_actions',
    actions: [{ ...button, type: 'button', action_ts: '1' }],
  })

  return {
    user,
    direct,
    messages,
    /** All that the person sees: messages, answers for them alone, and the open view. */
    async sees(): Promise<string> {
      const ephemeral = kept('/api/chat.postEphemeral')
        .map(({ sent }) => sent)
        .filter((sent) => sent.user === user)
      const views = viewCalls()
        .slice(-1)
        .map(({ sent }) => sent.view)
      const all = [
        ...(await messages()),
        ...acknowledged,
        ...ephemeral.map((one) => shown.parse(one)),
      ]
      return [...[...all, ...answersAlone()].map(wordsOf), textOf(views)].join('\n')
    },
    /** Writes in the chat with Milepost: emulate posts it and delivers the event. */
    say: (text: string) => workspace.as(name, 'chat.postMessage', { channel: direct, text }),
    /** Drops a file into the chat with Milepost, by Slack's upload in three steps; emulate delivers the event. */
    async drop(file: string, bytes: Buffer): Promise<void> {
      const { upload_url, file_id } = await workspace.as(name, 'files.getUploadURLExternal', {
        ...{ filename: file, length: String(bytes.length) },
      })
      await fetch(String(upload_url), { method: 'POST', body: new Uint8Array(bytes) })
      await workspace.as(name, 'files.completeUploadExternal', {
        files: JSON.stringify([{ id: String(file_id), title: file }]),
        channel_id: direct,
      })
    },
    async command(text: string, of = direct): Promise<string> {
      const answer = await signed({
        ...{ command: '/rag', text, team_id: team, user_id: user, user_name: name },
        ...{ channel_id: of, trigger_id: await trigger() },
        response_url: `${recorder.url}${ownPath}${user}/${acknowledged.length}`,
      })
      const ack = shown.parse(answer === '' ? {} : JSON.parse(answer))
      acknowledged.push(ack)
      return wordsOf(ack)
    },
    /**
     * Presses the button of this title in the newest message of the chat that has it, or else in the newest answer for
     * this person alone, which is no message of the chat: Slack sends no `message` with it.
     */
    async press(title: string): Promise<void> {
      const has = (one: Shown) => buttonIn(one.blocks, title) !== undefined
      const found = (await messages()).findLast(has)
      const answer = answersAlone().findLast(has)
      const button = buttonIn((found ?? answer)?.blocks, title)
      if (!button) throw new Error(`There is no button "${title}".`)
      const ts = found?.ts ?? '1.1'
      await interact({
        ...{ ...pressed(button), trigger_id: await trigger(), ...(found && { message: found }) },
        ...{ channel: { id: direct }, response_url: `${recorder.url}${ownPath}${user}/press` },
        container: {
          ...{ type: 'message', message_ts: ts, channel_id: direct },
          is_ephemeral: found === undefined,
        },
        state: { values: {} },
      })
    },
    /** Fills in the open view and submits it. */
    async submit(answers: Record<string, Choice>): Promise<void> {
      const open = openView()
      const values = fillForm(open, answers)
      const answer = await interact({
        ...{ type: 'view_submission', trigger_id: await trigger(), response_urls: [] },
        view: { ...open, state: { values } },
      })
      acknowledged.push({
        text: answer === '' ? '' : textOf(JSON.parse(answer)),
        blocks: undefined,
      })
    },
    openView,
  }
}

export type SlackPerson = Awaited<ReturnType<typeof slackPerson>>

const idOfView = ({ answer }: Call) => opened.parse(answer).view.id

interface Found {
  readonly action_id: string
  readonly value?: string | undefined
}

function buttonIn(all: readonly Block[] | undefined, title: string): Found | undefined {
  const elements = (all ?? []).flatMap((block) => (block.type === 'actions' ? block.elements : []))
  const found = elements.find((one) => one.type === 'button' && one.text.text === title)
  return found?.type === 'button'
    ? { action_id: found.action_id ?? '', value: found.value }
    : undefined
}

const wordsOf = ({ text, blocks: all }: Shown) => (all ? textOf(all) : text)
