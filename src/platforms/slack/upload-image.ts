import { setTimeout as pause } from 'node:timers/promises'
import type { webApi } from '@slack/bolt'
import { withDeadline } from '../../base/timeout.ts'
import { MessageRejectedError, PlatformUnavailableError } from '../../chat/port.ts'
import { callSlack } from './errors.ts'

/** A send has 15 s in all; the upload may take this much of it, and posting the message the rest. */
const uploadTimeoutMs = 4000
/**
 * Slack processes a file after the upload, and until then refuses a message that shows it (invalid_blocks, "invalid
 * slack file"; node-slack-sdk#1865). It does not tell when it is done, and asking would need another scope.
 */
const retryDelaysMs = [700, 1500]

/**
 * Uploads a PNG and returns its file id. The file is not shared: people see it only in a message that shows it, so a
 * second copy, uploaded after a crash, is seen by nobody. Throws as ChatPlatform.send does.
 */
export async function uploadImage(client: webApi.WebClient, png: Uint8Array): Promise<string> {
  const upload = { file: Buffer.from(png), filename: 'digest.png', title: 'Digest' }
  const { files } = await withDeadline(
    uploadTimeoutMs,
    callSlack(() => client.filesUploadV2(upload)),
    uploadTimeout,
  )
  const id = files[0]?.files?.[0]?.id
  if (!id)
    throw new PlatformUnavailableError('no_file_id', 'Slack did not say which file it took.', 'no')
  return id
}

function uploadTimeout(): PlatformUnavailableError {
  const message = `The picture was not uploaded within ${uploadTimeoutMs / 1000} s.`
  return new PlatformUnavailableError('timeout', message, 'no')
}

/** Posts again after each delay while Slack rejects the message: a rejected message was not posted. */
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
