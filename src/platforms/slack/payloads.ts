import { z } from 'zod'
import { isViewMetadata } from './view-metadata.ts'
import { viewStateValues } from './view-state.ts'

/** The parts of Slack's payloads that Milepost reads. Source: https://docs.slack.dev/reference/interaction-payloads */

export const slashCommand = z.object({
  team_id: z.string(),
  enterprise_id: z.string().nullish(),
  user_id: z.string(),
  user_name: z.string().optional(),
  channel_id: z.string(),
  text: z.string().default(''),
  trigger_id: z.string(),
  response_url: z.string(),
})
export type SlashCommandPayload = z.infer<typeof slashCommand>

const user = z.object({
  id: z.string(),
  team_id: z.string().optional(),
  name: z.string().optional(),
  username: z.string().optional(),
})
const team = z.object({ id: z.string() }).nullish()
const enterprise = z.object({ id: z.string() }).nullish()

const view = z.object({
  id: z.string(),
  type: z.string().optional(),
  hash: z.string(),
  private_metadata: z.string().refine(isViewMetadata),
  state: z.object({ values: viewStateValues }),
  blocks: z.array(z.object({ type: z.string(), block_id: z.string().optional() })),
})
export type ViewPayload = z.infer<typeof view>

/** An interactive element was used, in a message or in a view. */
export const blockActions = z.object({
  team,
  enterprise,
  user,
  trigger_id: z.string(),
  response_url: z.string().optional(),
  channel: z.object({ id: z.string() }).optional(),
  container: z.object({
    message_ts: z.string().optional(),
    is_ephemeral: z.boolean().default(false),
  }),
  view: view.optional(),
  state: z.object({ values: viewStateValues }).optional(),
  actions: z
    .array(
      z.object({
        type: z.string(),
        action_id: z.string(),
        action_ts: z.string(),
        value: z.string().optional(),
      }),
    )
    .min(1),
})
export type BlockActionsPayload = z.infer<typeof blockActions>

/** A shortcut was used, on a message or anywhere. */
export const shortcut = z.object({
  type: z.enum(['shortcut', 'message_action']),
  callback_id: z.string(),
  trigger_id: z.string(),
  ...{ team, enterprise, user },
  channel: z.object({ id: z.string() }).optional(),
  message: z.object({ ts: z.string(), text: z.string().default('') }).optional(),
})
export type ShortcutPayload = z.infer<typeof shortcut>

export const viewSubmission = z.object({
  ...{ team, enterprise, user, view },
  trigger_id: z.string().optional(),
})
export type ViewSubmissionPayload = z.infer<typeof viewSubmission>

/** A file in a message. `mode` says what it is: 'hosted', 'snippet', 'external', 'tombstone' … */
const sharedFile = z.object({
  id: z.string(),
  name: z.string().nullish(),
  title: z.string().nullish(),
  mimetype: z.string().nullish(),
  /** In bytes. */
  size: z.number().nullish(),
  mode: z.string().nullish(),
  is_external: z.boolean().nullish(),
  /** 'check_file_info': the event tells no more of it. */
  file_access: z.string().nullish(),
  url_private: z.string().nullish(),
  url_private_download: z.string().nullish(),
})
export type SharedFile = z.infer<typeof sharedFile>

/** A message to the bot, or one that mentions it. */
export const messageEvent = z.object({
  team_id: z.string(),
  enterprise_id: z.string().nullish(),
  is_ext_shared_channel: z.boolean().optional(),
  event: z.object({
    channel: z.string(),
    /** 'im' for the conversation between the bot and one person; absent where the bot was mentioned. */
    channel_type: z.string().optional(),
    user: z.string(),
    text: z.string(),
    ts: z.string(),
    thread_ts: z.string().optional(),
    team: z.string().optional(),
    user_team: z.string().optional(),
    files: z.array(sharedFile).default([]),
  }),
})
export type MessageEventPayload = z.infer<typeof messageEvent>

/** Any event of a message: one that was written, edited or deleted. */
export const placedEvent = z.object({
  event: z.object({ channel: z.string(), channel_type: z.string().optional() }),
})

/**
 * Whether a message stands in the conversation between the bot and one person. Slack says so by its type. What stands in
 * for Slack may leave that out (vercel-labs' emulate does): then its id tells, for the bot gets the messages of no other
 * direct conversation (https://docs.slack.dev/reference/events/message.im).
 */
export function isDirectMessage({
  channel,
  channel_type,
}: z.infer<typeof placedEvent>['event']): boolean {
  return channel_type === 'im' || (channel_type === undefined && channel.startsWith('D'))
}

