import { setTimeout as pause } from 'node:timers/promises'
import type { webApi } from '@slack/bolt'
import { withDeadline } from '../../base/timeout.ts'
import { MessageRejectedError, PlatformUnavailableError } from '../../chat/port.ts'
import { callSlack } from './errors.ts'

/** Of the 15 s that a delivery has, this is for the picture; posting the words may take the rest. */
const uploadTimeoutMs = 4000
/**
 * Slack looks at a file after it has taken it, and refuses a message that shows it sooner (invalid_blocks, "invalid
 * slack file"; node-slack-sdk#1865). It says nothing when it is done, and asking would take another scope.
 */
const retryDelaysMs = [700, 1500]

/**
 * Uploads a PNG and gives its id. It is shared with nobody: people see it where a message shows it, so that one too
 * many, after a crash, is seen by nobody. Throws as ChatPlatform.send does.
 */
export async function uploadImage(client: webApi.WebClient, png: Uint8Array): Promise<string> {
  const given = { file: Buffer.from(png), filename: 'digest.png', title: 'Digest' }
  const { files } = await withDeadline(
    uploadTimeoutMs,
    callSlack(() => client.filesUploadV2(given)),
    uploadTimeout,
  )
  const id = files[0]?.files?.[0]?.id
  if (!id)
    throw new PlatformUnavailableError('no_file_id', 'Slack did not say which file it took.', 'no')
  return id
}

function uploadTimeout(): PlatformUnavailableError {
  const words = `The picture was not uploaded within ${uploadTimeoutMs / 1000} s.`
  return new PlatformUnavailableError('timeout', words, 'no')
}

/** Does it again after a while, and again, as long as the message is refused: nothing was posted. */
export async function retryUntilProcessed<T>(post: () => Promise<T>): Promise<T> {
  for (const wait of retryDelaysMs) {
    try {
      return await post()
    } catch (error) {
      if (!(error instanceof MessageRejectedError)) throw error
      await pause(wait)
    }
  }
  return post()
}
