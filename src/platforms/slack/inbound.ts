import { z } from 'zod'
import type { ChatIdentity, Invocation, Place } from '../../chat/request.ts'
import { verbOf } from './converter/buttons.ts'
import { asTyped, withoutMention } from './message-text.ts'
import type { Command, Press, Said, Submission, View } from './payloads.ts'
import { addressOf, type Metadata, type Origin, placeOf, readMetadata } from './view-metadata.ts'
import { flatten } from './view-state.ts'

/** What Slack sent, as an Invocation. Keys hold what the request is about, so that a repeated one has the same. */

export function fromCommand(command: Command): Invocation {
  const { team_id: tenant, trigger_id, user_id, user_name, text } = command
  return {
    key: keyOf('trigger', tenant, trigger_id),
    ask: { by: 'text', text: asTyped(text) },
    actor: identityOf(tenant, { id: user_id, name: user_name }),
    place: placeAt(tenant, command.channel_id),
  }
}

export function originOfCommand({ team_id, channel_id }: Command): Origin {
  return originAt(team_id, channel_id)
}

/** Slack sends one message as several events with different ids (node-slack-sdk#2141): channel and ts are its name. */
export function fromWords({ team_id: tenant, event }: Said, botUser: string): Invocation {
  return {
    key: keyOf('message', tenant, event.channel, event.ts),
    ask: { by: 'text', text: asTyped(withoutMention(event.text, botUser)) },
    actor: identityOf(event.user_team ?? event.team ?? tenant, { id: event.user }),
    place: placeAt(tenant, event.channel),
  }
}

/** A button that was pressed. */
export interface Pressed {
  readonly invocation: Invocation
  readonly origin: Origin
  readonly triggerId: string
  /** Where an ephemeral answer may go; absent in a view. */
  readonly respondAt: string | undefined
  /** The view that the button stands in; absent in a message. */
  readonly view: View | undefined
}

/** undefined where the button only opens an address, or is no button. `team` is where the app is installed. */
export function fromPress(press: Press, team: string): Pressed | undefined {
  const [action] = press.actions
  const verb = action?.type === 'button' ? verbOf(action.action_id) : undefined
  if (!action || verb === undefined) return undefined
  const opened = press.view && readMetadata(press.view.private_metadata)
  const origin = opened ?? originOfPress(press, team)
  const filled = (press.view ?? press).state?.values ?? {}
  return {
    invocation: {
      key: keyOf('trigger', team, press.trigger_id),
      // What we put into button and form wins over an input of the same name.
      ask: {
        by: 'button',
        verb,
        args: { ...flatten(filled), ...opened?.submit?.data, ...dataOf(action.value) },
      },
      actor: identityOf(press.user.team_id ?? team, press.user),
      place: placeOf(origin),
      message: addressOf(origin),
    },
    origin: withoutSubmit(origin),
    triggerId: press.trigger_id,
    respondAt: press.response_url,
    view: press.view,
  }
}

export interface Submitted {
  readonly invocation: Invocation
  readonly origin: Origin
}

export function fromSubmission({ user, view, trigger_id }: Submission, team: string): Submitted {
  const { submit, ...origin } = readMetadata(view.private_metadata)
  return {
    invocation: {
      key: trigger_id ? keyOf('trigger', team, trigger_id) : keyOf('view', view.id, view.hash),
      ask: {
        by: 'form',
        verb: submit?.verb ?? '',
        args: { ...flatten(view.state.values), ...submit?.data },
      },
      actor: identityOf(user.team_id ?? team, user),
      place: placeOf(origin),
      message: addressOf(origin),
    },
    origin,
  }
}

function originOfPress({ channel, container, user, response_url }: Press, team: string): Origin {
  const origin = originAt(team, channel?.id ?? user.id)
  if (container.is_ephemeral) return { ...origin, respondAt: response_url }
  return { ...origin, message: container.message_ts }
}

function originAt(tenant: string, conversation: string): Origin {
  // A user's id stands for the conversation with them, as chat.postMessage takes it.
  const kind = /^[DUW]/.test(conversation) ? 'direct' : 'channel'
  return { tenant, conversation, kind }
}

function placeAt(tenant: string, conversation: string): Place {
  return placeOf(originAt(tenant, conversation))
}

function withoutSubmit({ submit: _submit, ...origin }: Metadata): Origin {
  return origin
}

const carried = z.record(z.string(), z.unknown())

function dataOf(value: string | undefined): Record<string, unknown> {
  return value === undefined ? {} : carried.parse(JSON.parse(value))
}

interface SlackUser {
  readonly id: string
  readonly name?: string | undefined
  readonly username?: string | undefined
}

function identityOf(tenant: string, { id, name, username }: SlackUser): ChatIdentity {
  const displayName = name ?? username
  return { platform: 'slack', tenant, user: id, ...(displayName && { displayName }) }
}

function keyOf(...parts: readonly string[]): string {
  return ['slack', ...parts].join(':')
}
