import type { webApi } from '@slack/bolt'
import type { Place } from '../../base/addresses.ts'
import type { Log } from '../../base/log.ts'
import { withDeadline } from '../../base/timeout.ts'
import {
  MessageRejectedError,
  type OutgoingFile,
  PlatformUnavailableError,
} from '../../chat/port.ts'
import { callSlack, isMissingScope } from './errors.ts'

/** A send has 15 s in all; sharing the file may take this much of it, and posting the message the rest. */
const shareTimeoutMs = 9_000

/**
 * Shares a file in the conversation, where it is a message of its own: Slack keeps no key with it, by which it could be
 * found, so it goes before the message that tells of it. Where that one fails the file comes twice, never not at all.
 * Returns a line for people where Slack does not take the file; else undefined. Throws as ChatPlatform.send does.
 */
export async function shareFile(
  { client, log }: { readonly client: webApi.WebClient; readonly log: Log },
  place: Place,
  file: OutgoingFile,
): Promise<string | undefined> {
  try {
    await withDeadline(
      shareTimeoutMs,
      callSlack(() => upload(client, place, file)),
      timeoutError,
    )
    return undefined
  } catch (error) {
    if (isMissingScope(error) || error instanceof MessageRejectedError) {
      log.warn({ platform: 'slack', error: error.message }, 'Slack did not take a file')
      return refusedText
    }
    // The message itself was not posted.
    if (error instanceof PlatformUnavailableError)
      throw new PlatformUnavailableError(error.code, error.message, 'no')
    throw error
  }
}

async function upload(
  client: webApi.WebClient,
  { conversation }: Place,
  { name, bytes }: OutgoingFile,
): Promise<void> {
  const channel_id = await directMessageId(client, conversation)
  await client.filesUploadV2({ channel_id, file: Buffer.from(bytes), filename: name, title: name })
}

/** A file is shared in a conversation, whose id a person's is not. */
async function directMessageId(client: webApi.WebClient, conversation: string): Promise<string> {
  if (!/^[UW]/.test(conversation)) return conversation
  const { channel } = await client.conversations.open({ users: conversation })
  return channel?.id ?? conversation
}

const refusedText =
  'Slack did not take the file, so it is not here. Please ask whoever looks after Milepost: the app needs the permission files:write, and the workspace has to allow such files.'

function timeoutError(): PlatformUnavailableError {
  const message = `The file was not uploaded within ${shareTimeoutMs / 1000} s.`
  return new PlatformUnavailableError('timeout', message, 'no')
}
