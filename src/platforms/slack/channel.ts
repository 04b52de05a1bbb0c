import type { webApi } from '@slack/bolt'
import { messageOf } from '../../base/errors.ts'
import type { Log } from '../../base/log.ts'
import { withTimeout } from '../../base/timeout.ts'
import { type Channel, type ChannelVisibility, PlatformUnavailableError } from '../../chat/port.ts'
import type { ChannelMembers } from './channel-members.ts'
import { callSlack, isMissingScope } from './errors.ts'

/** How long an answer waits for the members: people wait for it, too. What comes later is there for the next one. */
const membersTimeoutMs = 1_000

export interface ChannelQuestion {
  readonly client: webApi.WebClient
  readonly team: string
  readonly id: string
  readonly channelMembers: ChannelMembers
  readonly log: Log
}

/**
 * Who can read a channel. One with guests of the workspace counts as one with outsiders, as in Teams; and so does one that
 * has been offered to another organisation: they may accept at any moment.
 * Source: https://docs.slack.dev/reference/objects/conversation-object
 */
export async function fetchChannel(question: ChannelQuestion): Promise<Channel> {
  const { channel = {} } = await readInfo(question.client, question.id)
  const found = {
    visibility: visibilityOf(channel),
    isArchived: channel.is_archived === true,
    isMember: channel.is_member,
    name: channel.name ?? null,
  }
  const isRead = found.visibility === 'private' || found.visibility === 'everyone'
  if (!isRead || found.isArchived || found.isMember === false) return found
  const hasOutsiders = await withTimeout(membersTimeoutMs, askForOutsiders(question))
  if (hasOutsiders) return { ...found, visibility: 'with outsiders' }
  return { ...found, areMembersKnown: hasOutsiders !== undefined }
}

/** Undefined where Slack does not tell now. */
async function askForOutsiders(question: ChannelQuestion): Promise<boolean | undefined> {
  const { client, team, id, channelMembers, log } = question
  try {
    return await channelMembers.hasOutsiders(client, team, id)
  } catch (error) {
    const about = { platform: 'slack', tenant: team, error: messageOf(error) }
    log.warn(about, 'Slack does not say now who is in a channel')
    return undefined
  }
}

/** A token that may not read channels may post in them: so that is no answer, and not a broken workspace. */
async function readInfo(client: webApi.WebClient, channel: string) {
  try {
    return await callSlack(() => client.conversations.info({ channel }))
  } catch (error) {
    if (!isMissingScope(error)) throw error
    throw new PlatformUnavailableError('missing_scope', messageOf(error), 'no')
  }
}

interface ChannelFlags {
  readonly is_private?: boolean
  readonly is_ext_shared?: boolean
  readonly is_pending_ext_shared?: boolean
}

function visibilityOf({
  is_private,
  is_ext_shared,
  is_pending_ext_shared,
}: ChannelFlags): ChannelVisibility {
  if (is_ext_shared || is_pending_ext_shared) return 'with outsiders'
  if (is_private === undefined) return 'cannot tell'
  return is_private ? 'private' : 'everyone'
}
