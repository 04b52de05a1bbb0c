import { z } from 'zod'
import { Refusal } from '../base/errors.ts'
import { chosenFiles, decodeFiles, hasContent } from './chosen-files.ts'
import { fillForm } from './slack/form-fill.ts'
import type { ViewStateValues } from './slack/model.ts'
import type { SlackWorkspace } from './slack/workspace.ts'
import type { FormAnswers, SlackAction } from './view-model.ts'

const id = z.string().min(1).max(300)
const choice = z.union([z.string().max(3000), z.array(z.string().max(3000)).max(100)])
const answers = z.record(id, choice)

export const slackAction: z.ZodType<SlackAction> = z.discriminatedUnion('act', [
  z
    .object({
      act: z.literal('write'),
      channel: id,
      text: z.string().trim().max(4000),
      threadTs: id.optional(),
      files: chosenFiles,
    })
    .refine(hasContent),
  z.object({
    act: z.literal('choose'),
    channel: id,
    ts: id,
    blockId: id,
    actionId: id,
    choice: choice.optional(),
  }),
  z.object({
    act: z.literal('choose in view'),
    view: id,
    actionId: id,
    choice: choice.optional(),
    answers,
  }),
  z.object({ act: z.literal('open home') }),
  z.object({ act: z.literal('submit'), view: id, answers }),
  z.object({ act: z.literal('close'), view: id }),
  z.object({ act: z.literal('read'), channel: id }),
])

/**
 * Does in the workspace what a person does on the page. A failure that Slack would show is in the snapshot.
 * @throws Refusal where Slack would not take it
 */
export async function performSlackAction(
  workspace: SlackWorkspace,
  command: string,
  user: string,
  action: SlackAction,
): Promise<void> {
  switch (action.act) {
    case 'write':
      return writeInSlack(workspace, command, user, action)
    case 'choose': {
      const at = { channel: action.channel, ts: action.ts }
      await workspace.chooseInMessage(user, at, action.actionId, action.blockId, action.choice)
      return
    }
    case 'choose in view': {
      const values = valuesOf(workspace, user, action.view, action.answers)
      await workspace.chooseInView(user, action.view, action.actionId, action.choice, { values })
      return
    }
    case 'open home':
      await workspace.openHome(user)
      return
    case 'submit':
      await workspace.submitView(
        user,
        action.view,
        valuesOf(workspace, user, action.view, action.answers),
      )
      return
    case 'close':
      await workspace.closeView(user, action.view)
      return
    case 'read':
      workspace.read(user, action.channel)
  }
}

/** A command, a direct message, or a message that mentions Milepost: Slack sends an app nothing else. */
async function writeInSlack(
  workspace: SlackWorkspace,
  command: string,
  user: string,
  { channel, text, threadTs, files: chosen }: Extract<SlackAction, { act: 'write' }>,
): Promise<void> {
  const files = decodeFiles(chosen)
  const thread = { ...(threadTs !== undefined && { threadTs }), files }
  if (text.startsWith('/')) {
    if (files.length > 0)
      throw new Refusal('Slack takes no files with a command. Please send them by themselves.')
    const [typed = '', rest = ''] = splitCommand(text)
    if (typed !== command) {
      throw new Refusal(`${typed} is not a command here. Try ${command} help.`)
    }
    if (threadTs) throw new Refusal('Slack takes no commands in threads. Please type it below.')
    await workspace.slashCommand(user, channel, typed, rest)
    return
  }
  const { conversations, bot } = workspace.snapshot(user)
  if (conversations.find((each) => each.id === channel)?.kind === 'dm') {
    await workspace.message(user, text, thread)
    return
  }
  const name = new RegExp(`@${bot.name}\\b`, 'i')
  if (!name.test(text)) {
    throw new Refusal(
      `In a channel Milepost hears ${command} and messages that mention it. Begin with ${command} or @${bot.realName}.`,
    )
  }
  await workspace.mention(user, channel, text.replace(name, `<@${bot.userId}>`), thread)
}

/** '/rag  2.1 amber' is '/rag' and '2.1 amber'. */
function splitCommand(text: string): string[] {
  const [command = ''] = text.split(/\s/, 1)
  return [command, text.slice(command.length).trim()]
}

function valuesOf(
  workspace: SlackWorkspace,
  user: string,
  viewId: string,
  answers: FormAnswers,
): ViewStateValues {
  const { views, home } = workspace.snapshot(user)
  const open = [...views.map(({ view }) => view), ...(home ? [home] : [])]
  const view = open.find(({ id: one }) => one === viewId)
  if (!view) throw new Refusal('This form is closed already.')
  return fillForm(view, answers)
}
