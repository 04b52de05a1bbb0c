import { z } from 'zod'
import type { ChatIdentity, Place } from '../../base/addresses.ts'
import type { Mention } from '../../base/mentions.ts'
import type { ChatInput, ChatRequest } from '../../chat/request.ts'
import { isAllowedServiceUrl, type TeamsConfig } from './config.ts'
import { addressOf, splitConversation } from './conversation-ids.ts'
import { dialogActionOf } from './dialogs.ts'
import { type FileConsent, parseConsent } from './file-consent-card.ts'
import { type FormPlacement, parseActionData } from './forms.ts'
import { textWithAddresses } from './links.ts'
import { isMentioned, textWithoutMentions } from './mentions.ts'
import type { FindFiles } from './sent-files.ts'
import { isFromServedTenant, senderTenantOf } from './tenants.ts'

const account = z.looseObject({
  id: z.string().min(1),
  name: z.string().nullish(),
  aadObjectId: z.string().nullish(),
  tenantId: z.string().nullish(),
  role: z.string().nullish(),
})

const tenant = z.looseObject({ id: z.string() })

/** The fields of an activity that we read (Bot Framework protocol). The others are passed to the SDK unchanged. */
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
  channelData: z
    .looseObject({ tenant: tenant.nullish(), eventType: z.string().nullish() })
    .nullish(),
  entities: z.array(z.unknown()).nullish(),
  attachments: z.array(z.unknown()).nullish(),
})
export type TeamsActivity = z.infer<typeof teamsActivity>

const mention = z.looseObject({
  type: z.literal('mention'),
  text: z.string(),
  mentioned: z.looseObject({
    id: z.string(),
    name: z.string().nullish(),
    aadObjectId: z.string().nullish(),
  }),
})

const executeValue = z.looseObject({
  action: z.looseObject({ verb: z.string().min(1), data: z.unknown().optional() }),
})

const submitValue = z.looseObject({ verb: z.string().min(1) })

/** A request, and how to answer it. */
export interface ActivityRequest {
  readonly request: ChatRequest
  /** A message is answered by a message; a button press in the response to its own request. */
  readonly kind: 'message' | 'press' | 'dialog'
  /** The conversation to answer in: in a channel, the thread. */
  readonly conversation: string
  /** Of the form that contains the button; undefined outside a form. */
  readonly placement?: FormPlacement | undefined
}

/**
 * Why an activity is rejected; undefined if it is accepted. The SDK checks the token, which proves neither that the
 * activity comes from our tenant nor that answers go to Teams, so this does.
 */
export function rejectionReason(
  config: TeamsConfig,
  activity: TeamsActivity,
  isServed: (tenant: string) => boolean,
): string | undefined {
  if (!isAllowedServiceUrl(config, activity.serviceUrl))
    return 'its serviceUrl is not one of the allowed hosts'
  if (config.mode === 'local') return undefined
  if (activity.channelId !== 'msteams') return 'it does not come from Teams'
  return isFromServedTenant(activity, isServed) ? undefined : 'it comes from another tenant'
}

/** The request in an activity; undefined if it asks nothing of Milepost. */
export function parseActivity(
  activity: TeamsActivity,
  findFiles: FindFiles,
): ActivityRequest | undefined {
  const { id, from } = activity
  if (!id || !from || isBot(from)) return undefined
  const context = requestContextOf(activity, id, from)
  switch (activity.type) {
    case 'message':
      return parseSubmit(activity, context) ?? parseMessage(activity, context, findFiles)
    case 'invoke':
      return parseInvoke(activity, context)
    case 'installationUpdate':
      return parseInstallation(activity, context)
    default:
      return undefined
  }
}

/** Two bots that answered each other would never end. */
const isBot = ({ id, role }: z.infer<typeof account>) => role === 'bot' || id.startsWith('28:')

/** Where a message was edited after it was sent. */
export type EditedMessage = Pick<ActivityRequest, 'conversation'> & Pick<ChatRequest, 'place'>

/** An edited message to Milepost; undefined for any other activity. */
export function editedMessageIn(activity: TeamsActivity): EditedMessage | undefined {
  const { type, id, from, channelData } = activity
  if (type !== 'messageUpdate' || channelData?.eventType !== 'editMessage') return undefined
  const edited =
    id &&
    from &&
    !isBot(from) &&
    parseMessage(activity, requestContextOf(activity, id, from), () => [])
  return edited ? { place: edited.request.place, conversation: edited.conversation } : undefined
}

/** The account of a person who removes Milepost for themselves; undefined for any other activity. */
export function removedByIn(activity: TeamsActivity): ChatIdentity | undefined {
  const { type, action, id, from } = activity
  if (type !== 'installationUpdate' || action !== 'remove' || !id || !from) return undefined
  const { actor, directPlace } = requestContextOf(activity, id, from)
  return directPlace && actor
}

/** What a person answered to the question whether they want a file; undefined for any other activity. */
export function fileConsentIn(activity: TeamsActivity): FileConsent | undefined {
  const { type, name, id, from, replyToId } = activity
  if (type !== 'invoke' || name !== 'fileConsent/invoke' || !id || !from) return undefined
  const consent = parseConsent(activity.value)
  const request = requestContextOf(activity, id, from)
  // Files are for a chat with Milepost alone, and nobody else answers for its person.
  if (!consent || !request.directPlace) return undefined
  return { ...consent, request, asked: replyToId ?? undefined }
}

