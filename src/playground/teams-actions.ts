import { z } from 'zod'
import { Refusal } from '../base/errors.ts'
import type { BotResponse } from './teams/bot-delivery.ts'
import { actionsOf } from './teams/card-inputs.ts'
import type { CardJson, Message, Snapshot } from './teams/model.ts'
import type { TeamsTenant } from './teams/tenant.ts'
import type { TeamsAction } from './view-model.ts'

const id = z.string().min(1).max(300)

export const teamsAction: z.ZodType<TeamsAction> = z.discriminatedUnion('act', [
  z.object({
    act: z.literal('write'),
    conversation: id,
    text: z.string().trim().min(1).max(4000),
  }),
  z.object({
    act: z.literal('press'),
    conversation: id,
    message: id,
    button: z.number().int().min(0),
    filled: z.record(id, z.string().max(10_000)),
  }),
])

/** Does in the tenant what a person did on the page. A card or a note in answer is in the snapshot. */
export async function performTeamsAction(
  tenant: TeamsTenant,
  user: string,
  act: TeamsAction,
): Promise<void> {
  if (act.act === 'write') return writeInTeams(tenant, user, act)
  const at = { conversation: act.conversation, activityId: act.message }
  const { outcome } = await tenant.execute(user, at, act.button, inputsOfButton(tenant, user, act))
  if (outcome.kind === 'not sent') {
    throw new Refusal(outcome.problems.map(({ message }) => message).join(' '))
  }
}

/** A direct message, or one in the team that mentions Milepost: all that Teams would pass on. */
async function writeInTeams(
  tenant: TeamsTenant,
  user: string,
  { conversation, text }: Extract<TeamsAction, { act: 'write' }>,
): Promise<void> {
  const { chat, bot } = tenant.snapshot(user)
  if (conversation === chat.conversationId) {
    requireAccepted((await tenant.message(user, text)).responses)
    return
  }
  const mention = `@${bot.name}`
  if (!text.toLowerCase().startsWith(mention.toLowerCase())) {
    throw new Refusal(`In a channel Milepost hears messages that begin with ${mention}.`)
  }
  const said = text.slice(mention.length).replace(/^[\s,:]+/, '')
  requireAccepted((await tenant.mention(user, conversation, said)).responses)
}

function requireAccepted([first]: BotResponse[]): void {
  if (first?.status !== null && first !== undefined && first.status < 300) return
  throw new Refusal(
    'Your message stands, but Milepost did not take it. Please try again in a minute.',
  )
}

/** Of what stands in the card's inputs, that which this button sends. */
function inputsOfButton(
  tenant: TeamsTenant,
  user: string,
  act: Extract<TeamsAction, { act: 'press' }>,
): Record<string, string> {
  const found = messagesOf(tenant.snapshot(user)).find(
    ({ conversation, message }) => conversation === act.conversation && message.id === act.message,
  )
  const inputs = found?.message.card ? executesOf(found.message.card)[act.button]?.inputs : []
  const ids = new Set(inputs?.map((input) => input.id))
  return Object.fromEntries(Object.entries(act.filled).filter(([name]) => ids.has(name)))
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
 * The snapshot with each Action.Execute numbered by its id, so that the page can say which one was pressed:
 * the same verb may stand on twenty buttons of a card.
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
