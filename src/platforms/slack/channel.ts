import type { webApi } from '@slack/bolt'
import type { Channel, ChannelVisibility } from '../../chat/port.ts'
import { callSlack } from './errors.ts'

/**
 * Who can read a channel. One that has been offered to another organisation counts as shared: they may accept at any
 * moment. Slack does not tell here whether guests of the workspace are in it.
 * Source: https://docs.slack.dev/reference/objects/conversation-object
 */
export async function fetchChannel(client: webApi.WebClient, id: string): Promise<Channel> {
  const { channel = {} } = await callSlack(() => client.conversations.info({ channel: id }))
  return {
    visibility: visibilityOf(channel),
    isArchived: channel.is_archived === true,
    name: channel.name ?? null,
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
