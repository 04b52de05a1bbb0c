import { z } from 'zod'
import { Refusal } from '../base/errors.ts'
import { chosenFiles, decodeFiles, hasContent } from './chosen-files.ts'
import type { BotResponse } from './teams/bot-delivery.ts'
import { actionsOf } from './teams/card-inputs.ts'
import type { CardJson, Message, Snapshot } from './teams/model.ts'
import type { TeamsTenant } from './teams/tenant.ts'
import type { TeamsAction } from './view-model.ts'

const id = z.string().min(1).max(300)

export const teamsAction: z.ZodType<TeamsAction> = z.discriminatedUnion('act', [
  z
    .object({
      act: z.literal('write'),
      conversation: id,
      text: z.string().trim().max(4000),
      files: chosenFiles,
    })
    .refine(hasContent),
  z.object({ act: z.literal('answer offer'), message: id, isWanted: z.boolean() }),
  z.object({
    act: z.literal('press'),
    conversation: id,
    message: id,
    button: z.number().int().min(0),
    filled: z.record(id, z.string().max(10_000)),
  }),
])

/**
 * Does in the tenant what a person does on the page. A card or a note that answers it is in the snapshot.
 * @throws Refusal where Teams or the bot would not take it
 */
export async function performTeamsAction(
  tenant: TeamsTenant,
  user: string,
  action: TeamsAction,
): Promise<void> {
  if (action.act === 'write') return writeInTeams(tenant, user, action)
  if (action.act === 'answer offer') {
    requireAccepted((await tenant.answerOffer(user, action.message, action.isWanted)).responses)
    return
  }
  const at = { conversation: action.conversation, activityId: action.message }
  const inputs = inputsOfButton(tenant, user, action)
  const { outcome } = await tenant.execute(user, at, action.button, inputs)
  if (outcome.kind === 'not sent') {
    throw new Refusal(outcome.problems.map(({ message }) => message).join(' '))
  }
}

/** A direct message, or one in the team that mentions Milepost: Teams sends a bot nothing else. */
async function writeInTeams(
  tenant: TeamsTenant,
  user: string,
  { conversation, text, files: chosen }: Extract<TeamsAction, { act: 'write' }>,
): Promise<void> {
  const files = decodeFiles(chosen)
  const { chat, bot } = tenant.snapshot(user)
  if (files.length > 0) {
    if (conversation !== chat.conversationId)
      throw new Refusal('Teams gives apps files in their own chat alone. Please send them there.')
    requireAccepted((await tenant.sendFiles(user, files, text)).responses)
    return
  }
  if (conversation === chat.conversationId) {
    requireAccepted((await tenant.message(user, text)).responses)
    return
  }
  const mention = `@${bot.name}`
  if (!text.toLowerCase().startsWith(mention.toLowerCase())) {
    throw new Refusal(`In a channel Milepost hears messages that begin with ${mention}.`)
  }
  const words = text.slice(mention.length).replace(/^[\s,:]+/, '')
  requireAccepted((await tenant.mention(user, conversation, words)).responses)
}

function requireAccepted([first]: BotResponse[]): void {
  if (first?.status !== null && first !== undefined && first.status < 300) return
  throw new Refusal(
    'Your message stands, but Milepost did not take it. Please try again in a minute.',
  )
}

/** The values that this button sends: not every button of a card sends every input. */
function inputsOfButton(
  tenant: TeamsTenant,
  user: string,
  press: Extract<TeamsAction, { act: 'press' }>,
): Record<string, string> {
  const found = messagesOf(tenant.snapshot(user)).find(
    ({ conversation, message }) =>
      conversation === press.conversation && message.id === press.message,
  )
  const inputs = found?.message.card ? executesOf(found.message.card)[press.button]?.inputs : []
  const ids = new Set(inputs?.map((input) => input.id))
  return Object.fromEntries(Object.entries(press.filled).filter(([name]) => ids.has(name)))
}

function executesOf(card: CardJson) {
  return actionsOf(card).filter(({ action }) => action.type === 'Action.Execute')
}

function messagesOf({ chat, team }: Snapshot): { conversation: string; message: Message }[] {
  const threads = team.channels.flatMap((channel) => channel.threads)
  return [
    ...chat.messages.map((message) => ({ conversation: chat.conversationId, message })),
    ...threads.flatMap(({ conversationId, root, replies }) =>
      [root, ...replies].map((message) => ({ conversation: conversationId, message })),
    ),
  ]
}

/**
 * The snapshot with a number in the id of each Action.Execute, by which the page names the one that was pressed:
 * twenty buttons of a card may share a verb.
 */
export function withNumberedButtons(snapshot: Snapshot): Snapshot {
  const numbered = structuredClone(snapshot)
  for (const { message } of messagesOf(numbered)) {
    if (!message.card) continue
    for (const [index, { action }] of executesOf(message.card).entries())
      action.id = `button-${index}`
  }
  return numbered
}
