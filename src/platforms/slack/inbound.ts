import { z } from 'zod'
import type { ChatIdentity, Place } from '../../base/addresses.ts'
import type { Mention } from '../../base/mentions.ts'
import type { ChannelMention, ChatAction, ChatRequest } from '../../chat/request.ts'
import { verbOf } from './converter/buttons.ts'
import { decodeMessageText, mentionsIn, unnamedChannelsIn, withoutMention } from './message-text.ts'
import {
  type BlockActionsPayload,
  type HomeOpenedPayload,
  isDirectMessage,
  type MessageEventPayload,
  type ShortcutPayload,
  type SlashCommandPayload,
  type ViewPayload,
  type ViewSubmissionPayload,
} from './payloads.ts'
import type { ReceiveFile } from './receive-file.ts'
import { shortcuts } from './shortcuts.ts'
import {
  addressOf,
  type Origin,
  parseViewMetadata,
  placeOf,
  type ViewMetadata,
} from './view-metadata.ts'
import { inputValues } from './view-state.ts'

/** Converts Slack's payloads into requests. A request's key is made of what Slack repeats unchanged in a retry. */

export function parseSlashCommand(command: SlashCommandPayload): ChatRequest {
  const { team_id: tenant, trigger_id, user_id, user_name, text } = command
  return {
    key: keyOf('trigger', tenant, trigger_id),
    input: { by: 'text', text: decodeMessageText(text) },
    ...mentionsOf(tenant, text),
    actor: identityOf(tenant, { id: user_id, name: user_name }, command.enterprise_id),
    place: placeAt(tenant, command.channel_id),
  }
}

export function originOfCommand({ team_id, channel_id }: SlashCommandPayload): Origin {
  return originAt(team_id, channel_id)
}

/**
 * Slack may send one message as several events with different ids (node-slack-sdk#2141); channel and ts identify it.
 * An event of type "im" is the one place where Slack says that a conversation is with the bot: it sends the bot no other
 * (https://docs.slack.dev/reference/events/message.im). A command or a button in a direct message says nothing of the
 * kind: it may be used where two colleagues write to each other.
 */
export function parseMessageEvent(
  { team_id: tenant, enterprise_id, is_ext_shared_channel, event }: MessageEventPayload,
  botUser: string,
  receiveFile: ReceiveFile,
): ChatRequest {
  const place = placeAt(tenant, event.channel)
  // In a grid `user_team` is the home workspace, as `user.team_id` is: see workspaceOf.
  const isInOurGrid = Boolean(enterprise_id) && !is_ext_shared_channel
  const workspace = isInOurGrid ? tenant : (event.user_team ?? event.team ?? tenant)
  const text = decodeMessageText(withoutMention(event.text, botUser))
  return {
    key: keyOf('message', tenant, event.channel, event.ts),
    input:
      event.files.length > 0
        ? { by: 'files', text, files: event.files.map(receiveFile) }
        : { by: 'text', text },
    ...mentionsOf(tenant, withoutMention(event.text, botUser)),
    actor: identityOf(workspace, { id: event.user }, isInOurGrid ? enterprise_id : undefined),
    place,
    directPlace: isDirectMessage(event) ? place : undefined,
  }
}

export interface HomeOpening {
  readonly request: ChatRequest
  readonly user: string
  readonly tenant: string
}

/** The command that shows a person's page in the Home tab. */
export function parseHomeOpening({
  team_id: tenant,
  enterprise_id,
  event,
}: HomeOpenedPayload): HomeOpening {
  const { user, event_ts } = event
  return {
    ...{ user, tenant },
    request: {
      key: keyOf('home', tenant, user, event_ts),
      input: { by: 'button', verb: 'home', args: { tab: 'yes' } },
      actor: identityOf(tenant, { id: user }, enterprise_id),
      place: placeOf(originOfPerson(tenant, user)),
    },
  }
}

/** The direct conversation with a person, by their id. */
export const originOfPerson = (tenant: string, user: string): Origin => originAt(tenant, user)

/** A button that was pressed. */
export interface BlockActionRequest {
  readonly request: ChatRequest
  readonly origin: Origin
  readonly triggerId: string
  /** Takes an ephemeral reply; absent in a view. */
  readonly responseUrl: string | undefined
  /** The view that contains the button; absent in a message. */
  readonly view: ViewPayload | undefined
  /** Something was chosen in a form that has other fields for it: the form goes on meanwhile. */
  readonly isRedraw: boolean
}

/**
 * Returns undefined for a link button, and for anything but a button and an input that draws its form anew. `team` is
 * where the app is installed.
 */
export function parseBlockAction(
  payload: BlockActionsPayload,
  team: string,
): BlockActionRequest | undefined {
  const [action] = payload.actions
  const metadata = payload.view && parseViewMetadata(payload.view.private_metadata)
  const redraw = action?.type === 'button' ? undefined : metadata?.redraw
  const verb = action?.type === 'button' ? verbOf(action.action_id) : redraw?.verb
  if (!action || verb === undefined) return undefined
  const origin = metadata ?? originOfAction(payload, team)
  const stateValues = (payload.view ?? payload).state?.values ?? {}
  return {
    request: {
      key: keyOf('trigger', team, payload.trigger_id),
      // Data of the button and of the form win over an input of the same name.
      input: {
        by: 'button',
        verb,
        args: {
          ...inputValues(stateValues),
          ...metadata?.submit?.data,
          ...(redraw ? redraw.data : dataOf(action.value)),
        },
      },
      actor: actorOf(payload, team),
      place: placeOf(origin),
      message: addressOf(origin),
    },
    origin: originIn(origin),
    triggerId: payload.trigger_id,
    responseUrl: payload.response_url,
    view: payload.view,
    isRedraw: redraw !== undefined,
  }
}