/** A person opened a tab of the conversation with the bot: 'home', 'messages'. */
export const homeOpenedEvent = z.object({
  team_id: z.string(),
  enterprise_id: z.string().nullish(),
  event: z.object({ user: z.string(), tab: z.string(), event_ts: z.string() }),
})
export type HomeOpenedPayload = z.infer<typeof homeOpenedEvent>

/** The app was taken from a workspace, or tokens were: `bot` names the accounts of apps, `oauth` those of people. */
export const revokedEvent = z.object({
  /** In seconds. */
  event_time: z.number(),
  event: z.discriminatedUnion('type', [
    z.object({ type: z.literal('app_uninstalled') }),
    z.object({
      type: z.literal('tokens_revoked'),
      tokens: z.object({ bot: z.array(z.string()).default([]) }),
    }),
  ]),
})

/** A Slack organisation gave Milepost workspaces of its own, or took them back. */
export const accessEvent = z.object({
  /** In seconds. */
  event_time: z.number(),
  event: z.object({
    type: z.enum(['team_access_granted', 'team_access_revoked']),
    team_ids: z.array(z.string()),
  }),
})

/** Slack gives whole seconds: what happened within the same one came before. */
export const endOfSecond = (eventTime: number): Date => new Date((eventTime + 1) * 1000 - 1)

/** An account of the workspace changed: its name, its status, or whether it is closed. */
export const userChangeEvent = z.object({
  event: z.object({ user: z.object({ id: z.string(), deleted: z.boolean().default(false) }) }),
})

/** A private channel that is being shared with another organisation gets an id of another kind. */
export const channelMovedEvent = z.object({
  event: z.object({ old_channel_id: z.string().min(1), new_channel_id: z.string().min(1) }),
})

const absent = z.undefined().optional()

/**
 * Matches the message events in which a person writes: in words, with files, in a thread but shown in the conversation
 * too, or of themselves (/me). Not a bot's, not an edit, not a join or leave notice.
 */
export const personMessageEvent = z.object({
  event: z.object({
    bot_id: absent,
    subtype: z.enum(['file_share', 'thread_broadcast', 'me_message']).optional(),
    edited: absent,
    user: z.string(),
    text: z.string(),
  }),
})

/** A person's message whose words were changed. Slack sends the same event where it adds the preview of a link. */
export const editedMessageEvent = z.object({
  event: z.object({
    subtype: z.literal('message_changed'),
    channel: z.string(),
    channel_type: z.literal('im'),
    message: z.object({
      bot_id: absent,
      user: z.string(),
      text: z.string(),
      ts: z.string(),
      thread_ts: z.string().optional(),
    }),
    previous_message: z.object({ text: z.string() }),
  }),
})
export type EditedMessagePayload = z.infer<typeof editedMessageEvent>

const looseType = z.object({ type: z.string() })

/** An id, or the whole thing. */
const idOrThing = z.union([z.string(), z.object({})]).optional()

/** As far as Bolt reads it before any listener of ours does: it takes each of these for what Slack documents. */
const eventCallback = z.object({
  team_id: z.string().optional(),
  event: looseType.extend({
    user: idOrThing,
    channel: idOrThing,
    item: z.object({ channel: z.string().optional() }).optional(),
  }),
  authorizations: z.array(z.object({})).optional(),
})

/** The same of what somebody pressed, chose or closed. */
const interaction = z.object({
  is_enterprise_install: z.boolean().optional(),
  team,
  user: z.object({}),
})
const namedView = z.object({ callback_id: z.string() })

/** What a body must be, by its `type`. Those that nothing of ours leads to are left to Bolt as they are. */
const bodiesByType: Readonly<Record<string, z.ZodType>> = {
  url_verification: z.object({ challenge: z.string() }),
  event_callback: eventCallback,
  block_actions: blockActions.and(interaction),
  view_submission: viewSubmission.and(interaction.extend({ view: namedView })),
  view_closed: interaction.extend({ view: namedView }),
  block_suggestion: interaction.extend({ action_id: z.string() }),
  shortcut: shortcut.and(interaction),
  message_action: shortcut.and(interaction),
}

/** Whether the body of a signed request is one that Slack sends, as far as we read it. */
export function isRequestBody(body: unknown): boolean {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return false
  if ('ssl_check' in body) return true
  if ('command' in body) return slashCommand.safeParse(body).success
  if (!('type' in body)) return false
  const { type } = body
  if (typeof type !== 'string' || !Object.hasOwn(bodiesByType, type)) return false
  return bodiesByType[type]?.safeParse(body).success ?? false
}
