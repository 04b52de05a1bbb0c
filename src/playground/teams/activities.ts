import { TZDate } from '@date-fns/tz'
import { format } from 'date-fns/format'
import { escapeMarkup } from '../escape.ts'
import type { Json, Person } from './model.ts'
import type { Place, TenantState } from './state.ts'

/** An activity that is sent to the bot. */
export type Activity = { [name: string]: Json }

export interface ActivityContext {
  state: TenantState
  serviceUrl: string
  person: Person
  place: Place
}

const LOCALE = 'en-GB'
const ZONE = 'Europe/London'

/** A person's message to the bot in their chat. `files`: as attachments. */
export function chatMessage(
  envelope: ActivityContext,
  id: string,
  text: string,
  files: readonly Activity[] = [],
): Activity {
  const written = textFields(text, escapeMarkup(text))
  return {
    ...commonFields(envelope, 'message', id),
    ...written,
    attachments: [...files, ...written.attachments],
    entities: [clientInfo],
  }
}

/** A person's answer to the question whether they want a file; `uploadInfo` says where it may go. */
export function fileConsent(
  envelope: ActivityContext,
  id: string,
  messageId: string,
  { context, uploadInfo }: { readonly context: Json; readonly uploadInfo: Activity | undefined },
): Activity {
  const action = uploadInfo ? 'accept' : 'decline'
  return {
    ...commonFields(envelope, 'invoke', `f:${id}`),
    name: 'fileConsent/invoke',
    value: { type: 'fileUpload', action, context, ...(uploadInfo && { uploadInfo }) },
    ...actionFields(envelope, messageId),
  }
}

/** A message in a channel that mentions the bot: Teams sends a bot no others from there. */
export function channelMention(envelope: ActivityContext, id: string, text: string): Activity {
  const { bot } = envelope.state
  const mention = `<at>${bot.name}</at>`
  const html = `<span itemtype="http://schema.skype.com/Mention" itemscope="" itemid="0">${bot.name}</span>`
  return {
    ...commonFields(envelope, 'message', id),
    ...textFields(`${mention} ${text}`, `${html}&nbsp;${escapeMarkup(text)}`),
    entities: [{ type: 'mention', mentioned: bot, text: mention }, clientInfo],
  }
}

/** A press of an Action.Execute button on the message `messageId`. */
export function cardInvoke(
  envelope: ActivityContext,
  id: string,
  messageId: string,
  action: Json,
): Activity {
  return {
    ...commonFields(envelope, 'invoke', `f:${id}`),
    name: 'adaptiveCard/action',
    value: { action, trigger: 'manual' },
    ...actionFields(envelope, messageId),
  }
}

/** A press of an Action.Submit button: a message without a text. */
export function cardSubmit(
  envelope: ActivityContext,
  id: string,
  messageId: string,
  value: Json,
): Activity {
  return {
    ...commonFields(envelope, 'message', `f:${id}`),
    value,
    ...actionFields(envelope, messageId),
  }
}

/** The two events that Teams sends when an app is installed or uninstalled. */
export function installationEvents(
  envelope: ActivityContext,
  ids: [string, string],
  added: boolean,
): Activity[] {
  const { bot, layout } = envelope.state
  const data = channelData(envelope)
  const { id, name } = layout.team
  const inTeam = envelope.place.kind !== 'chat'
  const team: Activity = inTeam ? { team: { id, name } } : {}
  const event: Activity = inTeam
    ? { eventType: added ? 'teamMemberAdded' : 'teamMemberRemoved' }
    : {}
  return [
    {
      ...commonFields(envelope, 'conversationUpdate', `f:${ids[0]}`),
      [added ? 'membersAdded' : 'membersRemoved']: [bot],
      channelData: { ...data, ...team, ...event },
    },
    {
      ...commonFields(envelope, 'installationUpdate', `f:${ids[1]}`),
      action: added ? 'add' : 'remove',
      channelData: {
        ...data,
        ...team,
        settings: { selectedChannel: { id: envelope.place.id } },
        source: { name: 'message' },
      },
    },
  ]
}

/** The same activity as if people of another tenant had sent it. */
export function withTenant(activity: Activity, tenantId: string): Activity {
  return {
    ...activity,
    conversation: { ...recordOrEmpty(activity.conversation), tenantId },
    channelData: { ...recordOrEmpty(activity.channelData), tenant: { id: tenantId } },
  }
}

function commonFields(envelope: ActivityContext, type: string, id: string): Activity {
  const { state, serviceUrl, person } = envelope
  const now = state.now()
  return {
    type,
    id,
    timestamp: now.toISOString(),
    localTimestamp: format(new TZDate(now, ZONE), "yyyy-MM-dd'T'HH:mm:ss.SSSxxx"),
    localTimezone: ZONE,
    locale: LOCALE,
    channelId: 'msteams',
    serviceUrl,
    from: { id: person.id, name: person.name, aadObjectId: person.aadObjectId },
    recipient: state.bot,
    conversation: conversation(envelope),
    channelData: channelData(envelope),
  }
}

function conversation({ state, place }: ActivityContext): Json {
  const tenantId = state.layout.tenant.id
  return place.kind === 'chat'
    ? { id: place.id, conversationType: 'personal', tenantId }
    : { id: place.id, conversationType: 'channel', isGroup: true, tenantId }
}

function channelData({ state, place }: ActivityContext): { [name: string]: Json } {
  const tenant = { id: state.layout.tenant.id }
  if (place.kind === 'chat') return { tenant }
  const teamId = state.layout.team.id
  return {
    teamsChannelId: place.channel.id,
    teamsTeamId: teamId,
    channel: { id: place.channel.id },
    team: { id: teamId },
    tenant,
  }
}

function actionFields(envelope: ActivityContext, messageId: string): Activity {
  return {
    replyToId: messageId,
    entities: [clientInfo],
    channelData: {
      ...channelData(envelope),
      source: { name: 'message' },
      legacy: { replyToId: messageId },
    },
  }
}

/** The text, plain and as the HTML that Teams attaches to it. */
function textFields(text: string, html: string) {
  return {
    text,
    textFormat: 'plain',
    attachments: [{ contentType: 'text/html', content: `<p>${html}</p>` }],
  }
}

const clientInfo = {
  type: 'clientInfo',
  locale: LOCALE,
  country: 'GB',
  platform: 'Web',
  timezone: ZONE,
}

function recordOrEmpty(value: Json | undefined): { [name: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {}
}
