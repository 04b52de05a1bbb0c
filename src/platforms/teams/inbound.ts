import { z } from 'zod'
import type { ChatIdentity, Place } from '../../base/addresses.ts'
import type { ChatRequest } from '../../chat/request.ts'
import { isAllowedServiceUrl, type TeamsConfig } from './config.ts'
import { addressOf, splitConversation } from './conversation-ids.ts'
import { type FormPlacement, parseActionData } from './forms.ts'
import { isMentioned, textWithoutMentions } from './mentions.ts'

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

const executeValue = z.looseObject({
  action: z.looseObject({ verb: z.string().min(1), data: z.unknown().optional() }),
})

const submitValue = z.looseObject({ verb: z.string().min(1) })

/** What was asked, and how it wants to be answered. */
export interface ActivityRequest {
  readonly request: ChatRequest
  /** A message is answered by a message; a press in the answer to its own request. */
  readonly kind: 'message' | 'press'
  /** The conversation to answer in; in a channel it is the thread. */
  readonly conversation: string
  /** Where the button stands in a form. */
  readonly placement?: FormPlacement | undefined
}

/**
 * Why this activity is none of ours, if so. The SDK checks the token, which says neither which tenant the activity
 * is from nor that answers would go to Teams; so we do.
 */
export function rejectionReason(config: TeamsConfig, activity: TeamsActivity): string | undefined {
  if (!isAllowedServiceUrl(config, activity.serviceUrl))
    return 'its serviceUrl is not one of the allowed hosts'
  if (config.mode === 'local') return undefined
  if (activity.channelId !== 'msteams') return 'it does not come from Teams'
  const named = [activity.conversation.tenantId, activity.channelData?.tenant?.id].filter(Boolean)
  // Ids of the directory are UUIDs, which some pages of Azure show in capitals.
  const isOurs = (id: unknown) => String(id).toLowerCase() === config.tenantId.toLowerCase()
  const ours = named.length > 0 && named.every(isOurs)
  return ours ? undefined : 'it comes from another tenant'
}

/** What the activity asks of Milepost; undefined where it asks nothing. */
export function parseActivity(activity: TeamsActivity): ActivityRequest | undefined {
  const { id, from } = activity
  if (!id || !from) return undefined
  const about = requestContextOf(activity, id, from)
  switch (activity.type) {
    case 'message':
      return activity.value ? parseSubmit(activity, about) : parseMessage(activity, about)
    case 'invoke':
      return parseInvoke(activity, about)
    case 'installationUpdate':
      return parseInstallation(activity, about)
    default:
      return undefined
  }
}

interface RequestContext {
  readonly key: string
  readonly actor: ChatIdentity
  readonly place: Place
}

function requestContextOf(
  activity: TeamsActivity,
  id: string,
  from: z.infer<typeof account>,
): RequestContext {
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
      serviceUrl,
    },
  }
}

function parseMessage(activity: TeamsActivity, about: RequestContext): ActivityRequest | undefined {
  const listed = (activity.entities ?? []).flatMap((one) => mention.safeParse(one).data ?? [])
  const bot = activity.recipient?.id ?? ''
  // An app that may read a whole channel is told of what is said to others, too.
  if (about.place.kind === 'channel' && !isMentioned(listed, bot)) return undefined
  const text = textWithoutMentions(activity.text ?? '', listed, bot)
  return {
    kind: 'message',
    conversation: activity.conversation.id,
    request: { ...about, input: { by: 'text', text } },
  }
}

/** An Action.Submit: a message without a text. The verb is in its data. */
function parseSubmit(activity: TeamsActivity, about: RequestContext): ActivityRequest | undefined {
  const read = submitValue.safeParse(activity.value)
  if (!read.success) return undefined
  const { verb, ...data } = read.data
  return actionRequest(activity, about, 'message', verb, data)
}

/** An Action.Execute. */
function parseInvoke(activity: TeamsActivity, about: RequestContext): ActivityRequest | undefined {
  if (activity.name !== 'adaptiveCard/action') return undefined
  const read = executeValue.safeParse(activity.value)
  if (!read.success) return undefined
  return actionRequest(activity, about, 'press', read.data.action.verb, read.data.action.data)
}

function actionRequest(
  activity: TeamsActivity,
  about: RequestContext,
  as: ActivityRequest['kind'],
  verb: string,
  data: unknown,
): ActivityRequest {
  const { by, args, placement } = parseActionData(data)
  const { replyToId, conversation } = activity
  const message = replyToId ? addressOf(about.place, conversation.id, replyToId) : undefined
  return {
    kind: as,
    conversation: conversation.id,
    placement,
    request: { ...about, input: { by, verb, args }, message },
  }
}

/** Who adds Milepost for themselves is told what it does. A team is not: nobody there has asked. */
function parseInstallation(
  activity: TeamsActivity,
  about: RequestContext,
): ActivityRequest | undefined {
  if (activity.action !== 'add' || about.place.kind !== 'direct') return undefined
  return {
    kind: 'message',
    conversation: activity.conversation.id,
    request: { ...about, input: { by: 'text', text: 'help' } },
  }
}
