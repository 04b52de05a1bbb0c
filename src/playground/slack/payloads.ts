import type { AppRequest } from './app-request.ts'
import { type Choice, elementValue, type Field } from './form-fill.ts'
import { filesOf, messageJson } from './message-json.ts'
import type { View, ViewStateValues } from './model.ts'
import type { Conversation, StoredMessage, WorkspaceState } from './state.ts'
import { epochSeconds } from './timestamps.ts'

/**
 * The payloads that Slack sends to an app. `token` is the deprecated verification token, which Slack still
 * sends and apps ignore. Source: https://docs.slack.dev/reference/interaction-payloads
 */

const TOKEN = 'verification-token-not-used'

/** How the app may respond to an action: with a view by the trigger, with a message by the URL. */
export interface InteractionHandles {
  triggerId: string
  responseUrl: string
}

export function commandPayload(
  state: WorkspaceState,
  userId: string,
  conversation: Conversation,
  typed: { command: string; text: string },
  handles: InteractionHandles,
): AppRequest {
  return {
    kind: 'slash_commands',
    payload: {
      token: TOKEN,
      team_id: state.team.id,
      team_domain: domainOf(state),
      channel_id: conversation.id,
      channel_name: channelName(conversation),
      user_id: userId,
      user_name: state.person(userId).name,
      command: typed.command,
      text: typed.text,
      api_app_id: state.bot.appId,
      is_enterprise_install: 'false',
      response_url: handles.responseUrl,
      trigger_id: handles.triggerId,
    },
  }
}

export function messageActionPayload(
  state: WorkspaceState,
  userId: string,
  on: { conversation: Conversation; message: StoredMessage },
  action: { field: Field; choice?: Choice | undefined },
  handles: InteractionHandles,
): AppRequest {
  const { conversation, message } = on
  const isEphemeral = message.ephemeralFor !== undefined
  return interactivePayload(state, userId, {
    type: 'block_actions',
    trigger_id: handles.triggerId,
    response_url: handles.responseUrl,
    container: {
      type: 'message',
      message_ts: message.ts,
      channel_id: conversation.id,
      is_ephemeral: isEphemeral,
      ...(message.threadTs && { thread_ts: message.threadTs }),
    },
    channel: { id: conversation.id, name: channelName(conversation) },
    // Slack does not send an ephemeral message back.
    ...(!isEphemeral && { message: messageJson(state, conversation, message) }),
    state: { values: {} },
    actions: [actionJson(state, action.field, action.choice)],
  })
}

export function viewActionPayload(
  state: WorkspaceState,
  userId: string,
  on: { view: View; values: ViewStateValues },
  action: { field: Field; choice?: Choice | undefined },
  triggerId: string,
): AppRequest {
  return interactivePayload(state, userId, {
    type: 'block_actions',
    trigger_id: triggerId,
    container: { type: 'view', view_id: on.view.id },
    view: { ...on.view, state: { values: on.values } },
    actions: [actionJson(state, action.field, action.choice)],
  })
}

/** `on`: the message on which the shortcut is used; absent for one that is used anywhere. */
export function shortcutPayload(
  state: WorkspaceState,
  userId: string,
  callbackId: string,
  on: { conversation: Conversation; message: StoredMessage } | undefined,
  triggerId: string,
): AppRequest {
  return interactivePayload(state, userId, {
    type: on ? 'message_action' : 'shortcut',
    callback_id: callbackId,
    trigger_id: triggerId,
    action_ts: state.nextTs(),
    ...(on && {
      channel: { id: on.conversation.id, name: channelName(on.conversation) },
      message_ts: on.message.ts,
      message: messageJson(state, on.conversation, on.message),
    }),
  })
}

export function submissionPayload(
  state: WorkspaceState,
  userId: string,
  view: View,
  values: ViewStateValues,
  triggerId: string,
): AppRequest {
  return interactivePayload(state, userId, {
    type: 'view_submission',
    trigger_id: triggerId,
    view: { ...view, state: { values } },
    response_urls: [],
  })
}

