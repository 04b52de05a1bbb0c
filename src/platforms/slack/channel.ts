import type { webApi } from '@slack/bolt'
import { messageOf } from '../../base/errors.ts'
import { type Channel, type ChannelVisibility, PlatformUnavailableError } from '../../chat/port.ts'
import { callSlack, isMissingScope } from './errors.ts'

/**
 * Who can read a channel. One that has been offered to another organisation counts as shared: they may accept at any
 * moment. Slack does not tell here whether guests of the workspace are in it.
 * Source: https://docs.slack.dev/reference/objects/conversation-object
 */
export async function fetchChannel(client: webApi.WebClient, id: string): Promise<Channel> {
  const { channel = {} } = await readInfo(client, id)
  return {
    visibility: visibilityOf(channel),
    isArchived: channel.is_archived === true,
    isMember: channel.is_member,
    name: channel.name ?? null,
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