export interface ShortcutRequest {
  readonly request: ChatRequest & { readonly input: ChatAction }
  readonly origin: Origin
  readonly triggerId: string
  /** The message on which it was used. */
  readonly message:
    | { readonly channel: string; readonly ts: string; readonly text: string }
    | undefined
}

/** Undefined for a shortcut that is not ours, or of an older version. */
export function parseShortcut(payload: ShortcutPayload, team: string): ShortcutRequest | undefined {
  const { callback_id, trigger_id, user, channel, message } = payload
  const found = shortcuts.find(({ callbackId }) => callbackId === callback_id)
  if (!found) return undefined
  const origin = originOfPerson(team, user.id)
  return {
    ...{ origin, triggerId: trigger_id },
    message: channel &&
      message && { channel: channel.id, ts: message.ts, text: decodeMessageText(message.text) },
    request: {
      key: keyOf('trigger', team, trigger_id),
      input: { by: 'button', verb: found.verb, args: {} },
      actor: actorOf(payload, team),
      place: placeOf(origin),
    },
  }
}

export interface ViewSubmissionRequest {
  readonly request: ChatRequest
  readonly origin: Origin
}

export function parseViewSubmission(
  payload: ViewSubmissionPayload,
  team: string,
): ViewSubmissionRequest {
  const { view, trigger_id } = payload
  const { submit, redraw: _redraw, ...origin } = parseViewMetadata(view.private_metadata)
  return {
    request: {
      key: trigger_id ? keyOf('trigger', team, trigger_id) : keyOf('view', view.id, view.hash),
      input: {
        by: 'form',
        verb: submit?.verb ?? '',
        args: { ...inputValues(view.state.values), ...submit?.data },
      },
      actor: actorOf(payload, team),
      place: placeOf(origin),
      message: addressOf(origin),
    },
    origin,
  }
}

function originOfAction(
  { channel, container, user, response_url }: BlockActionsPayload,
  team: string,
): Origin {
  const origin = originAt(team, channel?.id ?? user.id)
  if (container.is_ephemeral) return { ...origin, respondAt: response_url }
  return { ...origin, message: container.message_ts }
}

function originAt(tenant: string, conversation: string): Origin {
  // A user's id means the direct conversation with them, as it does for chat.postMessage.
  const kind = /^[DUW]/.test(conversation) ? 'direct' : 'channel'
  return { tenant, conversation, kind }
}

function placeAt(tenant: string, conversation: string): Place {
  return placeOf(originAt(tenant, conversation))
}

function originIn({ submit: _submit, redraw: _redraw, ...origin }: ViewMetadata): Origin {
  return origin
}

const buttonData = z.record(z.string(), z.unknown())

function dataOf(value: string | undefined): Record<string, unknown> {
  return value === undefined ? {} : buttonData.parse(JSON.parse(value))
}

interface SlackUser {
  readonly id: string
  readonly name?: string | undefined
  readonly username?: string | undefined
}

type Interaction = Pick<BlockActionsPayload, 'team' | 'enterprise' | 'user'>

/**
 * Whoever pressed or submitted. `user.team_id` tells people of another organisation (Slack Connect); but in an Enterprise
 * Grid it is one home workspace, whichever the person is working in, while a typed command carries the one they are in
 * (bolt-js#1875). In a grid, who acts in our workspace is therefore taken to be of it.
 */
function actorOf({ team: workspace, enterprise, user }: Interaction, team: string): ChatIdentity {
  const isInOurGrid = Boolean(enterprise) && workspace?.id === team
  return isInOurGrid
    ? identityOf(team, user, enterprise?.id)
    : identityOf(user.team_id ?? team, user)
}

/** `enterprise`: the Slack organisation of the workspace, where the person is of it. */
function identityOf(
  tenant: string,
  { id, name, username }: SlackUser,
  enterprise?: string | null,
): ChatIdentity {
  const displayName = name ?? username
  return {
    ...{ platform: 'slack', tenant, user: id },
    ...(enterprise && { enterprise }),
    ...(displayName && { displayName }),
  }
}

function mentionsOf(tenant: string, text: string): Pick<ChatRequest, 'mentions' | 'channels'> {
  const mentions = mentionsIn(text).map(
    ({ user, text: shown }): Mention => ({
      text: shown,
      account: { platform: 'slack', tenant, user },
    }),
  )
  const channels = unnamedChannelsIn(text).map(
    ({ channel, text: shown }): ChannelMention => ({
      text: shown,
      place: placeAt(tenant, channel),
    }),
  )
  return {
    ...(mentions.length > 0 && { mentions }),
    ...(channels.length > 0 && { channels }),
  }
}

function keyOf(...parts: readonly string[]): string {
  return ['slack', ...parts].join(':')
}