export function closedPayload(
  state: WorkspaceState,
  userId: string,
  view: View,
  isCleared: boolean,
): AppRequest {
  return interactivePayload(state, userId, { type: 'view_closed', view, is_cleared: isCleared })
}

/** Wraps an event as the Events API does. */
export function eventPayload(state: WorkspaceState, event: Record<string, unknown>): AppRequest {
  const { bot, team } = state
  return {
    kind: 'events_api',
    payload: {
      token: TOKEN,
      team_id: team.id,
      context_team_id: team.id,
      api_app_id: bot.appId,
      event,
      type: 'event_callback',
      event_id: state.newId('Ev'),
      event_time: epochSeconds(state.clock),
      authorizations: [
        {
          enterprise_id: null,
          team_id: team.id,
          user_id: bot.userId,
          is_bot: true,
          is_enterprise_install: false,
        },
      ],
      is_ext_shared_channel: false,
    },
  }
}

/** The event of a message by a person: `app_mention`, or `message` in a direct message. */
export function messageEvent(
  state: WorkspaceState,
  type: 'app_mention' | 'message',
  conversation: Conversation,
  message: StoredMessage,
): Record<string, unknown> {
  return {
    type,
    client_msg_id: state.newId(''),
    user: message.user,
    text: message.text,
    ts: message.ts,
    team: state.team.id,
    blocks: [richText(message.text, state.newId('').slice(0, 5))],
    channel: conversation.id,
    event_ts: message.ts,
    ...(message.threadTs && { thread_ts: message.threadTs }),
    ...filesOf(state, message),
    ...(type === 'message' && { channel_type: 'im' }),
  }
}

/** The event of a message in a direct message whose text was changed. */
export function editEvent(
  conversation: Conversation,
  message: StoredMessage,
  before: string,
): Record<string, unknown> {
  const { user, ts, editedTs } = message
  const shown = (text: string) => ({ type: 'message', user, text, ts })
  return {
    ...{ type: 'message', subtype: 'message_changed', hidden: true, ts: editedTs },
    message: { ...shown(message.text), edited: { user, ts: editedTs } },
    previous_message: shown(before),
    ...{ channel: conversation.id, channel_type: 'im', event_ts: editedTs },
  }
}

function interactivePayload(
  state: WorkspaceState,
  userId: string,
  payload: Record<string, unknown>,
): AppRequest {
  const { name } = state.person(userId)
  return {
    kind: 'interactive',
    payload: {
      token: TOKEN,
      team: { id: state.team.id, domain: domainOf(state) },
      user: { id: userId, username: name, name, team_id: state.team.id },
      api_app_id: state.bot.appId,
      enterprise: null,
      is_enterprise_install: false,
      ...payload,
    },
  }
}

function actionJson(state: WorkspaceState, field: Field, choice?: Choice) {
  const { element, actionId, blockId } = field
  const value =
    element.type === 'button'
      ? { text: element.text, value: element.value, url: element.url, style: element.style }
      : elementValue(element, choice)
  return {
    type: element.type,
    action_id: actionId,
    block_id: blockId,
    ...value,
    action_ts: state.nextTs(),
  }
}

/** A person's message reaches the app as rich text, with each mention as an element. */
function richText(text: string, blockId: string) {
  const elements = text
    .split(/(<@\w+>)/)
    .filter((part) => part !== '')
    .map((part) => {
      const mentioned = /^<@(\w+)>$/.exec(part)?.[1]
      return mentioned ? { type: 'user', user_id: mentioned } : { type: 'text', text: part }
    })
  return {
    type: 'rich_text',
    block_id: blockId,
    elements: [{ type: 'rich_text_section', elements }],
  }
}

function channelName(conversation: Conversation): string {
  return conversation.kind === 'dm' ? 'directmessage' : conversation.name
}

function domainOf({ team }: WorkspaceState): string {
  return team.name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')
}
