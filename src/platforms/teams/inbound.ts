import { z } from 'zod'
import type { ChatIdentity, Invocation, Place } from '../../chat/request.ts'
import { mayCall, type TeamsConfig } from './config.ts'
import { addressOf, splitConversation } from './conversation-ids.ts'
import { readPress, type Standing } from './forms.ts'
import { mentions, plainText } from './mentions.ts'

const account = z.looseObject({
  id: z.string().min(1),
  name: z.string().nullish(),
  aadObjectId: z.string().nullish(),
})

const tenant = z.looseObject({ id: z.string() })

/** What we read of an activity (Bot Framework protocol). Everything else passes through to the SDK untouched. */
export const teamsActivity = z.looseObject({
  type: z.string().min(1),
  serviceUrl: z.url(),
  channelId: z.string().min(1),
  conversation: z.looseObject({
    id: z.string().min(1),
    conversationType: z.string().nullish(),
    isGroup: z.boolean().nullish(),
    tenantId: z.string().nullish(),
  }),
  id: z.string().min(1).nullish(),
  from: account.nullish(),
  recipient: account.nullish(),
  name: z.string().nullish(),
  action: z.string().nullish(),
  text: z.string().nullish(),
  value: z.unknown().optional(),
  replyToId: z.string().nullish(),
  channelData: z.looseObject({ tenant: tenant.nullish() }).nullish(),
  entities: z.array(z.unknown()).nullish(),
})
export type TeamsActivity = z.infer<typeof teamsActivity>

const mention = z.looseObject({
  type: z.literal('mention'),
  text: z.string(),
  mentioned: z.looseObject({ id: z.string(), name: z.string().nullish() }),
})

const execute = z.looseObject({
  action: z.looseObject({ verb: z.string().min(1), data: z.unknown().optional() }),
})

const submitted = z.looseObject({ verb: z.string().min(1) })

/** What was asked, and how it wants to be answered. */
export interface Received {
  readonly invocation: Invocation
  /** A message is answered by a message; a press in the answer to its own request. */
  readonly as: 'message' | 'press'
  /** The conversation to answer in; in a channel it is the thread. */
  readonly conversation: string
  /** Where the button stands in a form. */
  readonly standing?: Standing | undefined
}

/**
 * Why this activity is none of ours, if so. The SDK checks the token, which says neither which tenant the activity
 * is from nor that answers would go to Teams; so we do.
 */
export function foreignness(config: TeamsConfig, activity: TeamsActivity): string | undefined {
  if (!mayCall(config, activity.serviceUrl)) return 'its serviceUrl is not one of the allowed hosts'
  if (config.mode === 'local') return undefined
  if (activity.channelId !== 'msteams') return 'it does not come from Teams'
  const named = [activity.conversation.tenantId, activity.channelData?.tenant?.id].filter(Boolean)
  // Ids of the directory are UUIDs, which some pages of Azure show in capitals.
  const isOurs = (id: unknown) => String(id).toLowerCase() === config.tenantId.toLowerCase()
  const ours = named.length > 0 && named.every(isOurs)
  return ours ? undefined : 'it comes from another tenant'
}

/** What the activity asks of Milepost; undefined where it asks nothing. */
export function received(activity: TeamsActivity): Received | undefined {
  const { id, from } = activity
  if (!id || !from) return undefined
  const about = circumstances(activity, id, from)
  switch (activity.type) {
    case 'message':
      return activity.value ? submit(activity, about) : said(activity, about)
    case 'invoke':
      return pressed(activity, about)
    case 'installationUpdate':
      return installed(activity, about)
    default:
      return undefined
  }
}

interface Circumstances {
  readonly key: string
  readonly actor: ChatIdentity
  readonly place: Place
}

function circumstances(
  activity: TeamsActivity,
  id: string,
  from: z.infer<typeof account>,
): Circumstances {
  const { conversation, serviceUrl, channelData } = activity
  const tenantId = conversation.tenantId ?? channelData?.tenant?.id ?? 'local'
  const shared = ['channel', 'groupChat'].includes(conversation.conversationType ?? '')
  return {
    key: `teams:${tenantId}:${conversation.id}:${id}`,
    actor: {
      platform: 'teams',
      tenant: tenantId,
      // The Entra object id: the same towards every bot, known to the directory, and one that a chat can be opened
      // with (members: [{ id: <object id> }]; msteams-docs issue 14079). Emulators may give none.
      user: from.aadObjectId || from.id,
      ...(from.name ? { displayName: from.name } : {}),
    },
    place: {
      platform: 'teams',
      tenant: tenantId,
      conversation: splitConversation(conversation.id).conversation,
      kind: shared || conversation.isGroup ? 'channel' : 'direct',
      via: serviceUrl,
    },
  }
}

function said(activity: TeamsActivity, about: Circumstances): Received | undefined {
  const listed = (activity.entities ?? []).flatMap((one) => mention.safeParse(one).data ?? [])
  const bot = activity.recipient?.id ?? ''
  // An app that may read a whole channel is told of what is said to others, too.
  if (about.place.kind === 'channel' && !mentions(listed, bot)) return undefined
  const text = plainText(activity.text ?? '', listed, bot)
  return {
    as: 'message',
    conversation: activity.conversation.id,
    invocation: { ...about, ask: { by: 'text', text } },
  }
}

/** An Action.Submit: a message without a text. The verb is in its data. */
function submit(activity: TeamsActivity, about: Circumstances): Received | undefined {
  const read = submitted.safeParse(activity.value)
  if (!read.success) return undefined
  const { verb, ...data } = read.data
  return press(activity, about, 'message', verb, data)
}

/** An Action.Execute. */
function pressed(activity: TeamsActivity, about: Circumstances): Received | undefined {
  if (activity.name !== 'adaptiveCard/action') return undefined
  const read = execute.safeParse(activity.value)
  if (!read.success) return undefined
  return press(activity, about, 'press', read.data.action.verb, read.data.action.data)
}

function press(
  activity: TeamsActivity,
  about: Circumstances,
  as: Received['as'],
  verb: string,
  data: unknown,
): Received {
  const { by, args, standing } = readPress(data)
  const { replyToId, conversation } = activity
  const message = replyToId ? addressOf(about.place, conversation.id, replyToId) : undefined
  return {
    as,
    conversation: conversation.id,
    standing,
    invocation: { ...about, ask: { by, verb, args }, message },
  }
}

/** Who adds Milepost for themselves is told what it does. A team is not: nobody there has asked. */
function installed(activity: TeamsActivity, about: Circumstances): Received | undefined {
  if (activity.action !== 'add' || about.place.kind !== 'direct') return undefined
  return {
    as: 'message',
    conversation: activity.conversation.id,
    invocation: { ...about, ask: { by: 'text', text: 'help' } },
  }
}