interface RequestContext {
  readonly key: string
  readonly actor: ChatIdentity
  readonly place: Place
  readonly directPlace: Place | undefined
}

function requestContextOf(
  activity: TeamsActivity,
  id: string,
  from: z.infer<typeof account>,
): RequestContext {
  const { conversation, serviceUrl, channelData } = activity
  const tenantId = conversation.tenantId ?? channelData?.tenant?.id ?? 'local'
  const isPersonal = isWithBotAlone(activity)
  const place: Place = {
    platform: 'teams',
    tenant: tenantId,
    conversation: splitConversation(conversation.id).conversation,
    ...(isPersonal ? { kind: 'direct', isPerson: false } : { kind: 'channel' }),
    serviceUrl,
  }
  return {
    key: `teams:${tenantId}:${conversation.id}:${id}`,
    actor: {
      platform: 'teams',
      tenant: senderTenantOf(activity) ?? tenantId,
      // The Entra object id: the same towards every bot, known to the directory, and one that a chat can be opened
      // with (members: [{ id: <object id> }]; msteams-docs issue 14079). Emulators may give none.
      user: from.aadObjectId || from.id,
      ...(from.name ? { displayName: from.name } : {}),
    },
    place,
    directPlace: isPersonal ? place : undefined,
  }
}

/**
 * Teams says "personal" of a chat with the bot alone; whatever it does not say that of may have other readers. An
 * emulator, which only the local mode answers, gives no type.
 */
function isWithBotAlone({ channelId, conversation }: TeamsActivity): boolean {
  const { isGroup, conversationType } = conversation
  if (isGroup) return false
  return conversationType === 'personal' || (!conversationType && channelId !== 'msteams')
}

function parseMessage(
  activity: TeamsActivity,
  context: RequestContext,
  findFiles: FindFiles,
): ActivityRequest | undefined {
  const mentions = (activity.entities ?? []).flatMap(
    (entity) => mention.safeParse(entity).data ?? [],
  )
  const bot = activity.recipient?.id ?? ''
  // An app with permission to read a whole channel also gets messages that do not mention it.
  if (context.place.kind === 'channel' && !isMentioned(mentions, bot)) return undefined
  // A button of a card that is not ours has a value and no text.
  if (activity.value && !activity.text) return undefined
  const attachments = activity.attachments ?? []
  const plain = textWithoutMentions(activity.text ?? '', mentions, bot)
  const text = textWithAddresses(plain, attachments)
  const files = findFiles({
    attachments,
    serviceUrl: activity.serviceUrl,
    isPersonal: context.directPlace !== undefined,
  })
  const input: ChatInput = files.length > 0 ? { by: 'files', text, files } : { by: 'text', text }
  return {
    kind: 'message',
    conversation: activity.conversation.id,
    request: { ...context, input, mentions: others(mentions, bot, context) },
  }
}

/** Teams shows a mention by its name alone. */
function others(
  mentions: readonly z.infer<typeof mention>[],
  bot: string,
  { place: { platform, tenant } }: RequestContext,
): Mention[] | undefined {
  const found = mentions.flatMap(({ mentioned: { id, name, aadObjectId } }) =>
    id === bot || !name
      ? []
      : { text: name, account: { platform, tenant, user: aadObjectId || id, displayName: name } },
  )
  return found.length > 0 ? found : undefined
}

/** Parses an Action.Submit: a message whose value contains the verb. Others may carry a value beside their text. */
function parseSubmit(
  activity: TeamsActivity,
  context: RequestContext,
): ActivityRequest | undefined {
  const parsed = submitValue.safeParse(activity.value)
  if (!parsed.success) return undefined
  const { verb, ...data } = parsed.data
  return actionRequest(activity, context, 'message', verb, data)
}

/** Parses an Action.Execute. */
function parseInvoke(
  activity: TeamsActivity,
  context: RequestContext,
): ActivityRequest | undefined {
  const dialog = dialogActionOf(activity.name, activity.value)
  if (dialog) return actionRequest(activity, context, 'dialog', dialog.verb, dialog.data)
  if (activity.name !== 'adaptiveCard/action') return undefined
  const parsed = executeValue.safeParse(activity.value)
  if (!parsed.success) return undefined
  const { verb, data } = parsed.data.action
  return actionRequest(activity, context, 'press', verb, data)
}

function actionRequest(
  activity: TeamsActivity,
  context: RequestContext,
  kind: ActivityRequest['kind'],
  verb: string,
  data: unknown,
): ActivityRequest {
  const { by, args, placement } = parseActionData(data)
  const { replyToId, conversation } = activity
  const message = replyToId ? addressOf(context.place, conversation.id, replyToId) : undefined
  return {
    kind,
    conversation: conversation.id,
    placement,
    request: { ...context, input: { by, verb, args }, message },
  }
}

/** A person who installs Milepost for themselves gets the help; a team gets nothing, because nobody there asked. */
function parseInstallation(
  activity: TeamsActivity,
  context: RequestContext,
): ActivityRequest | undefined {
  if (activity.action !== 'add' || context.place.kind !== 'direct') return undefined
  return {
    kind: 'message',
    conversation: activity.conversation.id,
    request: { ...context, input: { by: 'text', text: 'help' } },
  }
}
